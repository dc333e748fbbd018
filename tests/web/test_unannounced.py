"""A handbook that isn't announced is told to nobody outside: its pages are like those of none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Flask
from flask.testing import FlaskClient

from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services import phases
from tests.factories.accounts import sign_in
from tests.factories.contributions import way_in
from tests.factories.handbooks import make_editor, make_handbook
from tests.factories.people import link_actor
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser
from tests.web.test_blind import told

Clients = Callable[[], FlaskClient]
TITLE = "Salainen käsikirja"
LISTS = ("/", "/help", "/privacy", "/accessibility")


def hidden_round(installation: Installation) -> MadeRound:
    """Open a round by invitation of a handbook that nobody else knows of."""
    handbook = make_handbook(installation, title=TITLE)
    return make_round(installation, handbook=handbook, open_to_all=False)


def addresses(app: Flask, made: MadeRound) -> Iterator[tuple[str, str]]:
    """List the pages of the handbook by their rule, and the same ones of a handbook that isn't."""
    real = {
        "handbook_id": made.handbook.id,
        "phase_id": made.phase_id,
        "section_id": made.texts.first,
        "draft_id": made.draft_id,
        "move": "open",
    }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        names = rule.arguments
        if "GET" not in (rule.methods or ()) or "handbook_id" not in names or "link_id" in names:
            continue
        if rule.endpoint.startswith("rounds."):
            continue  # its address stands in the letters, and is told of below
        fill = {name: real.get(name, "1") for name in names}
        none = {**fill, "handbook_id": new_id()}
        yield (adapter.build(rule.endpoint, fill), adapter.build(rule.endpoint, none))


def test_an_unannounced_handbook_is_like_one_that_was_never_there(
    installation: Installation, app: Flask, new_client: Clients
) -> None:
    made = hidden_round(installation)
    stranger = Browser(new_client())
    for page in LISTS:
        stranger.open(page)
        assert TITLE not in stranger.html, page
    elsewhere = make_editor(installation, make_handbook(installation).id)
    other = sign_in(Browser(new_client()), elsewhere)
    pairs = list(addresses(app, made))
    assert len(pairs) > 40, "the handbook's pages are found in the map of all routes"
    for real, none in pairs:
        for browser in (stranger, other):
            (page, status, headers), (blank, gone, others) = (
                told(browser.client.get(path)) for path in (real, none)
            )
            assert TITLE not in page, real
            # To another handbook's editor an editor's page is forbidden, a public one not there.
            if browser is stranger or real.startswith("/h/"):
                assert status == gone, real
                assert page.replace(real, "") == blank.replace(none, ""), real
                assert str(headers).replace(real, "") == str(others).replace(none, ""), real


def test_whom_it_concerns_finds_it(installation: Installation, new_client: Clients) -> None:
    made = hidden_round(installation)
    own = f"/h/{made.handbook.id}"
    request = f"{own}/rounds/{made.phase_id}"
    invited = Browser(new_client())
    assert invited.open(own).status_code == 404
    # The letter's own address of the request tells whom it came from, and leads no further.
    invited.open(request)
    assert TITLE in invited.html
    assert f'href="{own}"' not in invited.html
    assert invited.page.headers["X-Robots-Tag"] == "noindex, nofollow"
    invited.open(way_in(installation, link_actor(installation, made.people[0])))
    for page in ("/", "/privacy", own, f"{own}/process"):
        assert TITLE in invited.open(page).text, page
    editor = sign_in(Browser(new_client()), made.editor)
    assert TITLE in editor.open("/").text


def test_a_round_that_anyone_may_join_announces_its_handbook_for_good(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation, title=TITLE)
    made = make_round(installation, handbook=handbook, opened=False)
    assert client.get(f"/h/{handbook.id}").status_code == 404
    assert client.get(f"/h/{handbook.id}/rounds/{made.phase_id}").status_code == 404
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    assert TITLE in client.get("/").text
    phases.close(installation, made.editor, made.phase_id, new_id())
    assert TITLE in client.get(f"/h/{handbook.id}").text
