"""Pages of deputies and successors: named by the person's own link, or by an editor."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import Origin
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.services.ticks import tick
from tests.factories.accounts import sign_in
from tests.factories.contributions import way_in
from tests.factories.people import MadePerson, link_actor
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser

WHO = {"name": "Sini Sijainen", "address": "sini@jarjesto.example.org"}


def arrive(installation: Installation, client: FlaskClient, invitation_id: str) -> Browser:
    browser = Browser(client)
    browser.open("/?language=en")
    person = MadePerson("", invitation_id, "", "")
    browser.open(way_in(installation, link_actor(installation, person)))
    return browser


def came_as(installation: Installation, origin: Origin) -> str:
    with installation.database.read() as session:
        return session.scalars(select(Invitation.id).where(Invitation.origin == origin)).one()


def editor_at(client: FlaskClient, made: MadeRound, path: str) -> Browser:
    browser = sign_in(Browser(client), made.editor)
    browser.open("/?language=en")
    browser.open(f"/handbooks/{made.handbook.id}/people/{made.people[0].id}{path}")
    return browser


def test_a_deputy_is_named_by_ones_own_link_and_told_on_every_page(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    day = local_day(clock.now(), "Europe/Helsinki")
    days = {"starts_on": day.isoformat(), "ends_on": (day + timedelta(days=4)).isoformat()}
    person = arrive(installation, client, made.people[0].invitation_id)
    assert "Away for some days: name a deputy" in person.text
    person.open(f"/p/{urlsplit(person.url).path.split('/')[2]}/deputy")
    person.submit("/deputy", {**WHO, **days, "ends_on": (day - timedelta(days=1)).isoformat()})
    assert person.page.status_code == 422
    assert "Choose a date within a year, today or later" in person.text
    person.submit("/deputy", {**WHO, **days})
    assert "Answers now" in person.text
    deputy = arrive(installation, client, came_as(installation, Origin.DEPUTY))
    assert f"You are answering for {made.people[0].name} until" in deputy.text
    assert "name a deputy" not in deputy.text
    start = deputy.url
    person.submit("/end")
    assert "The deputy's days have been ended." in person.text
    deputy.open(start)
    assert "this link is read-only" in deputy.text
    tick(installation)


def test_an_editor_names_a_deputy_and_a_successor_on_the_persons_page(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    made = make_round(installation, key="approval", people=1)
    day = local_day(clock.now(), "Europe/Helsinki").isoformat()
    editor = editor_at(client, made, "/deputy")
    editor.submit("/deputy", {**WHO, "starts_on": day, "ends_on": day})
    assert WHO["name"] in editor.text
    assert "Answers now" in editor.text
    deputy = arrive(installation, client, came_as(installation, Origin.DEPUTY))
    assert "You are answering for Henkilö 1 until" in deputy.text
    clock.at += timedelta(days=1)
    editor = editor_at(client, made, "/successor")
    assert "What moves to the successor" in editor.text
    editor.submit("/successor", {"name": "Sanna Seuraaja", "address": "sanna@x.example.org"})
    assert "Sanna Seuraaja has taken over" in editor.text
    assert "Took the task over" in editor.text
    editor.open(f"/handbooks/{made.handbook.id}/people/{made.people[0].id}/successor")
    assert "Nothing is open" in editor.text
    former = arrive(installation, client, made.people[0].invitation_id)
    assert "This task is a colleague's now." in former.text
