"""Saying by one's link that one doesn't take part, in a round and in an approval."""

from flask.testing import FlaskClient

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationState
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from tests.factories.accounts import sign_in
from tests.factories.contributions import make_table, say, way_in
from tests.factories.people import link_actor
from tests.factories.rounds import make_round
from tests.web.browser import Browser


def enter(installation: Installation, client: FlaskClient, actor: Actor) -> Browser:
    browser = Browser(client)
    browser.open(way_in(installation, actor))
    return browser


def address(actor: Actor, path: str) -> str:
    return f"/p/{actor.link_id}/{path}"


def test_who_does_not_take_part_says_why_and_may_think_again(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table.actors[0])
    assert address(table.actors[0], "decline") in browser.html
    browser.open(address(table.actors[0], "decline"))
    assert "Kerro siitä toimitukselle" in browser.text
    browser.submit("/decline", {"reason": "Olen <b>virkavapaalla</b>."})
    assert browser.url == address(table.actors[0], "")
    assert "Olet ilmoittanut, ettet osallistu." in browser.text
    editor = sign_in(Browser(client.application.test_client()), table.round.editor)
    editor.open(f"/handbooks/{table.round.handbook.id}/people?state=declined")
    assert "Miksi ei: Olen <b>virkavapaalla</b>." in editor.text
    say(installation, table, table.actors[0])
    editor.open(f"/handbooks/{table.round.handbook.id}/people")
    assert "virkavapaalla" not in editor.text


def test_who_is_ready_is_not_asked_whether_they_take_part(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table.actors[0])
    browser.open(address(table.actors[0], "ready"))
    browser.submit("/ready")
    browser.open(address(table.actors[0], ""))
    assert address(table.actors[0], "decline") not in browser.html
    browser.open(address(table.actors[0], "decline"))
    assert 'name="reason"' not in browser.html


def test_an_approver_may_say_that_they_take_no_part(
    installation: Installation, client: FlaskClient
) -> None:
    approval = make_round(installation, key="approval", open_to_all=False)
    browser = enter(installation, client, link_actor(installation, approval.people[0]))
    start = browser.url
    browser.open(f"{start}/decline")
    browser.submit("/decline", {"reason": "Vaihdoin työpaikkaa."})
    assert browser.url == start
    assert "Olet ilmoittanut, ettet osallistu." in browser.text
    with installation.database.read() as session:
        invitation = session.get_one(Invitation, approval.people[0].invitation_id)
    assert invitation.state is InvitationState.DECLINED
    assert invitation.decline_reason == "Vaihdoin työpaikkaa."
