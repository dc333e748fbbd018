"""Use cases in the room of a workshop: coming in by its code, picking a group, saying something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import VISITOR, Actor, ActorKind
from reviewtool.domain.contributions import Channel, ContributionKind
from reviewtool.domain.invitations import InvitationState, Origin, purpose_of
from reviewtool.domain.people import AddressState, OrganisationKind, holds_an_address
from reviewtool.domain.policy import Action
from reviewtool.domain.proposals import Proposed
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.domain.workshops import LONGEST_NAME, Attendance, RoomCode, read_code
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.organisations import Organisation
from reviewtool.models.phases import Phase
from reviewtool.models.workshops import Workshop, WorkshopEntry, WorkshopGroup
from reviewtool.office.addresses import address_of
from reviewtool.queries.facts import found
from reviewtool.queries.workshops import workshop_facts
from reviewtool.services._contributions import (
    Words,
    add_contribution,
    check_words,
    trace_made,
)
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._links import find_or_make_link
from reviewtool.services._people import (
    affiliate,
    find_or_make_organisation,
    find_organisation,
    give_address,
    make_person,
)
from reviewtool.services._policy import require
from reviewtool.services._proposals import add_proposal
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent
from reviewtool.services._workshops import check_standing, note_wrong_code, sign_up_of

__all__ = ["Joined", "Joiner", "Proposed", "Words", "enter_group", "feature", "join", "propose"]


@dataclass(frozen=True)
class Joiner:
    """Somebody in the room who wasn't invited by mail; the address is for the minutes."""

    name: str
    organisation: str = ""
    address: str = ""
    language: str = "fi"

    @property
    def words(self) -> tuple[str, ...]:
        """List all of it: what a repeated press of a form is compared by."""
        return (self.name, self.organisation, self.address, self.language)


@dataclass(frozen=True)
class Joined:
    """The personal link of somebody who came in, for the browser to hold."""

    link_id: str
    generation: int


def join(installation: Installation, typed_code: str, who: Joiner, request_id: str) -> Joined:
    """Let somebody in who knows the code of an open room; the same form again is the same person.

    They become a new person, also where the name or address is known: nobody gets at another's
    words by typing an address. A room that is guessed at gets another code by itself: nobody who
    reads the screen is kept out because somebody else types wrong ones. Raises Refused: not found
    (no open room has this code), empty, too long, bad address.
    """
    _check(who)
    code = found(read_code(typed_code))
    now = installation.clock.now()
    with installation.database.write() as session:
        joined = _let_in(session, code, who, request_id, now)
        if joined is None:
            note_wrong_code(session, code, now)
    return found(joined)


def _let_in(
    session: Session, code: RoomCode, who: Joiner, request_id: str, now: datetime
) -> Joined | None:
    workshop = session.scalar(select(Workshop).where(Workshop.room_code == code.written))
    if workshop is None or not workshop_facts(session, workshop.phase_id, now).room_open:
        return None
    require(VISITOR, Action.JOIN_WORKSHOP, workshop_facts(session, workshop.phase_id, now))
    before = earlier(session, VISITOR, request_id, who.words)
    if before is not None and before.same_words:
        link = session.get_one(Link, before.object_id)
        return Joined(link.id, link.generation)
    phase = session.get_one(Phase, workshop.phase_id)
    invitation = _invite(session, phase, who, now)
    link = find_or_make_link(
        session,
        now,
        person_id=invitation.person_id,
        purpose=purpose_of(phase.kind),
        phase_id=phase.id,
        invitation_id=invitation.id,
    )
    own = sign_up_of(session, invitation, now)
    own.attendance, own.present_at = Attendance.COMES, now
    remember(session, VISITOR, request_id, who.words, link.id, now)
    actor = Actor(ActorKind.LINK, person_id=invitation.person_id, link_id=link.id)
    facts = {"phase": phase.id, "link": link.id}
    trace(session, actor, now, phase.handbook_id, Act.PERSON_CAME_IN, invitation.id, facts)
    return Joined(link.id, link.generation)


def _check(who: Joiner) -> None:
    if not who.name.strip():
        raise Refused(Reason.EMPTY)
    if len(who.name) > LONGEST_NAME or len(who.organisation) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)
    if holds_an_address(who.name) or holds_an_address(who.organisation):
        raise Refused(Reason.NAME_HOLDS_ADDRESS)
    if who.address.strip() and not address_of(who.address):
        raise Refused(Reason.BAD_ADDRESS)


