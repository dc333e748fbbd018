"""Use cases of telling how far one is: nothing to say about a text, ready, not ready after all."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.invitations import InvitationMove, InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, NothingToSay
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person
from reviewtool.services._contributions import find_round, require_writing, shown_revision
from reviewtool.services._invitations import became_ready, came_in, change, load_invitation
from reviewtool.services._outbox import post
from reviewtool.services._trace import trace


def say_nothing(installation: Installation, actor: Actor, section_id: str) -> None:
    """Answer that there is nothing to say about a text. Repeating it changes nothing.

    Raises Refused: not found, round closed, not possible now (something has been said already).
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round)
        invitation = load_invitation(session, actor.invitation_id)
        shown_revision(session, found_round, section_id, None)
        if _nothing(session, invitation, section_id) is not None:
            return
        if _has_said(session, actor, found_round.phase.id, section_id):
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        row = NothingToSay(invitation_id=invitation.id, section_id=section_id, created_at=now)
        session.add(row)
        handbook_id = found_round.phase.handbook_id
        came_in(session, actor, invitation, now)
        trace(
            session, actor, now, handbook_id, Act.NOTHING_SAID, invitation.id,
            {"section": section_id},
        )  # fmt: skip


def unsay_nothing(installation: Installation, actor: Actor, section_id: str) -> None:
    """Take "nothing to say" back. Raises Refused: round closed, not allowed."""
    now = installation.clock.now()
    with installation.database.write() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round)
        invitation = load_invitation(session, actor.invitation_id)
        row = _nothing(session, invitation, section_id)
        if row is None:
            return
        session.delete(row)
        trace(
            session, actor, now, found_round.phase.handbook_id, Act.NOTHING_UNSAID, invitation.id,
            {"section": section_id},
        )  # fmt: skip


def say_ready(installation: Installation, actor: Actor) -> None:
    """Say that one has said all; the receipt with a copy is mailed. Repeating changes nothing.

    Raises Refused: round closed, round not open, not possible now, not allowed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        require_writing(actor, find_round(session, actor, now))
        invitation = load_invitation(session, actor.invitation_id)
        if invitation.state is InvitationState.READY:
            return
        _post_receipt(session, installation, actor, invitation)
        became_ready(session, actor, invitation, now)


def undo_ready(installation: Installation, actor: Actor) -> None:
    """Go on after all; nothing happens where one wasn't ready. Raises Refused: round closed."""
    now = installation.clock.now()
    with installation.database.write() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round)
        invitation = load_invitation(session, actor.invitation_id)
        if invitation.state is not InvitationState.READY:
            return
        taken = change(invitation, InvitationMove.UNREADY, now)
        if taken.traced is not None:
            trace(
                session, actor, now, found_round.phase.handbook_id, taken.traced, invitation.id,
                {"state": taken.state.value},
            )  # fmt: skip


def _post_receipt(
    session: Session, installation: Installation, actor: Actor, invitation: Invitation
) -> None:
    """Mail the receipt: one for each time that somebody becomes ready."""
    if invitation.address_id is None or actor.link_id is None:
        return
    now = installation.clock.now()
    person = session.get_one(Person, invitation.person_id)
    post(
        session,
        now,
        MessageKind.RECEIPT,
        f"receipt:{invitation.id}:{now.isoformat()}",
        person_id=person.id,
        address_id=invitation.address_id,
        language=person.language,
        handbook_id=actor.handbook_id,
        phase_id=invitation.phase_id,
        context={"invitation": invitation.id, "link": actor.link_id},
    )


def _nothing(session: Session, invitation: Invitation, section_id: str) -> NothingToSay | None:
    return session.scalar(
        select(NothingToSay).where(
            NothingToSay.invitation_id == invitation.id, NothingToSay.section_id == section_id
        )
    )


def _has_said(session: Session, actor: Actor, phase_id: str, section_id: str) -> bool:
    said = session.scalar(
        select(Contribution.id)
        .where(
            Contribution.author_id == actor.person_id,
            Contribution.phase_id == phase_id,
            Contribution.section_id == section_id,
            Contribution.state != ContributionState.WITHDRAWN,
        )
        .limit(1)
    )
    return said is not None
