"""Use cases of bringing in a handbook from a file: whole or not at all, nobody overwritten."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.figures import with_files
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause, SectionKind
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.files import File
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import SectionText
from reviewtool.office.handbook import Outline, read_handbook
from reviewtool.office.limits import Limits
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.imports import Change, Choices, Plan, PlanLine, plan_import, preview
from reviewtool.services._files import clear_awaiting, store_file
from reviewtool.services._policy import require
from reviewtool.services._requests import Earlier, earlier, remember
from reviewtool.services._revisions import add_revision
from reviewtool.services._sent_pictures import read_sent, store_sent
from reviewtool.services._stories import begin_stories
from reviewtool.services._structure import Tree, load_tree, new_section
from reviewtool.services._trace import trace

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "markdown": "text/markdown",
}

NOT_SAVED = (Change.UNCHANGED, Change.CLASH)


@dataclass(frozen=True)
class Imported:
    """What an import did: titles by what happened to them, in the file's order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    joined: tuple[str, ...]
    unchanged: tuple[str, ...]
    clashes: tuple[str, ...]
    """Left as they are: the same words were changed here and in the file."""
    missing: tuple[str, ...]
    """Not in the file; left as they are."""


def upload(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    file_name: str,
    content: bytes,
    request_id: str | None = None,
) -> str:
    """Keep a file between its preview and its confirmation; gives its id.

    A file that can't be read isn't kept: raises what reading raises (UnreadableFile, TextError).
    Uploads that nobody confirmed are cleared when they are a day old.
    """
    _read(installation, file_name, content)
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        words = [handbook_id, file_name, sha256(content).hexdigest()]
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        clear_awaiting(session, now, handbook_id)
        kept = _store(session, actor, now, handbook_id, file_name, content, awaiting=True)
        remember(session, actor, request_id, words, kept.id, now)
        return kept.id


def discard_upload(
    installation: Installation, actor: Actor, handbook_id: str, file_id: str
) -> None:
    """Clear an upload that is not brought in."""
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        clear_awaiting(session, installation.clock.now(), handbook_id, file_id)


def confirm_import(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    file_id: str,
    fingerprint: str,
    choices: Choices,
    request_id: str | None = None,
) -> Imported:
    """Bring an uploaded file in as its preview said; its original is kept.

    fingerprint: of the plan that the person saw. Raises Refused: (text changed) when the texts
    have changed since, (not found) when the file was confirmed or cleared already.
    """
    words = [handbook_id, file_id, fingerprint]
    with installation.database.read() as session:
        before = earlier(session, actor, request_id, words)
        if before is not None:
            return _told_before(before)
        seen = preview(session, actor, handbook_id, file_id)
        if seen.plan.fingerprint != fingerprint:
            raise Refused(Reason.TEXT_CHANGED)
        language = _language(session, handbook_id)
        plan = plan_import(session, handbook_id, language, seen.outline, choices)
    pictures = read_sent(_texts_to_save(plan), seen.outline.pictures)
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, words)
        if before is not None:
            return _told_before(before)
        file = found(session.get(File, file_id, with_for_update=True))
        if not file.awaiting:
            raise Refused(Reason.ALREADY_DONE)
        file.awaiting = False
        files = store_sent(session, actor, now, handbook_id, file.name, pictures)
        _apply(session, actor, now, handbook_id, language, plan, files)
        told = _told(plan)
        remember(session, actor, request_id, words, json.dumps(asdict(told)), now)
        _trace_import(session, actor, now, handbook_id, file, plan)
    return told


def _told_before(before: Earlier) -> Imported:
    """Give the earlier answer of this form: it stands where others keep an object's id."""
    told = json.loads(before.object_id)
    return Imported(**{name: tuple(titles) for name, titles in told.items()})


def dry_run(installation: Installation, actor: Actor, handbook_id: str, outline: Outline) -> Plan:
    """Tell what bringing an outline in would do; changes nothing. Raises Refused."""
    with installation.database.read() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        return plan_import(session, handbook_id, _language(session, handbook_id), outline)


def import_file(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    file_name: str,
    content: bytes,
    choices: Choices,
) -> Imported:
    """Bring a file in at once, for the command line; the original is kept."""
    outline = _read(installation, file_name, content)
    with installation.database.read() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        language = _language(session, handbook_id)
        plan = plan_import(session, handbook_id, language, outline, choices)
    pictures = read_sent(_texts_to_save(plan), outline.pictures)
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        file = _store(session, actor, now, handbook_id, file_name, content, awaiting=False)
        files = store_sent(session, actor, now, handbook_id, file_name, pictures)
        _apply(session, actor, now, handbook_id, language, plan, files)
        _trace_import(session, actor, now, handbook_id, file, plan)
    return _told(plan)


