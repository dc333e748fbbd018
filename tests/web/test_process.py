"""The process page, a phase's page, its plan, its acts and its questions, by a browser."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from reviewtool.domain.contributions import Sharing
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseState
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase, Question
from reviewtool.services.publication import publish
from tests.factories.accounts import sign_in
from tests.factories.handbooks import make_editor, make_handbook
from tests.factories.people import make_person
from tests.factories.rounds import MadeRound, make_round, plan_phase
from tests.factories.texts import make_draft, make_texts
from tests.web.browser import Browser

Clients = Callable[[], FlaskClient]


def editors_browser(client: FlaskClient, made: MadeRound) -> Browser:
    browser = sign_in(Browser(client), made.editor)
    browser.open("/?language=en")
    return browser


def page_of(made: MadeRound, rest: str = "") -> str:
    return f"/handbooks/{made.handbook.id}/process/{made.phase_id}{rest}"


def phase_of(installation: Installation, made: MadeRound) -> Phase:
    with installation.database.read() as session:
        return session.get_one(Phase, made.phase_id)


def mailed(installation: Installation, kind: MessageKind) -> int:
    with installation.database.read() as session:
        rows = select(func.count()).select_from(Message).where(Message.kind == kind)
        return session.scalar(rows) or 0


def test_the_process_page_tells_what_is_open_and_what_blocks(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    browser = sign_in(Browser(client), handbook.administrator)
    browser.open(f"/handbooks/{handbook.id}/process?language=en")
    assert "Next: Starting text." in browser.text
    made = make_round(installation, people=3)
    browser = sign_in(Browser(client), made.editor)
    browser.open(f"/handbooks/{made.handbook.id}/process?language=en")
    assert browser.page.status_code == 200
    assert "3 people haven't said that they are ready." in browser.text
    assert "asked 3" in browser.text


def test_opening_shows_its_consequences_first_and_happens_once(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=2, opened=False)
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/open"))
    assert "2 people are mailed." in browser.text
    form = browser.form("/open")
    for _ in range(2):
        browser.submit(form=form)
        assert browser.url == page_of(made)
    assert phase_of(installation, made).state is PhaseState.OPEN
    assert mailed(installation, MessageKind.INVITATION) == 2


def test_looking_at_an_act_does_nothing(installation: Installation, client: FlaskClient) -> None:
    made = make_round(installation, people=1, opened=False)
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/open"))
    client.head(page_of(made, "/open"))
    assert phase_of(installation, made).state is PhaseState.PLANNED
    assert mailed(installation, MessageKind.INVITATION) == 0


def test_a_phase_that_cannot_open_says_what_is_missing_with_links(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    phase_id = handbook.phases["coordinators-round"]
    browser = sign_in(Browser(client), handbook.administrator)
    start = f"/handbooks/{handbook.id}/process/{phase_id}"
    browser.open(f"{start}/open?language=en")
    for cure in (f"/handbooks/{handbook.id}/drafts", f"{start}/plan", f"people/invite/{phase_id}"):
        assert cure in browser.html
    assert browser.forms() == [] or all("/open" not in form.action for form in browser.forms())


def test_an_act_that_the_state_refuses_has_no_page(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation)
    browser = editors_browser(client, made)
    for move in ("open", "reopen"):
        assert browser.open(page_of(made, f"/{move}")).status_code == 422
    assert browser.open(page_of(made, "/plan/open")).status_code == 404


def test_the_plan_is_changed_and_warned_of(installation: Installation, client: FlaskClient) -> None:
    made = make_round(installation, opened=False)
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/plan"))
    browser.submit(
        "/plan",
        {"closes_on": "2026-09-26", "request_sv": "Läs texterna.", "reminders": "3, 1, 3"},
    )
    assert browser.url == page_of(made)
    assert "shorter than 14 days" in browser.text
    assert "Saturday" in browser.text
    phase = phase_of(installation, made)
    assert phase.closes_on is not None
    assert phase.closes_on.isoformat() == "2026-09-26"
    assert phase.request["sv"] == "Läs texterna."
    assert phase.reminder_days == [3, 1]


def test_what_is_said_can_be_opened_on_a_day_that_everybody_is_told(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, opened=False)
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/plan"))
    browser.submit("/plan", {"sharing": "from-day"})
    assert browser.page.status_code == 422
    assert "Choose the day from which participants see" in browser.text
    browser.submit("/plan", {"sharing": "from-day", "shared_from": "2026-09-20"})
    assert "from 20 September 2026 on" in browser.text
    phase = phase_of(installation, made)
    assert (phase.sharing, phase.shared_from) == (Sharing.FROM_DAY, date(2026, 9, 20))
    browser.open(page_of(made, "/plan"))
    browser.submit("/plan", {"sharing": "everyone"})
    assert phase_of(installation, made).shared_from is None


def test_the_plan_names_the_phase_its_conveners_and_its_texts(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, opened=False)
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/plan"))
    browser.submit(
        "/plan",
        {
            "title_en": "The NGOs in autumn",
            "conveners": "Kumaja\n\nSote-verkosto ry",
            "sections": [made.texts.second],
        },
    )
    assert "The NGOs in autumn" in browser.text
    assert "Kumaja, Sote-verkosto ry" in browser.text
    browser.open(page_of(made, "/plan"))
    assert browser.form("/plan").fields["sections"] == [made.texts.second]
    browser.submit("/plan", {"conveners": "Kumaja", "sections": []})
    assert "Sote-verkosto" not in browser.text
    assert "all texts of the draft" in browser.text
    browser.open(page_of(made, "/plan"))
    browser.submit("/plan", {"title_fi": "", "conveners": "A\nB\nC\nD\nE"})
    assert "Write the name of the phase." in browser.text
    assert "Name at most four organisations" in browser.text


def test_a_phase_that_asks_nobody_by_a_round_is_planned_and_keeps_its_request(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, opened=False)
    browser = editors_browser(client, made)
    for key in ("draft-1", "workshop-ngos", "interviews"):
        phase_id = made.handbook.phases[key]
        with installation.database.read() as session:
            before = session.get_one(Phase, phase_id)
        browser.open(f"/handbooks/{made.handbook.id}/process/{phase_id}/plan")
        browser.submit("/plan", {"responsible_name": "Katri Vainiola"})
        with installation.database.read() as session:
            after = session.get_one(Phase, phase_id)
        assert after.responsible_name == "Katri Vainiola", key
        assert after.request == before.request
        assert after.reminder_days == before.reminder_days


def test_the_page_of_a_phase_offers_first_what_is_to_do(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, opened=False)
    browser = editors_browser(client, made)
    first = re.compile(r'class="button button-primary" href="([^"]*)"')
    browser.open(page_of(made))
    assert first.findall(browser.html) == [page_of(made, "/open")]
    plan_phase(installation, made.editor, made.phase_id, closes_on=None)
    browser.open(page_of(made))
    assert first.findall(browser.html) == [page_of(made, "/plan")]
    assert "Plan the phase, and open it when nothing is missing." in browser.text


def test_the_texts_of_an_open_round_stay(installation: Installation, client: FlaskClient) -> None:
    made = make_round(installation)
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/plan"))
    assert "sections" not in browser.form("/plan").fields
    browser.submit("/plan", {"title_fi": "Kierros"})
    assert phase_of(installation, made).title["fi"] == "Kierros"


@pytest.mark.parametrize(
    "values",
    [
        {"opens_on": "2026-10-01", "closes_on": "2026-09-20"},
        {"closes_on": "ensi viikolla"},
        {"reminders": "pari"},
        {"reminders": "400"},
        {"responsible_name": "x" * 201},
    ],
)
def test_a_wrong_plan_keeps_what_was_typed(
    installation: Installation, client: FlaskClient, values: dict[str, str]
) -> None:
    made = make_round(installation, opened=False)
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/plan"))
    browser.submit("/plan", {**values, "request_fi": "Minun pyyntöni"})
    assert browser.page.status_code == 422
    kept = browser.form("/plan").fields
    assert kept["request_fi"][0].strip() == "Minun pyyntöni"
    assert all(kept[name] == [value] for name, value in values.items())


def test_a_colleagues_plan_is_not_overwritten(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, opened=False)
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/plan"))
    plan_phase(installation, made.editor, made.phase_id, responsible_phone="040")
    browser.submit("/plan", {"responsible_name": "Minä"})
    assert browser.page.status_code == 409
    assert browser.form("/plan").fields["responsible_name"] == ["Minä"]
    assert phase_of(installation, made).responsible_name == ""


def test_extending_closing_and_reopening(installation: Installation, client: FlaskClient) -> None:
    made = make_round(installation, people=2)
    browser = editors_browser(client, made)
    later = (made.closes_on + timedelta(days=3)).isoformat()
    browser.open(page_of(made, "/extend"))
    browser.submit("/extend", {"closes_on": made.closes_on.isoformat()})
    assert browser.page.status_code == 422
    browser.submit("/extend", {"closes_on": later, "reason": "Hiihtolomat"})
    assert "Hiihtolomat" in browser.text
    assert mailed(installation, MessageKind.EXTENDED) == 2
    browser.open(page_of(made, "/close"))
    assert "No e-mail is sent." in browser.text
    browser.submit("/close")
    assert phase_of(installation, made).state is PhaseState.CLOSED
    browser.open(page_of(made, "/reopen"))
    browser.submit("/reopen", {"closes_on": later, "reason": ""})
    assert browser.page.status_code == 422
    browser.submit("/reopen", {"closes_on": later, "reason": "Pyynnöstä"})
    assert phase_of(installation, made).state is PhaseState.OPEN


def test_questions_are_added_changed_and_removed(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, opened=False)
    browser = editors_browser(client, made)
    browser.open(page_of(made, "/questions"))
    wrong = {"words_fi": "Onko hyvä?", "kind": "choice", "options_fi": "kyllä"}
    browser.submit("/questions", wrong, having="words_fi")
    assert browser.page.status_code == 422
    right = {"options_fi": "kyllä\nei", "options_sv": "ja\nnej"}
    browser.submit("/questions", right, having="words_fi")
    with installation.database.read() as session:
        own = select(Question).where(Question.phase_id == made.phase_id)
        row = session.scalars(own.order_by(Question.position)).all()[-1]
    assert row.options == [{"fi": "kyllä", "sv": "ja"}, {"fi": "ei", "sv": "nej"}]
    browser.open(page_of(made, f"/questions/{row.id}"))
    browser.submit(row.id, {"words_fi": "Onko teksti hyvä?"})
    assert "Onko teksti hyvä?" in browser.text
    browser.submit(f"{row.id}/remove")
    assert "Onko teksti hyvä?" not in browser.text


def test_a_phase_of_another_handbook_is_not_found_under_this_one(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation)
    other = make_handbook(installation, title="Toinen")
    browser = sign_in(Browser(client), other.administrator)
    for page in ("", "/plan", "/close", "/questions"):
        address = f"/handbooks/{other.id}/process/{made.phase_id}{page}"
        assert browser.open(address).status_code == 404


def test_only_the_handbooks_editors_see_the_process(
    installation: Installation, new_client: Clients
) -> None:
    made = make_round(installation)
    stranger = make_editor(installation, make_handbook(installation, title="Toinen").id)
    browser = sign_in(Browser(new_client()), stranger)
    assert browser.open(page_of(made)).status_code == 403
    visitor = Browser(new_client())
    visitor.open(page_of(made))
    assert visitor.url == "/sign-in"


def test_the_number_of_queries_stays_the_same(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    browser = editors_browser(client, made)
    seen: list[str] = []
    event.listen(
        installation.database.reading,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_rest: seen.append(statement),
    )

    def queries(address: str) -> int:
        seen.clear()
        browser.open(address)
        return len([one for one in seen if one.startswith("SELECT")])

    addresses = (f"/handbooks/{made.handbook.id}/process", page_of(made), page_of(made, "/extend"))
    few = [queries(address) for address in addresses]
    for number in range(5):
        make_person(installation, made.editor, made.phase_id, f"Henkilö {new_id()} {number}")
    assert [queries(address) for address in addresses] == few
    assert max(few) <= 21


def test_the_next_run_is_begun_from_the_process_page(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_handbook(installation)
    editor = made.administrator
    make_texts(installation, editor, made.id)
    publish(installation, editor, made.id, make_draft(installation, editor, made.id), "Valmis.")
    browser = sign_in(Browser(client), editor)
    browser.open(f"/handbooks/{made.id}/process")
    assert "Aloita seuraava prosessi" in browser.text
    browser.open(f"/handbooks/{made.id}/process/next-run")
    browser.submit("/next-run", {"template": "single-round"})
    assert "Seuraava prosessi on alkanut" in browser.text
    assert "1. prosessi" in browser.text
