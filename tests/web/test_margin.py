"""In the margin: what is shown is chosen; a passage and what was said of it lead to each other."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from reviewtool.domain.contributions import Sharing
from reviewtool.infra.installation import Installation
from tests.factories.contributions import make_table, say
from tests.web.test_participant import enter, section


def test_what_is_shown_is_chosen(installation: Installation, client: FlaskClient) -> None:
    table = make_table(installation)
    mine, other = table.actors
    say(installation, table, mine, "Oma huomio.", quote="Mukaan voi tulla")
    said = say(
        installation, table, other, "", quote="kerran viikossa", replacement="kahdesti viikossa"
    )
    browser = enter(installation, client, table)
    browser.open(section(table))
    [nav] = re.findall(r'<nav class="choice-links.*?</nav>', browser.html, re.DOTALL)
    assert re.findall(r"\((\d)\)", nav) == ["2", "1", "1", "1"]  # all, mine, comments, suggestions
    browser.open(f"{section(table)}?show=mine")
    assert "Oma huomio." in browser.text
    assert f'id="c-{said}"' not in browser.html
    browser.open(f"{section(table)}?show=suggestion")
    assert "Oma huomio." not in browser.text
    assert f'href="?open={said}#c-{said}"' in browser.html  # a link to it alone
    assert f'<a href="#m-{said}" class="visually-hidden">Siirry kohtaan' in browser.html
    assert re.search(rf'data-mark="{said}" href="#c-{said}" aria-label="Kommentti', browser.html)


def test_a_blind_round_has_nothing_to_choose(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, sharing=Sharing.NOBODY)
    say(installation, table, table.actors[0], "Oma huomio.", quote="Mukaan voi tulla")
    say(installation, table, table.actors[1], "Toisen huomio.", quote="Mukaan voi tulla")
    browser = enter(installation, client, table)
    browser.open(section(table))
    assert "choice-links" not in browser.html