def _read(installation: Installation, file_name: str, content: bytes) -> Outline:
    limits = Limits(size=installation.settings.upload_limit_mb * 1024 * 1024)
    return read_handbook(content, file_name, limits)


def _language(session: Session, handbook_id: str) -> str:
    return found(session.scalar(select(Handbook.language).where(Handbook.id == handbook_id)))


def _store(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    file_name: str,
    content: bytes,
    *,
    awaiting: bool,
) -> File:
    media_type = MEDIA_TYPES.get(file_name.rpartition(".")[2].lower(), "application/octet-stream")
    return store_file(
        session, actor, now, handbook_id, file_name, media_type, content, awaiting=awaiting
    )


def _texts_to_save(plan: Plan) -> list[str]:
    return [line.text for line in plan.lines if line.change not in NOT_SAVED]


def _apply(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    language: str,
    plan: Plan,
    files: Mapping[str, str],
) -> None:
    """Make the plan's revisions. Raises Refused (text changed) if somebody saved meanwhile.

    files: of the pictures that the texts name by their hashes.
    """
    tree = load_tree(session, handbook_id)
    ids: dict[int, str] = {}
    last: dict[str | None, str] = {}
    for line in plan.lines:
        parent = line.outline.parent
        parent_id = None if parent is None else ids[parent]
        section_id = line.section_id or _add(
            session, tree, now, handbook_id, line, parent_id, last.get(parent_id), plan
        )
        ids[line.number] = section_id
        last[parent_id] = section_id
        if line.change not in NOT_SAVED:
            with_pictures = replace(line, text=with_files(line.text, files))
            _save(session, actor, now, language, with_pictures, section_id)
    fresh = [ids[line.number] for line in plan.lines if line.change is Change.NEW]
    begin_stories(session, handbook_id, language, fresh)


def _add(
    session: Session,
    tree: Tree,
    now: datetime,
    handbook_id: str,
    line: PlanLine,
    parent_id: str | None,
    after: str | None,
    plan: Plan,
) -> str:
    """Add a new section after the one before it in the file; the first one before the next that
    stands in the handbook.
    """
    following = (
        later.section_id
        for later in plan.lines
        if later.number > line.number and later.outline.parent == line.outline.parent
    )
    return new_section(
        session,
        tree,
        now,
        handbook_id=handbook_id,
        kind=SectionKind(line.outline.kind),
        parent_id=parent_id,
        after=after,
        before=next((one for one in following if one), None),
    ).id


def _save(
    session: Session, actor: Actor, now: datetime, language: str, line: PlanLine, section_id: str
) -> None:
    head = session.scalar(
        select(SectionText)
        .where(SectionText.section_id == section_id, SectionText.language == language)
        .with_for_update()
    )
    if (head.working_revision_id if head else None) != line.revision_id:
        raise Refused(Reason.TEXT_CHANGED)
    add_revision(
        session,
        actor,
        now,
        section_id=section_id,
        language=language,
        text=line.text,
        # What was joined isn't what the file says: the next import is compared with that.
        cause=Cause.MERGE if line.change is Change.JOINED else Cause.IMPORT,
        expected_version=head.version if head else None,
    )


def _trace_import(
    session: Session, actor: Actor, now: datetime, handbook_id: str, file: File, plan: Plan
) -> None:
    facts: dict[str, str | int | bool | None] = {"file": file.sha256}
    facts |= {change.value: plan.count(change) for change in Change}
    trace(session, actor, now, handbook_id, Act.HANDBOOK_IMPORTED, file.id, facts)


def _titles(lines: Sequence[PlanLine], change: Change) -> tuple[str, ...]:
    return tuple(line.outline.title for line in lines if line.change is change)


def _told(plan: Plan) -> Imported:
    return Imported(
        added=_titles(plan.lines, Change.NEW),
        changed=_titles(plan.lines, Change.CHANGED),
        joined=_titles(plan.lines, Change.JOINED),
        unchanged=_titles(plan.lines, Change.UNCHANGED),
        clashes=_titles(plan.lines, Change.CLASH),
        missing=tuple(line.title for line in plan.missing),
    )
