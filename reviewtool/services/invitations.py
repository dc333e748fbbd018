"""Use cases of invitations: asking one person, asking again, cancelling, declining."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import TAKING_PART, InvitationMove, InvitationState, Origin
from reviewtool.domain.invitees import Invitee
from reviewtool.domain.people import LONGEST_NAME, AddressState, OrganisationKind
from reviewtool.domain.phases import INVITING, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import LANGUAGES
from reviewtool.domain.tables import Step
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.phases import Phase
from reviewtool.office.addresses import address_of
from reviewtool.queries.facts import found, phase_facts
from reviewtool.services._invitations import ask_in, assign, change, load_invitation
from reviewtool.services._people import (
    affiliate,
    find_or_make_organisation,
    find_organisation,
    find_person,
    give_address,
    is_somebodys_own,
    make_person,
)
from reviewtool.services._phases import load_phase
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._statements import NewHolder, leave_all
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent

_Act = Callable[[Session, Phase, Invitation, datetime], Act | None]


LONGEST_REASON = 2_000


@dataclass(frozen=True)
class Invited:
    """What became of an invitation: whether it is new, and where it stands now."""

    invitation_id: str
    person_id: str
    new: bool
    state: InvitationState


def invite(
    installation: Installation, actor: Actor, phase_id: str, invitee: Invitee, request_id: str
) -> Invited:
    """Invite one person into a round, a workshop or an approval.

    Mailed at once where the phase is open, otherwise when it opens; somebody who is invited
    already gets their link again. Raises Refused: bad address, address of another (somebody's own,
    and the editor hasn't said that several people read it), empty, too long, not possible now, not
    allowed.
    """
    _check(invitee)
    now = installation.clock.now()
    with installation.database.write() as session:
        phase = load_phase(session, phase_id)
        require(actor, Action.RUN_PROCESS, phase_facts(session, phase_id, now))
        before = earlier(session, actor, request_id, invitee.words)
        if before is not None and before.same_words:
            return _told(load_invitation(session, before.object_id), new=False)
        if phase.kind not in INVITING or phase.state is PhaseState.CLOSED:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        invitation, new = _find_or_make(session, phase, invitee, now)
        traced = ask_in(session, phase, invitation, now) or (Act.PERSON_INVITED if new else None)
        remember(session, actor, request_id, invitee.words, invitation.id, now)
        _trace(session, actor, phase, invitation, traced, now)
        return _told(invitation, new=new)


def invite_again(
    installation: Installation, actor: Actor, invitation_id: str, request_id: str
) -> None:
    """Mail somebody their link again, or ask anew where they had declined or been cancelled.

    Raises Refused: not possible now (the phase isn't open), not allowed.
    """

    def act(session: Session, phase: Phase, invitation: Invitation, now: datetime) -> Act | None:
        if phase.state is not PhaseState.OPEN:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        return ask_in(session, phase, invitation, now)

    _do(installation, actor, invitation_id, Action.RUN_PROCESS, ["again", request_id], act)


def cancel(installation: Installation, actor: Actor, invitation_id: str, request_id: str) -> None:
    """Take an invitation back from somebody who hasn't come in; the link stops working."""

    def act(session: Session, _phase: Phase, invitation: Invitation, now: datetime) -> Act | None:
        step = change(invitation, InvitationMove.CANCEL, now)
        session.execute(
            update(Link)
            .where(Link.invitation_id == invitation.id, Link.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        return step.traced

    _do(installation, actor, invitation_id, Action.RUN_PROCESS, ["cancel", request_id], act)


def decline(
    installation: Installation, actor: Actor, reason: str, request_id: str, form: str = ""
) -> None:
    """Say, by one's own link, that one won't take part; what has been said stands.

    reason: for the editors, may be empty. form: the key of the form in which it was half written,
    which ends with it. Raises Refused: too long; not possible now for one who
    is ready or has passed it on.
    """
    if len(reason) > LONGEST_REASON:
        raise Refused(Reason.TOO_LONG)

    def act(session: Session, _phase: Phase, invitation: Invitation, now: datetime) -> Act | None:
        step: Step[InvitationState] = change(invitation, InvitationMove.DECLINE, now)
        forget_unsent(session, actor, form)
        invitation.decline_reason = reason.strip() or None
        return step.traced

    assert actor.invitation_id is not None
    words = ["decline", request_id]
    _do(installation, actor, actor.invitation_id, Action.ANSWER_INVITATION, words, act)


def _do(
    installation: Installation,
    actor: Actor,
    invitation_id: str,
    action: Action,
    form: Sequence[str],
    act: _Act,
) -> None:
    """Do one act on an invitation in one short transaction; a repeated form does nothing more."""
    now = installation.clock.now()
    name, request_id = form
    with installation.database.write() as session:
        invitation = load_invitation(session, invitation_id)
        require(actor, action, phase_facts(session, invitation.phase_id, now, actor))
        if earlier(session, actor, request_id, [name, invitation_id]) is not None:
            return
        phase = found(session.get(Phase, invitation.phase_id))
        traced = act(session, phase, invitation, now)
        new: list[NewHolder] = []
        if invitation.state not in TAKING_PART:
            session.flush()
            new = leave_all(session, invitation.person_id, now, phase.id)
        remember(session, actor, request_id, [name, invitation_id], invitation_id, now)
        for one in new:
            one.trace(session, actor, now)
        _trace(session, actor, phase, invitation, traced, now)


def _trace(
    session: Session,
    actor: Actor,
    phase: Phase,
    invitation: Invitation,
    traced: Act | None,
    now: datetime,
) -> None:
    if traced is not None:
        facts: dict[str, str | int | bool | None] = {
            "phase": phase.id,
            "state": invitation.state.value,
            "organisation": invitation.organisation_id,
        }
        trace(session, actor, now, phase.handbook_id, traced, invitation.id, facts)


def _find_or_make(
    session: Session, phase: Phase, invitee: Invitee, now: datetime
) -> tuple[Invitation, bool]:
    language = invitee.language or found(
        session.scalar(select(Handbook.language).where(Handbook.id == phase.handbook_id))
    )
    person = find_person(session, invitee.address, invitee.name)
    written = address_of(invitee.address)
    if person is None and not invitee.shares and is_somebodys_own(session, written):
        raise Refused(Reason.ADDRESS_OF_ANOTHER)
    person = person or make_person(session, invitee.name, language, now)
    address = give_address(session, person, written, AddressState.OK, now, shares=invitee.shares)
    known = session.scalar(
        select(Invitation).where(Invitation.phase_id == phase.id, Invitation.person_id == person.id)
    )
    if known is not None:
        named = find_organisation(session, invitee.organisation)
        # Whom the editors ask in for the organisation that they signed up for speaks for it.
        known.vouched = known.vouched or (named is not None and named.id == known.organisation_id)
        return known, False
    invitation = Invitation(
        phase_id=phase.id,
        person_id=person.id,
        address_id=address.id,
        state=InvitationState.PREPARED,
        origin=Origin.INVITED,
        vouched=True,
        created_at=now,
    )
    if invitee.organisation.strip():
        kind = invitee.kind or OrganisationKind.NGO.value
        organisation = find_or_make_organisation(
            session, invitee.organisation, kind, invitee.municipality, now
        )
        invitation.organisation_id = organisation.id
        affiliate(session, person, organisation, now)
    session.add(invitation)
    session.flush()
    assign(session, invitation, now)
    return invitation, True


def _told(invitation: Invitation, *, new: bool) -> Invited:
    return Invited(invitation.id, invitation.person_id, new, invitation.state)


def _check(invitee: Invitee) -> None:
    if not invitee.name.strip():
        raise Refused(Reason.EMPTY, details={"field": "name"})
    if len(invitee.name) > LONGEST_NAME or len(invitee.organisation) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)
    if not address_of(invitee.address):
        raise Refused(Reason.BAD_ADDRESS)
    if invitee.language and invitee.language not in LANGUAGES:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
