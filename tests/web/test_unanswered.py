"""Pages of those who have not answered: narrowed, checked before reminding, reminded once."""

from flask.testing import FlaskClient
from sqlalchemy import func, select

from reviewtool.domain.messages import MessageKind
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Organisation
from reviewtool.services.people import load_municipalities
from reviewtool.services.readiness import say_ready
from tests.factories.accounts import sign_in
from tests.factories.people import link_actor, make_person
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser
from tests.web.queries import count_queries


def page_of(made: MadeRound, rest: str = "") -> str:
    return f"/handbooks/{made.handbook.id}/people/unanswered/{made.phase_id}{rest}"


def editors_browser(client: FlaskClient, made: MadeRound) -> Browser:
    browser = sign_in(Browser(client), made.editor)
    browser.open("/?language=en")
    return browser


def reminders(installation: Installation) -> int:
    with installation.database.read() as session:
        rows = select(func.count()).where(Message.kind == MessageKind.REMINDER)
        return session.scalar(rows) or 0


def test_who_has_answered_is_not_on_the_list_and_filters_narrow_it(
    installation: Installation, client: FlaskClient
) -> None:
    load_municipalities(installation)
    made = make_round(installation, people=0)
    for name, kind, town in (
        ("Äijälä Öhman", "ngo", "Espoo"),
        ("Bo Ek", "municipality", "Vantaa"),
        ("Valmis Virtanen", "ngo", "Espoo"),
    ):
        person = make_person(
            installation, made.editor, made.phase_id, name, kind=kind, municipality=town
        )
        if name.startswith("Valmis"):
            say_ready(installation, link_actor(installation, person))
    with installation.database.read() as session:
        espoo = session.scalars(
            select(Organisation.municipality_id).where(Organisation.kind == "ngo")
        ).first()
    browser = editors_browser(client, made)
    for query, found in (
        ("", {"Äijälä Öhman", "Bo Ek"}),
        ("?words=aijala", {"Äijälä Öhman"}),
        ("?words=OHMAN%20%C3%84ij", {"Äijälä Öhman"}),
        ("?kind=municipality", {"Bo Ek"}),
        (f"?municipality={espoo}", {"Äijälä Öhman"}),
        ("?words=virtanen", set()),
    ):
        browser.open(page_of(made, query))
        shown = {name for name in ("Äijälä Öhman", "Bo Ek", "Valmis") if name in browser.text}
        assert shown == found, query


def test_a_reminder_goes_to_exactly_those_of_the_preview_once(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    make_person(installation, made.editor, made.phase_id, "Anna", kind="ngo")
    make_person(installation, made.editor, made.phase_id, "Bo", kind="municipality", language="sv")
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/remind?kind=municipality"))
    assert "1 person gets a reminder" in browser.text
    assert "Bo" in browser.text
    assert "Anna" not in browser.text
    assert "påminnelse, kommentera" in browser.text
    form = browser.form("/remind")
    # Somebody who was not shown is added meanwhile, and gets nothing.
    make_person(installation, made.editor, made.phase_id, "Carl", kind="municipality")
    browser.submit(form=form)
    assert "1 reminder is on its way." in browser.text
    browser.submit(form=form)
    assert "Nobody was reminded" in browser.text
    assert reminders(installation) == 1
    browser.open(page_of(made, "/remind"))
    assert "2 people get a reminder" in browser.text
    assert "Reminded less than a day ago." in browser.text


def test_why_somebody_is_not_reached_is_noted_and_shown(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    browser = editors_browser(client, made)
    browser.open(f"/handbooks/{made.handbook.id}/people/{person.id}")
    browser.submit("/note", {"note": "Vaihtanut työpaikkaa."})
    browser.open(page_of(made))
    assert "Why not reached: Vaihtanut työpaikkaa." in browser.text
    browser.open(f"/handbooks/{made.handbook.id}/people/{person.id}")
    browser.submit("/note", {"note": ""})
    browser.open(page_of(made))
    assert "Vaihtanut" not in browser.text


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=2)
    browser = editors_browser(client, made)
    counts = []
    for number in (0, 15):
        for _ in range(number):
            make_person(installation, made.editor, made.phase_id)
        for rest in ("", "/remind"):
            with count_queries(installation) as counted:
                browser.open(page_of(made, rest))
            counts.append(counted.number)
    assert counts[:2] == counts[2:]
