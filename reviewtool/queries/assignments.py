"""Who is asked for what in a phase: one organisation's task and people, and each text's askers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import TAKING_PART, InvitationState
from reviewtool.domain.phases import ASKING, PhaseKind, PhaseState
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Assignment, AssignmentSection, Invitation
from reviewtool.models.organisations import Municipality, Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase, PhaseSection
from reviewtool.queries.facts import found
from reviewtool.queries.people import require_editor
from reviewtool.queries.tree import TreeLine, draft_tree, working_tree


@dataclass(frozen=True)
class HolderLine:
    """One of the organisation's people in the phase."""

    invitation_id: str
    person_id: str
    name: str
    state: InvitationState


@dataclass(frozen=True)
class OrganisationPart:
    """An organisation in one phase: its people, what it is asked about, and until when."""

    organisation_id: str
    name: str
    kind: str
    municipality: dict[str, str]
    phase_id: str
    phase_title: dict[str, str]
    phase_kind: PhaseKind
    phase_state: PhaseState
    closes_on: date | None
    people: tuple[HolderLine, ...]
    holder_id: str
    sections: frozenset[str]
    """What it is asked about first; none: about all alike."""
    texts: tuple[TreeLine, ...]
    extended_to: date | None
    extension_reason: str

    @property
    def asks(self) -> bool:
        """Tell whether something can be asked of it here still."""
        return self.phase_kind in ASKING and self.phase_state is not PhaseState.CLOSED

    @property
    def can_be_extended(self) -> bool:
        """Tell whether it can be given more time."""
        return self.phase_kind in ASKING and self.phase_state is not PhaseState.PLANNED


def organisation_part(
    session: Session, actor: Actor, handbook_id: str, phase_id: str, organisation_id: str
) -> OrganisationPart:
    """Read an organisation's part in a phase; 6 queries. Raises Refused (not found)."""
    require_editor(actor, handbook_id)
    row = found(
        session.execute(
            select(Phase, Handbook.language, Organisation, Municipality, Assignment, Extension)
            .join(Handbook, Handbook.id == Phase.handbook_id)
            .join(Organisation, Organisation.id == organisation_id)
            .outerjoin(Municipality, Municipality.id == Organisation.municipality_id)
            .outerjoin(
                Assignment,
                (Assignment.phase_id == Phase.id) & (Assignment.organisation_id == Organisation.id),
            )
            .outerjoin(
                Extension,
                (Extension.phase_id == Phase.id) & (Extension.organisation_id == Organisation.id),
            )
            .where(Phase.id == phase_id, Phase.handbook_id == handbook_id)
        ).one_or_none()
    )
    phase, language, organisation, municipality, assignment, extension = row
    people = _people(session, phase_id, organisation_id)
    if not people:
        found(None)
    return OrganisationPart(
        organisation_id=organisation.id,
        name=organisation.name,
        kind=organisation.kind,
        municipality={"fi": municipality.name_fi, "sv": municipality.name_sv}
        if municipality
        else {},
        phase_id=phase.id,
        phase_title=phase.title,
        phase_kind=phase.kind,
        phase_state=phase.state,
        closes_on=phase.closes_on,
        people=people,
        holder_id=assignment.invitation_id if assignment else people[0].invitation_id,
        sections=_sections(session, assignment.id) if assignment else frozenset(),
        texts=tuple(texts_of(session, phase, language)),
        extended_to=extension.closes_on if extension else None,
        extension_reason=extension.reason if extension else "",
    )


def _people(session: Session, phase_id: str, organisation_id: str) -> tuple[HolderLine, ...]:
    rows = session.execute(
        select(Invitation.id, Invitation.state, Person.id.label("person_id"), Person.name)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.phase_id == phase_id, Invitation.organisation_id == organisation_id)
        .order_by(Person.search_key, Person.id)
    )
    return tuple(HolderLine(row.id, row.person_id, row.name, row.state) for row in rows)


def _sections(session: Session, assignment_id: str) -> frozenset[str]:
    return frozenset(
        session.scalars(
            select(AssignmentSection.section_id).where(
                AssignmentSection.assignment_id == assignment_id
            )
        )
    )


def texts_of(session: Session, phase: Phase, language: str) -> Sequence[TreeLine]:
    """List the texts that a phase is about, of its draft or as they are worked on; 2 queries."""
    tree = (
        draft_tree(session, phase.draft_id, language)
        if phase.draft_id
        else working_tree(session, phase.handbook_id, language)
    )
    chosen = set(
        session.scalars(select(PhaseSection.section_id).where(PhaseSection.phase_id == phase.id))
    )
    return [line for line in tree if not chosen or line.section_id in chosen]


@dataclass(frozen=True)
class TextAskers:
    """A text of a phase, and the organisations that are asked about it in particular."""

    section_id: str
    title: str
    depth: int
    organisations: tuple[str, ...]


def askers_by_text(
    session: Session, actor: Actor, handbook_id: str, phase_id: str
) -> list[TextAskers]:
    """List a phase's texts with the organisations asked about each in particular; 4 queries."""
    require_editor(actor, handbook_id)
    phase, language = found(
        session.execute(
            select(Phase, Handbook.language)
            .join(Handbook, Handbook.id == Phase.handbook_id)
            .where(Phase.id == phase_id, Phase.handbook_id == handbook_id)
        ).one_or_none()
    )
    names: dict[str, list[str]] = {}
    rows = session.execute(
        select(AssignmentSection.section_id, Organisation.name)
        .join(Assignment, Assignment.id == AssignmentSection.assignment_id)
        .join(Organisation, Organisation.id == Assignment.organisation_id)
        .where(Assignment.phase_id == phase_id)
        .order_by(Organisation.search_key, Organisation.id)
    )
    for row in rows:
        names.setdefault(row.section_id, []).append(row.name)
    return [
        TextAskers(line.section_id, line.title, line.depth, tuple(names.get(line.section_id, ())))
        for line in texts_of(session, phase, language)
    ]


def with_descendants(texts: Collection[TreeLine], areas: Collection[str]) -> set[str]:
    """Give texts with everything that stands below them."""
    taken = set(areas)
    for line in texts:  # in reading order: a parent comes before its children
        if line.parent_id in taken:
            taken.add(line.section_id)
    return taken & {line.section_id for line in texts}


def holders(people: Collection[HolderLine]) -> list[HolderLine]:
    """List those who can hold the task: who takes part, or all where nobody does yet."""
    return [one for one in people if one.state in TAKING_PART] or list(people)
