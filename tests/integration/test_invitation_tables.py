"""Inviting the people of a spreadsheet: what its preview says, and what confirming does."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.invitees import Correction, Outcome, Remark
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import fold_organisation
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.files import Blob, File
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Affiliation, Municipality, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.office.errors import UnreadableFile
from reviewtool.office.people import read_people
from reviewtool.queries.invitations import CheckedRow, check_table, municipality_names
from reviewtool.services import invitation_tables, invitations, phases
from tests.factories.handbooks import make_editor, make_handbook
from tests.factories.people import MadePerson, make_person
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
        return check_table(session, made.editor, made.phase_id, read)


def outcomes(rows: Sequence[CheckedRow]) -> list[Outcome]:
    return [row.outcome for row in rows]


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


MUNICIPAL = "\n".join(
    (
        "Nimi;Sähköposti;Kunta",
        "Aino Aho;aino@espoo.example.org;Espoo",
        "Bo Berg;bo@raseborg.example.org;Raseborg",
        "Cia Cederg;cia@vantaa.example.org;Vanta",
    )
)


def test_without_an_organisation_the_municipality_itself_is_it(installation: Installation) -> None:
    made = make_round(installation, people=0)
    with installation.database.write() as session:
        espoo = session.scalars(select(Municipality).where(Municipality.name_fi == "Espoo")).one()
        session.add(
            Organisation(
                name="Espoon kaupunki",
                folded=fold_organisation("Espoon kaupunki"),
                kind="municipality",
                municipality_id=espoo.id,
                created_at=installation.clock.now(),
            )
        )
    invited(installation, made, MUNICIPAL)
    assert parts(installation, made) == {
        "Aino Aho": ("Espoon kaupunki", "municipality", "Espoo"),
        "Bo Berg": ("Raseborg", "municipality", "Raasepori"),
        "Cia Cederg": ("Vantaa", "municipality", "Vantaa"),
    }


def test_a_corrected_file_corrects_what_it_names_and_says_so_first(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0)
    invited(installation, made, "Nimi;Sähköposti\nAino Aho;aino@espoo.example.org")
    corrected = "Nimi;Sähköposti;Kunta;Kieli\nAino Aho;aino@espoo.example.org;Espoo;ruotsi"
    with installation.database.read() as session:
        table = read_people(corrected.encode(), "ihmiset.csv", municipality_names(session))
        (row,) = check_table(session, made.editor, made.phase_id, table)
    assert row.outcome is Outcome.CORRECTED
    assert [(one.kind, one.before, one.after) for one in row.corrections] == [
        (Correction.ORGANISATION, "", "Espoo"),
        (Correction.LANGUAGE, "fi", "sv"),
    ]
    told = invited(installation, made, corrected)
    assert (told.added, told.mailed, told.corrected) == (0, 0, 1)
    assert parts(installation, made) == {"Aino Aho": ("Espoo", "municipality", "Espoo")}
    with installation.database.read() as session:
        language = session.scalar(select(Person.language).where(Person.name == "Aino Aho"))
        assert language == "sv"
        (again,) = check_table(session, made.editor, made.phase_id, table)
    assert again.outcome is Outcome.ALREADY


def tasks(installation: Installation, made: MadeRound) -> dict[str, str]:
    """Tell who holds what is asked of each organisation."""
    with installation.database.read() as session:
        rows = session.execute(
            select(Organisation.name, Person.name)
            .join(Assignment, Assignment.organisation_id == Organisation.id)
            .join(Invitation, Invitation.id == Assignment.invitation_id)
            .join(Person, Person.id == Invitation.person_id)
            .where(Assignment.phase_id == made.phase_id)
        )
        return {row[0]: row[1] for row in rows}


def test_a_corrected_organisation_takes_its_task_along(installation: Installation) -> None:
    made = make_round(installation, people=0)
    head, aino, bo = (
        "Nimi;Sähköposti;Organisaatio",
        "Aino;aino@x.example.org",
        "Bo;bo@x.example.org",
    )
    invited(installation, made, f"{head}\n{aino};Väärä ry\n{bo};Yhteinen ry")
    invited(installation, made, f"{head}\n{aino};Oikea ry")
    assert tasks(installation, made) == {"Oikea ry": "Aino", "Yhteinen ry": "Bo"}
    invited(installation, made, f"{head}\n{aino};Yhteinen ry")
    assert tasks(installation, made) == {"Yhteinen ry": "Bo"}
    invited(installation, made, f"{head}\n{bo};Oikea ry")
    assert tasks(installation, made) == {"Yhteinen ry": "Aino", "Oikea ry": "Bo"}
    invited(installation, made, f"{head}\n{aino};Oikea ry\n{bo};Yhteinen ry")
    assert tasks(installation, made) == {"Yhteinen ry": "Bo", "Oikea ry": "Aino"}


def test_a_language_that_another_handbook_shares_is_left_alone(installation: Installation) -> None:
    made, other = make_round(installation, people=0), make_round(installation, people=0)
    first = "Nimi;Sähköposti;Kieli\nAino Aho;aino@espoo.example.org;suomi"
    for one in (made, other):
        invited(installation, one, first)
    told = invited(installation, made, first.replace("suomi", "ruotsi"))
    assert told.corrected == 0
    with installation.database.read() as session:
        assert session.scalars(select(Person.language).where(Person.name == "Aino Aho")).all() == [
            "fi"
        ]


def test_the_name_of_a_double_corrects_nothing(installation: Installation) -> None:
    made = make_round(installation, people=0)
    table = "Nimi;Sähköposti;Organisaatio\nAino Aho;aino@x.example.org;Yhdistys ry"
    invited(installation, made, table)
    with installation.database.write() as session:
        kept = session.scalars(select(Organisation).where(Organisation.name == "Yhdistys ry")).one()
        session.add(
            Organisation(
                name="Vanha nimi",
                folded=fold_organisation("Vanha nimi"),
                kind="ngo",
                merged_into_id=kept.id,
                created_at=installation.clock.now(),
            )
        )
    assert invited(installation, made, table.replace("Yhdistys ry", "Vanha nimi")).corrected == 0


def invited(
    installation: Installation, made: MadeRound, table: str
) -> invitation_tables.InvitedMany:
    """Invite the people of a table."""
    file_id = invitation_tables.keep_table(
        installation, made.editor, made.handbook.id, "ihmiset.csv", table.encode(), new_id()
    )
    return invitation_tables.invite_table(
        installation, made.editor, made.phase_id, file_id, new_id()
    )


def parts(installation: Installation, made: MadeRound) -> dict[str, tuple[str, str, str]]:
    """Give by person the organisation of their part: its name, kind and municipality."""
    with installation.database.read() as session:
        rows = session.execute(
            select(Person.name, Organisation.name, Organisation.kind, Municipality.name_fi)
            .join(Invitation, Invitation.person_id == Person.id)
            .join(Organisation, Organisation.id == Invitation.organisation_id)
            .join(Municipality, Municipality.id == Organisation.municipality_id)
            .where(Invitation.phase_id == made.phase_id)
        )
        return {one[0]: (one[1], one[2], one[3]) for one in rows}
