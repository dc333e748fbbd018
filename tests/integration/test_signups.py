"""The open link: signing up, confirming, and never opening anything of another's."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.links import Purpose
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Affiliation, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.services import phases, signups
from tests.factories.people import make_invitee, make_person
from tests.factories.rounds import MadeRound, make_round


def mails(installation: Installation, kind: MessageKind) -> list[Message]:
    with installation.database.read() as session:
        rows = select(Message).where(Message.kind == kind).order_by(Message.created_at, Message.id)
        return list(session.scalars(rows))


def invitations(installation: Installation, made: MadeRound) -> list[Invitation]:
    with installation.database.read() as session:
        rows = select(Invitation).where(Invitation.phase_id == made.phase_id)
        return list(session.scalars(rows))


def confirmation(installation: Installation) -> str:
    return mails(installation, MessageKind.CONFIRMATION)[-1].context["link"]


def test_a_sign_up_counts_once_it_has_been_confirmed(installation: Installation) -> None:
    made = make_round(installation, people=0)
    signups.sign_up(installation, made.phase_id, make_invitee("Uusi Kasvo"))
    (invitation,) = invitations(installation, made)
    assert (invitation.state, invitation.origin) == (InvitationState.UNCONFIRMED, Origin.SIGNED_UP)
    with installation.database.read() as session:
        assert session.scalars(select(Link.purpose)).all() == [Purpose.CONFIRM]
        assert session.scalar(select(func.count()).select_from(Assignment)) == 0
    link_id = confirmation(installation)
    first, second = (signups.confirm(installation, link_id) for _ in range(2))
    assert first == second
    (invitation,) = invitations(installation, made)
    assert invitation.state is InvitationState.CAME_IN
    assert invitation.came_in_at == installation.clock.now()
    with installation.database.read() as session:
        own = session.get_one(Link, first.link_id)
        assert (own.purpose, own.invitation_id) == (Purpose.PARTICIPATE, invitation.id)
        address = session.get_one(Address, invitation.address_id)
        assert address.state is AddressState.OK
        assert session.scalar(select(func.count()).select_from(Assignment)) == 1


def test_an_invited_address_gets_its_own_link_and_nothing_is_made(
    installation: Installation,
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    before = invitations(installation, made)
    stranger = make_invitee("Väärä Nimi", address=person.address.upper(), organisation="Muu ry")
    for _ in range(2):
        signups.sign_up(installation, made.phase_id, stranger)
    assert [row.id for row in invitations(installation, made)] == [row.id for row in before]
    (mail,) = mails(installation, MessageKind.NEW_LINK)
    with installation.database.read() as session:
        address = session.get_one(Address, mail.address_id)
        assert address.written == person.address
        assert session.scalars(select(Organisation.name)).all() != ["Muu ry"]
    assert mail.person_id == person.id
    assert mails(installation, MessageKind.CONFIRMATION) == []


def test_a_second_try_mails_the_confirmation_again_but_not_at_once(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=0)
    who = make_invitee("Uusi Kasvo")
    for _ in range(3):
        signups.sign_up(installation, made.phase_id, who)
    assert len(mails(installation, MessageKind.CONFIRMATION)) == 1
    clock.advance(minutes=10)
    signups.sign_up(installation, made.phase_id, who)
    assert len(mails(installation, MessageKind.CONFIRMATION)) == 2
    assert len(invitations(installation, made)) == 1


def test_a_stranger_changes_nothing_of_a_known_organisation(installation: Installation) -> None:
    made = make_round(installation, people=0)
    known = make_invitee("Anna", organisation="Yhdistys", municipality="")
    signups.sign_up(installation, made.phase_id, known)
    other = make_invitee("Bo", organisation="yhdistys", municipality="Vantaa", kind="municipality")
    signups.sign_up(installation, made.phase_id, other)
    with installation.database.read() as session:
        organisation = session.scalars(select(Organisation)).one()
    assert (organisation.kind, organisation.municipality_id) == ("ngo", None)


def test_a_confirmation_dies_with_time_and_with_the_round(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=0)
    signups.sign_up(installation, made.phase_id, make_invitee("Hidas"))
    link_id = confirmation(installation)
    start = clock.at
    clock.at = start + signups.CONFIRM_LIVES
    with pytest.raises(Refused) as refused:
        signups.confirm(installation, link_id)
    assert refused.value.reason is Reason.LINK_EXPIRED
    clock.at = start + timedelta(hours=1)
    phases.close(installation, made.editor, made.phase_id, new_id())
    with pytest.raises(Refused) as refused:
        signups.confirm(installation, link_id)
    assert refused.value.reason is Reason.ROUND_CLOSED


def test_a_participants_link_confirms_nothing(installation: Installation) -> None:
    make_round(installation, people=1)
    with installation.database.read() as session:
        link_id = session.scalars(select(Link.id)).one()
    with pytest.raises(Refused) as refused:
        signups.confirm(installation, link_id)
    assert refused.value.reason is Reason.NOT_FOUND


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"address": "ei osoite"}, Reason.BAD_ADDRESS),
        ({"name": " "}, Reason.EMPTY),
        ({"organisation": ""}, Reason.EMPTY),
        ({"organisation": "x" * 201}, Reason.TOO_LONG),
    ],
)
def test_what_cannot_sign_up(
    installation: Installation, changes: dict[str, str], reason: Reason
) -> None:
    made = make_round(installation, people=0)
    with pytest.raises(Refused) as refused:
        signups.sign_up(installation, made.phase_id, make_invitee(**changes))
    assert refused.value.reason is reason
    assert invitations(installation, made) == []


def test_a_round_for_the_invited_takes_no_sign_ups(installation: Installation) -> None:
    made = make_round(installation, people=1, open_to_all=False)
    with pytest.raises(Refused) as refused:
        signups.sign_up(installation, made.phase_id, make_invitee())
    assert refused.value.reason is Reason.NOT_ALLOWED


def test_typing_the_name_of_a_known_organisation_makes_nobody_its_voice(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0)
    city = "Espoon kaupunki"
    make_person(installation, made.editor, made.phase_id, "Kerttu Koivu", organisation=city)
    signups.sign_up(installation, made.phase_id, make_invitee("Uusi Kasvo", organisation=city))
    signups.confirm(installation, confirmation(installation))
    with installation.database.read() as session:
        rows = select(Person.name).join(Affiliation, Affiliation.person_id == Person.id)
        assert session.scalars(rows).all() == ["Kerttu Koivu"]
