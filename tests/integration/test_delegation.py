"""Passing a task on to a colleague."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.messages import Message
from reviewtool.models.people import Address, Person
from reviewtool.queries.actors import find_link
from reviewtool.services import boxes, delegation, invitations, phases
from tests.factories.people import MadePerson, link_actor, make_invitee, make_person
from tests.factories.rounds import make_round


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


def test_passing_on_moves_the_task_and_leaves_reading(installation: Installation) -> None:
    made = make_round(installation, key="coordinators-round", people=1)
    (person,) = made.people
    actor = link_actor(installation, person)
    ids = {
        delegation.pass_on(installation, actor, "Kaisa Kollega", "kaisa@x.example.org", "form")
        for _ in range(2)
    }
    (new,) = ids
    colleague = MadePerson("", new, "Kaisa Kollega", "kaisa@x.example.org")
    invitation = invitation_of(installation, colleague)
    assert (invitation.origin, invitation.passed_from_id) == (
        Origin.PASSED_ON,
        person.invitation_id,
    )
    assert invitation.organisation_id == actor.organisation_id
    assert invitation_of(installation, person).state is InvitationState.PASSED_ON
    (mail,) = mails(installation, MessageKind.PASSED_ON)
    assert mail.person_id == invitation.person_id
    with installation.database.read() as session:
        assert session.scalars(select(Assignment.invitation_id)).one() == new
    facts = Facts(phase_id=made.phase_id, phase_open=True)
    old_link = link_actor(installation, person)
    assert may(old_link, Action.READ_ROUND, facts)
    assert not may(old_link, Action.CONTRIBUTE, facts)
    assert may(link_actor(installation, colleague), Action.CONTRIBUTE, facts)


def test_a_form_sent_again_for_another_colleague_is_refused_and_not_passed_over(
    installation: Installation,
) -> None:
    made = make_round(installation, key="coordinators-round", people=1)
    actor = link_actor(installation, made.people[0])
    delegation.pass_on(installation, actor, "Kaisa Kollega", "kiasa@x.example.org", "form")
    actor = link_actor(installation, made.people[0])
    with pytest.raises(Refused):
        delegation.pass_on(installation, actor, "Kaisa Kollega", "kaisa@x.example.org", "form")
    assert len(mails(installation, MessageKind.PASSED_ON)) == 1


def test_a_task_can_come_back_but_not_go_to_oneself(installation: Installation) -> None:
    made = make_round(installation, key="coordinators-round", people=1)
    (person,) = made.people
    actor = link_actor(installation, person)
    with pytest.raises(Refused) as refused:
        delegation.pass_on(installation, actor, person.name, person.address, new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
    new = delegation.pass_on(installation, actor, "Kaisa", "kaisa@x.example.org", new_id())
    kaisa = link_actor(installation, MadePerson("", new, "Kaisa", ""))
    back = delegation.pass_on(installation, kaisa, person.name, person.address, new_id())
    assert back == person.invitation_id
    assert link_actor(installation, person).writable
    with installation.database.read() as session:
        assert session.scalars(select(Assignment.invitation_id)).one() == back


def test_nothing_is_passed_on_after_the_round(installation: Installation) -> None:
    made = make_round(installation, key="coordinators-round", people=1)
    phases.close(installation, made.editor, made.phase_id, new_id())
    actor = link_actor(installation, made.people[0])
    with pytest.raises(Refused) as refused:
        delegation.pass_on(installation, actor, "Kaisa", "kaisa@x.example.org", new_id())
    assert refused.value.reason is Reason.NOT_ALLOWED


def test_a_colleague_whom_the_editors_took_out_cannot_be_named(
    installation: Installation,
) -> None:
    made = make_round(installation, key="coordinators-round", people=2)
    giver, colleague = made.people
    invitations.cancel(installation, made.editor, colleague.invitation_id, new_id())
    actor = link_actor(installation, giver)
    with pytest.raises(Refused) as refused:
        delegation.pass_on(installation, actor, colleague.name, colleague.address, new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
    assert invitation_of(installation, colleague).state is InvitationState.CANCELLED
    assert invitation_of(installation, giver).state is InvitationState.INVITED
    assert mails(installation, MessageKind.PASSED_ON) == []


def test_a_colleague_who_takes_part_answers_for_the_task_where_they_stand(
    installation: Installation,
) -> None:
    made = make_round(installation, key="coordinators-round", people=2)
    giver, colleague = made.people
    actor = link_actor(installation, giver)
    delegation.pass_on(installation, actor, colleague.name, colleague.address, new_id())
    taken = invitation_of(installation, colleague)
    assert (taken.state, taken.passed_from_id) == (InvitationState.INVITED, None)


def test_who_gave_the_task_away_sends_nothing_late(installation: Installation) -> None:
    made = make_round(installation, people=2)
    giver, other = made.people
    delegation.pass_on(
        installation, link_actor(installation, giver), "Kaisa", "kaisa@x.example.org", new_id()
    )
    facts = Facts(phase_id=made.phase_id, phase_open=False)
    assert not may(link_actor(installation, giver), Action.CONTRIBUTE_LATE, facts)
    assert may(link_actor(installation, other), Action.CONTRIBUTE_LATE, facts)


def asks_who_answers(installation: Installation, person: MadePerson) -> bool:
    actor = link_actor(installation, person)
    with installation.database.read() as session:
        found = find_link(session, actor.link_id or "", 0, installation.clock.now(), 30)
    assert found is not None
    return found.shared_box


def names_at(installation: Installation, address: str) -> dict[str, bool]:
    """Give who stands under an address, and whether it is a shared box for them."""
    with installation.database.read() as session:
        rows = session.execute(
            select(Person.name, Address.shared)
            .join(Person, Person.id == Address.person_id)
            .where(Address.folded == address)
        )
        return {row.name: row.shared for row in rows}


def test_naming_somebody_at_another_s_address_leaves_it_their_own(
    installation: Installation,
) -> None:
    made = make_round(installation, people=1)
    owner = make_person(
        installation, made.editor, made.phase_id, "Anna Kallio", address="anna@x.example.org"
    )
    actor = link_actor(installation, made.people[0])
    new = delegation.pass_on(installation, actor, "Kaisa Korpi", "Anna@x.example.org", new_id())
    assert names_at(installation, owner.address) == {"Anna Kallio": False, "Kaisa Korpi": False}
    assert not asks_who_answers(installation, owner)
    kaisa = MadePerson("", new, "Kaisa Korpi", owner.address)
    assert new != owner.invitation_id
    assert link_actor(installation, kaisa).person_id != owner.id
    assert not asks_who_answers(installation, kaisa)


@pytest.mark.parametrize("written", ["Kallio Anna", "anna kalio"])
def test_a_slip_in_a_colleague_s_name_still_means_them(
    installation: Installation, written: str
) -> None:
    made = make_round(installation, people=1)
    owner = make_person(
        installation, made.editor, made.phase_id, "Anna Kallio", address="anna@x.example.org"
    )
    actor = link_actor(installation, made.people[0])
    new = delegation.pass_on(installation, actor, written, owner.address, new_id())
    assert new == owner.invitation_id
    assert names_at(installation, owner.address) == {"Anna Kallio": False}


def test_in_a_shared_box_a_colleague_is_one_more_who_reads_it(installation: Installation) -> None:
    made = make_round(installation, people=1)
    box = make_person(
        installation, made.editor, made.phase_id, "Kirjaamo", address="kirjaamo@x.example.org"
    )
    boxes.mark_box(installation, made.editor, made.handbook.id, box.id, new_id(), is_box=True)
    actor = link_actor(installation, made.people[0])
    delegation.pass_on(installation, actor, "Kirjaamoo", box.address, new_id())
    assert names_at(installation, box.address) == {"Kirjaamo": True, "Kirjaamoo": True}


def test_editors_say_whether_two_whom_they_invite_share_an_address(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0)
    anna = make_person(
        installation, made.editor, made.phase_id, "Anna Kallio", address="info@x.example.org"
    )
    other = make_invitee("Bo Ek", address="Info@x.example.org")
    with pytest.raises(Refused) as refused:
        invitations.invite(
            installation, made.editor, made.phase_id, replace(other, shares=False), new_id()
        )
    assert refused.value.reason is Reason.ADDRESS_OF_ANOTHER
    assert names_at(installation, anna.address) == {"Anna Kallio": False}
    invitations.invite(installation, made.editor, made.phase_id, other, new_id())
    assert names_at(installation, anna.address) == {"Anna Kallio": True, "Bo Ek": True}
    third = replace(make_invitee("Tea Tamm", address=anna.address), shares=False)
    invitations.invite(installation, made.editor, made.phase_id, third, new_id())
    assert len(names_at(installation, anna.address)) == 3, "it was a box already"
