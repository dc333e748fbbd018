"""The merge page: see, take, settle, answer, edit with causes, undo; without script."""

from collections.abc import Callable
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.passages import Range
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.sections import RevisionContribution
from reviewtool.queries.merge import bench as read_bench
from reviewtool.queries.merge import preview
from reviewtool.services.placing import place
from reviewtool.text.retest import State
from tests.factories.accounts import sign_in
from tests.factories.answers import MadeBench, answer, make_bench, said, suggested, take
from tests.factories.texts import make_section, reword, working_text
from tests.web.browser import Browser


@pytest.fixture
def bench(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft."""
    return make_bench(installation)


@pytest.fixture
def browser(client: FlaskClient, bench: MadeBench) -> Browser:
    """Give the editor's browser."""
    return sign_in(Browser(client), bench.editor)


def page_of(bench: MadeBench, rest: str = "") -> str:
    return f"/handbooks/{bench.handbook.id}/sections/{bench.section_id}/merge{rest}"


def answer_of(installation: Installation, contribution_id: str) -> Answer | None:
    with installation.database.read() as session:
        return session.scalar(select(Answer).where(Answer.contribution_id == contribution_id))


def test_it_shows_what_was_said_in_the_order_of_the_text(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    last = said(installation, bench, "Kuka kouluttaa?", quote="koulutetut")
    first = suggested(installation, bench, "avoin kaikille", "avoin ja maksuton")
    whole = said(installation, bench, "Hyvä teksti.")
    lost = said(installation, bench, "Miksi ei?", quote="ilman ilmoittautumista")
    reword(installation, bench.editor, bench.section_id, " ilman ilmoittautumista", "")
    assert browser.open(page_of(bench)).status_code == 200
    places = [browser.html.index(f'id="c-{one}"') for one in (first, last, whole, lost)]
    assert places == sorted(places)
    assert f'data-marks="{first}"' in browser.html
    assert f'data-marks="{lost}"' not in browser.html
    assert "0 / 4" in browser.text


def test_taking_then_answering_leads_on_to_the_next(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    one = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    other = said(installation, bench, "Kuka kouluttaa?", quote="koulutetut")
    browser.open(page_of(bench))
    browser.submit("merge/take", {"c": [one], "act": "take"})
    assert "joka tiistai" in working_text(installation, bench.section_id)[1]
    assert browser.form("contributions/answer").fields["c"] == [one]
    browser.submit("contributions/answer", {"kind": "taken", "reason": ""})
    assert browser.page.status_code == 200
    given = answer_of(installation, one)
    assert given is not None
    assert given.kind is AnswerKind.TAKEN
    form = browser.form("contributions/answer")
    assert form.fields["c"] == [other]
    assert "1 / 2" in browser.text


def test_an_answer_that_lacks_something_keeps_the_words(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    one = said(installation, bench, "Lisää esimerkki.")
    browser.open(page_of(bench, f"?open={one}"))
    page = browser.submit(
        "contributions/answer", {"kind": "taken", "reason": "Lisäsimme sen kohtaan 2."}
    )
    assert page.status_code == 422
    assert "Lisäsimme sen kohtaan 2." in browser.html
    assert answer_of(installation, one) is None
    browser.submit("contributions/answer", {"lines": ["3"]})
    assert browser.page.status_code == 200
    assert answer_of(installation, one) is not None


def test_clashing_suggestions_are_settled_by_choosing(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai", name="Aila Aho")
    b = suggested(installation, bench, "kerran viikossa", "kahdesti kuussa", name="Bo Berg")
    before = working_text(installation, bench.section_id)
    browser.open(page_of(bench))
    browser.submit("merge/take", {"c": [a, b], "act": "take"})
    assert browser.url.endswith("/merge/settle")
    assert "Aila Aho" in browser.text
    assert "Bo Berg" in browser.text
    assert working_text(installation, bench.section_id) == before
    assert browser.submit("merge/settle", {}).status_code == 422
    form = browser.form("merge/settle")
    choice = next(name for name in form.fields if name.endswith("choice"))
    words = next(name for name in form.fields if name.endswith("words"))
    browser.submit("merge/settle", {choice: "own", words: "joka toinen tiistai"})
    assert "joka toinen tiistai" in working_text(installation, bench.section_id)[1]


def test_a_suggestion_says_whether_it_fits(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    fits = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    taken = suggested(installation, bench, "koulutetut", "kokeneet")
    clashes = suggested(installation, bench, "avoin kaikille", "avoin ja maksuton")
    take(installation, bench, [taken])
    reword(installation, bench.editor, bench.section_id, "avoin kaikille", "avoin jäsenille")
    with installation.database.read() as session:
        items = read_bench(session, bench.editor, bench.handbook.id, bench.section_id, "fi").items
    fit = {item.entry.id: item.fit for item in items}
    assert fit == {fits: State.CLEAN, taken: State.CONTAINED, clashes: State.CONFLICT}
    places = {item.entry.id: item.place for item in items}
    _, text = working_text(installation, bench.section_id)
    where = places[taken]
    assert where is not None
    assert text[where.start : where.end] == "kokeneet"
    browser.open(page_of(bench))
    offered = [form.fields["c"] for form in browser.forms() if form.fields.get("c")]
    assert offered == [[clashes], [fits]]


def test_what_clashes_is_shown_within_its_line(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    _, text = working_text(installation, bench.section_id)
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    b = suggested(installation, bench, "kerran viikossa", "kahdesti kuussa")
    with installation.database.read() as session:
        tried = preview(session, bench.editor, bench.handbook.id, bench.section_id, [a, b])
    (clash,) = tried.outcome.clashes
    line = next(line for line in text.split("\n") if "kerran viikossa" in line)
    assert clash.before + clash.base + clash.after == line


def test_the_gate_names_what_is_open_with_a_link(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    said(installation, bench, "Lisää esimerkki.")
    one = suggested(installation, bench, "koulutetut", "kokeneet")
    take(installation, bench, [one])
    answer(installation, bench, [one], AnswerKind.TAKEN, "")
    reword(installation, bench.editor, bench.section_id, "kokeneet ", "")
    gate = f"/handbooks/{bench.handbook.id}/drafts/freeze"
    browser.open(gate)
    assert not [form for form in browser.forms() if form.action.endswith("/freeze")]
    assert f'href="{page_of(bench)}"' in browser.html
    assert f'href="/handbooks/{bench.handbook.id}/contributions/{one}"' in browser.html


def test_the_last_change_is_taken_back(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    _, before = working_text(installation, bench.section_id)
    take(installation, bench, [suggested(installation, bench, "koulutetut", "kokeneet")])
    browser.open(page_of(bench))
    browser.submit("merge/undo")
    assert working_text(installation, bench.section_id)[1] == before


def test_another_wording_is_asked_for_and_says_what_it_replaces(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    b = suggested(installation, bench, "kerran viikossa", "kahdesti kuussa")
    browser.open(page_of(bench))
    browser.submit("merge/take", {"c": [a, b], "act": "take"})
    assert "näiden sanojen tilalle: kerran viikossa" in browser.text
    form = browser.form("merge/settle")
    (choice,) = (name for name in form.fields if name.endswith("-choice"))
    browser.submit("merge/settle", {choice: "own"}, form=form)
    assert browser.page.status_code == 422
    assert "Kirjoita sanamuoto." in browser.text


def test_the_same_words_of_two_are_one_choice_that_names_both(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai", name="Aila Aho")
    b = suggested(installation, bench, "kerran viikossa", "kahdesti kuussa", name="Bo Berg")
    c = suggested(installation, bench, "kerran viikossa", "joka tiistai", name="Cia Cajander")
    browser.open(page_of(bench))
    browser.submit("merge/take", {"c": [a, b, c], "act": "take"})
    assert "1, Aila Aho, Tukikeskus ry; 3, Cia Cajander, Tukikeskus ry" in browser.text
    form = browser.form("merge/settle")
    (choice,) = (name for name in form.fields if name.endswith("-choice"))
    browser.submit("merge/settle", {choice: a}, form=form)
    answer(installation, bench, [a, c], AnswerKind.TAKEN, "")
    assert answer_of(installation, c) is not None


def test_a_colleagues_edit_meanwhile_keeps_what_the_edit_is_for(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    one = said(installation, bench, "Kuka kouluttaa?", quote="koulutetut")
    browser.open(page_of(bench))
    browser.submit("merge/take", {"c": [one], "act": "edit"})
    form = browser.form("merge/edit")
    reword(installation, bench.editor, bench.section_id, "avoin kaikille", "avoin aikuisille")
    body = form.fields["body"][0].replace("koulutetut", "kokeneet")
    browser.submit("merge/edit", {"body": body, "c": [one]}, form=form)
    assert "Muokkaat kommentin 1 perusteella." in browser.text
    browser.submit("merge/edit")
    assert browser.url.endswith("/merge")
    revision_id, text = working_text(installation, bench.section_id)
    assert "avoin aikuisille" in text
    assert "kokeneet" in text
    with installation.database.read() as session:
        causes = session.scalars(
            select(RevisionContribution.contribution_id).where(
                RevisionContribution.revision_id == revision_id
            )
        ).all()
    assert causes == [one]


def test_an_edit_for_ticked_contributions_becomes_their_evidence(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    one = said(installation, bench, "Kuka kouluttaa?", quote="koulutetut")
    browser.open(page_of(bench))
    browser.submit("merge/take", {"c": [one], "act": "edit"})
    form = browser.form("merge/edit")
    body = form.fields["body"][0].replace("koulutetut", "liiton kouluttamat")
    browser.submit("merge/edit", {"body": body, "c": [one]})
    assert "liiton kouluttamat" in working_text(installation, bench.section_id)[1]
    answer(installation, bench, [one], AnswerKind.TAKEN, "")


def test_several_are_answered_from_the_ticks(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    ids = [said(installation, bench, f"Kommentti {n}") for n in range(3)]
    browser.open(page_of(bench))
    browser.submit("merge/take", {"c": ids[:2], "act": "answer"})
    browser.submit(
        "contributions/answer", {"kind": "not-taken", "reason": "Teksti on jo pitkä.", "ready": "1"}
    )
    rows = [answer_of(installation, one) for one in ids]
    assert [row is not None for row in rows] == [True, True, False]
    assert rows[0] is not None
    assert rows[0].reason.endswith("Teksti on jo pitkä.")
    assert len(rows[0].reason) > len("Teksti on jo pitkä.")


def test_nothing_chosen_says_so(
    bench: MadeBench, browser: Browser, installation: Installation
) -> None:
    said(installation, bench)
    browser.open(page_of(bench))
    browser.submit("merge/take", {"act": "take"})
    assert browser.url.endswith("/merge")


def test_the_bench_of_another_handbook_is_closed(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    other = make_bench(installation)
    path = f"/handbooks/{bench.handbook.id}/sections/{other.section_id}/merge"
    assert browser.open(path).status_code == 404
    assert browser.open(page_of(other)).status_code == 403


def test_a_moved_one_appears_where_it_went(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    elsewhere = make_section(installation, bench.editor, bench.handbook.id, "Toinen teksti")
    one = said(installation, bench, "Tämä kuuluu muualle.", quote="koulutetut")
    answer(installation, bench, [one], AnswerKind.MOVED, "", section_id=elsewhere)
    browser.open(page_of(bench))
    assert f'id="c-{one}"' not in browser.html
    there = MadeBench(bench.handbook, bench.editor, elsewhere, bench.draft_id)
    browser.open(page_of(there))
    assert f'id="c-{one}"' in browser.html
    revision_id, text = working_text(installation, elsewhere)
    start = text.index("Ryhmä on avoin")
    place(installation, bench.editor, one, revision_id, Range(start, start + 8), new_id())
    browser.open(page_of(there))
    assert f'data-marks="{one}"' in browser.html


def test_late_ones_wait_in_sight_without_counting(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    late = said(installation, bench)
    with installation.database.write() as session:
        session.get_one(Contribution, late).state = ContributionState.LATE
    browser.open(page_of(bench))
    assert f'id="c-{late}"' in browser.html


def queries_of(installation: Installation, act: Callable[[], object]) -> int:
    counted: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted.append(statement)

    for engine in {installation.database.reading, installation.database.writing}:
        event.listen(engine, "before_cursor_execute", count)
    try:
        act()
    finally:
        for engine in {installation.database.reading, installation.database.writing}:
            event.remove(engine, "before_cursor_execute", count)
    return len([one for one in counted if one.lstrip().upper().startswith("SELECT")])


def copies(installation: Installation, contribution_id: str, numbers: range) -> None:
    """Multiply a contribution, as when many people say alike."""
    with installation.database.write() as session:
        row = session.get_one(Contribution, contribution_id)
        columns = [column.key for column in Contribution.__table__.columns]
        for number in numbers:
            values = {name: getattr(row, name) for name in columns}
            session.add(Contribution(**(values | {"id": new_id(), "number": number})))


@pytest.mark.only("sqlite", reason="the statements are the same on both; a thousand rows are slow")
def test_queries_do_not_grow_with_what_was_said(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    one = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    said(installation, bench, "Hyvä teksti.")
    copies(installation, one, range(100, 110))
    paths = (
        page_of(bench),
        page_of(bench, f"?open={one}"),
        f"/handbooks/{bench.handbook.id}/contributions",
        f"/handbooks/{bench.handbook.id}/contributions?search=tiistai",
    )
    few = [queries_of(installation, partial(browser.open, path)) for path in paths]
    copies(installation, one, range(1000, 2000))
    many = [queries_of(installation, partial(browser.open, path)) for path in paths]
    assert many == few
    assert max(many) <= 37
