"""Proposing other words: shown before they are sent, taken out, added between paragraphs."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.queries.suggestions import suggestions_of
from tests.factories.contributions import make_table
from tests.web.test_participant import enter, rows, section


def test_a_proposal_is_shown_before_it_is_sent(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(f"{section(table)}/say?kind=suggestion&block=3")
    quote = browser.form("/say").fields["replacement"][0].strip()
    changed = {"replacement": quote.replace("kerran", "kahdesti"), "words": "Näin on nyt."}
    browser.submit("/say", {**changed, "preview": "1"})
    assert browser.page.status_code == 200
    assert "Tätä ehdotat:" in browser.text
    assert re.search(r"<ins>.*kahdesti</ins>", browser.html)
    assert rows(installation) == []
    browser.submit("/say", {"replacement": quote, "preview": "1"})
    assert "on sama kuin teksti" in browser.text
    assert browser.form("/say").fields["words"][0].strip() == "Näin on nyt."
    browser.submit("/say", {"replacement": ""})
    [made] = rows(installation)
    assert made.replacement == ""
    assert "Poistettavaksi:" in browser.text


def test_new_text_is_proposed_between_paragraphs(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(section(table))
    added = re.findall(r'data-say-after="(\d+)" href="([^"]+)"', browser.html)
    browser.open(dict(added)["3"].replace("&amp;", "&"))
    assert "ilman ilmoittautumista." in browser.text
    browser.submit("/say")
    assert browser.page.status_code == 422  # nothing is no new text
    browser.submit("/say", {"replacement": "Ryhmä on maksuton.\n\nTervetuloa - kaikki."})
    [made] = rows(installation)
    assert "Tähän uutta tekstiä:" in browser.text
    assert f'id="m-{made.id}"' in browser.html
    with installation.database.read() as session:
        [suggestion] = suggestions_of(session, [made.id])
    paragraphs = suggestion.proposal.split("\n\n")
    at = paragraphs.index("Ryhmä on maksuton.")
    assert paragraphs[at - 1].endswith("ilman ilmoittautumista.")
    assert paragraphs[at + 1] == "Tervetuloa - kaikki."