def _invite(session: Session, phase: Phase, who: Joiner, now: datetime) -> Invitation:
    person = make_person(session, who.name, who.language, now)
    invitation = Invitation(
        phase_id=phase.id,
        person_id=person.id,
        state=InvitationState.CAME_IN,
        origin=Origin.JOINED,
        came_in_at=now,
        created_at=now,
    )
    if who.organisation.strip():
        organisation = _organisation(session, who.organisation, now)
        invitation.organisation_id = organisation.id
        affiliate(session, person, organisation, now)
    if who.address.strip():
        address = give_address(
            session, person, address_of(who.address), AddressState.UNCONFIRMED, now
        )
        invitation.address_id = address.id
    session.add(invitation)
    session.flush()
    return invitation


def _organisation(session: Session, name: str, now: datetime) -> Organisation:
    """Find an organisation as it stands, which a stranger doesn't change, or make it."""
    known = find_organisation(session, name)
    kind = OrganisationKind.NGO.value
    return known or find_or_make_organisation(session, name, kind, "", now)


def enter_group(installation: Installation, actor: Actor, group_id: str, request_id: str) -> None:
    """Sit down with a group; one can change it. Raises Refused: not found, not allowed."""
    now = installation.clock.now()
    words = ["group", group_id]
    with installation.database.write() as session:
        phase, invitation = _in_room(session, actor, now)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        group = found(session.get(WorkshopGroup, group_id))
        if group.phase_id != phase.id:
            raise Refused(Reason.NOT_FOUND)
        own = sign_up_of(session, invitation, now)
        own.group_id = group.id
        own.present_at = own.present_at or now
        own.attendance = own.attendance or Attendance.COMES
        remember(session, actor, request_id, words, group.id, now)
        came_in(session, actor, invitation, now)
        facts = {"phase": phase.id, "group": group.id}
        trace(session, actor, now, phase.handbook_id, Act.PERSON_ATTENDS, invitation.id, facts)


def _in_room(session: Session, actor: Actor, now: datetime) -> tuple[Phase, Invitation]:
    """Read the actor's workshop and part, while its room is open. Raises Refused."""
    facts = workshop_facts(session, actor.phase_id or "", now)
    require(actor, Action.SPEAK_IN_WORKSHOP, facts)
    # Locked first: two presses at once come one after the other.
    invitation = load_invitation(session, actor.invitation_id)
    return session.get_one(Phase, invitation.phase_id), invitation


def propose(
    installation: Installation,
    actor: Actor,
    proposed: Proposed,
    words: str,
    request_id: str,
    form: str = "",
) -> str:
    """Propose a change of the structure from one's group; gives the contribution.

    form: the key of the form in which it was half written, which ends with it. Raises Refused: not
    allowed (the room isn't open), what the proposal still has to name.
    """

    def add(session: Session, phase: Phase, invitation: Invitation, now: datetime) -> Contribution:
        return add_proposal(
            session,
            actor,
            now,
            phase=phase,
            proposed=proposed,
            channel=Channel.WORKSHOP,
            author_id=invitation.person_id,
            organisation_id=invitation.organisation_id,
            language=actor.language,
            words=Words(words.strip()),
        )

    return _say(installation, actor, [*proposed.all, words], request_id, form, add)


def feature(
    installation: Installation,
    actor: Actor,
    section_id: str | None,
    words: str,
    request_id: str,
    form: str = "",
) -> str:
    """Say what a text must tell, and why it is the NGOs' work; gives the contribution.

    section_id: None for the handbook as a whole. form: the key of the form in which it was half
    written, which ends with it. Raises Refused: not allowed, not found, empty,
    too long.
    """
    check_words(ContributionKind.FEATURE, Words(words))

    def add(session: Session, phase: Phase, invitation: Invitation, now: datetime) -> Contribution:
        if section_id is not None:
            check_standing(session, phase.handbook_id, section_id)
        return add_contribution(
            session,
            actor,
            now,
            phase=phase,
            kind=ContributionKind.FEATURE,
            channel=Channel.WORKSHOP,
            author_id=invitation.person_id,
            organisation_id=invitation.organisation_id,
            language=actor.language,
            section_id=section_id,
            words=Words(words.strip()),
        )

    about = ["feature", section_id or "", words]
    return _say(installation, actor, about, request_id, form, add)


_Add = Callable[[Session, Phase, Invitation, datetime], Contribution]


def _say(
    installation: Installation,
    actor: Actor,
    words: list[str],
    request_id: str,
    form: str,
    add: _Add,
) -> str:
    """Put something into the ledger with the group of whoever says it; a repeat adds nothing."""
    now = installation.clock.now()
    with installation.database.write() as session:
        phase, invitation = _in_room(session, actor, now)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        own = sign_up_of(session, invitation, now)
        own.present_at = own.present_at or now
        contribution = add(session, phase, invitation, now)
        session.add(WorkshopEntry(contribution_id=contribution.id, group_id=own.group_id))
        remember(session, actor, request_id, words, contribution.id, now)
        forget_unsent(session, actor, form)
        came_in(session, actor, invitation, now)
        trace_made(session, actor, now, contribution)
        return contribution.id
