"""Choices, scales and nothing to say: what is answered without words is seen by the editors."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient
from lxml.html import fromstring

from reviewtool.domain.contributions import QuestionKind, QuestionScope
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.queries.short_answers import answers_on_text
from reviewtool.services import questions
from reviewtool.services.choices import Answers, answer_questions
from reviewtool.services.readiness import say_nothing
from tests.factories.accounts import sign_in
from tests.factories.contributions import Table, make_table
from tests.factories.people import link_actor, make_person
from tests.web.browser import Browser
from tests.web.queries import count_queries

OPTIONS = ({"fi": "Ei juuri"}, {"fi": "Osittain"}, {"fi": "Hyvin"})


def ask(
    installation: Installation, table: Table, words: str, scope: QuestionScope, **more: str
) -> str:
    asked = questions.QuestionWords(QuestionKind.SCALE, scope, {"fi": words}, OPTIONS, **more)
    return questions.ask(installation, table.round.editor, table.round.phase_id, asked, new_id())


@pytest.fixture
def table(installation: Installation) -> Table:
    """Give a round with three people, who have answered its questions without a word."""
    made = make_table(installation, people=3)
    clear = ask(installation, made, "Onko teksti ymmärrettävä?", QuestionScope.SECTION)
    useful = ask(installation, made, "Onko käsikirjasta hyötyä?", QuestionScope.WHOLE)
    town = make_person(
        installation,
        made.round.editor,
        made.round.phase_id,
        "Maija Mäkelä",
        organisation="Äänekosken kaupunki",
        kind="municipality",
    )
    for actor, option in zip(
        (*made.actors, link_actor(installation, town)), (2, 2, 0, 1), strict=True
    ):
        chosen = Answers(section_id=made.section_id, options={clear: option})
        answer_questions(installation, actor, chosen)
        answer_questions(installation, actor, Answers(options={useful: 2}))
    say_nothing(installation, made.actors[0], made.round.texts.second)
    return made


@pytest.fixture
def browser(client: FlaskClient, table: Table) -> Browser:
    """Give the editor's browser."""
    return sign_in(Browser(client), table.round.editor)


def page_of(table: Table, rest: str) -> str:
    return f"/handbooks/{table.round.handbook.id}/{rest}"


def rows(browser: Browser, caption: str) -> list[list[str]]:
    """Read the cells of the first table with a caption."""
    found = fromstring(browser.html).xpath(f"//table[caption[contains(., '{caption}')]]")
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
        for row in found[0].xpath(".//tr")
    ]


def test_they_stand_beside_the_text_by_kind_of_organisation(table: Table, browser: Browser) -> None:
    browser.open(page_of(table, f"sections/{table.section_id}/merge"))
    assert rows(browser, "Onko teksti ymmärrettävä?") == [
        ["Vastaus", "Kaikki", "Kunta", "Järjestö"],
        ["Ei juuri", "1", "0", "1"],
        ["Osittain", "1", "1", "0"],
        ["Hyvin", "2", "0", "2"],
    ]
    assert "Onko käsikirjasta hyötyä?" not in browser.text
    browser.open(page_of(table, f"sections/{table.round.texts.second}/merge"))
    assert rows(browser, "Ei lausuttavaa")[1] == ["Ei lausuttavaa", "1", "1"]


def test_the_phase_tells_all_texts_together_and_text_by_text(
    table: Table, browser: Browser
) -> None:
    browser.open(page_of(table, f"process/{table.round.phase_id}"))
    assert [row[1] for row in rows(browser, "Onko teksti ymmärrettävä?")[1:]] == ["1", "1", "2"]
    assert [row[1] for row in rows(browser, "Onko käsikirjasta hyötyä?")[1:]] == ["0", "0", "4"]
    by_text = fromstring(browser.html).xpath(
        "//details//table[caption[contains(., 'ymmärrettävä')]]//tr"
    )
    assert [cell.text_content().strip() for cell in by_text[1]][1:] == ["1", "1", "2"]
    assert "vastausta ilman sanoja 9" in " ".join(browser.text.split())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=short-answer", 9),
        ("search=äänekosken", 2),
        ("search=MÄKELÄ", 2),
        ("search=osittain", 1),
        ("search=ymmärrettävä", 4),
        ("kind=short-answer&section=whole", 4),
        ("kind=short-answer&section={section}", 4),
        ("kind=short-answer&phase={phase}", 9),
        ("kind=comment", 0),
        ("answer=open", 0),
        ("kind=short-answer&state=late", 0),
        ("search=100%25", 0),
    ],
)
def test_the_ledger_finds_them(table: Table, browser: Browser, query: str, expected: int) -> None:
    query = query.format(section=table.section_id, phase=table.round.phase_id)
    browser.open(page_of(table, f"contributions?{query}"))
    path = "//table[caption='Valinnat ja vastaukset ”ei lausuttavaa”']/tbody/tr"
    found = fromstring(browser.html).xpath(path)
    assert len(found) == expected


def test_the_spreadsheet_has_a_sheet_of_them(table: Table, browser: Browser) -> None:
    page = browser.client.get(page_of(table, "contributions/export?search=mäkelä"))
    sheet = openpyxl.load_workbook(BytesIO(page.data))["Valinnat"]
    heading, *found = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert heading[2:7] == ["Kysymys", "Vastaus", "Organisaatio", "Organisaation tyyppi", "Nimi"]
    assert sorted((row[2], row[3], row[4], row[5], row[6]) for row in found) == [
        ("Onko käsikirjasta hyötyä?", "Hyvin", "Äänekosken kaupunki", "Kunta", "Maija Mäkelä"),
        ("Onko teksti ymmärrettävä?", "Osittain", "Äänekosken kaupunki", "Kunta", "Maija Mäkelä"),
    ]


def test_many_take_as_many_queries_as_few(
    installation: Installation, table: Table, browser: Browser
) -> None:
    def asked() -> list[int]:
        numbers = []
        for rest in (
            f"sections/{table.section_id}/merge",
            f"process/{table.round.phase_id}",
            "contributions?kind=short-answer",
        ):
            with count_queries(installation) as counted:
                browser.open(page_of(table, rest))
            numbers.append(counted.number)
        return numbers

    few = asked()
    with installation.database.read() as session:
        (clear,) = answers_on_text(
            session, table.round.editor, table.round.handbook.id, table.section_id
        )
    assert clear.number == 4
    for number in range(12):
        person = make_person(
            installation, table.round.editor, table.round.phase_id, f"Lisä {number}"
        )
        say_nothing(installation, link_actor(installation, person), table.round.texts.second)
    assert asked() == few
