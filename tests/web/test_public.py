"""The public pages show what is published, and nothing of the work that goes on after it."""

import re

import pytest
from flask.testing import FlaskClient

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionKind, NameShown, Sharing
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services.answers import Answering, answer
from reviewtool.services.contributions import Submission, Words, submit
from reviewtool.services.publication import publish
from tests.factories.answers import MadeBench, take
from tests.factories.contributions import Table, make_table, say, way_in
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


def _reasons(
    installation: Installation, client: FlaskClient, table: Table, said: str, kind: AnswerKind
) -> str:
    """Answer it with a changed text, publish, and read why the text stands as it does."""
    editor, handbook = table.round.editor, table.round.handbook
    answer(installation, editor, [said], Answering(kind, "Hyvä kuulla."), new_id())
    reword(installation, editor, table.section_id, "Mukaan voi", "Ryhmään voi")
    draft_id = make_draft(installation, editor, handbook.id)
    publish(installation, editor, handbook.id, draft_id, "Kokeilua varten.")
    return client.get(f"/h/{handbook.id}/texts/{table.section_id}/reasons").text


@pytest.mark.parametrize("sharing", Sharing)
def test_that_something_was_said_is_public_only_where_that_was_promised(
    installation: Installation, client: FlaskClient, sharing: Sharing
) -> None:
    table = make_table(installation, sharing=sharing)
    said = say(
        installation, table, table.actors[0], "Sana on tuttu.", quote="kerran viikossa",
        name_shown=NameShown.NAME,
    )  # fmt: skip

    page = _reasons(installation, client, table, said, AnswerKind.NOTED)

    # An answer never stands without what it answers.
    for part in ("Sana on tuttu.", "Hyvä kuulla.", "Henkilö 1", "contribution-head"):
        assert (part in page) is (sharing is Sharing.PUBLIC), part
    assert "contribution-number" not in page, "a gap would tell of what isn't shown"


@pytest.mark.parametrize("consents", [True, False])
def test_an_example_is_public_with_its_authors_consent_only(
    installation: Installation, client: FlaskClient, consents: bool
) -> None:
    table = make_table(installation, sharing=Sharing.PUBLIC)
    words = Words(activity="Kahvila torilla.", publish_consent=consents)
    submission = Submission(ContributionKind.EXAMPLE, words, section_id=table.section_id)
    said = submit(installation, table.actors[0], submission, new_id())

    page = _reasons(installation, client, table, said, AnswerKind.NOTED)

    for part in ("Kahvila torilla.", "Hyvä kuulla.", "contribution-head"):
        assert (part in page) is consents, part


def test_an_answer_stands_beside_what_it_changed(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, sharing=Sharing.PUBLIC)
    made = table.round
    bench = MadeBench(made.handbook, made.editor, table.section_id, made.draft_id)
    said = say(
        installation, table, table.actors[0], quote="kerran viikossa", replacement="joka viikko"
    )
    take(installation, bench, [said])
    answer(installation, made.editor, [said], Answering(AnswerKind.TAKEN, ""), new_id())
    draft_id = make_draft(installation, made.editor, made.handbook.id)
    publish(installation, made.editor, made.handbook.id, draft_id, "Kokeilua varten.")

    page = client.get(f"/h/{made.handbook.id}/texts/{table.section_id}/reasons").text

    told = page.partition('class="answer"')[2].partition("</article>")[0]
    assert re.search("<del>.*kerran.*</del>.*<ins>.*joka.*</ins>", told)


def test_the_promise_names_the_public_where_what_one_says_becomes_public(
    installation: Installation, client: FlaskClient
) -> None:
    for sharing in Sharing:
        table = make_table(installation, sharing=sharing)
        page = client.get(
            way_in(installation, table.actors[0]), follow_redirects=True,
            headers={"Accept-Language": "fi"},
        )  # fmt: skip
        assert ("kommentti näkyy kaikille" in page.text) is (sharing is Sharing.PUBLIC)
