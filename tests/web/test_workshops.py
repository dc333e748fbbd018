"""Workshops by their pages: planning, inviting, saying whether one comes."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil

from flask.testing import FlaskClient

from reviewtool.app import create_app
from reviewtool.domain.workshops import MOST_WRONG_CODES
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services import phases, workshop_rooms
from reviewtool.services.links import link_url
from tests.factories.accounts import sign_in
from tests.factories.handbooks import make_handbook
from tests.factories.people import link_actor
from tests.factories.workshops import code_of, join_room, make_workshop, running
from tests.web.browser import Browser
from tests.web.queries import count_queries

Clients = Callable[[], FlaskClient]


def test_an_editor_plans_a_workshop_and_invites(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    phase_id = handbook.phases["workshop-ngos"]
    browser = sign_in(Browser(client), handbook.administrator)
    browser.open(f"/handbooks/{handbook.id}/process/{phase_id}?language=en")
    assert "To the workshop" in browser.text
    browser.open(f"/handbooks/{handbook.id}/workshops/{phase_id}")
    assert "Say first when and where" in browser.text
    browser.open(f"/handbooks/{handbook.id}/workshops/{phase_id}/plan")
    plan = {"day": "2026-10-01", "begins": "13:00", "ends": "12:00"}
    browser.submit("/plan", plan)
    assert browser.page.status_code == 422
    assert "The workshop ends before it begins." in browser.text
    plan = {
        "ends": "16:00", "place": "Järjestötalo", "remote_address": "javascript:alert(1)",
    }  # fmt: skip
    browser.submit("/plan", plan)
    assert "begins with https://" in browser.text
    browser.submit("/plan", {"remote_address": "https://video.example.org/tyopaja"})
    assert "Thursday 1 October 2026, 13:00–16:00" in browser.text
    browser.open(f"/handbooks/{handbook.id}/people/invite/{phase_id}")
    browser.submit("/invite", {"name": "Ilona", "address": "ilona@jarjesto.example.org"})
    browser.open(f"/handbooks/{handbook.id}/process/{phase_id}/open")
    assert "1 person is mailed." in browser.text
    browser.submit("/open")
    browser.open(f"/handbooks/{handbook.id}/workshops/{phase_id}/people")
    assert "Ilona" in browser.text
    assert "Hasn't said" in browser.text


def test_an_invited_person_says_whether_they_come(
    installation: Installation, new_client: Clients
) -> None:
    made = make_workshop(installation, people=1)
    actor = link_actor(installation, made.people[0])
    guest = Browser(new_client())
    guest.open(link_url(installation, actor.link_id or "") + "?language=en")
    guest.open(guest.url + "?language=en")
    assert "Are you coming?" in guest.text
    assert "I take part remotely" not in guest.text, "there is no address for it"
    guest.submit("/invitation", {"needs": "Tulkki"})
    assert guest.page.status_code == 422
    assert "Tulkki" in guest.html
    guest.submit("/invitation", {"attendance": "comes", "needs": "Tulkki", "diet": "Ei maitoa"})
    assert "You have answered the invitation." in guest.text

    editor = sign_in(Browser(new_client()), made.editor)
    here = f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}"
    editor.open(f"{here}/people?language=en")
    assert "Needs: Tulkki" in editor.text
    assert "Doesn't eat: Ei maitoa" in editor.text


def test_the_calendar_entry_can_be_downloaded(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_workshop(installation, people=1)
    actor = link_actor(installation, made.people[0])
    guest = Browser(client)
    guest.open(link_url(installation, actor.link_id or ""))
    page = guest.open(f"/p/{actor.link_id}/workshop/calendar.ics")
    assert page.mimetype == "text/calendar"
    entry = page.get_data(as_text=True).replace("\r\n ", "")
    assert f"UID:workshop-{made.phase_id}@localhost" in entry
    assert "/in/" not in entry, "the personal link stays in the letter"


def test_a_workshops_link_leads_to_the_workshop_and_the_rounds_page_does_too(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_workshop(installation, people=1)
    actor = link_actor(installation, made.people[0])
    guest = Browser(client)
    guest.open(link_url(installation, actor.link_id or ""))
    assert guest.url == f"/p/{actor.link_id}/workshop/invitation"
    guest.open(f"/p/{actor.link_id}/")
    assert guest.url == f"/p/{actor.link_id}/workshop/invitation"


def test_no_other_handbooks_editor_sees_what_people_need(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_workshop(installation, people=1)
    stranger = make_handbook(installation).administrator
    browser = sign_in(Browser(client), stranger)
    browser.open(f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}/people")
    assert browser.page.status_code == 403


def test_people_come_in_with_the_code_and_speak(
    installation: Installation, clock: SetClock, new_client: Clients
) -> None:
    made, _groups = running(installation, clock, people=0)
    guest = Browser(new_client())
    guest.open("/join?language=en")
    guest.submit("/join", {"code": "000 00 000", "name": "Ville Vieras"})
    assert guest.page.status_code == 422
    assert "No open room has this code." in guest.text
    guest.submit("/join", {"code": code_of(installation, made), "organisation": "Vieras ry"})
    assert "Pick your group" in guest.text
    pick = guest.form("/room/group")
    guest.submit(form=pick)
    assert "What do you want to say?" in guest.text
    room = guest.url
    guest.open(f"{room}?say=add")
    guest.submit("/propose", {"title": ""})
    assert guest.page.status_code == 422
    guest.submit("/propose", {"title": "Velkaneuvonta", "words": "Kysyntä kasvaa."})
    assert "Velkaneuvonta" in guest.text
    guest.open(f"{room}?say=feature")
    guest.submit("/feature", {"section": made.texts.first, "words": "Vertainen tavoittaa."})
    assert "Vertainen tavoittaa." in guest.text
    guest.open(f"{room}?say=merge")
    guest.submit("/propose", {"section": made.texts.first})
    assert "Choose the other text that this is about." in guest.text

    other = Browser(new_client())
    other.open("/join?language=en")
    other.submit("/join", {"code": code_of(installation, made), "name": "Toinen"})
    assert "Kysyntä kasvaa." in other.text
    assert "Ville Vieras" not in other.text, "names are shown as consented"
    other.submit("/support")
    assert "1 agrees" in other.text

    editor = sign_in(Browser(new_client()), made.editor)
    here = f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}"
    editor.open(f"{here}/projector?language=en")
    assert "Velkaneuvonta" in editor.text
    assert code_of(installation, made) in editor.text
    editor.open(f"{here}/groups")
    editor.submit("/themes", {"themes-name": "Toimeentulo"})
    editor.open(f"{here}/sort")
    form = editor.form("/sort/")
    editor.submit(form=form, values={"theme": next(one for one in form.choices["theme"] if one)})
    other.open(other.url)
    assert "Toimeentulo" in other.text


def test_one_changes_and_withdraws_ones_own_words_and_comes_back_to_the_room(
    installation: Installation, clock: SetClock, client: FlaskClient
) -> None:
    made, _groups = running(installation, clock, people=1)
    actor = link_actor(installation, made.people[0])
    said = workshop_rooms.feature(installation, actor, None, "Sanon tämän.", new_id())
    guest = Browser(client)
    guest.open(link_url(installation, actor.link_id or ""))
    guest.open(f"/p/{actor.link_id}/contributions/{said}/edit")
    guest.submit("/edit", {"words": "Sanon näin."})
    assert guest.url == f"/p/{actor.link_id}/workshop/room"
    assert "Sanon näin." in guest.text


def test_asking_for_news_costs_two_queries_for_each_of_forty(
    installation: Installation, clock: SetClock, new_client: Clients
) -> None:
    made, _groups = running(installation, clock, people=0)
    people = [join_room(installation, made, f"Osallistuja {n}") for n in range(40)]
    guests = []
    for actor in people:
        guest = Browser(new_client())
        guest.open(link_url(installation, actor.link_id or ""))
        guests.append((guest.client, f"/p/{actor.link_id}/workshop/room/said"))
    tags = [client.get(address).headers["ETag"] for client, address in guests]
    with count_queries(installation) as counted:
        answers = [
            client.get(address, headers={"If-None-Match": tag})
            for (client, address), tag in zip(guests, tags, strict=True)
        ]
    assert {answer.status_code for answer in answers} == {304}
    assert {answer.get_data() for answer in answers} == {b""}
    assert counted.number <= 40 * 3  # the link, the version, and what opens the snapshot
    workshop_rooms.feature(installation, people[0], None, "Uutta.", new_id())
    client, address = guests[-1]
    news = client.get(address, headers={"If-None-Match": tags[-1]})
    assert news.status_code == 200
    assert "Uutta." in news.get_data(as_text=True)
    assert news.headers["ETag"] != tags[-1]


def test_a_closed_room_shows_what_was_said_and_takes_no_more(
    installation: Installation, clock: SetClock, client: FlaskClient
) -> None:
    made, _groups = running(installation, clock, people=1)
    actor = link_actor(installation, made.people[0])
    workshop_rooms.feature(installation, actor, None, "Sanon tämän.", new_id())
    guest = Browser(client)
    guest.open(link_url(installation, actor.link_id or ""))
    guest.open(f"/p/{actor.link_id}/workshop/room?language=en&say=add")
    form = guest.form("/propose") if "/propose" in guest.html else None
    phases.close(installation, made.editor, made.phase_id, new_id())
    guest.open(f"/p/{actor.link_id}/workshop/room")
    assert "The room is closed." in guest.text
    assert "Sanon tämän." in guest.text
    assert form is None, "who has no group says nothing yet"
    answer = client.post(f"/p/{actor.link_id}/workshop/room/propose", data={"title": "Uusi"})
    assert answer.status_code in (400, 403)


def test_a_room_that_is_guessed_at_has_a_new_code_and_its_conveners_are_told(
    installation: Installation, clock: SetClock
) -> None:
    """Nobody who reads the screen is kept out; forty people share one network."""
    made, _groups = running(installation, clock, people=0)
    settings = replace(installation.settings, rate_limits=True)
    app = create_app(replace(installation, settings=settings))
    app.testing = True
    first = code_of(installation, made).replace(" ", "")

    def try_code(typed: str) -> int:
        browser = Browser(app.test_client())
        browser.open("/join")
        browser.submit("/join", {"code": typed, "name": "Joku"})
        return browser.page.status_code

    wrong = [f"{first[:3]}{number:05}" for number in range(90) if f"{number:05}" != first[3:]]
    assert {try_code(typed) for typed in wrong[: MOST_WRONG_CODES - 1]} == {422}
    assert try_code(first) == 200
    assert try_code(wrong[-1]) == 422
    second = code_of(installation, made).replace(" ", "")
    assert second != first
    assert try_code(first) == 422, "what was guessed at lets nobody in"
    assert try_code(second) == 200
    editor = sign_in(Browser(app.test_client()), made.editor)
    here = f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}"
    editor.open(f"{here}?language=en")
    assert "because many wrong codes had been typed" in editor.text
    editor.open(f"{here}/projector")
    assert "New code since" in editor.text
    editor.open(here)
    editor.submit("/code")
    assert "because many wrong codes had been typed" not in editor.text


def test_too_many_tries_are_told_with_the_time_that_programs_are_told(
    installation: Installation,
) -> None:
    settings = replace(installation.settings, rate_limits=True)
    app = create_app(replace(installation, settings=settings))
    app.testing = True
    browser = Browser(app.test_client())
    browser.open("/sign-in?language=en")
    for _try in range(61):
        answer = browser.submit("/sign-in", {"address": "joku@example.org"})
        if answer.status_code == 429:
            break
        browser.open("/sign-in")
    minutes = ceil(int(answer.headers["Retry-After"]) / 60)
    told = {n: "in a minute" if n == 1 else f"in {n} minutes" for n in (minutes, minutes + 1)}
    assert any(f"Try again {one}." in browser.text for one in told.values())


def test_after_the_workshop_it_is_typed_in_decided_sent_and_corrected(
    installation: Installation, clock: SetClock, new_client: Clients
) -> None:
    made, _groups = running(installation, clock, people=1)
    actor = link_actor(installation, made.people[0])
    workshop_rooms.feature(installation, actor, made.texts.first, "Sanon tämän.", new_id())
    phases.close(installation, made.editor, made.phase_id, new_id())
    here = f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}"
    editor = sign_in(Browser(new_client()), made.editor)
    editor.open(f"{here}/flip-charts?language=en")
    editor.submit("/flip-charts", {"what": "rename", "lines": "Uusi nimi"})
    assert editor.page.status_code == 422
    assert "Choose the text" in editor.text
    editor.submit("/flip-charts", {"what": "add", "lines": "Velkaneuvonta – Kasvaa.\nDigituki"})
    assert "2 lines are in the ledger now" in editor.text
    editor.open(f"{here}/decisions")
    assert "3 wishes wait for a decision." in editor.text
    used = next(form for form in editor.forms() if "/contributions/used" in form.action)
    editor.submit(form=used)
    assert "2 wishes wait for a decision." in editor.text
    assert "Used in the text" in editor.text
    editor.open(f"{here}/minutes")
    editor.submit("/minutes/draw-up")
    assert "Velkaneuvonta" in editor.text
    editor.submit("/workshops/", {"body": "Lyhyt muistio."}, having="body")
    assert "The minutes have been saved." in editor.text
    editor.submit("/minutes/send")
    assert "on their way to 1 person" in editor.text

    guest = Browser(new_client())
    guest.open(link_url(installation, actor.link_id or ""))
    assert guest.url == f"/p/{actor.link_id}/workshop/minutes"
    guest.open(f"{guest.url}?language=en")
    assert "Lyhyt muistio." in guest.text
    guest.submit("/minutes", {"words": "Sanoin toisin."})
    assert "The editors read every correction" in guest.text
    assert "Sanoin toisin." in guest.text
    word = guest.open(f"/p/{actor.link_id}/workshop/minutes/word")
    assert word.mimetype.endswith("wordprocessingml.document")

    editor.open(f"{here}/minutes")
    assert "Sanoin toisin." in editor.text
    editor.submit("/minutes/send-final")
    guest.open(f"/p/{actor.link_id}/workshop/minutes")
    assert "These are the final minutes." in guest.text
    assert not [form for form in guest.forms() if form.action.endswith("/minutes")]


def test_a_feature_is_marked_on_the_bench_beside_its_text(
    installation: Installation, clock: SetClock, client: FlaskClient
) -> None:
    made, _groups = running(installation, clock, people=1)
    actor = link_actor(installation, made.people[0])
    workshop_rooms.feature(installation, actor, made.texts.first, "Vertainen tavoittaa.", new_id())
    editor = sign_in(Browser(client), made.editor)
    bench = f"/handbooks/{made.handbook.id}/sections/{made.texts.first}/merge"
    editor.open(f"{bench}?language=en")
    assert "Vertainen tavoittaa." in editor.text
    no = [form for form in editor.forms() if form.fields.get("used") == ["no"]]
    editor.submit(form=no[0], values={"reason": "Kuuluu toiseen tekstiin."})
    assert editor.url == bench
    assert "Every contribution on this text has been dealt with." in editor.text
    editor.open(f"{bench}?show=current")
    assert "Not used" in editor.text
    assert "Kuuluu toiseen tekstiin." in editor.text
