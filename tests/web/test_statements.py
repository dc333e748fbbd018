"""The page of a joint statement: written together, clashes shown, submitted as one."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.services.links import link_url
from tests.factories.contributions import make_table, way_in
from tests.integration.test_statements import named
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


def change(browser: Browser):  # type: ignore[no-untyped-def]  # the form as the browser gives it
    return next(form for form in browser.forms() if "words" in form.fields)
