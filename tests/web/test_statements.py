"""The page of a joint statement: written together, clashes shown, submitted as one."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from reviewtool.domain.contributions import ContributionKind, Sharing
from reviewtool.infra.installation import Installation
from reviewtool.services.contributions import Words
from reviewtool.services.links import link_url
from tests.factories.contributions import make_table, way_in
from tests.factories.statements import add_on_passage
from tests.integration.test_statement_holders import organisation_of, signed_up
from tests.integration.test_statements import begun, colleague, named
from tests.web.browser import Browser


def test_two_write_one_statement(
    installation: Installation, new_client: Callable[[], FlaskClient]
) -> None:
    table = make_table(installation, people=1)
    holder = Browser(new_client())
    holder.open(way_in(installation, table.actors[0]))
    page = f"/p/{table.actors[0].link_id}/statement"
    assert f'href="{page}"' in holder.html
    holder.open(page)
    holder.submit("/statement/begin")
    holder.submit("/statement/people", {"name": "Sara Kollega", "address": "ei osoite"})
    assert holder.page.status_code == 422
    holder.submit("/statement/people", {"address": "sara@jarjesto.example.org"})
    holder.submit("/statement/points", {"words": "Kanta.", "section": table.section_id})
    sara_actor = named(installation, "Sara Kollega")
    sara = Browser(new_client())
    sara.open(link_url(installation, sara_actor.link_id or ""))
    sara.open(f"/p/{sara_actor.link_id}/statement")
    assert "Kanta." in sara.text
    assert "/statement/submit" not in sara.html
    for browser, actor in ((holder, table.actors[0]), (sara, sara_actor)):
        browser.open(f"/p/{actor.link_id}/statement")
        link = next(one for one in browser.html.split('"') if "/statement/points/" in one)
        browser.open(link)
    sara.submit(form=change(sara), values={"words": "Saran kanta."})
    holder.submit(form=change(holder), values={"words": "Oma kanta."})
    assert holder.page.status_code == 409
    assert "Saran kanta." in holder.text
    assert change(holder).fields["words"][0].strip() == "Oma kanta."
    holder.submit(form=change(holder), values={"words": "Saran ja oma kanta."})
    assert holder.page.status_code == 200
    holder.open(f"{page}/submit")
    assert "Saran ja oma kanta." in holder.text
    holder.submit("/statement/submit")
    assert "Lähetetty" in holder.text
    assert "Organisaation lausunto" in holder.text


def test_a_point_is_written_on_a_paragraph_without_script_and_seen_by_colleagues_only(
    installation: Installation, new_client: Callable[[], FlaskClient]
) -> None:
    table = make_table(installation, sharing=Sharing.NOBODY)
    stranger = Browser(new_client())
    stranger.open(way_in(installation, table.actors[1]))
    holder = Browser(new_client())
    holder.open(way_in(installation, table.actors[0]))
    section = f"/p/{table.actors[0].link_id}/sections/{table.section_id}"
    theirs = f"/p/{table.actors[1].link_id}/sections/{table.section_id}"
    stranger.open(theirs)
    before = stranger.text
    holder.open(section)
    assert "Lausuntomme kohtana" not in holder.text
    begun(installation, table)
    sara = colleague(installation, table, table.actors[0], "Sara Kollega")
    holder.open(f"{section}/say?block=1&kind=suggestion")
    form = next(one for one in holder.forms() if "voice" in one.choices)
    same = form.fields["replacement"][0]
    holder.submit(form=form, values={"voice": "statement", "replacement": same})
    assert holder.page.status_code == 422
    form = next(one for one in holder.forms() if "voice" in one.choices)
    assert form.fields["voice"] == ["statement"]
    holder.submit(form=form, values={"replacement": f"{same} ja muuta", "words": "Siksi."})
    assert "Lausuntomme kohta" in holder.text
    assert "Siksi." in holder.text
    colleague_page = Browser(new_client())
    colleague_page.open(link_url(installation, sara.link_id or ""))
    colleague_page.open(f"/p/{sara.link_id}/sections/{table.section_id}")
    assert "Siksi." in colleague_page.text
    stranger.open(theirs)
    assert stranger.text == before
    holder.open(f"/p/{table.actors[0].link_id}/statement/submit")
    assert "ja muuta" in holder.text
    holder.submit("/statement/submit")
    assert "Siksi." in holder.text
    holder.open(section)
    assert "Organisaation lausunto" in holder.text


def test_a_reworded_suggestion_is_checked_and_a_clash_shows_each_part(
    installation: Installation, new_client: Callable[[], FlaskClient]
) -> None:
    table = make_table(installation, people=1)
    owner = begun(installation, table)
    said = Words("Siksi.", "joka viikko")
    kind = ContributionKind.SUGGESTION
    point = add_on_passage(installation, table, owner, "kerran viikossa", said, kind)
    holder = Browser(new_client())
    holder.open(way_in(installation, owner))
    holder.open(f"/p/{owner.link_id}/statement/points/{point}")
    assert change(holder).fields["replacement"][0].strip() == "joka viikko"
    stale = change(holder)
    holder.submit(form=stale, values={"replacement": "kerran viikossa"})
    assert holder.page.status_code == 422
    holder.submit(form=change(holder), values={"replacement": "viikoittain"})
    assert holder.page.status_code == 200
    holder.submit(form=stale, values={"replacement": "usein"})
    assert holder.page.status_code == 409
    assert "viikoittain" in holder.text
    assert change(holder).fields["replacement"][0].strip() == "usein"


def test_who_signed_up_reads_the_same_before_and_after_a_statement_is_begun(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, people=1, sharing=Sharing.NOBODY)
    stranger = signed_up(installation, table, organisation_of(installation, table.actors[0]))
    browser = Browser(client)
    browser.open(link_url(installation, stranger.link_id or ""))
    browser.open(f"/p/{stranger.link_id}/statement")
    assert "toimitus vahvistaa ensin" in browser.text
    assert [form for form in browser.forms() if "/statement" in form.action] == []
    before = browser.text
    begun(installation, table)
    browser.open(f"/p/{stranger.link_id}/statement")
    assert browser.text == before


def change(browser: Browser):  # type: ignore[no-untyped-def]  # the form as the browser gives it
    return next(form for form in browser.forms() if "words" in form.fields)
