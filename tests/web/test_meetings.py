"""The texts for a meeting's table: numbered papers, and typing in what was said by their "
"numbers."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.contributions import ContributionKind, ContributionState
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision
from reviewtool.services import phases
from reviewtool.services.corrections import correct_draft
from reviewtool.services.moving import Direction, move_section
from reviewtool.services.structure import rename_section
from tests.factories.contributions import Table, make_table, way_in
from tests.factories.texts import make_draft
from tests.web.browser import Browser


def enter(installation: Installation, client: FlaskClient, table: Table) -> Browser:
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    return browser


def address(table: Table, path: str) -> str:
    return f"/p/{table.actors[0].link_id}/{path}"


def rows(installation: Installation) -> list[Contribution]:
    with installation.database.read() as session:
        return list(session.scalars(select(Contribution).order_by(Contribution.number)))


def numbered(html: str) -> dict[str, str]:
    """Read the numbers of a paper, each with the words that follow it."""
    found = re.findall(r'class="line-number"[^>]*>([\d.]+)</span> (.*?)</', html)
    return {number: re.sub("<[^>]+>", "", words).strip() for number, words in found}


def test_the_page_the_word_file_and_what_is_typed_in_agree_on_the_numbers(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(address(table, "paper"))
    on_paper = numbered(browser.html)
    assert "Tulosta sivu" in browser.text
    file = client.get(address(table, "paper.docx"))
    written = [one.text for one in docx.Document(io.BytesIO(file.data)).paragraphs]
    in_word = dict(line.replace("\t– ", "\t").split("\t") for line in written if "\t" in line)
    lines = {number: words for number, words in on_paper.items() if "." in number}
    assert set(in_word) == set(lines)
    quoted = next(number for number, words in lines.items() if words.startswith("Ryhmässä"))
    assert in_word[quoted].startswith("Ryhmässä tavataan")
    browser.open(address(table, "meeting"))
    browser.submit(
        "/meeting",
        {
            "discussed_on": "2026-09-10",
            "rows-0-place": quoted,
            "rows-0-words": "Kerran viikossa on liian vähän.",
            "rows-2-place": f"kohta {quoted.replace('.', ',')}",
            "rows-2-how": "replace",
            "rows-2-words": "Ryhmä kokoontuu joka viikko.",
            "rows-3-words": "Hyvä käsikirja 👍",
        },
    )
    assert browser.url == address(table, "mine")
    assert "Käsitelty kokouksessamme 10.9.2026" in browser.text
    comment, suggestion, whole = rows(installation)
    assert (
        comment.quote
        == "Ryhmässä tavataan kerran viikossa. Mukaan voi tulla ilman ilmoittautumista."
    )
    assert comment.said_on == date(2026, 9, 10)
    assert suggestion.kind is ContributionKind.SUGGESTION
    assert (suggestion.quote, suggestion.replacement) == (
        comment.quote,
        "Ryhmä kokoontuu joka viikko.",
    )
    assert (whole.section_id, whole.words) == (None, "Hyvä käsikirja 👍")


def test_numbers_stay_when_the_tree_and_the_texts_change_afterwards(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(address(table, "paper"))
    before = numbered(browser.html)
    editor, texts = table.round.editor, table.round.texts
    move_section(installation, editor, texts.second, Direction.UP)
    make_draft(installation, editor, table.round.handbook.id)
    browser.open(address(table, "paper"))
    assert numbered(browser.html) == before
    browser.open(address(table, f"paper?text={texts.second}"))
    alone = numbered(browser.html)
    assert alone
    assert alone.items() <= before.items(), "a text alone keeps its number"


def test_what_is_typed_from_an_earlier_paper_finds_the_words_of_that_paper(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    with installation.database.read() as session:
        draft_id = session.get_one(Phase, table.round.phase_id).draft_id or ""
        revision = session.scalars(
            select(Revision).where(Revision.section_id == table.section_id)
        ).all()[-1]
    first = revision.text.replace("::body\n", "::body\n\nAivan uusi alku.\n", 1)
    correct_draft(
        installation, table.round.editor, draft_id, table.section_id, "fi",
        base_revision_id=revision.id, text=first, reason="Alku puuttui.",
    )  # fmt: skip
    browser.open(address(table, "paper"))
    now = {words: number for number, words in numbered(browser.html).items()}
    number = now["Aivan uusi alku."]
    for paper in (None, draft_id):
        browser.open(address(table, "meeting"))
        values = {"rows-0-place": number, "rows-0-words": "Tästä puhuttiin."}
        browser.submit("/meeting", values if paper is None else {**values, "paper": paper})
    corrected, earlier = rows(installation)
    assert corrected.quote == "Aivan uusi alku."
    assert earlier.quote.startswith("Ryhmässä tavataan kerran viikossa.")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"rows-1-place": "99.1", "rows-1-words": "Sanat."}, "Paperissa ei ole tätä numeroa"),
        ({"rows-1-place": "2.99", "rows-1-words": "Sanat."}, "Paperissa ei ole tätä numeroa"),
        ({"rows-1-place": "s. 3 ja 4", "rows-1-words": "Sanat."}, "Paperissa ei ole tätä"),
        ({"rows-1-place": "2", "rows-1-how": "replace", "rows-1-words": "X"}, "Paperissa ei ole"),
        ({}, "Kirjoita ainakin yhdelle riville"),
        ({"rows-1-words": "Sanat.", "discussed_on": "2027-01-01"}, "vasta tulossa"),
        ({"rows-1-words": "Sanat.", "discussed_on": ""}, "Valitse päivä"),
    ],
)
def test_a_wrong_row_is_told_beside_it_and_nothing_is_lost_or_half_taken(
    installation: Installation, client: FlaskClient, values: dict[str, str], told: str
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(address(table, "meeting"))
    kept = {"rows-0-words": "Tämä rivi on kunnossa."} if values else {}
    browser.submit("/meeting", {"discussed_on": "2026-09-10", **kept, **values})
    assert browser.page.status_code == 422
    assert told in browser.text
    form = browser.form("/meeting", having="rows-0-words")
    for name, value in {**kept, **values}.items():
        assert form.fields[name] == [value]
    assert rows(installation) == []


def test_more_rows_keep_what_is_typed_and_a_second_press_adds_nothing(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(address(table, "meeting"))
    browser.submit("/meeting", {"rows-3-words": "Neljäs.", "more": "1"})
    assert browser.page.status_code == 200
    form = browser.form("/meeting", having="rows-7-words")
    assert form.fields["rows-3-words"] == ["Neljäs."]
    for _press in range(2):
        browser.submit("/meeting", {"rows-7-words": "Kahdeksas."}, form=form)
    assert [one.words for one in rows(installation)] == ["Neljäs.", "Kahdeksas."]
    # Back in the browser, and another row: it is said too, and the others not twice.
    browser.submit("/meeting", {"rows-6-words": "Seitsemäs."}, form=form)
    assert [one.words for one in rows(installation)] == ["Neljäs.", "Kahdeksas.", "Seitsemäs."]


def test_after_the_end_it_is_taken_as_late(installation: Installation, client: FlaskClient) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    phases.close(installation, table.round.editor, table.round.phase_id, new_id())
    browser.open(address(table, "meeting"))
    assert "merkitään määräajan jälkeen tulleeksi" in browser.text
    browser.submit("/meeting", {"rows-0-words": "Kokous oli vasta nyt."})
    assert [one.state for one in rows(installation)] == [ContributionState.LATE]


def test_a_paper_of_another_draft_is_not_given(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    editor = table.round.editor
    rename_section(installation, editor, table.section_id, "fi", "Vertaistoiminta")
    other = make_draft(installation, editor, table.round.handbook.id)
    browser = enter(installation, client, table)
    browser.open(address(table, "meeting"))
    browser.submit("/meeting", {"rows-0-place": "1.1", "rows-0-words": "X", "paper": other})
    assert browser.page.status_code == 404
    assert rows(installation) == []
