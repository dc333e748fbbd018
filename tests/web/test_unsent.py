"""Half-written words without script: offered at their place, continued, discarded."""

from __future__ import annotations

from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.services.unsent import keep_unsent
from tests.factories.contributions import Table, make_table, way_in
from tests.web.browser import Browser, FoundForm

WORDS = "Kesken jäänyt <ajatus>"


def enter(installation: Installation, client: FlaskClient, table: Table) -> Browser:
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    return browser


def box_of(browser: Browser) -> FoundForm:
    kept = [form for form in browser.forms() if "words" in form.fields]
    return next(form for form in kept if form.fields["keep"][0].endswith(":box"))


def test_words_are_continued_or_discarded_where_they_were_begun(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    actor, base = table.actors[0], f"/p/{table.actors[0].link_id}"
    keep_unsent(installation, actor, f"{table.section_id}:box", {"words": WORDS}, "")
    marked = {"kind": "suggestion", "start_block": "0", "start_offset": "0", "end_block": "0",
              "end_offset": "8", "quote": "x", "replacement": "Toisin", "words": "Syy"}  # fmt: skip
    keep_unsent(installation, actor, f"{table.section_id}:say", marked, "")
    browser = enter(installation, client, table)
    for page in ("/", "/mine", "/ready"):
        browser.open(base + page)
        assert "Kesken" in browser.text
    browser.open(f"{base}/sections/{table.section_id}")
    assert "Sinulla on tästä keskeneräinen teksti" in browser.text
    browser.open(f"{base}/sections/{table.section_id}?unsent={table.section_id}:box")
    box = box_of(browser)
    assert box.fields["words"][0].strip() == WORDS
    browser.open(f"{base}/sections/{table.section_id}/say?unsent={table.section_id}:say")
    form = browser.form("/say", having="replacement")
    assert form.fields["replacement"][0].strip() == "Toisin"
    browser.submit(form=form)
    assert browser.page.status_code == 200
    browser.open(base + "/mine")
    assert "Toisin" in browser.text
    browser.submit("/unsent/discard")
    browser.open(base + "/mine")
    assert WORDS.replace("<", "&lt;").replace(">", "&gt;") not in browser.text
    assert "Kesken" not in browser.text


def test_script_is_told_what_stands_there_and_where_to_go(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    link = table.actors[0].link_id
    browser = enter(installation, client, table)
    browser.open(f"/p/{link}/sections/{table.section_id}")
    box = box_of(browser)
    sent = {**{name: values[0] for name, values in box.fields.items()}, "words": "Yksi", "mark": ""}
    data = {"Accept": "application/json"}
    first = client.post(f"/p/{link}/unsent", data=sent, headers=data)
    assert first.status_code == 200
    second = client.post(f"/p/{link}/unsent", data={**sent, "words": "Kaksi"}, headers=data)
    assert second.status_code == 409
    assert second.json is not None
    assert (second.json["mark"], second.json["shown"]) == (first.json["mark"], ["Yksi"])
    assert "csrf_token" not in second.json["fields"]
    done = client.post(f"/p/{link}/sections/{table.section_id}/say", data=sent, headers=data)
    assert done.status_code == 200
    assert f"/p/{link}/sections/{table.section_id}#c-" in done.json["to"]
    foreign = {**sent, "keep": "toinen:box"}
    assert client.post(f"/p/{link}/unsent", data=foreign, headers=data).status_code == 422
