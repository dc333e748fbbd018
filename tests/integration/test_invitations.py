"""Inviting one person and a whole table, asking again, cancelling, passing on."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.invitees import Outcome, Remark
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.files import Blob, File
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Affiliation, Municipality, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.office.errors import UnreadableFile
from reviewtool.office.people import read_people
from reviewtool.queries.invitations import CheckedRow, check_table, municipality_names
from reviewtool.services import delegation, invitation_tables, invitations, phases
from tests.factories.handbooks import make_editor, make_handbook
from tests.factories.people import MadePerson, link_actor, make_invitee, make_person
from tests.factories.rounds import MadeRound, make_round

HEAD = "Nimi;Sähköposti;Organisaatio;Tyyppi;Kunta;Kieli"
TABLE = "\n".join(
    (
        HEAD,
        "Anna Kallio;anna@yhdistys.example.org;Yhdistys;järjestö;Espoo;suomi",
        "Bo Ek;bo@forening.example.org;Förening;förening;Esbo;svenska",
        "Anna Kallio;ANNA@yhdistys.example.org;Yhdistys;järjestö;Espoo;suomi",
        "Kai Kunta;ei osoitetta;Kaupunki;kunta;Vantaa;suomi",
        "Elli Essu;elli@kaupunki.example.org;Kaupunki;kunta;Vanta;suomi",
        "Sari Yksi;info@laatikko.example.org;Laatikko ry;järjestö;Kerava;suomi",
        "Timo Kaksi;info@laatikko.example.org;Laatikko ry;järjestö;Kerava;suomi",
        ";nimeton@yhdistys.example.org;Yhdistys;järjestö;Espoo;suomi",
        "Outi Outo;outi@yhdistys.example.org;Yhdistys;puoluejärjestö;Atlantis;savo",
    )
)


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


def keep(installation: Installation, made: MadeRound, table: str = TABLE) -> str:
    return invitation_tables.keep_table(
        installation, made.editor, made.handbook.id, "kutsut.csv", table.encode(), new_id()
    )


def check(installation: Installation, made: MadeRound, table: str = TABLE) -> list[CheckedRow]:
    with installation.database.read() as session:
        read = read_people(table.encode(), "kutsut.csv", municipality_names(session))
        return check_table(session, made.phase_id, read)


def outcomes(rows: Sequence[CheckedRow]) -> list[Outcome]:
    return [row.outcome for row in rows]


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


def test_nobody_is_invited_into_a_closed_round_or_a_workshop(installation: Installation) -> None:
    made = make_round(installation, people=0)
    phases.close(installation, made.editor, made.phase_id, new_id())
    for phase_id in (made.phase_id, made.handbook.phases["workshop-ngos"]):
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
    invitations.decline(installation, actor, new_id())
    assert invitation_of(installation, person).state is InvitationState.DECLINED
    assert link_actor(installation, person).writable


def test_each_row_of_a_table_says_what_will_become_of_it(installation: Installation) -> None:
    made = make_round(installation, people=0, opened=False)
    rows = check(installation, made)
    assert outcomes(rows) == [
        Outcome.NEW,
        Outcome.NEW,
        Outcome.DUPLICATE,
        Outcome.BAD_ADDRESS,
        Outcome.NEW,
        Outcome.SHARED,
        Outcome.SHARED,
        Outcome.NAME_MISSING,
        Outcome.NEW,
    ]
    assert rows[2].other_rows == (2,)
    (remark,) = rows[4].remarks
    assert (remark.remark, remark.value, remark.suggestion) == (
        Remark.UNKNOWN_MUNICIPALITY,
        "Vanta",
        "Vantaa",
    )
    assert {remark.remark for remark in rows[8].remarks} == set(Remark)
    assert count(installation, Person) == 1  # the administrator: nothing has been written


def test_a_table_is_invited_once_and_mailed_when_the_round_opens(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0, opened=False)
    file_id = keep(installation, made)
    first, second = (
        invitation_tables.invite_table(
            installation, made.editor, made.phase_id, file_id, "one-form"
        )
        for _ in range(2)
    )
    assert first == second == invitation_tables.InvitedMany(added=6, mailed=0)
    assert count(installation, Invitation) == 6
    assert count(installation, Message) == 0
    # Addresses aren't kept in a second place.
    assert (count(installation, File), count(installation, Blob)) == (0, 0)
    assert outcomes(check(installation, made)).count(Outcome.ALREADY) == 6
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    assert len(mails(installation, MessageKind.INVITATION)) == 6


def test_what_a_table_says_of_people_is_kept(installation: Installation) -> None:
    made = make_round(installation, people=0, opened=False)
    invitation_tables.invite_table(
        installation, made.editor, made.phase_id, keep(installation, made), new_id()
    )
    with installation.database.read() as session:
        rows = session.execute(
            select(
                Person.name, Person.language, Address.written, Address.shared,
                Organisation.name.label("organisation"), Organisation.kind, Municipality.name_fi,
            )
            .join(Invitation, Invitation.person_id == Person.id)
            .join(Address, Address.id == Invitation.address_id)
            .join(Organisation, Organisation.id == Invitation.organisation_id)
            .join(Affiliation, Affiliation.person_id == Person.id)
            .outerjoin(Municipality, Municipality.id == Organisation.municipality_id)
        ).all()  # fmt: skip
        held = session.scalar(select(func.count()).select_from(Assignment))
    found = {row.name: row for row in rows}
    assert found["Bo Ek"][1:] == (
        "sv", "bo@forening.example.org", False, "Förening", "ngo", "Espoo",
    )  # fmt: skip
    assert (found["Elli Essu"].kind, found["Elli Essu"].name_fi) == ("municipality", "Vantaa")
    assert found["Sari Yksi"].shared
    assert found["Timo Kaksi"].shared
    assert found["Outi Outo"].organisation == "Yhdistys"
    assert held == 4


def test_a_suggested_municipality_is_only_taken_when_the_editor_wants_it(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0, opened=False)
    invitation_tables.invite_table(
        installation, made.editor, made.phase_id, keep(installation, made), new_id(),
        use_suggestions=False,
    )  # fmt: skip
    with installation.database.read() as session:
        city = session.scalars(select(Organisation).where(Organisation.name == "Kaupunki")).one()
    assert city.municipality_id is None


def test_a_table_in_an_open_round_is_mailed_and_known_people_stay_themselves(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0)
    known = make_person(
        installation, made.editor, made.phase_id, "Anna Kallio",
        address="anna@yhdistys.example.org", organisation="Yhdistys",
    )  # fmt: skip
    box = make_person(
        installation, made.editor, made.phase_id, "Leena Laatikko",
        address="info@laatikko.example.org",
    )  # fmt: skip
    rows = check(installation, made)
    assert rows[0].outcome is Outcome.ALREADY
    assert [row.outcome for row in rows[5:7]] == [Outcome.SHARED, Outcome.SHARED]
    told = invitation_tables.invite_table(
        installation, made.editor, made.phase_id, keep(installation, made), new_id()
    )
    assert told == invitation_tables.InvitedMany(added=5, mailed=5)
    assert len(mails(installation, MessageKind.INVITATION)) == 7
    with installation.database.read() as session:
        names = session.scalars(select(Person.id).where(Person.name == "Anna Kallio")).all()
        shared = session.scalars(select(Address.shared).where(Address.person_id == box.id)).one()
    assert names == [known.id]
    assert shared


def test_somebody_cancelled_before_is_asked_anew_by_a_table(installation: Installation) -> None:
    made = make_round(installation, people=0)
    known = make_person(
        installation, made.editor, made.phase_id, "Anna Kallio",
        address="anna@yhdistys.example.org",
    )  # fmt: skip
    invitations.cancel(installation, made.editor, known.invitation_id, new_id())
    assert check(installation, made)[0].outcome is Outcome.KNOWN
    told = invitation_tables.invite_table(
        installation, made.editor, made.phase_id, keep(installation, made), new_id()
    )
    assert told.added == told.mailed == 6
    assert invitation_of(installation, known).state is InvitationState.INVITED
    assert len(mails(installation, MessageKind.NEW_LINK)) == 1


def test_a_file_that_is_no_table_is_not_kept(installation: Installation) -> None:
    made = make_round(installation, people=0, opened=False)
    with pytest.raises(UnreadableFile):
        keep(installation, made, "ei;mitään;otsikkoa\n1;2;3")
    assert count(installation, File) == 0


def test_only_the_handbooks_editors_invite(installation: Installation) -> None:
    made = make_round(installation, people=0)
    stranger = make_editor(installation, make_handbook(installation).id)
    file_id = keep(installation, made)
    for act in (
        lambda: make_person(installation, stranger, made.phase_id),
        lambda: invitation_tables.invite_table(
            installation, stranger, made.phase_id, file_id, new_id()
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason is Reason.NOT_ALLOWED


def test_three_thousand_rows_go_in_by_few_statements(installation: Installation) -> None:
    made = make_round(installation, people=0)
    lines = [
        f"Henkilö {n};henkilo{n}@yhdistys{n % 900}.example.org;Yhdistys {n % 900};järjestö;Espoo;fi"
        for n in range(3066)
    ]
    file_id = keep(installation, made, "\n".join((HEAD, *lines)))
    told = invitation_tables.invite_table(
        installation, made.editor, made.phase_id, file_id, new_id()
    )
    assert told == invitation_tables.InvitedMany(3066, 3066)
    assert count(installation, Assignment) == 900
    assert len(mails(installation, MessageKind.INVITATION)) == 3066


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
