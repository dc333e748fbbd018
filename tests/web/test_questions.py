"""A question about words of one text, and examples with their parts, on the pages of both sides."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.phases import Question
from tests.factories.accounts import sign_in
from tests.factories.contributions import Table, make_table
from tests.web.browser import Browser
from tests.web.test_participant import enter, section

Clients = Callable[[], FlaskClient]


def ask(installation: Installation, client: FlaskClient, table: Table, **values: str) -> str:
    """Let an editor ask a question; gives its id."""
    editor = sign_in(Browser(client), table.round.editor)
    page = f"/handbooks/{table.round.handbook.id}/process/{table.round.phase_id}/questions"
    editor.open(f"{page}?language=en")
    editor.submit("/questions", {"words_fi": "Miten teillä?", **values}, having="words_fi")
    with installation.database.read() as session:
        questions = select(Question.id).where(Question.phase_id == table.round.phase_id)
        return session.scalars(questions.order_by(Question.position.desc())).all()[0]


def test_a_question_stands_at_the_words_that_it_is_about(
    installation: Installation, client: FlaskClient, new_client: Clients
) -> None:
    table = make_table(installation)
    values = {"section": table.section_id, "quote": "kerran viikossa"}
    question_id = ask(installation, client, table, **values)
    reader = enter(installation, new_client(), table)
    reader.open(section(table))
    assert f'id="m-q-{question_id}"' in reader.html
    assert f'id="q-{question_id}"' in reader.html
    elsewhere = section(table).replace(table.section_id, table.round.texts.second)
    reader.open(elsewhere)
    assert question_id not in reader.html
    # On paper as well: with its words, at that text only.
    link = section(table).rpartition("/sections/")[0]
    reader.open(f"{link}/paper")
    assert reader.html.count("kerran viikossa” Miten teillä?") == 1


def test_words_that_arent_in_the_text_are_told_at_the_field(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    editor = sign_in(Browser(client), table.round.editor)
    page = f"/handbooks/{table.round.handbook.id}/process/{table.round.phase_id}/questions"
    editor.open(f"{page}?language=en")
    values = {"words_fi": "Miten?", "section": table.section_id, "quote": "näitä ei ole"}
    editor.submit("/questions", values, having="words_fi")
    assert editor.page.status_code == 422
    assert "exactly as they stand" in editor.text
    assert editor.form("/questions", having="words_fi").fields["quote"] == ["näitä ei ole"]


def test_an_example_asked_for_is_given_with_its_parts_and_its_further_texts(
    installation: Installation, client: FlaskClient, new_client: Clients
) -> None:
    table = make_table(installation)
    question_id = ask(installation, client, table, kind="example")
    second = table.round.texts.second
    reader = enter(installation, new_client(), table)
    reader.open(section(table))
    parts = {
        f"target_group-{question_id}": "Eläkeläiset",
        f"activity-{question_id}": "Kahvila torilla",
        f"publish_consent-{question_id}": "y",
        f"also-{question_id}-{second}": "y",
        "name_shown": "name",
    }
    reader.submit("/questions", parts)
    with installation.database.read() as session:
        made = session.scalars(select(Contribution)).one()
    assert (made.activity, made.publish_consent) == ("Kahvila torilla", True)
    assert made.name_shown.value == "name"
    form = reader.form("/questions")
    assert form.fields[f"activity-{question_id}"] == ["Kahvila torilla"]
    assert form.fields[f"also-{question_id}-{second}"] == ["y"]
    reader.open(section(table).replace(table.section_id, second))
    assert "Kahvila torilla" in reader.text
    mine = section(table).rpartition("/sections/")[0]
    reader.open(f"{mine}/contributions/{made.id}/edit")
    assert reader.form("/edit").fields[f"also-{second}"] == ["y"]
    reader.submit("/edit", {f"also-{second}": None, "activity": "Kahvila hallissa"})
    reader.open(section(table).replace(table.section_id, second))
    assert "Kahvila hallissa" not in reader.text
