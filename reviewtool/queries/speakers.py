"""Persons who took part in a handbook, found by name, to record something on their behalf."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.people import fold
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import DraftItem
from reviewtool.models.handbooks import Handbook, Localized
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Affiliation, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.facts import found
from reviewtool.queries.newest_draft import newest_draft
from reviewtool.queries.runs import run_number
from reviewtool.queries.sections import editing

MOST_FOUND = 20


@dataclass(frozen=True)
class KnownSpeaker:
    """A person who took part, with one organisation and address to tell namesakes apart."""

    id: str
    name: str
    organisation: str
    address: str
    language: str


def find_speakers(
    session: Session, actor: Actor, handbook_id: str, words: str
) -> list[KnownSpeaker]:
    """Find those whose name or organisation holds the words; 1 query."""
    editing(actor, handbook_id)
    wanted = fold(words)
    if len(wanted) < 2:
        return []
    pattern = "%".join(part for part in _ascii_parts(wanted) if part)
    return [
        one
        for one in _speakers(session, handbook_id, f"%{pattern}%")
        if wanted in fold(one.name) or wanted in fold(one.organisation)
    ][:MOST_FOUND]


def speaker(
    session: Session, actor: Actor, handbook_id: str, person_id: str
) -> KnownSpeaker | None:
    """Read one person who took part; 1 query."""
    editing(actor, handbook_id)
    return next((one for one in _speakers(session, handbook_id, "%") if one.id == person_id), None)


def _ascii_parts(words: str) -> list[str]:
    """Cut words at what databases fold differently, or take for wildcards."""
    return "".join(
        letter if letter.isascii() and letter not in "%_\\" else "\n" for letter in words
    ).split("\n")


def _speakers(session: Session, handbook_id: str, pattern: str) -> list[KnownSpeaker]:
    invited = (
        select(Invitation.person_id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(Phase.handbook_id == handbook_id)
    )
    spoke = select(Contribution.author_id).where(Contribution.handbook_id == handbook_id)
    rows = session.execute(
        select(Person.id, Person.name, Person.language, Organisation.name, Address.written)
        .outerjoin(Affiliation, Affiliation.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .outerjoin(Address, Address.person_id == Person.id)
        .where(
            Person.erased_at.is_(None),
            or_(Person.id.in_(invited), Person.id.in_(spoke)),
            or_(Person.name.ilike(pattern), Organisation.name.ilike(pattern)),
        )
        .order_by(Person.name, Person.id)
    )
    known: dict[str, KnownSpeaker] = {}
    for person_id, name, language, organisation, address in rows:
        known.setdefault(
            person_id, KnownSpeaker(person_id, name, organisation or "", address or "", language)
        )
    return list(known.values())


def phases_to_record_in(
    session: Session, actor: Actor, handbook_id: str
) -> list[tuple[str, Localized]]:
    """List all phases in their order; 1 query."""
    editing(actor, handbook_id)
    rows = session.execute(
        select(Phase.id, Phase.title)
        .where(Phase.handbook_id == handbook_id)
        .order_by(run_number(), Phase.position)
    )
    return [(row.id, row.title) for row in rows]


def draft_of_phase(session: Session, actor: Actor, handbook_id: str, phase_id: str) -> str | None:
    """Give the draft that a phase looks at, or else the newest one; at most 2 queries."""
    editing(actor, handbook_id)
    looked_at = session.scalar(
        select(Phase.draft_id).where(Phase.id == phase_id, Phase.handbook_id == handbook_id)
    )
    if looked_at:
        return looked_at
    newest = newest_draft(session, handbook_id)
    return newest.id if newest else None


@dataclass(frozen=True)
class SpokenOf:
    """The text of a section that something in a phase is said about."""

    revision_id: str
    text: str


def spoken_of(
    session: Session, actor: Actor, handbook_id: str, phase_id: str, section_id: str
) -> SpokenOf:
    """Read the phase's frozen text of a section, or else the working text; 2 queries.

    Raises Refused (not found).
    """
    editing(actor, handbook_id)
    phase = select(Phase.draft_id).where(Phase.id == phase_id).scalar_subquery()
    language = select(Handbook.language).where(Handbook.id == handbook_id).scalar_subquery()
    query = (
        select(Revision.id, Revision.text)
        .join(Section, Section.id == Revision.section_id)
        .where(
            Section.id == section_id,
            Section.handbook_id == handbook_id,
            Revision.language == language,
        )
    )
    frozen = query.join(DraftItem, DraftItem.revision_id == Revision.id).where(
        DraftItem.draft_id == phase
    )
    working = query.join(SectionText, SectionText.working_revision_id == Revision.id)
    row = found(
        session.execute(frozen.limit(1)).one_or_none() or session.execute(working).one_or_none()
    )
    return SpokenOf(row.id, row.text)
