"""The pages of interviews: noting, reading by one's own link, mending, and what the public sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.contributions import ContributionState, NameShown
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.interviews import Interview
from reviewtool.services import interview_notes, interviews
from reviewtool.services.links import link_url
from tests.factories.accounts import sign_in
from tests.factories.answers import MadeBench, make_bench
from tests.factories.handbooks import make_handbook
from tests.factories.interviews import HELD, MadeInterview, make_interview, person_of
from tests.web.browser import Browser

NewClient = Callable[[], FlaskClient]


@pytest.fixture
def bench(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft."""
    return make_bench(installation)


@pytest.fixture
def made(installation: Installation, bench: MadeBench) -> MadeInterview:
    """Give an interview with two notes, which have been sent to its person."""
    made = make_interview(installation, bench=bench)
    interviews.send(installation, made.editor, made.id, new_id())
    return made


@pytest.fixture
def editor(client: FlaskClient, bench: MadeBench) -> Browser:
    """Give the editor's browser."""
    browser = Browser(client)
    sign_in(browser, bench.editor)
    return browser


def own_page(installation: Installation, made: MadeInterview, browser: Browser) -> Browser:
    """Open the interviewed person's page by their link."""
    link_id = person_of(installation, made).link_id
    browser.open(link_url(installation, link_id or ""))
    return browser


def at(made: MadeInterview) -> str:
    return f"/handbooks/{made.bench.handbook.id}/interviews/{made.id}"


def notes(installation: Installation) -> list[Contribution]:
    with installation.database.read() as session:
        return list(session.scalars(select(Contribution).order_by(Contribution.number)))


def test_an_interview_from_the_phase_to_its_notes(
    installation: Installation, bench: MadeBench, editor: Browser
) -> None:
    phase_id = bench.handbook.phases["interviews"]
    editor.open(f"/handbooks/{bench.handbook.id}/process/{phase_id}")
    assert f"/phases/{phase_id}/interviews" in editor.html
    editor.open(f"/handbooks/{bench.handbook.id}/phases/{phase_id}/interviews")
    assert "Ei vielä haastatteluja" in editor.text
    editor.open(f"/handbooks/{bench.handbook.id}/phases/{phase_id}/interviews/new")
    editor.submit("interviews/new", {"name": ""})
    assert "Kirjoita nimi" in editor.text
    editor.submit(
        "interviews/new",
        {
            "name": "Vilja Virtanen",
            "address": "vilja@kunta.example.org",
            "role": "hyvinvointikoordinaattori",
            "consent": "name",
            "quotable": "y",
        },
    )
    assert "Mitä Vilja Virtanen sanoi?" in editor.text
    editor.submit(
        "/notes",
        {
            "notes-0-at": "1.2",
            "notes-0-words": "Tähän esimerkki.",
            "notes-1-section": bench.section_id,
            "notes-1-quote": "koulutetut",
            "notes-1-words": "Myös kokeneet.",
            "notes-2-words": "Kokonaisuus on selkeä.",
        },
    )
    first, second, third = notes(installation)
    assert first.quote
    assert (second.quote, second.section_id) == ("koulutetut", bench.section_id)
    assert third.section_id is None
    assert {one.name_shown for one in (first, second, third)} == {NameShown.NAME}
    assert "Vilja Virtanen" in editor.text
    editor.submit("/send", {})
    assert "Linkki kirjauksiin on matkalla" in editor.text


def test_the_text_stands_beside_what_is_typed(
    installation: Installation, made: MadeInterview, editor: Browser
) -> None:
    editor.open(f"{at(made)}/notes")
    values = {"notes-1-section": made.bench.section_id, "notes-1-words": "Kesken oleva."}
    editor.submit("/notes", {**values, "show": "1"})
    assert 'data-section="' + made.bench.section_id in editor.html
    assert "1.2" in editor.text
    assert "Kesken oleva." in editor.text
    editor.submit("/notes", {"more": "1"})
    assert "notes-5-words" in editor.html
    assert "Kesken oleva." in editor.text
    assert 'data-section="' + made.bench.section_id in editor.html
    editor.submit("/notes", {"notes-1-words": "", "notes-1-quote": "ei ole tekstissä"})
    assert editor.page.status_code == 422
    assert len(notes(installation)) == 2


