"""Pages of doubles: found, looked at, merged; refused with the reason."""

from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.queries.doubles import person_preview
from tests.factories.accounts import sign_in
from tests.factories.handbooks import make_editor
from tests.factories.people import make_person
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser
from tests.web.queries import count_queries


def editors_browser(client: FlaskClient, made: MadeRound) -> Browser:
    browser = sign_in(Browser(client), made.editor)
    browser.open("/?language=en")
    return browser


def test_two_rows_of_one_person_are_found_looked_at_and_merged(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    for name, address in (
        ("Anna Kallio", "anna@x.example.org"),
        ("Kallio Anna", "ak@x.example.org"),
    ):
        make_person(
            installation, made.editor, made.phase_id, name,
            address=address, organisation="Apu ry",
        )  # fmt: skip
    browser = editors_browser(client, made)
    browser.open(f"/handbooks/{made.handbook.id}/people/doubles")
    assert "The same name" in browser.text
    first = next(one for one in links(browser) if "/doubles/persons/" in one)
    browser.open(first)
    assert "Are these one person?" in browser.text
    assert "1 invitation" in browser.text
    assert "Both were invited into" in browser.text
    browser.submit("/doubles/persons/")
    assert "Merged. Everything stands under one name now" in browser.text
    assert "anna@x.example.org" in browser.text
    assert "ak@x.example.org" in browser.text
    browser.open(f"/handbooks/{made.handbook.id}/people/doubles")
    assert "No doubles found" in browser.text


def test_two_spellings_of_an_organisation_are_merged(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    for name, organisation in (("Anna", "Apu ry"), ("Bo", "Apu")):
        make_person(installation, made.editor, made.phase_id, name, organisation=organisation)
    browser = editors_browser(client, made)
    browser.open(f"/handbooks/{made.handbook.id}/people/doubles")
    browser.open(next(one for one in links(browser) if "/doubles/organisations/" in one))
    browser.submit("/doubles/organisations/")
    assert "The other spelling leads to the same organisation" in browser.text
    browser.open(f"/handbooks/{made.handbook.id}/people/organisations?phase={made.phase_id}")
    assert sum("/people/organisations/" in one for one in links(browser)) == 1


def test_anybody_can_be_looked_for_by_name(installation: Installation, client: FlaskClient) -> None:
    made = make_round(installation, people=0)
    one = make_person(installation, made.editor, made.phase_id, "Äijälä Öhman")
    other = make_person(installation, made.editor, made.phase_id, "Bo Ek")
    browser = editors_browser(client, made)
    browser.open(f"/handbooks/{made.handbook.id}/people/{other.id}/same?words=aijala")
    (found,) = [each for each in links(browser) if "/doubles/persons/" in each]
    assert found.endswith(f"{one.id}/{other.id}")


def test_why_two_can_not_be_merged_is_told(installation: Installation, client: FlaskClient) -> None:
    made, elsewhere = make_round(installation, people=1), make_round(installation, people=1)
    (person,), (stranger,) = made.people, elsewhere.people
    both = make_person(
        installation, made.editor, made.phase_id, stranger.name, address=stranger.address
    )
    assert both.id == stranger.id
    editor = make_editor(installation, made.handbook.id)
    browser = sign_in(Browser(client), editor)
    browser.open("/?language=en")
    start = f"/handbooks/{made.handbook.id}/people/doubles/persons"
    browser.open(f"{start}/{person.id}/{stranger.id}")
    assert "a part in another handbook" in browser.text
    browser.open(f"{start}/{person.id}/{editor.person_id}")
    assert "Turn it the other way round" in browser.text
    browser.open(f"{start}/{editor.person_id}/{person.id}")
    assert "only an administrator" in browser.text
    browser.open(f"{start}/{editor.person_id}/{made.editor.person_id}")
    assert "Accounts are never merged" in browser.text


def test_nobody_looks_at_people_of_another_handbook_through_a_pair(
    installation: Installation, client: FlaskClient
) -> None:
    made, elsewhere = make_round(installation, people=1), make_round(installation, people=1)
    (person,), (stranger,) = made.people, elsewhere.people
    browser = sign_in(Browser(client), make_editor(installation, made.handbook.id))
    start = f"/handbooks/{made.handbook.id}/people/doubles"
    firms = []
    with installation.database.read() as session:
        for one in (person, stranger):
            firms.append(session.get_one(Invitation, one.invitation_id).organisation_id)
    for what, own, theirs in (
        ("persons", person.id, stranger.id),
        ("organisations", firms[0], firms[1]),
    ):
        for pair in (f"{own}/{theirs}", f"{theirs}/{own}"):
            browser.open(f"{start}/{what}/{pair}")
            assert browser.page.status_code == 404
            assert stranger.address not in browser.text


def test_a_pair_names_no_phases_of_a_handbook_that_is_not_one_s_own(
    installation: Installation,
) -> None:
    made, elsewhere = make_round(installation, people=2), make_round(installation, people=0)
    for one in made.people:
        make_person(
            installation, elsewhere.editor, elsewhere.phase_id, one.name, address=one.address
        )
    first, second = (one.id for one in made.people)
    editor = make_editor(installation, made.handbook.id)
    with installation.database.read() as session:
        page = person_preview(session, editor, made.handbook.id, first, second)
    assert len(page.same_phases) == 1
    assert not page.allowed


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=2)
    browser = editors_browser(client, made)
    counts = []
    for number in (0, 15):
        for _ in range(number):
            make_person(installation, made.editor, made.phase_id)
        with count_queries(installation) as counted:
            browser.open(f"/handbooks/{made.handbook.id}/people/doubles")
        counts.append(counted.number)
    assert counts[0] == counts[1]


def links(browser: Browser) -> list[str]:
    """List the addresses that the page leads to."""
    return [part.split('"')[0] for part in browser.html.split('href="')[1:]]
