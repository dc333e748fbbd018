"""Inviting one person, asking again, cancelling, declining."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.services import invitations, phases
from tests.factories.people import MadePerson, link_actor, make_invitee, make_person
from tests.factories.rounds import make_round


def count(installation: Installation, table: type) -> int:
    with installation.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def invitation_of(installation: Installation, person: MadePerson) -> Invitation:
    with installation.database.read() as session:
        return session.get_one(Invitation, person.invitation_id)


def mails(installation: Installation, kind: MessageKind) -> list[Message]:
    with installation.database.read() as session:
        return list(
            session.scalars(
                select(Message).where(Message.kind == kind).order_by(Message.created_at)
            )
        )


def test_one_person_is_prepared_before_the_round_and_mailed_at_once_in_it(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0, opened=False)
    early = make_person(installation, made.editor, made.phase_id, "Aikainen")
    assert invitation_of(installation, early).state is InvitationState.PREPARED
    assert mails(installation, MessageKind.INVITATION) == []
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    late = make_person(installation, made.editor, made.phase_id, "Myöhäinen", language="sv")
    assert invitation_of(installation, late).state is InvitationState.INVITED
    sent = {mail.person_id: mail.language for mail in mails(installation, MessageKind.INVITATION)}
    assert sent == {early.id: "fi", late.id: "sv"}


def test_approvers_are_asked_by_their_own_mail_and_link(installation: Installation) -> None:
    made = make_round(installation, key="approval", people=1)
    assert mails(installation, MessageKind.INVITATION) == []
    assert len(mails(installation, MessageKind.APPROVAL_REQUEST)) == 1
    actor = link_actor(installation, made.people[0])
    assert may(actor, Action.APPROVE, Facts(phase_id=made.phase_id, phase_open=True))


def test_the_same_person_again_gets_the_link_and_no_second_invitation(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0)
    invitee = make_invitee()
    first, second = (
        invitations.invite(installation, made.editor, made.phase_id, invitee, new_id())
        for _ in range(2)
    )
    assert (first.new, second.new) == (True, False)
    assert first.invitation_id == second.invitation_id
    assert len(mails(installation, MessageKind.INVITATION)) == 1
    assert len(mails(installation, MessageKind.NEW_LINK)) == 1
    assert count(installation, Link) == 1


def test_the_first_person_of_an_organisation_holds_its_task(installation: Installation) -> None:
    made = make_round(installation, people=0)
    first = make_person(installation, made.editor, made.phase_id, "Anna", organisation="Yhdistys")
    make_person(installation, made.editor, made.phase_id, "Bo", organisation=" YHDISTYS ")
    with installation.database.read() as session:
        assignment = session.scalars(select(Assignment)).one()
    assert assignment.invitation_id == first.invitation_id


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"address": "ei osoite"}, Reason.BAD_ADDRESS),
        ({"name": "  "}, Reason.EMPTY),
        ({"name": "x" * 201}, Reason.TOO_LONG),
    ],
)
def test_what_cannot_be_invited(
    installation: Installation, changes: dict[str, str], reason: Reason
) -> None:
    made = make_round(installation, people=0)
    with pytest.raises(Refused) as refused:
        invitations.invite(
            installation, made.editor, made.phase_id, make_invitee(**changes), new_id()
        )
    assert refused.value.reason is reason


def test_nobody_is_invited_into_a_closed_round_or_while_drafting(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0)
    phases.close(installation, made.editor, made.phase_id, new_id())
    for phase_id in (made.phase_id, made.handbook.phases["draft-1"]):
        with pytest.raises(Refused) as refused:
            make_person(installation, made.editor, phase_id)
        assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def test_a_cancelled_link_is_dead_and_a_new_one_is_sent_when_asked_again(
    installation: Installation,
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    old = link_actor(installation, person).link_id
    for _ in range(2):
        invitations.cancel(installation, made.editor, person.invitation_id, "one-form")
    assert invitation_of(installation, person).state is InvitationState.CANCELLED
    with installation.database.read() as session:
        assert session.get_one(Link, old).revoked_at is not None
    invitations.invite_again(installation, made.editor, person.invitation_id, new_id())
    assert invitation_of(installation, person).state is InvitationState.INVITED
    assert link_actor(installation, person).link_id != old


def test_who_has_come_in_is_not_cancelled(installation: Installation) -> None:
    made = make_round(installation, people=1)
    with installation.database.write() as session:
        invitation = session.get_one(Invitation, made.people[0].invitation_id)
        invitation.state = InvitationState.CAME_IN
    with pytest.raises(Refused) as refused:
        invitations.cancel(installation, made.editor, made.people[0].invitation_id, new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def test_a_new_link_is_mailed_at_most_once_in_a_while(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    invitation_id = made.people[0].invitation_id
    for _ in range(3):
        invitations.invite_again(installation, made.editor, invitation_id, new_id())
    assert len(mails(installation, MessageKind.NEW_LINK)) == 1
    clock.advance(minutes=6)
    invitations.invite_again(installation, made.editor, invitation_id, new_id())
    assert len(mails(installation, MessageKind.NEW_LINK)) == 2


def test_declining_is_ones_own_to_do(installation: Installation) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    actor = link_actor(installation, person)
    invitations.decline(installation, actor, " Olen virkavapaalla. ", new_id())
    declined = invitation_of(installation, person)
    assert declined.state is InvitationState.DECLINED
    assert declined.decline_reason == "Olen virkavapaalla."
    assert link_actor(installation, person).writable
