"""Municipalities, corrected addresses, and erasing a person."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from reviewtool.cli.main import commands
from reviewtool.domain.actors import SYSTEM
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.people import AddressState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import GENESIS, Act, chain_hash
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Affiliation, Municipality
from reviewtool.models.people import Account, Address, Person
from reviewtool.models.trace import TraceRow
from reviewtool.services import addresses, people, reminders, signups
from tests.factories.handbooks import make_editor, make_handbook
from tests.factories.mail import newest, write
from tests.factories.people import MadePerson, link_actor, make_invitee, make_person
from tests.factories.rounds import make_round


def address_id(installation: Installation, person: MadePerson) -> str:
    with installation.database.read() as session:
        return session.get_one(Invitation, person.invitation_id).address_id or ""


def test_a_new_handbook_knows_the_26_municipalities(installation: Installation) -> None:
    assert people.load_municipalities(installation) == 26
    make_handbook(installation)
    make_handbook(installation, title="Toinen")
    assert people.load_municipalities(installation) == 0
    with installation.database.read() as session:
        rows = session.execute(select(Municipality.name_fi, Municipality.name_sv)).all()
    names = {row.name_fi: row.name_sv for row in rows}
    assert len(names) == 26
    assert names["Espoo"] == "Esbo"


def test_a_corrected_address_gets_the_waiting_mail_and_the_link(
    installation: Installation,
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    old = address_id(installation, person)
    for _ in range(2):
        addresses.correct_address(
            installation, made.editor, made.handbook.id, old, "oikea@x.example.org", "one-form"
        )
    new = address_id(installation, person)
    with installation.database.read() as session:
        assert session.get_one(Address, new).written == "oikea@x.example.org"
        assert session.get_one(Address, old).state is AddressState.DEAD
        sent = {mail.kind: mail.address_id for mail in session.scalars(select(Message))}
        link = session.scalars(select(Link)).one()
    assert sent == {MessageKind.INVITATION: new, MessageKind.NEW_LINK: new}
    # The wrong address may be a stranger's: what was sent there opens nothing.
    assert link.generation == 1


def test_a_link_by_which_somebody_came_in_keeps_working_after_a_correction(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0)
    signups.sign_up(installation, made.phase_id, make_invitee("Uusi"))
    with installation.database.read() as session:
        mail = session.scalars(select(Message)).one()
    own = signups.confirm(installation, mail.context["link"])
    addresses.correct_address(
        installation, made.editor, made.handbook.id, mail.address_id, "u@x.example.org", new_id()
    )
    with installation.database.read() as session:
        assert session.get_one(Link, own.link_id).generation == own.generation


@pytest.mark.parametrize(
    ("written", "reason"), [("ei osoite", Reason.BAD_ADDRESS), ("", Reason.BAD_ADDRESS)]
)
def test_a_bad_address_corrects_nothing(
    installation: Installation, written: str, reason: Reason
) -> None:
    made = make_round(installation, people=1)
    old = address_id(installation, made.people[0])
    with pytest.raises(Refused) as refused:
        addresses.correct_address(
            installation, made.editor, made.handbook.id, old, written, new_id()
        )
    assert refused.value.reason is reason
    assert address_id(installation, made.people[0]) == old


def test_an_editor_corrects_only_addresses_of_the_own_handbook(
    installation: Installation,
) -> None:
    made = make_round(installation, people=1)
    other = make_handbook(installation, title="Toinen")
    with pytest.raises(Refused) as refused:
        addresses.correct_address(
            installation,
            other.administrator,
            other.id,
            address_id(installation, made.people[0]),
            "u@x.example.org",
            new_id(),
        )
    assert refused.value.reason is Reason.NOT_FOUND


def test_erasing_leaves_a_pseudonym_and_a_whole_trace(installation: Installation) -> None:
    made = make_round(installation, people=2)
    erased, kept = made.people
    for _ in range(2):
        people.erase_person(installation, SYSTEM, erased.id)
    with installation.database.read() as session:
        person = session.get_one(Person, erased.id)
        assert person.name.startswith("Poistettu henkilö")
        assert erased.name not in person.name
        assert person.erased_at == installation.clock.now()
        written = session.scalars(
            select(Address.written).where(Address.person_id == erased.id)
        ).all()
        assert written == [""]
        link = session.scalars(select(Link).where(Link.person_id == erased.id)).one()
        assert link.revoked_at is not None
        states = {mail.person_id: mail.state for mail in session.scalars(select(Message))}
        assert states == {erased.id: MessageState.CANCELLED, kept.id: MessageState.QUEUED}
        # What is known of the round stays: who was asked, for which organisation.
        invitation = session.get_one(Invitation, erased.invitation_id)
        assert invitation.state is InvitationState.INVITED
        assert invitation.organisation_id is not None
        pairs = session.scalars(
            select(Affiliation.id).where(Affiliation.person_id == erased.id)
        ).all()
        assert pairs == []
        rows = session.scalars(
            select(TraceRow)
            .where(TraceRow.handbook_id == made.handbook.id)
            .order_by(TraceRow.sequence)
        ).all()
    assert rows[-1].act is Act.PERSON_ERASED
    previous = GENESIS
    for row in rows:
        assert erased.name not in row.payload
        assert erased.address not in row.payload
        assert row.hash == chain_hash(previous, row.payload)
        previous = row.hash


def test_an_erased_person_is_not_found_again_by_the_address(installation: Installation) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    people.erase_person(installation, SYSTEM, person.id)
    again = make_person(
        installation, made.editor, made.phase_id, person.name, address=person.address
    )
    assert again.id != person.id


def test_an_erased_account_signs_in_no_more(installation: Installation) -> None:
    handbook = make_handbook(installation)
    editor = make_editor(installation, handbook.id)
    people.erase_person(installation, handbook.administrator, editor.person_id or "")
    with installation.database.read() as session:
        account = session.scalars(
            select(Account).where(Account.person_id == editor.person_id)
        ).one()
    assert (account.active, account.generation) == (False, 1)


def test_an_editor_erases_nobody(installation: Installation) -> None:
    made = make_round(installation, people=1)
    editor = make_editor(installation, made.handbook.id)
    with pytest.raises(Refused) as refused:
        people.erase_person(installation, editor, made.people[0].id)
    assert refused.value.reason is Reason.NOT_ALLOWED


def test_the_command_line_loads_municipalities_and_erases(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_round(installation, people=1)
    settings = installation.settings
    for name, value in (
        ("DATABASE_URL", settings.database_url),
        ("REVIEWTOOL_DATA_DIR", str(settings.data_dir)),
        ("REVIEWTOOL_SECRET_KEY", settings.secret_key),
    ):
        monkeypatch.setenv(name, value)
    run = CliRunner().invoke
    assert run(commands, ["people", "municipalities"]).output == "0 municipalities were added.\n"
    assert run(commands, ["people", "erase", "nobody", "--yes"]).exit_code == 1
    person_id = made.people[0].id
    assert run(commands, ["people", "erase", person_id], input="n\n").exit_code == 1
    assert run(commands, ["people", "erase", person_id, "--yes"]).exit_code == 0
    with installation.database.read() as session:
        assert session.get_one(Person, person_id).erased_at is not None


def test_a_further_address_is_chosen_and_another_taken_out_of_use(
    installation: Installation,
) -> None:
    made = make_round(installation, people=1)
    (person,), handbook_id = made.people, made.handbook.id
    old, link = address_id(installation, person), link_actor(installation, person).link_id
    addresses.add_address(
        installation, made.editor, handbook_id, person.id, "anna@koti.example.org", new_id()
    )
    assert address_id(installation, person) == old, "nothing goes there yet"
    with installation.database.read() as session:
        written = Address.written == "anna@koti.example.org"
        new = session.scalars(select(Address).where(written)).one().id
    for _ in range(2):
        addresses.choose_address(installation, made.editor, handbook_id, new, "one-form")
    assert address_id(installation, person) == new
    assert link_actor(installation, person).link_id == link, "the link that was mailed works on"
    with installation.database.read() as session:
        mailed = select(Message.kind).where(Message.address_id == new)
        assert MessageKind.NEW_LINK in session.scalars(mailed).all()
    addresses.end_address(installation, made.editor, handbook_id, old, new_id())
    with pytest.raises(Refused):
        addresses.choose_address(installation, made.editor, handbook_id, old, new_id())
    addresses.add_address(
        installation, made.editor, handbook_id, person.id, person.address, new_id()
    )
    addresses.choose_address(installation, made.editor, handbook_id, old, new_id())


def test_addresses_are_changed_by_editors_of_the_own_handbook_only(
    installation: Installation,
) -> None:
    made, other = make_round(installation, people=1), make_handbook(installation)
    (person,) = made.people
    old = address_id(installation, person)
    for handbook_id in (made.handbook.id, other.id):
        with pytest.raises(Refused):
            addresses.add_address(
                installation, other.administrator, handbook_id, person.id, "x@x.example.org", "a"
            )
        with pytest.raises(Refused):
            addresses.choose_address(installation, other.administrator, handbook_id, old, "b")
        with pytest.raises(Refused):
            addresses.end_address(installation, other.administrator, handbook_id, old, "c")


def test_the_link_in_a_boxs_mailbox_stops_once_mail_goes_to_the_persons_own_address(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0)
    box, handbook_id = "info@x.example.org", made.handbook.id
    anna, _bo = (
        make_person(installation, made.editor, made.phase_id, name, address=box)
        for name in ("Anna Kallio", "Bo Ek")
    )
    before = link_of(installation, anna)
    addresses.add_address(
        installation, made.editor, handbook_id, anna.id, "anna@x.example.org", new_id()
    )
    with installation.database.read() as session:
        own = session.scalars(
            select(Address.id).where(Address.person_id == anna.id).order_by(Address.shared)
        ).first()
    assert own is not None
    addresses.choose_address(installation, made.editor, handbook_id, own, new_id())
    after = link_of(installation, anna)
    assert (after.id, after.generation) == (before.id, before.generation + 1)


def link_of(installation: Installation, person: MadePerson) -> Link:
    with installation.database.read() as session:
        return session.scalars(select(Link).where(Link.invitation_id == person.invitation_id)).one()


def test_an_address_that_bounces_is_marked_and_gets_no_mail(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=2)
    bounced, other = made.people
    addresses.end_address(
        installation, made.editor, made.handbook.id, address_id(installation, bounced), new_id()
    )
    waiting = newest(installation, MessageKind.INVITATION)
    with installation.database.read() as session:
        mails = session.scalars(select(Message).where(Message.kind == MessageKind.INVITATION)).all()
        by_person = {one.person_id: one.id for one in mails}
    assert waiting in by_person.values()
    assert write(installation, by_person[bounced.id]) is None
    assert write(installation, by_person[other.id]) is not None
    chosen = [one.invitation_id or "" for one in made.people]
    assert reminders.remind(installation, made.editor, made.phase_id, chosen, new_id()) == 1
    again = clock.now() + timedelta(days=1)
    clock.at = again
    addresses.add_address(
        installation, made.editor, made.handbook.id, bounced.id, bounced.address, new_id()
    )
    assert reminders.remind(installation, made.editor, made.phase_id, chosen, new_id()) == 2
