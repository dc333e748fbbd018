"""The public pages show what is published, and nothing of the work that goes on after it."""

import re

import pytest
from flask.testing import FlaskClient

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import Sharing
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services.answers import Answering, answer
from reviewtool.services.publication import publish
from tests.factories.contributions import make_table, say, way_in
from tests.factories.handbooks import make_handbook
from tests.factories.texts import make_draft, make_texts, reword


def test_the_reasons_end_with_the_published_draft(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    editor = handbook.administrator
    section_id = make_texts(installation, editor, handbook.id).first
    make_draft(installation, editor, handbook.id)
    reword(installation, editor, section_id, "kerran viikossa", "iltaisin")
    draft_id = make_draft(installation, editor, handbook.id)
    publish(installation, editor, handbook.id, draft_id, "Kokeilua varten.")
    reword(installation, editor, section_id, "iltaisin", "keskeneräisesti")
    make_draft(installation, editor, handbook.id)

    page = client.get(f"/h/{handbook.id}/texts/{section_id}/reasons")

    assert page.status_code == 200
    assert "viikossa" in page.text
    assert "iltaisin" in page.text
    assert "keskeneräisesti" not in page.text


def test_a_suggestion_is_shown_with_its_words_and_apart_from_its_answer(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, sharing=Sharing.PUBLIC)
    editor, handbook = table.round.editor, table.round.handbook
    said = say(
        installation, table, table.actors[0], "Sana on tuttu.",
        quote="kerran viikossa", replacement="joka viikko",
    )  # fmt: skip
    answering = Answering(AnswerKind.NOT_TAKEN, "Ryhmä kokoontuu harvemmin.")
    answer(installation, editor, [said], answering, new_id())
    reword(installation, editor, table.section_id, "kerran viikossa", "iltaisin")
    draft_id = make_draft(installation, editor, handbook.id)
    publish(installation, editor, handbook.id, draft_id, "Kokeilua varten.")

    page = client.get(f"/h/{handbook.id}/texts/{table.section_id}/reasons")

    assert re.search("<del>.*kerran.*</del>.*<ins>.*joka.*</ins>", page.text)
    told = page.text.partition('class="answer"')[2]
    assert "Ryhmä kokoontuu harvemmin." in told
    assert "Sana on tuttu." not in told


@pytest.mark.parametrize("sharing", Sharing)
def test_words_are_public_only_where_that_was_promised(
    installation: Installation, client: FlaskClient, sharing: Sharing
) -> None:
    table = make_table(installation, sharing=sharing)
    editor, handbook = table.round.editor, table.round.handbook
    said = say(installation, table, table.actors[0], "Sana on tuttu.", quote="kerran viikossa")
    answer(installation, editor, [said], Answering(AnswerKind.NOTED, "Hyvä kuulla."), new_id())
    reword(installation, editor, table.section_id, "Mukaan voi", "Ryhmään voi")
    draft_id = make_draft(installation, editor, handbook.id)
    publish(installation, editor, handbook.id, draft_id, "Kokeilua varten.")

    page = client.get(f"/h/{handbook.id}/texts/{table.section_id}/reasons").text

    assert "Hyvä kuulla." in page
    assert ("Sana on tuttu." in page) is (sharing is Sharing.PUBLIC)


def test_the_promise_names_the_public_where_what_one_says_becomes_public(
    installation: Installation, client: FlaskClient
) -> None:
    for sharing in Sharing:
        table = make_table(installation, sharing=sharing)
        page = client.get(
            way_in(installation, table.actors[0]), follow_redirects=True,
            headers={"Accept-Language": "fi"},
        )  # fmt: skip
        assert ("Kuka tahansa voi lukea sen" in page.text) is (sharing is Sharing.PUBLIC)
