"""Steps on invitations: every change of how far a person is goes through the one table."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import (
    INVITATION_TABLE,
    InvitationMove,
    InvitationState,
    Origin,
    invitation_mail,
    purpose_of,
)
from reviewtool.domain.links import NEW_LINK_INTERVAL
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.tables import Step, step
from reviewtool.domain.trace import Act
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found
from reviewtool.services._links import find_or_make_link
from reviewtool.services._outbox import post
from reviewtool.services._trace import trace


def load_invitation(session: Session, invitation_id: str | None) -> Invitation:
    """Read an invitation for changing it. Raises Refused (not found)."""
    return found(
        session.scalar(select(Invitation).where(Invitation.id == invitation_id).with_for_update())
    )


def change(invitation: Invitation, move: InvitationMove, now: datetime) -> Step[InvitationState]:
    """Do a move by the table and note its moment; gives the step, for policy, trace and mail.

    Raises Refused where the table refuses it.
    """
    taken = step(INVITATION_TABLE, invitation.state, move)
    invitation.state = taken.state
    if taken.state is InvitationState.INVITED and taken.traced is not None:
        invitation.invited_at = now
    if move in (InvitationMove.COME_IN, InvitationMove.READY):
        invitation.came_in_at = invitation.came_in_at or now
    if taken.state is InvitationState.READY:
        invitation.ready_at = invitation.ready_at or now
    elif move is InvitationMove.UNREADY:
        invitation.ready_at = None
    return taken


def came_in(session: Session, actor: Actor, invitation: Invitation, now: datetime) -> None:
    """Note a person's first POST in a phase; nothing for a later one.

    Call it after the policy has been asked and right before the use case's own trace: it writes
    to the trace where it is the first. Raises Refused for an invitation that only reads.
    """
    _note(session, actor, invitation, change(invitation, InvitationMove.COME_IN, now), now)


def became_ready(session: Session, actor: Actor, invitation: Invitation, now: datetime) -> None:
    """Note that a person is ready; nothing for one who is already."""
    if invitation.state is not InvitationState.READY:
        _note(session, actor, invitation, change(invitation, InvitationMove.READY, now), now)


def _note(
    session: Session,
    actor: Actor,
    invitation: Invitation,
    taken: Step[InvitationState],
    now: datetime,
) -> None:
    if taken.traced is None:
        return
    handbook_id = session.scalar(select(Phase.handbook_id).where(Phase.id == invitation.phase_id))
    trace(
        session,
        actor,
        now,
        found(handbook_id),
        taken.traced,
        invitation.id,
        {"phase": invitation.phase_id, "state": taken.state.value},
    )


def organisation_of(session: Session, invitation: Invitation) -> Organisation | None:
    """Give the organisation for which somebody takes part; None for who speaks for themselves."""
    if invitation.organisation_id is None:
        return None
    return session.get(Organisation, invitation.organisation_id)


def assign(session: Session, invitation: Invitation, now: datetime) -> None:
    """Ask the invitation's organisation into the phase; its first invited person holds it."""
    if invitation.organisation_id is None:
        return
    known = session.scalar(
        select(Assignment.id).where(
            Assignment.phase_id == invitation.phase_id,
            Assignment.organisation_id == invitation.organisation_id,
        )
    )
    if known is None:
        session.add(
            Assignment(
                phase_id=invitation.phase_id,
                organisation_id=invitation.organisation_id,
                invitation_id=invitation.id,
                created_at=now,
            )
        )
        session.flush()


def ask_in(session: Session, phase: Phase, invitation: Invitation, now: datetime) -> Act | None:
    """Invite a person, or mail the way in anew to one who is invited already; by the table.

    Gives what is traced. In a planned phase nothing is mailed yet: its opening does that. Without
    an address the state changes only.
    """
    if phase.state is PhaseState.PLANNED:
        return change(invitation, InvitationMove.PREPARE, now).traced
    taken = change(invitation, InvitationMove.INVITE, now)
    if invitation.origin is Origin.DEPUTY:
        # Asked by the editors themselves: no longer for some days only.
        invitation.origin = Origin.INVITED
    if invitation.address_id is None:
        return taken.traced
    if MessageKind.NEW_LINK not in taken.mailed:
        kind = invitation_mail(phase.kind)
        if mail_way_in(session, phase, invitation, kind, f"{kind.value}:{invitation.id}", now):
            return taken.traced
    mail_new_link(session, phase, invitation, now)
    return taken.traced


def mail_new_link(
    session: Session, phase: Phase, invitation: Invitation, now: datetime
) -> Message | None:
    """Mail a person their own link again, at most once in NEW_LINK_INTERVAL."""
    slot = int(now.timestamp() // NEW_LINK_INTERVAL.total_seconds())
    event = f"new-link:{invitation.id}:{slot}"
    return mail_way_in(session, phase, invitation, MessageKind.NEW_LINK, event, now)


def mail_way_in(
    session: Session,
    phase: Phase,
    invitation: Invitation,
    kind: MessageKind,
    event: str,
    now: datetime,
    context: Mapping[str, str] | None = None,
) -> Message | None:
    """Queue a mail with the person's link to the address of the invitation, once per event.

    context: what the mail names besides the invitation and the link.
    """
    address = found(session.get(Address, invitation.address_id))
    person = found(session.get(Person, invitation.person_id))
    link = find_or_make_link(
        session,
        now,
        person_id=person.id,
        purpose=purpose_of(phase.kind),
        phase_id=phase.id,
        invitation_id=invitation.id,
    )
    return post(
        session,
        now,
        kind,
        event,
        person_id=person.id,
        address_id=address.id,
        language=person.language,
        handbook_id=phase.handbook_id,
        phase_id=phase.id,
        context={"invitation": invitation.id, "link": link.id, **(context or {})},
    )
