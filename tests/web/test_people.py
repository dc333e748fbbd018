"""Pages of people: lists, one person, inviting one and many, members."""

import re
from io import BytesIO

from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.files import File
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.people import Address
from reviewtool.office.tables import write_xlsx
from reviewtool.services import people as services
from reviewtool.services.people import load_municipalities
from tests.factories.accounts import sign_in
from tests.factories.handbooks import make_editor, make_handbook
from tests.factories.people import make_person
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser

ROWS = [
    ("Name", "E-mail", "Organisation", "Kind", "Municipality", "Language"),
    ("Anna Kallio", "anna@x.example.org", "Yhdistys", "ngo", "Espoo", "fi"),
    ("Elli Essu", "elli@x.example.org", "Kaupunki", "municipality", "Vanta", "fi"),
    ("Kai Kunta", "ei osoitetta", "Kaupunki", "municipality", "Vantaa", "fi"),
    ("=cmd()", "kaava@x.example.org", "<b>Kaava</b>", "ngo", "Espoo", "fi"),
]


def editors_browser(client: FlaskClient, made: MadeRound) -> Browser:
    browser = sign_in(Browser(client), made.editor)
    browser.open("/?language=en")
    return browser


def pages(made: MadeRound, rest: str = "") -> str:
    return f"/handbooks/{made.handbook.id}/people{rest}"


def upload(browser: Browser, made: MadeRound, content: bytes, name: str) -> None:
    browser.open(pages(made, f"/invite/{made.phase_id}/spreadsheet"))
    form = browser.form("/spreadsheet")
    browser.submit(form=form, values={"file": (BytesIO(content), name)})


def invitations(installation: Installation) -> int:
    with installation.database.read() as session:
        return session.scalar(select(func.count()).select_from(Invitation)) or 0


def mailed(installation: Installation, kind: MessageKind) -> int:
    with installation.database.read() as session:
        rows = select(func.count()).select_from(Message).where(Message.kind == kind)
        return session.scalar(rows) or 0


