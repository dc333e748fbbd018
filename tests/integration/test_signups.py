"""The open link: signing up, confirming, and never opening anything of another's."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import func, select, update

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.links import Purpose
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Affiliation, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.services import links, phases, signups
from reviewtool.services._asked_mail import CONFIRM_LIVES, MOST_A_DAY
from tests.factories.mail import write
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
    # Confirming an address begins nothing yet.
    assert (invitation.state, invitation.came_in_at) == (InvitationState.INVITED, None)
    assert invitation.invited_at == installation.clock.now()
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
    clock.at = start + CONFIRM_LIVES
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
        ({"organisation": "Apu ry www.huijaus.example"}, Reason.NAME_HOLDS_ADDRESS),
        ({"name": "Voitit palkinnon huijaus.com/voitto"}, Reason.NAME_HOLDS_ADDRESS),
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


def test_who_confirms_is_mailed_their_own_link_which_lives_as_an_invited_persons(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=0)
    signups.sign_up(installation, made.phase_id, make_invitee("Uusi Kasvo"))
    link_id = confirmation(installation)
    own = signups.confirm(installation, link_id)
    signups.confirm(installation, link_id)
    (mail,) = mails(installation, MessageKind.SIGNED_UP)
    assert mail.context["link"] == own.link_id
    with installation.database.read() as session:
        assert session.get_one(Link, own.link_id).expires_at is None
    clock.advance(days=10)
    assert signups.confirm(installation, link_id) == own, "pressed again late, it leads on"


def test_a_confirmation_that_came_late_is_mailed_anew_once_it_is_asked_for(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=0)
    signups.sign_up(installation, made.phase_id, make_invitee("Hidas"))
    late = confirmation(installation)
    clock.at += CONFIRM_LIVES
    links.send_again(installation, late)
    anew = confirmation(installation)
    assert anew != late
    signups.confirm(installation, anew)
    signups.confirm(installation, late)
    links.send_again(installation, late)
    assert len(mails(installation, MessageKind.CONFIRMATION)) == 2, "nothing is left to confirm"


def test_one_address_is_mailed_a_few_times_a_day_whoever_asks(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    with installation.database.read() as session:
        link_id = session.scalars(select(Link.id)).one()
    for number in range(12):
        signups.sign_up(installation, made.phase_id, make_invitee(address=person.address))
        name = make_invitee(f"Nimi {number}", address="kohde@x.example.org")
        signups.sign_up(installation, made.phase_id, name)
        clock.advance(seconds=1)
        links.send_again(installation, link_id)
        clock.advance(minutes=10)
    assert len(mails(installation, MessageKind.NEW_LINK)) == MOST_A_DAY
    assert len(mails(installation, MessageKind.CONFIRMATION)) == MOST_A_DAY
    clock.advance(days=1)
    links.send_again(installation, link_id)
    assert len(mails(installation, MessageKind.NEW_LINK)) == MOST_A_DAY + 1


def test_one_request_mails_every_link_that_is_read_at_a_shared_address(
    installation: Installation, clock: SetClock
) -> None:
    make_round(installation, people=6)
    with installation.database.write() as session:
        session.execute(update(Address).values(folded="toimisto@x.example.org", shared=True))
    for number in range(MOST_A_DAY + 2):
        links.send_to_address(installation, "Toimisto@x.example.org")
        sent = mails(installation, MessageKind.NEW_LINK)
        assert len(sent) == 6 * min(number + 1, MOST_A_DAY)
        assert len({mail.person_id for mail in sent}) == 6
        clock.advance(minutes=10)


@pytest.mark.parametrize("typed", ["UUSI YHDISTYS RY.", "uusi  yhdistys r.y.", "Uusi yhdistys, ry"])
def test_another_spelling_is_the_same_organisation(installation: Installation, typed: str) -> None:
    made = make_round(installation, people=0)
    first = make_invitee("Anna", organisation="Uusi yhdistys ry")
    signups.sign_up(installation, made.phase_id, first)
    signups.sign_up(installation, made.phase_id, make_invitee("Bo", organisation=typed))
    with installation.database.read() as session:
        assert session.scalars(select(Organisation.name)).all() == ["Uusi yhdistys ry"]


def test_a_citizen_signs_up_for_themselves(installation: Installation) -> None:
    made = make_round(installation, people=0)
    signups.sign_up(installation, made.phase_id, make_invitee("Kaino Kansalainen", organisation=""))
    signups.confirm(installation, confirmation(installation))
    (invitation,) = invitations(installation, made)
    assert (invitation.state, invitation.organisation_id) == (InvitationState.INVITED, None)
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_a_confirmation_holds_nothing_that_a_stranger_typed(installation: Installation) -> None:
    made = make_round(installation, people=0)
    who = make_invitee("Voitit Palkinnon", organisation="Soita heti 0700 123")
    signups.sign_up(installation, made.phase_id, who)
    (mail,) = mails(installation, MessageKind.CONFIRMATION)
    for language in LANGUAGES:
        letter = write(installation, mail.id, language)
        assert letter is not None
        whole = message_from_bytes(letter.content, policy=default)
        said = [str(whole["To"]), str(whole["Subject"])]
        texts = [part for part in whole.walk() if part.get_content_maintype() == "text"]
        every = "\n".join([*said, *(part.get_content() for part in texts)])
        assert who.name not in every
        assert who.organisation not in every
