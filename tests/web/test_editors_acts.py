"""Acts of the editors do what they say: whose change is taken back, what a list leads to."""

import html
import re

from flask.testing import FlaskClient

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionKind
from reviewtool.infra.installation import Installation
from reviewtool.wording.names import answered_as
from tests.factories.accounts import sign_in
from tests.factories.answers import make_bench, said
from tests.factories.handbooks import make_editor
from tests.factories.texts import reword, working_text
from tests.web.browser import Browser


def test_ones_own_change_is_taken_back_at_once_a_colleagues_is_looked_at_first(
    installation: Installation, client: FlaskClient
) -> None:
    bench = make_bench(installation)
    colleague = make_editor(installation, bench.handbook.id, name="Kalle Kollega")
    reword(installation, colleague, bench.section_id, "koulutetut", "kokeneet")
    revision_id, _text = working_text(installation, bench.section_id)
    page = f"/handbooks/{bench.handbook.id}/sections/{bench.section_id}/merge"
    other = sign_in(Browser(client), bench.editor)
    other.open(f"{page}?language=en")
    assert "Undo my last change" not in other.text
    assert f"/sections/{bench.section_id}/undo/{revision_id}" in other.html
    assert "Kalle Kollega" in other.text
    own = sign_in(Browser(client), colleague)
    own.open(f"{page}?language=en")
    assert "Undo my last change" in own.text


def test_what_is_said_of_the_whole_is_led_to_and_nothing_else(
    installation: Installation, client: FlaskClient
) -> None:
    bench = make_bench(installation)
    said(installation, bench, "Koko kirjasta.", whole=True)
    said(installation, bench, "Yhdestä tekstistä.")
    browser = sign_in(Browser(client), bench.editor)
    for start in (
        f"/handbooks/{bench.handbook.id}",
        f"/handbooks/{bench.handbook.id}/drafts/freeze",
    ):
        browser.open(f"{start}?language=en")
        found = re.search(r'href="([^"]+)"[^>]*>The handbook as a whole<', browser.html)
        assert found, start
        browser.open(html.unescape(found[1]))
        assert "Koko kirjasta." in browser.text
        assert "Yhdestä tekstistä." not in browser.text


def test_a_decision_on_the_structure_is_carried_out_and_not_taken_into_a_text() -> None:
    for kind in AnswerKind:
        structure = answered_as(kind, ContributionKind.PROPOSAL)
        assert "text" not in structure.lower() or kind not in (
            AnswerKind.TAKEN,
            AnswerKind.TAKEN_IN_PART,
            AnswerKind.TAKEN_IN_OTHER_WORDS,
        )
        same = answered_as(kind, ContributionKind.COMMENT) == structure
        assert same == (
            kind
            not in (
                AnswerKind.TAKEN,
                AnswerKind.TAKEN_IN_PART,
                AnswerKind.TAKEN_IN_OTHER_WORDS,
                AnswerKind.NOT_TAKEN,
            )
        )
