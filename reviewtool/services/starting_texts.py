"""Use cases of the starting text: naming it with credit, and saying which texts were taken over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import Revision, Section
from reviewtool.models.starting_texts import Inheritance, StartingText
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._policy import require
from reviewtool.services._trace import trace

LONGEST = 1_000


@dataclass(frozen=True)
class Credit:
    """What readers are told of the handbook that ours began from.

    credit: whose it is; permission: who allowed it, or its licence; dated_on: its edition.
    """

    title: str
    credit: str
    permission: str
    dated_on: date | None = None
    address: str = ""


def name_starting_text(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    credit: Credit,
    section_ids: Collection[str],
) -> str:
    """Say what the handbook began from, and which sections took text over; gives its id.

    What a section inherited is the first revision that was brought in. Saying it again
    changes credit and choice; what sections inherited stays the same revision.
    Raises Refused: empty without title, credit and permission, too long, not found.
    """
    credit = _checked(credit)
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        handbook = found(session.get(Handbook, handbook_id, with_for_update=True))
        source = session.scalars(
            select(StartingText).where(StartingText.handbook_id == handbook_id)
        ).one_or_none()
        if source is None:
            source = StartingText(handbook_id=handbook_id, created_at=now, version=0)
            session.add(source)
        changed = _describe(source, credit)
        session.flush()
        first = _first_revisions(session, handbook_id, handbook.language)
        if set(section_ids) - first.keys():
            raise Refused(Reason.NOT_FOUND)
        chosen = _choose(session, source.id, handbook.language, first, set(section_ids))
        if not changed and not chosen:
            return source.id
        source.version += 1
        if changed:
            trace(session, actor, now, handbook_id, Act.STARTING_TEXT_NAMED, source.id, {})
        if chosen:
            facts = {"sections": len(set(section_ids))}
            trace(session, actor, now, handbook_id, Act.SECTIONS_INHERITED, source.id, facts)
        return source.id


def _checked(credit: Credit) -> Credit:
    words = [
        part.strip() for part in (credit.title, credit.credit, credit.permission, credit.address)
    ]
    for name, part in zip(("title", "credit", "permission"), words, strict=False):
        if not part:
            raise Refused(Reason.EMPTY, details={"field": name})
    if any(len(part) > LONGEST for part in words):
        raise Refused(Reason.TOO_LONG)
    if words[3] and urlsplit(words[3]).scheme not in ("http", "https"):
        raise Refused(Reason.BAD_ADDRESS)
    return Credit(words[0], words[1], words[2], credit.dated_on, words[3])


def _describe(source: StartingText, credit: Credit) -> bool:
    changed = False
    for name in ("title", "credit", "permission", "dated_on", "address"):
        if getattr(source, name) != getattr(credit, name):
            setattr(source, name, getattr(credit, name))
            changed = True
    return changed


def _first_revisions(session: Session, handbook_id: str, language: str) -> dict[str, str]:
    """Give each section's first revision that was brought in; where none was, its very first."""
    rows = session.execute(
        select(Revision.section_id, Revision.id)
        .join(Section, Section.id == Revision.section_id)
        .where(Section.handbook_id == handbook_id, Revision.language == language)
        .order_by(Revision.cause == Cause.IMPORT, Revision.number.desc())
    )
    return {row.section_id: row.id for row in rows}


def _choose(
    session: Session,
    starting_text_id: str,
    language: str,
    first: dict[str, str],
    wanted: set[str],
) -> bool:
    here = set(
        session.scalars(
            select(Inheritance.section_id).where(
                Inheritance.starting_text_id == starting_text_id, Inheritance.language == language
            )
        )
    )
    going = here - wanted
    if going:
        session.execute(
            delete(Inheritance).where(
                Inheritance.starting_text_id == starting_text_id,
                Inheritance.language == language,
                Inheritance.section_id.in_(going),
            )
        )
    session.add_all(
        Inheritance(
            starting_text_id=starting_text_id,
            section_id=section_id,
            language=language,
            revision_id=first[section_id],
        )
        for section_id in sorted(wanted - here)
    )
    return wanted != here
