"""Workshops by their pages: planning, inviting, saying whether one comes."""

from collections.abc import Callable

from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.services.links import link_url
from tests.factories.accounts import sign_in
from tests.factories.handbooks import make_handbook
from tests.factories.people import link_actor
from tests.factories.workshops import make_workshop
from tests.web.browser import Browser

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
    assert f"UID:workshop-{made.phase_id}@localhost" in page.get_data(as_text=True)


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
