"""Pages of who is asked for what: texts by area, the holder, more time for one organisation."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.infra.installation import Installation
from reviewtool.models.extensions import Extension
from reviewtool.models.invitations import AssignmentSection, Invitation
from tests.factories.accounts import sign_in
from tests.factories.contributions import way_in
from tests.factories.people import link_actor
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser


def organisation_page(installation: Installation, made: MadeRound) -> str:
    with installation.database.read() as session:
        part = session.get_one(Invitation, made.people[0].invitation_id)
    return (
        f"/handbooks/{made.handbook.id}/people/organisations/{part.organisation_id}/{made.phase_id}"
    )


def editors_browser(client: FlaskClient, made: MadeRound) -> Browser:
    browser = sign_in(Browser(client), made.editor)
    browser.open("/?language=en")
    return browser


def test_an_area_stands_for_all_its_texts_and_the_participant_sees_them_first(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    editor = editors_browser(client, made)
    editor.open(organisation_page(installation, made))
    form = editor.form("/task")
    area = form.choices["areas"][0]
    editor.submit(form=form, values={"areas": area})
    with installation.database.read() as session:
        chosen = set(session.scalars(select(AssignmentSection.section_id)))
    assert area in chosen
    assert len(chosen) > 1
    assert set(editor.form("/task").fields["sections"]) == chosen
    editor.open(f"/handbooks/{made.handbook.id}/people/organisations?phase={made.phase_id}")
    assert f"{len(chosen)} texts first" in editor.text
    assert "nobody in particular" in editor.text
    guest = Browser(client)
    guest.open(way_in(installation, link_actor(installation, made.people[0])))
    guest.open(f"{guest.url}?language=en")
    assert "Your organisation is asked about these first" in guest.text


def test_more_time_is_given_by_the_form_and_told_on_the_pages(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    editor = editors_browser(client, made)
    page = organisation_page(installation, made)
    editor.open(page)
    early = made.closes_on.isoformat()
    editor.submit("/more-time", {"more-closes_on": early, "more-reason": "Syy"})
    assert editor.page.status_code == 422
    assert "Choose a day after the last day of the others" in editor.text
    later = made.closes_on + timedelta(days=6)
    editor.submit("/more-time", {"more-closes_on": later.isoformat(), "more-reason": "Syy"})
    assert "1 person is told by mail." in editor.text
    assert "More time than the others" in editor.text
    with installation.database.read() as session:
        assert session.scalars(select(Extension)).one().closes_on == later
    guest = Browser(client)
    guest.open(way_in(installation, link_actor(installation, made.people[0])))
    guest.open(f"{guest.url}?language=en")
    assert "Your organisation has been given more time than the others." in guest.text


def test_organisations_are_looked_for_without_regard_to_marks(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=2)
    editor = editors_browser(client, made)
    address = f"/handbooks/{made.handbook.id}/people/organisations?phase={made.phase_id}"
    editor.open(f"{address}&words=YHDISTYS")
    assert "Yhdistys" in editor.text
    editor.open(f"{address}&words=kaupunki")
    assert "No organisation of that name" in editor.text
