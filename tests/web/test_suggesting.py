"""Proposing other words: shown before they are sent, taken out, added between paragraphs."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.queries.suggestions import suggestions_of
from reviewtool.text.document import parse
from tests.factories.contributions import drafted, make_table
from tests.factories.texts import POINTS
from tests.web.test_participant import address, enter, rows, section


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


def test_a_proposal_that_was_sent_is_shown_with_other_words_before_they_are_saved(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(f"{section(table)}/say?kind=suggestion&block=3")
    quote = browser.form("/say").fields["replacement"][0].strip()
    browser.submit("/say", {"replacement": quote.replace("kerran", "kahdesti")})
    [made] = rows(installation)
    browser.open(address(table, f"contributions/{made.id}/edit"))
    changed = {"replacement": quote.replace("kerran", "joskus"), "words": "Näin on nyt."}
    browser.submit("/edit", {**changed, "preview": "1"})
    assert "Tätä ehdotat:" in browser.text
    assert re.search(r"<ins>.*joskus</ins>", browser.html)
    assert browser.form("/edit").fields["words"][0].strip() == "Näin on nyt."
    browser.submit("/edit", {"replacement": quote, "preview": "1"})
    assert "on sama kuin teksti" in browser.text
    assert [row.replacement for row in rows(installation)] == [made.replacement]


def test_paragraphs_are_written_with_an_empty_line_between_and_stay_what_they_are(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    _revision, text = drafted(installation, table, table.section_id)
    start, end = text.index("Vertaistuki vahvistaa"), text.index("kaikille.") + len("kaikille.")
    browser.open(f"{section(table)}/say?kind=suggestion&start={start}&end={end}")
    words = browser.form("/say").fields["replacement"][0].strip()
    assert words == "Vertaistuki vahvistaa arjen taitoja.\n\nRyhmä on avoin kaikille."
    browser.submit("/say", {"replacement": words})
    assert "on sama kuin teksti" in browser.text
    browser.submit("/say", {"replacement": f"{words}\n\nMukaan pääsee aina."})
    [made] = rows(installation)
    with installation.database.read() as session:
        [suggestion] = suggestions_of(session, [made.id])
    assert parse(suggestion.proposal).points == (*POINTS, "Mukaan pääsee aina.")