def test_the_person_says_that_a_note_is_wrong_and_reads_what_came_of_it(
    installation: Installation,
    made: MadeInterview,
    new_client: NewClient,
    editor: Browser,
) -> None:
    person = own_page(installation, made, Browser(new_client()))
    assert person.url.endswith("/interview/")
    assert "Ryhmiä on kunnassa kaksi." in person.text
    assert "Vain organisaation nimi näkyy" in person.text
    person.submit(f"notes/{made.notes[0]}", {"words": ""})
    assert "Kirjoita, mitä sanoit tai tarkoitit." in person.text
    person.submit(f"notes/{made.notes[0]}", {"words": "Sanoin kolme."})
    assert "Toimitus on saanut pyyntösi" in person.text
    editor.open(f"/handbooks/{made.bench.handbook.id}")
    assert at(made) in editor.html, "it waits on the desk"
    editor.open(at(made))
    assert "Sanoin kolme." in editor.text
    editor.submit(f"notes/{made.notes[0]}", {"move": "keep", "reply": ""})
    assert "Kirjoita, miksi kirjaus pidetään" in editor.text
    editor.submit(
        f"notes/{made.notes[0]}",
        {"move": "correct", "words": "Ryhmiä on kolme.", "reply": "Kiitos, korjattu."},
    )
    assert "Kirjaus on korjattu." in editor.text
    own_page(installation, made, person)
    assert "Ryhmiä on kolme." in person.text
    assert "Kiitos, korjattu." in person.text
    person.submit("/confirm", {})
    editor.open(at(made))
    assert "vahvistanut ne oikeiksi" in editor.text


def test_a_note_is_taken_out_as_its_person_asks(
    installation: Installation,
    made: MadeInterview,
    new_client: NewClient,
    editor: Browser,
) -> None:
    person = own_page(installation, made, Browser(new_client()))
    person.submit(f"notes/{made.notes[0]}", {"wish": "withdraw", "words": ""})
    editor.open(at(made))
    editor.submit(f"notes/{made.notes[0]}", {"move": "withdraw"})
    first, second = notes(installation)
    assert first.state is ContributionState.WITHDRAWN
    assert second.state is ContributionState.RECEIVED
    own_page(installation, made, person)
    assert f"notes/{made.notes[0]}" not in person.html
    assert f"notes/{made.notes[1]}" in person.html


def test_a_note_is_marked_where_it_stands(
    installation: Installation, made: MadeInterview, editor: Browser
) -> None:
    editor.open(f"/handbooks/{made.bench.handbook.id}/sections/{made.bench.section_id}/merge")
    assert "Ryhmiä on kunnassa kaksi." in editor.text
    editor.open(at(made))
    editor.submit("contributions/used", {"c": made.notes[0], "used": "yes"})
    assert editor.url == at(made)
    assert "Käytetty tekstissä" in editor.text


def test_a_colleagues_change_is_shown_before_it_is_changed_again(
    installation: Installation, made: MadeInterview, editor: Browser
) -> None:
    editor.open(f"{at(made)}/change")
    form = editor.form("/change")
    colleague = replace(HELD, role="suunnittelija")
    interviews.change(installation, made.editor, made.id, HELD, colleague, new_id())
    page = editor.submit("/change", {"role": "kehittämispäällikkö"}, form=form)
    assert page.status_code == 409
    assert "Tätä on sillä välin muutettu" in editor.text
    editor.submit("/change", {})
    with installation.database.read() as session:
        assert session.get_one(Interview, made.id).role == "kehittämispäällikkö"


def test_another_handbooks_interview_isnt_there(
    installation: Installation, made: MadeInterview, editor: Browser
) -> None:
    other = make_handbook(installation)
    path = f"/handbooks/{made.bench.handbook.id}/phases/{other.phases['interviews']}/interviews"
    assert editor.open(path).status_code == 404
    foreign = make_interview(installation)
    path = f"/handbooks/{made.bench.handbook.id}/interviews/{foreign.id}"
    assert editor.open(path).status_code == 404
    round_id = made.bench.phase_id
    path = f"/handbooks/{made.bench.handbook.id}/phases/{round_id}/interviews"
    assert editor.open(path).status_code == 404


def test_a_link_that_only_reads_the_round_page_leads_to_the_notes(
    installation: Installation, made: MadeInterview, new_client: NewClient
) -> None:
    browser = own_page(installation, made, Browser(new_client()))
    link_id = person_of(installation, made).link_id
    browser.open(f"/p/{link_id}/")
    assert browser.url == f"/p/{link_id}/interview/"
    interview_notes.confirm(installation, person_of(installation, made), made.id, new_id())
    browser.open(f"/p/{link_id}/")
    assert "Vahvistit kirjaukset oikeiksi" in browser.text
