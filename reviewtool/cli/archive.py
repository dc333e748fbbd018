"""`reviewtool export` and `reviewtool restore`: a whole handbook as one archive, and back."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from reviewtool.config.start import settings_of_process
from reviewtool.domain.actors import SYSTEM
from reviewtool.domain.archive import ArchiveError, Damage
from reviewtool.domain.refusals import Refused
from reviewtool.infra.installation import Installation

DAMAGES: dict[Damage, str] = {
    Damage.NO_ARCHIVE: (
        "The file is no archive of a handbook, or it was cut off on the way. Copy it again."
    ),
    Damage.OTHER_FORMAT: (
        "The archive has another format than this version reads. Read it with the version that "
        "wrote it."
    ),
    Damage.OTHER_SCHEMA: (
        "The archive comes from another version of the database. Bring both installations to the "
        "same version, and write the archive again."
    ),
    Damage.MEMBER_MISSING: "A part of the archive is missing. Copy the archive again.",
    Damage.MEMBER_UNKNOWN: (
        "The archive holds a part that does not belong to it. Copy the archive again."
    ),
    Damage.MEMBER_CHANGED: (
        "A part of the archive has changed since it was written. Copy the archive again."
    ),
    Damage.ROW_UNREADABLE: "A line of the archive can't be read. Copy the archive again.",
    Damage.TRACE_BROKEN: (
        "The trace of the handbook is broken: the archive does not tell what really happened. "
        "Check the installation that it was written at."
    ),
    Damage.ROW_DIFFERS: (
        "The archive says something else of a row that stands here. The handbook, or something "
        "that it shares with others, has changed after the archive was written."
    ),
    Damage.ROW_CLASHES: (
        "A row of the archive can't stand beside the rows here: something else has taken its place."
    ),
}
"""What is wrong with an archive, and the cure."""


@click.command("export")
@click.argument("handbook_id", required=False)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def export_command(handbook_id: str | None, file: Path | None) -> None:
    """Write the handbook HANDBOOK_ID with all that belongs to it into FILE; without, list them.

    FILE must not exist yet. The form is described in docs/archive-format.md.
    """
    from reviewtool.services.archive_writing import archived_handbooks

    installation = Installation.start(settings_of_process())
    with closing(installation.database):
        if handbook_id is not None and file is not None:
            _write(installation, handbook_id, file)
            return
        for one, title in archived_handbooks(installation, SYSTEM):
            click.echo(f"{one}  {title}")


def _write(installation: Installation, handbook_id: str, file: Path) -> None:
    from reviewtool.services.archive_writing import write_archive

    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        if file.exists():
            raise click.ClickException(f"{file} exists already. Choose another name.")
        with unfinished.open("wb") as target:
            write_archive(installation, SYSTEM, handbook_id, target)
        unfinished.rename(file)
    except Refused as error:
        raise click.ClickException(f"There is no handbook {handbook_id}.") from error
    except OSError as error:
        raise click.ClickException(f"Can't write {file}: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    click.echo(f"{file}: {file.stat().st_size / 1_000_000:.1f} MB")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_archive_command(file: Path) -> None:
    """Take the handbook of the archive FILE in, beside those that are here; all of it or nothing.

    Accounts don't come along: give the editors theirs with `reviewtool user add`.
    """
    from reviewtool.services.archive_reading import read_archive

    installation = Installation.start(settings_of_process())
    try:
        with closing(installation.database), file.open("rb") as source:
            restored = read_archive(installation, SYSTEM, source)
    except OSError as error:
        raise click.ClickException(f"Can't read {file}: {error.strerror}.") from error
    except ArchiveError as error:
        click.echo(f"{file}: {told(error)}", err=True)
        click.echo("Nothing has been taken in.", err=True)
        sys.exit(1)
    click.echo(
        f"Handbook {restored.handbook_id}: {restored.new} rows are new, "
        f"{restored.known} were here already."
    )


def told(error: ArchiveError) -> str:
    """Say why an archive is not read, with the place."""
    place = " ".join(part for part in (error.place, error.detail) if part)
    words = DAMAGES[error.damage]
    return f"{words} ({place})" if place else words
