"""Use cases of shared boxes: several people read one; each answers in their own name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import (
    WRITING,
    InvitationMove,
    InvitationState,
    Origin,
    purpose_of,
)
from reviewtool.domain.people import AddressState
from reviewtool.domain.phases import INVITING, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, handbook_facts, phase_facts
from reviewtool.queries.shared_rows import person_handbooks
from reviewtool.services._invitations import change, load_invitation, organisation_of
from reviewtool.services._links import find_or_make_link
from reviewtool.services._people import affiliate, find_person, give_address, make_person
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

LONGEST_NAME = 200


@dataclass(frozen=True)
class OwnLink:
    """The link of the person who answers."""

    id: str
    generation: int


def answer_as(installation: Installation, actor: Actor, name: str, request_id: str) -> OwnLink:
    """Say who answers by the link of a shared box; gives that person's own link of the phase.

    Each name is a person of their own under the box: the one known there, or a new one. What they
    say and decide is theirs; once they are ready, the box has answered too. Raises Refused: empty,
    too long, not possible now (no shared box, a link that only reads), not allowed.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused(Reason.EMPTY, details={"field": "name"})
    if len(name) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)
    now = installation.clock.now()
    with installation.database.write() as session:
        box = load_invitation(session, actor.invitation_id)
        require(actor, Action.ANSWER_FOR_BOX, phase_facts(session, box.phase_id, now, actor))
        phase = found(session.get(Phase, box.phase_id))
        address = found(session.get(Address, box.address_id))
        before = earlier(session, actor, request_id, [name])
        if not address.shared or phase.kind not in INVITING or box.state not in WRITING:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        person = _person(session, box, address, name, now)
        part, traced = _part(session, box, phase, person, address, now)
        link = find_or_make_link(
            session,
            now,
            person_id=person.id,
            purpose=purpose_of(phase.kind),
            phase_id=phase.id,
            invitation_id=part.id,
        )
        if before is None:
            remember(session, actor, request_id, [name], part.id, now)
        if traced:
            facts: dict[str, str | int | bool | None] = {"phase": phase.id, "box": box.id}
            trace(
                session, actor, now, phase.handbook_id, Act.PERSON_ANSWERS_FOR_BOX, part.id, facts
            )
        return OwnLink(link.id, link.generation)


def _person(
    session: Session, box: Invitation, address: Address, name: str, now: datetime
) -> Person:
    """Find the one of that name under the box, or make them; the box itself is nobody."""
    known = find_person(session, address.written, name)
    if known is not None and known.box:
        raise Refused(Reason.EMPTY, details={"field": "name"})
    if known is not None:
        own = _address_in(session, known, address)
        if own.state is AddressState.DEAD:
            # They read this box no more: whoever does isn't them.
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        return known
    language = session.get_one(Person, box.person_id).language
    person = make_person(session, name, language, now)
    give_address(session, person, address.written, AddressState.OK, now)
    organisation = organisation_of(session, box)
    if organisation is not None:
        affiliate(session, person, organisation, now)
    return person


def _address_in(session: Session, person: Person, box: Address) -> Address:
    """Give a person's own row of a box's address."""
    row = select(Address).where(Address.person_id == person.id, Address.folded == box.folded)
    return found(session.scalar(row))


def _part(
    session: Session,
    box: Invitation,
    phase: Phase,
    person: Person,
    address: Address,
    now: datetime,
) -> tuple[Invitation, bool]:
    """Give the person's own part in the phase, made where there is none, and whether it is new."""
    part = session.scalar(
        select(Invitation)
        .where(Invitation.phase_id == phase.id, Invitation.person_id == person.id)
        .with_for_update()
    )
    own = _address_in(session, person, address)
    if part is not None and (
        part.address_id != own.id
        or part.state in (InvitationState.CANCELLED, InvitationState.PASSED_ON)
    ):
        # Asked by an address of their own, taken out by the editors, or succeeded.
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    if part is not None and part.state in WRITING:
        return part, False
    if part is None:
        part = Invitation(
            phase_id=phase.id,
            person_id=person.id,
            organisation_id=box.organisation_id,
            address_id=own.id,
            origin=Origin.BOX,
            vouched=box.vouched,
            passed_from_id=box.id,
            created_at=now,
        )
        session.add(part)
    part.state = InvitationState.PREPARED
    if phase.state is not PhaseState.PLANNED:
        part.state, part.invited_at = InvitationState.INVITED, now
        change(part, InvitationMove.COME_IN, now)
    session.flush()
    return part, True


def mark_box(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    person_id: str,
    request_id: str,
    *,
    is_box: bool,
) -> None:
    """Note that a name is that of a shared box, or is not: its link asks who answers.

    Raises Refused: not found (somebody of another handbook), not allowed.
    """
    now = installation.clock.now()
    words = ["box", person_id, str(is_box)]
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        person = found(session.get(Person, person_id))
        if handbook_id not in person_handbooks(session, (person_id,)):
            raise Refused(Reason.NOT_FOUND)
        share(session, person, is_box=is_box)
        remember(session, actor, request_id, words, person_id, now)
        trace(session, actor, now, handbook_id, Act.BOX_MARKED, person_id, {"box": is_box})


def share(session: Session, person: Person, *, is_box: bool) -> None:
    """Mark a person's name and addresses as those of a shared box, or not."""
    person.box = is_box
    own = select(Address.folded).where(Address.person_id == person.id)
    others = select(Address.folded).where(Address.person_id != person.id)
    changed = update(Address).where(Address.folded.in_(own))
    if not is_box:
        changed = changed.where(Address.folded.not_in(others))
    session.execute(changed.values(shared=is_box).execution_options(synchronize_session="fetch"))
    session.flush()
