"""By what address somebody signs in: never by one that another person noted for them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel, ContributionKind
from reviewtool.domain.days import local_day
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import Role
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.people import Address, Person
from reviewtool.services import accounts, addresses, members, signups
from reviewtool.services.contributions import Words
from reviewtool.services.recording import Said, Speaker, record
from tests.factories.handbooks import make_editor
from tests.factories.people import MadePerson, make_invitee, make_person
from tests.factories.rounds import MadeRound, make_round

STRANGE = "vieras@toisaalla.example.org"
PASSWORD = "oikein pitkä salasana"


@pytest.fixture
def made(installation: Installation) -> MadeRound:
    """Give an open round, whose editors may be up to something."""
    return make_round(installation)


def make_participant(installation: Installation, made: MadeRound) -> MadePerson:
    """Invite somebody who administers the installation as well."""
    person = make_person(installation, made.editor, made.phase_id, "Ylli Ylläpitäjä")
    accounts.make_account(
        installation,
        name=person.name,
        address=person.address,
        administrator=True,
        password=PASSWORD,
    )
    return person


def record_for(installation: Installation, made: MadeRound, editor: Actor, person_id: str) -> None:
    """Write down something on a person's behalf, with another address for the receipt."""
    day = local_day(installation.clock.now(), "Europe/Helsinki")
    said = [Said(ContributionKind.COMMENT, Words("Hyvä."))]
    speaker = Speaker("Ylli Ylläpitäjä", person_id, STRANGE)
    record(installation, editor, made.phase_id, speaker, Channel.PHONE, day, said, new_id())


def correct(installation: Installation, made: MadeRound, editor: Actor, person: MadePerson) -> None:
    """Put another address in place of a person's."""
    with installation.database.read() as session:
        old = session.get_one(Invitation, person.invitation_id).address_id or ""
    addresses.correct_address(installation, editor, made.handbook.id, old, STRANGE, new_id())


def signs_in(installation: Installation, address: str) -> bool:
    """Tell whether an address signs anybody in: by a mailed link, or by the password."""
    with installation.database.read() as session:
        before = set(session.scalars(select(Message.id)))
    accounts.ask_for_sign_in(installation, address)
    with installation.database.read() as session:
        mailed = set(session.scalars(select(Message.id))) != before
    assert mailed == (accounts.check_password(installation, address, PASSWORD) is not None)
    return mailed


def test_an_editor_gives_nobody_with_an_account_another_address(
    installation: Installation, made: MadeRound
) -> None:
    person = make_participant(installation, made)
    editor = make_editor(installation, made.handbook.id)
    for act in (
        lambda: record_for(installation, made, editor, person.id),
        lambda: correct(installation, made, editor, person),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason is Reason.NOT_ALLOWED
    assert not signs_in(installation, STRANGE)
    assert signs_in(installation, person.address)


def test_an_administrator_corrects_the_address_of_an_account(
    installation: Installation, made: MadeRound
) -> None:
    person = make_participant(installation, made)
    correct(installation, made, made.editor, person)
    assert signs_in(installation, STRANGE)


def test_an_address_noted_before_there_was_an_account_does_not_sign_in(
    installation: Installation, made: MadeRound
) -> None:
    person = make_person(installation, made.editor, made.phase_id, "Ylli Ylläpitäjä")
    editor = make_editor(installation, made.handbook.id)
    record_for(installation, made, editor, person.id)
    accounts.make_account(installation, name=person.name, address=person.address, password=PASSWORD)
    assert signs_in(installation, person.address)
    assert not signs_in(installation, STRANGE)

    # Neither confirming it in another round nor being made a member by it changes that.
    other = make_round(installation)
    signups.sign_up(installation, other.phase_id, make_invitee("Ylli Ylläpitäjä", address=STRANGE))
    with installation.database.read() as session:
        mail = session.scalars(
            select(Message).where(Message.kind == MessageKind.CONFIRMATION)
        ).one()
    signups.confirm(installation, mail.context["link"])
    assert not signs_in(installation, STRANGE)
    with pytest.raises(Refused) as refused:
        members.add_member(
            installation, editor, made.handbook.id, name="Ylli Ylläpitäjä", address=STRANGE,
            role=Role.EDITOR, language="fi", request_id=new_id(),
        )  # fmt: skip
    assert refused.value.reason is Reason.NOT_ALLOWED


def test_who_becomes_a_member_signs_in_by_the_address_that_was_named(
    installation: Installation, made: MadeRound
) -> None:
    person = make_person(installation, made.editor, made.phase_id, "Uusi Toimittaja")
    members.add_member(
        installation, made.editor, made.handbook.id, name=person.name, address=person.address,
        role=Role.EDITOR, language="fi", request_id=new_id(),
    )  # fmt: skip
    with installation.database.read() as session:
        assert session.get_one(Person, person.id).name == person.name
        assert (
            len(session.scalars(select(Address).where(Address.person_id == person.id)).all()) == 1
        )
    accounts.set_password(installation, person.address, PASSWORD)
    assert signs_in(installation, person.address)
