"""What the editors have is called sent; what is kept for its writer alone is called kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from tests.factories.contributions import Table, make_table, say
from tests.web.browser import Browser
from tests.web.test_participant import address, box, enter

HERE = "sections/{section}"

ACTS: Mapping[str, tuple[str, str, dict[str, str]]] = {
    "comment": (HERE + "/say?kind=comment&block=3", "/say", {"words": "Näin."}),
    "suggestion": (HERE + "/say?kind=suggestion&block=3", "/say", {"replacement": "Toisin."}),
    "example": (HERE + "/say?kind=example", "/say", {"activity": "Kahvila."}),
    "box": (HERE, "#box", {"words": "Koko tekstistä."}),
    "whole": ("whole", "/whole/say", {"words": "Kaikesta."}),
    "structure": ("structure", "/structure", {
        "act": "merge", "section": "{section}", "others": "{second}", "words": "Samat.",
    }),
    "questions": ("whole", "/questions", {}),
    "change": ("contributions/{own}/edit", "/edit", {"words": "Uudet sanat."}),
    "reply": (HERE, "{other}/reply", {"words": "Meilläkin."}),
    "nothing": ("sections/{second}", "/nothing", {}),
}  # fmt: skip
"""A way of sending: the page, the form, and what is written in it."""

SENT = {"fi": re.compile(r"lähetetty|Lähetetty"), "sv": re.compile(r"skickat|Skickat")}
KEPT = {"fi": re.compile(r"tallen|talless", re.I), "sv": re.compile(r"sparad|sparat", re.I)}


@pytest.fixture
def table(installation: Installation) -> Table:
    return make_table(installation)


def told(browser: Browser) -> str:
    """Read what the page says has just happened."""
    [notice] = re.findall(r'<div class="notice tone-.*?<p>(.*?)</p>', browser.html, re.S)[:1]
    return str(notice)


@pytest.mark.only("sqlite", reason="words on pages; storing is tested on both databases elsewhere")
@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("act", ACTS)
def test_after_sending_it_says_sent(
    installation: Installation, client: FlaskClient, table: Table, act: str, language: str
) -> None:
    own = say(installation, table, table.actors[0], section_id=table.section_id)
    other = say(installation, table, table.actors[1], "Hyvä.", quote="kerran viikossa")
    browser = enter(installation, client, table)
    names = {
        "section": table.section_id, "second": table.round.texts.second, "own": own, "other": other,
    }  # fmt: skip
    page, form, values = ACTS[act]
    browser.open(address(table, page.format(**names)))
    browser.open(f"{browser.url}?language={language}")
    if act in ("comment", "suggestion", "example"):
        browser.open(address(table, page.format(**names)))
    wanted = box(browser) if form == "#box" else browser.form(form.format(**names))
    filled = {name: value.format(**names) for name, value in values.items()}
    assert browser.submit(form=wanted, values=filled).status_code == 200
    words = told(browser)
    assert SENT[language].search(words), words
    assert not KEPT[language].search(words), words


@pytest.mark.only("sqlite", reason="words on pages; storing is tested on both databases elsewhere")
@pytest.mark.parametrize(("language", "draft"), [("fi", "luonno"), ("sv", "utkast")])
def test_what_is_unfinished_is_kept_and_is_no_draft(
    installation: Installation, client: FlaskClient, table: Table, language: str, draft: str
) -> None:
    browser = enter(installation, client, table)
    browser.open(address(table, HERE.format(section=table.section_id)) + f"?language={language}")
    sent = {name: values[0] for name, values in box(browser).fields.items()}
    kept = client.post(
        address(table, "unsent"),
        data={**sent, "words": "Kesken", "mark": ""},
        headers={"Accept": "application/json"},
    )
    words = kept.get_json()["words"]
    assert KEPT[language].search(words), words
    assert not SENT[language].search(words), words
    assert draft not in words.lower()