def test_people_are_found_by_name_organisation_address_phase_and_state(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    for name, organisation, address in (
        ("Äijälä Öhman", "Yhdistys A", "yksi@x.example.org"),
        ("Bo Ek", "Förening 100%", "kaksi@x.example.org"),
    ):
        make_person(
            installation, made.editor, made.phase_id, name,
            organisation=organisation, address=address,
        )  # fmt: skip
    browser = editors_browser(client, made)
    for query, found in (
        ("", {"Äijälä Öhman", "Bo Ek"}),
        ("?words=äijä", {"Äijälä Öhman"}),
        ("?words=FÖRENING", {"Bo Ek"}),
        ("?words=100%25", {"Bo Ek"}),
        ("?words=YKSI@", {"Äijälä Öhman"}),
        ("?words=_", set()),
        (f"?phase={made.phase_id}&state=invited", {"Äijälä Öhman", "Bo Ek"}),
        ("?state=ready", set()),
        ("?state=nonsense&page=99", {"Äijälä Öhman", "Bo Ek"}),
        (f"?phase={made.handbook.phases['approval']}", set()),
    ):
        browser.open(pages(made, query))
        assert {name for name in ("Äijälä Öhman", "Bo Ek") if name in browser.text} == found, query


def test_organisations_show_who_holds_their_task(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    make_person(installation, made.editor, made.phase_id, "Anna", organisation="Yhdistys")
    make_person(installation, made.editor, made.phase_id, "Bo", organisation="Yhdistys")
    browser = editors_browser(client, made)
    browser.open(pages(made, f"/organisations?phase={made.phase_id}"))
    assert "Yhdistys NGO Espoo all alike Anna 2 0 0" in browser.text


def test_one_person_is_invited_by_the_form(installation: Installation, client: FlaskClient) -> None:
    made = make_round(installation, people=0)
    browser = editors_browser(client, made)
    browser.open(pages(made, f"/invite/{made.phase_id}"))
    browser.submit("/invite", {"name": "Anna Kallio", "address": "ei osoite"})
    assert browser.page.status_code == 422
    assert browser.form("/invite").fields["name"] == ["Anna Kallio"]
    form = browser.form("/invite")
    for _ in range(2):
        browser.submit(form=form, values={"address": "anna@x.example.org"})
    assert invitations(installation) == 1
    assert mailed(installation, MessageKind.INVITATION) == 1


def test_a_spreadsheet_is_checked_before_anything_is_sent(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    browser = editors_browser(client, made)
    upload(browser, made, write_xlsx(ROWS), "kutsut.xlsx")
    assert "3 people can be invited. Nothing has been sent." in browser.text
    assert "Suggestion: Vantaa." in browser.text
    assert "The e-mail address isn't right: left out" in browser.text
    assert "&lt;b&gt;Kaava" in browser.html
    assert invitations(installation) == 0
    assert mailed(installation, MessageKind.INVITATION) == 0
    form = browser.form("/spreadsheet/")
    for _ in range(2):
        browser.submit(form=form)
        assert "3 invitations are on their way." in browser.text
    assert invitations(installation) == 3
    assert mailed(installation, MessageKind.INVITATION) == 3


def test_a_file_that_is_no_spreadsheet_says_so_and_is_not_kept(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0, opened=False)
    browser = editors_browser(client, made)
    for content, name in (
        (b"%PDF-1.7", "kutsut.xlsx"),
        (b"a;b\n1;2", "kutsut.csv"),
        (b"", "x.csv"),
    ):
        upload(browser, made, content, name)
        assert browser.page.status_code == 422
        assert browser.form("/spreadsheet")
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(File)) == 0


def test_a_person_gets_the_link_again_or_the_invitation_is_cancelled(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    browser = editors_browser(client, made)
    browser.open(pages(made, f"/{person.id}"))
    browser.submit("/invite-again")
    assert mailed(installation, MessageKind.NEW_LINK) == 1
    browser.submit("/cancel")
    with installation.database.read() as session:
        row = session.get_one(Invitation, person.invitation_id)
    assert row.state is InvitationState.CANCELLED
    assert "Invite again" in browser.text


def test_an_address_is_corrected_on_the_persons_page(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    browser = editors_browser(client, made)
    browser.open(pages(made, f"/{made.people[0].id}"))
    browser.submit("/addresses/", {"address": "väärin"})
    assert browser.page.status_code == 422
    assert browser.form("/addresses/").fields["address"] == ["väärin"]
    browser.submit("/addresses/", {"address": "oikein@x.example.org"})
    assert "oikein@x.example.org" in browser.text


def test_an_erased_person_is_shown_by_the_pseudonym(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    services.erase_person(installation, made.editor, person.id)
    browser = editors_browser(client, made)
    browser.open(pages(made, f"/{person.id}"))
    assert "This person has been erased." in browser.text
    assert person.name not in browser.text
    assert person.address not in browser.text
    assert all("/addresses/" not in form.action for form in browser.forms())


def test_people_of_another_handbook_are_not_found(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    other = make_handbook(installation, title="Toinen")
    browser = sign_in(Browser(client), other.administrator)
    start = f"/handbooks/{other.id}/people"
    for page in (f"/{made.people[0].id}", f"/invite/{made.phase_id}"):
        assert browser.open(start + page).status_code == 404
    browser.open(start)
    assert made.people[0].name not in browser.text


def test_editors_are_added_and_removed(installation: Installation, client: FlaskClient) -> None:
    made = make_round(installation)
    editor = make_editor(installation, made.handbook.id, name="Tuuli Toimittaja")
    browser = sign_in(Browser(client), editor)
    browser.open(pages(made, "/members?language=en"))
    new = {"name": "Uusi Kollega", "address": "uusi@kumaja.example.org"}
    browser.submit("/members", {**new, "role": "administrator"}, having="name")
    assert "Only an administrator" in browser.text
    browser.submit("/members", {**new, "role": "editor"}, having="name")
    assert "Uusi Kollega is a member now" in browser.text
    browser.submit(next(f for f in browser.forms() if "/remove" in f.action).action)
    assert browser.url == pages(made, "/members")


def test_the_number_of_queries_stays_the_same(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=2)
    browser = editors_browser(client, made)
    seen: list[str] = []
    event.listen(
        installation.database.reading,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_rest: seen.append(statement),
    )

    def queries(address: str) -> int:
        seen.clear()
        assert browser.open(address).status_code == 200
        return len([one for one in seen if one.startswith("SELECT")])

    addresses = [
        pages(made),
        pages(made, "/organisations"),
        pages(made, f"/{made.people[0].id}"),
        pages(made, "/members"),
    ]
    few = [queries(address) for address in addresses]
    for number in range(60):
        make_person(installation, made.editor, made.phase_id, f"Henkilö {new_id()} {number}")
    assert [queries(address) for address in addresses] == few
    assert max(few) <= 13


def test_open_phases_come_first_for_inviting(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation)
    browser = editors_browser(client, made)
    browser.open(pages(made))
    (first, *_) = re.findall(r'button-primary" href="([^"]*)"', browser.html)
    assert first == pages(made, f"/invite/{made.phase_id}")


def test_people_and_organisations_are_found_by_their_municipality(
    installation: Installation, client: FlaskClient
) -> None:
    load_municipalities(installation)
    made = make_round(installation, people=0)
    for name, place in (("Anna Espoolainen", "Espoo"), ("Bertil Lohjalainen", "Lohja")):
        make_person(
            installation, made.editor, made.phase_id, name,
            organisation=f"Yhdistys {name[0]}", municipality=place,
        )  # fmt: skip
    editor = sign_in(Browser(client), made.editor)
    people = f"/handbooks/{made.handbook.id}/people"
    editor.open(f"{people}?words=lojo")
    assert "Bertil Lohjalainen" in editor.text
    assert "Anna Espoolainen" not in editor.text
    editor.open(f"{people}/organisations?phase={made.phase_id}&words=esbo")
    assert "Yhdistys A" in editor.text
    assert "Yhdistys B" not in editor.text


def test_whether_several_read_an_address_is_asked_only_where_somebody_else_has_it(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    (known,) = made.people
    browser = sign_in(Browser(client), made.editor)
    page = f"/handbooks/{made.handbook.id}/people/invite/{made.phase_id}"
    browser.open(page)
    assert "shares" not in browser.form("/invite/").fields
    browser.submit("/invite/", {"name": "Bo Ek", "address": known.address})
    assert browser.page.status_code == 422
    assert "Tämä osoite tunnetaan toisella nimellä." in browser.text
    assert known.name not in browser.text
    browser.submit("/invite/", {"shares": "y"})
    assert "Bo Ek" in browser.text
    assert browser.page.status_code == 200
    with installation.database.read() as session:
        shared = session.scalars(select(Address.shared).where(Address.folded == known.address))
        assert list(shared) == [True, True]
