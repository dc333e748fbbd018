"""`reviewtool archive`: a published handbook as a folder of plain pages that needs no server."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewtool.config.start import settings_of_process
from reviewtool.infra.installation import Installation

if TYPE_CHECKING:
    from reviewtool.web.static_archive import ArchivedFile


@click.command("archive")
@click.argument("handbook_id")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--language",
    type=click.Choice(["fi", "sv", "en"]),
    help="Language of the pages around the texts; the handbook's own without it.",
)
def archive_command(handbook_id: str, folder: Path, language: str | None) -> None:
    """Write the public pages of the handbook HANDBOOK_ID into the new folder FOLDER.

    The handbook with its drafts, comparisons and reasons: what any visitor may see, no more.
    """
    from reviewtool.app import create_app
    from reviewtool.web.static_archive import archived_files

    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} isn't empty. Choose another folder.")
    installation = Installation.start(settings_of_process())
    with closing(installation.database):
        own = _language(installation, handbook_id)
        unfinished = folder.with_name(f"{folder.name}.unfinished")
        try:
            files = _write(
                archived_files(create_app(installation), handbook_id, language or own), unfinished
            )
            if folder.exists():
                folder.rmdir()
            unfinished.rename(folder)
        except OSError as error:
            raise click.ClickException(f"Can't write {folder}: {error.strerror}.") from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    click.echo(f"{folder / 'index.html'}: {files} files")


def _write(archive: Iterable[ArchivedFile], folder: Path) -> int:
    count = 0
    for file in archive:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        count += 1
    return count


def _language(installation: Installation, handbook_id: str) -> str:
    from reviewtool.queries.handbooks import handbook_line

    with installation.database.read() as session:
        line = handbook_line(session, handbook_id, installation.clock.now())
    if line is None:
        raise click.ClickException(f"There is no handbook {handbook_id}.")
    if line.published_draft_id is None:
        raise click.ClickException("The handbook hasn't been published yet. Publish it first.")
    return line.language
