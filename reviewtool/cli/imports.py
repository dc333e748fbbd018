"""`reviewtool import`: bring a handbook in from a Word or Markdown file."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewtool.config.processes import template_names
from reviewtool.config.start import settings_of_process
from reviewtool.domain.actors import SYSTEM, Actor
from reviewtool.domain.refusals import Refused
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.i18n import speaking
from reviewtool.infra.installation import Installation
from reviewtool.wording.refusals import refusal

if TYPE_CHECKING:
    from reviewtool.office.outline import Outline
    from reviewtool.queries.imports import Plan


@dataclass(frozen=True)
class Wishes:
    """What the options say of how a file is brought in."""

    handbook_id: str | None
    new: bool
    template: str
    language: str
    address: str | None
    renamed: bool | None
    take_file: bool
    dry_run: bool
    json: bool


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--handbook", "handbook_id", help="The handbook's id, as its addresses have it.")
@click.option("--new", is_flag=True, help="Begin a handbook with the file's title.")
@click.option("--template", type=click.Choice(template_names()), default="model-case")
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", help="Of a new handbook.")
@click.option(
    "--as",
    "address",
    help="Act as the account of this address, which becomes the administrator of a new handbook; "
    "without it, as the system.",
)
@click.option("--renamed/--not-renamed", default=None, help="Take proposed renamings as such.")
@click.option("--take-file", is_flag=True, help="Where both changed the same words: the file's.")
@click.option("--dry-run", is_flag=True, help="Say what was understood, and change nothing.")
@click.option("--json", is_flag=True, help="Say it as JSON.")
def import_command(file: Path, **options: Any) -> None:
    """Bring FILE (.docx or .md) into a handbook.

    A handbook that has been imported before gets new revisions of just the sections that changed;
    edits made in it since are kept. With --dry-run and no handbook, only the file is read.
    """
    wishes = Wishes(**options)
    if wishes.new and wishes.handbook_id:
        raise click.UsageError("Choose either --handbook or --new.")
    if not (wishes.new or wishes.handbook_id or wishes.dry_run):
        raise click.UsageError("Name the handbook with --handbook, or begin one with --new.")
    if wishes.new and not wishes.address:
        # A handbook without a member could be opened by nobody.
        raise click.UsageError(
            "Say with --as ADDRESS who becomes the new handbook's administrator."
        )
    with speaking("en"):
        content = file.read_bytes()
        outline = _read(file.name, content)
        if wishes.dry_run and not wishes.handbook_id:
            _say_outline(outline, None, wishes.json)
            return
        installation = Installation.start(settings_of_process())
        with closing(installation.database):
            try:
                _bring_in(installation, file.name, content, outline, wishes)
            except Refused as refused:
                raise click.ClickException(refusal(refused.reason)) from refused


def _read(name: str, content: bytes) -> Outline:
    from reviewtool.office.errors import UnreadableFile
    from reviewtool.office.handbook import read_handbook
    from reviewtool.text.canonical import TextError
    from reviewtool.wording.files import unreadable

    try:
        return read_handbook(content, name)
    except UnreadableFile as error:
        raise click.ClickException(unreadable(error)) from error
    except TextError as error:
        raise click.ClickException("One section is too long. Split it with a heading.") from error


def _bring_in(
    installation: Installation, name: str, content: bytes, outline: Outline, wishes: Wishes
) -> None:
    from reviewtool.queries.imports import Choices
    from reviewtool.services.handbooks import create_handbook
    from reviewtool.services.imports import import_file

    actor = _actor(installation, wishes.address)
    handbook_id = wishes.handbook_id
    choices = Choices()
    if handbook_id is not None:
        plan = _plan(installation, actor, handbook_id, outline)
        if wishes.dry_run:
            _say_outline(outline, plan, wishes.json)
            return
        choices = _choices(plan, wishes)
    else:
        title = outline.title or name.rpartition(".")[0]
        handbook_id = create_handbook(installation, actor, title, wishes.language, wishes.template)
        actor = _actor(installation, wishes.address)  # now with the role that it got
    told = import_file(installation, actor, handbook_id, name, content, choices)
    lists = {key: list(titles) for key, titles in vars(told).items()}
    lists["leftovers"] = [left.text for left in outline.leftovers]
    if wishes.json:
        report = {"handbook": handbook_id, **lists}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    click.echo(f"Handbook {handbook_id}")
    for key, titles in lists.items():
        _say_list(key, titles)


def _actor(installation: Installation, address: str | None) -> Actor:
    from reviewtool.queries.accounts import actor_of_address

    if address is None:
        return SYSTEM
    with installation.database.read() as session:
        actor = actor_of_address(session, address)
    if actor is None:
        raise click.ClickException(f"There is no account with the address {address}.")
    return actor


def _plan(installation: Installation, actor: Actor, handbook_id: str, outline: Outline) -> Plan:
    from reviewtool.services.imports import dry_run

    return dry_run(installation, actor, handbook_id, outline)


def _choices(plan: Plan, wishes: Wishes) -> Any:
    """Decide the proposals by the options. A renaming is never guessed silently."""
    from reviewtool.queries.imports import Change, Choices

    proposed = [(one.number, one.present_title, one.outline.title) for one in plan.proposals]
    if proposed and wishes.renamed is None:
        lines = "\n".join(f"  {old} -> {new}" for _number, old, new in proposed)
        raise click.ClickException(
            f"These sections seem to have been renamed:\n{lines}\n"
            "Say --renamed if they were, or --not-renamed if they are new ones."
        )
    clashes = [line.number for line in plan.lines if line.change is Change.CLASH]
    return Choices(
        renamed=frozenset(number for number, _old, _new in proposed if wishes.renamed),
        take_file=frozenset(clashes if wishes.take_file else ()),
    )


def _say_outline(outline: Outline, plan: Plan | None, as_json: bool) -> None:
    from reviewtool.office.outline import outline_to_json

    understood = outline_to_json(outline)
    if plan is not None:
        for section, line in zip(understood["sections"], plan.lines, strict=True):
            section["change"] = line.change.value
            section["renamed_from"] = line.present_title if line.proposed else None
        understood["missing"] = [line.title for line in plan.missing]
    if as_json:
        click.echo(json.dumps(understood, ensure_ascii=False, indent=2))
        return
    click.echo(outline.title or "(no title)")
    for section in understood["sections"]:
        depth = "  " if section["area"] else ""
        figures = (
            f"{len(section['key_points'])} key points, {len(section['paragraphs'])} paragraphs, "
            f"{len(section['sources'])} sources"
        )
        change = f" [{section['change']}]" if "change" in section else ""
        click.echo(f"{depth}{section['kind']}: {section['title']} ({figures}){change}")
    _say_list("missing from the file", understood.get("missing", []))
    _say_list("could not be placed", [left["text"] for left in understood["leftovers"]])
    click.echo("Nothing has been changed.")


def _say_list(name: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"{name}: {len(lines)}")
        for line in lines:
            click.echo(f"  {line}")
