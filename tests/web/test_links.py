"""The ways in: GET never acts, each state of a link has a page with a way on (rules 6, 9)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.trace import TraceRow
from reviewtool.services.accounts import ask_for_sign_in, make_account
from reviewtool.services.invitations import cancel, invite_again
from reviewtool.services.links import link_url, send_again
from reviewtool.services.signups import sign_up
from tests.factories.contributions import make_table, way_in
from tests.factories.people import make_invitee
from tests.web.browser import Browser


def mailed(installation: Installation, kind: MessageKind) -> str:
    """Give the way in of the newest mail of a kind."""
    with installation.database.read() as session:
        context = session.scalars(
            select(Message.context).where(Message.kind == kind).order_by(Message.created_at.desc())
        ).first()
    assert context is not None
    return link_url(installation, context["link"])


def test_a_personal_link_works_many_times_and_its_token_leaves_the_address(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    url = way_in(installation, table.actors[0])
    browser = Browser(client)
    with installation.database.read() as session:
        before = session.scalar(select(func.count(TraceRow.id)))
    for _ in range(3):
        browser.open(url)
        assert browser.url == f"/p/{table.actors[0].link_id}/"
    client.head(url)
    with installation.database.read() as session:
        assert session.scalar(select(func.count(TraceRow.id))) == before
        invitation = session.get_one(Invitation, table.actors[0].invitation_id)
    assert invitation.came_in_at is None


def test_signing_up_counts_by_a_press_only(installation: Installation, client: FlaskClient) -> None:
    table = make_table(installation)
    sign_up(installation, table.round.phase_id, make_invitee("Uusi Tulija"))
    url = mailed(installation, MessageKind.CONFIRMATION)
    browser = Browser(client)
    browser.open(url)
    client.head(url)
    assert "Vahvista sähköpostiosoitteesi" in browser.text

    def unconfirmed() -> int:
        with installation.database.read() as session:
            return (
                session.scalar(
                    select(func.count(Invitation.id)).where(
                        Invitation.state == InvitationState.UNCONFIRMED
                    )
                )
                or 0
            )

    assert unconfirmed() == 1
    browser.submit("/confirm")
    assert unconfirmed() == 0
    assert "Kommentoit nimellä Uusi Tulija" in browser.text
    browser.open(url)
    assert "Olet jo vahvistanut osoitteesi" in browser.text
    browser.submit("/confirm")
    assert "Kommentoit nimellä Uusi Tulija" in browser.text


def test_a_confirmation_link_leads_on_however_late_it_is_pressed(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation)
    sign_up(installation, table.round.phase_id, make_invitee("Uusi Tulija"))
    url = mailed(installation, MessageKind.CONFIRMATION)
    clock.advance(days=4)
    browser = Browser(client)
    browser.open(url)
    assert browser.page.status_code == 410
    browser.submit("/new-link/")
    assert "Katso sähköpostisi" in browser.text
    anew = mailed(installation, MessageKind.CONFIRMATION)
    assert anew != url
    browser.open(anew)
    browser.submit("/confirm")
    assert "Kommentoit nimellä Uusi Tulija" in browser.text
    clock.advance(days=10)
    for late in (url, anew):
        browser.open(late)
        browser.submit("/confirm")
        assert "Kommentoit nimellä Uusi Tulija" in browser.text
    browser.open(mailed(installation, MessageKind.SIGNED_UP))
    assert "Kommentoit nimellä Uusi Tulija" in browser.text


def test_a_sign_in_link_works_once(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    make_account(installation, name="Tuuli", address="tuuli@kumaja.example.org")
    ask_for_sign_in(installation, "tuuli@kumaja.example.org")
    url = mailed(installation, MessageKind.SIGN_IN)
    browser = Browser(client)
    browser.open(url)
    browser.open(url)
    assert "Kirjaudu nimellä Tuuli" in browser.text
    browser.submit("/sign-in")
    assert browser.page.status_code == 200
    browser.open(url)
    assert browser.page.status_code == 410
    assert "on jo käytetty" in browser.text
    ask_for_sign_in(installation, "tuuli@kumaja.example.org")
    clock.advance(minutes=31)


def test_anything_else_gets_the_one_neutral_page(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    url = way_in(installation, table.actors[0])
    browser = Browser(client)
    pages = set()
    for bad in (url[:-1], url + "0", "/in/nonsense", url.replace(".0.", ".1.")):
        browser.open(bad)
        assert browser.page.status_code == 404
        pages.add(browser.text)
    assert len(pages) == 1
    browser.submit("/new-link", {"address": "joku@muualla.example.org"})
    unknown = browser.text.replace("joku@muualla.example.org", "ADDRESS")
    browser.open("/in/nonsense")
    known = table.round.people[0].address
    browser.submit("/new-link", {"address": known})
    assert browser.text.replace(known, "ADDRESS") == unknown
    with installation.database.read() as session:
        kinds = session.scalars(select(Message.kind)).all()
    assert kinds.count(MessageKind.NEW_LINK) == 1


def test_a_revoked_link_says_so_and_offers_the_way_on(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    url = way_in(installation, table.actors[0])
    with installation.database.write() as session:
        session.execute(update(Link).where(Link.id == table.actors[0].link_id).values(generation=1))
    browser = Browser(client)
    browser.open(url)
    assert browser.page.status_code == 410
    browser.submit("/new-link/")
    assert "Katso sähköpostisi" in browser.text


def test_a_link_reads_until_the_retention_date(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation)
    url = way_in(installation, table.actors[0])
    clock.advance(days=22)
    browser = Browser(client)
    browser.open(url)
    assert browser.page.status_code == 200
    assert "Vastausaika on päättynyt" in browser.text
    clock.advance(days=installation.settings.retention_days + 1)
    browser.open(url)
    assert browser.page.status_code == 410
    assert "vanhentunut" in browser.text


def test_a_cancelled_invitations_page_promises_no_mail_until_there_is_a_new_link(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    actor = table.actors[0]
    assert actor.invitation_id is not None
    url = way_in(installation, actor)
    cancel(installation, table.round.editor, actor.invitation_id, new_id())
    browser = Browser(client)
    browser.open(url)
    assert browser.page.status_code == 410
    assert "Toimitus on perunut tämän kutsun" in browser.text
    assert "sähköpostissasi" not in browser.text
    assert "/new-link/" not in browser.text
    send_again(installation, actor.link_id or "")
    assert count(installation, MessageKind.NEW_LINK) == 0
    invite_again(installation, table.round.editor, actor.invitation_id, new_id())
    before = count(installation, MessageKind.NEW_LINK)
    browser.open(url)
    browser.submit("/new-link/")
    assert "Katso sähköpostisi" in browser.text
    assert count(installation, MessageKind.NEW_LINK) == before + 1
    browser.open(mailed(installation, MessageKind.NEW_LINK))
    assert browser.page.status_code == 200


def count(installation: Installation, kind: MessageKind) -> int:
    """Count the mails of a kind."""
    with installation.database.read() as session:
        return session.scalar(select(func.count(Message.id)).where(Message.kind == kind)) or 0


@pytest.mark.parametrize("glued", [".", ",", ">", ")", ">.", "%3E", "”"])
def test_signs_that_a_mail_program_glued_to_a_link_lead_on(
    installation: Installation, client: FlaskClient, glued: str
) -> None:
    table = make_table(installation)
    actor = table.actors[0]
    browser = Browser(client)
    browser.open(way_in(installation, actor) + glued)
    assert browser.url == f"/p/{actor.link_id}/"
    browser.open(f"{way_in(installation, actor)}?to=mine{glued}")
    assert browser.url == f"/p/{actor.link_id}/mine"
    browser.open(f"/privacy{glued}")
    assert browser.url == "/privacy"
    path = {"PATH_INFO": f"//evil.example.org{glued if glued.isascii() else '.'}"}
    elsewhere = client.get("/", environ_overrides=path).location or ""
    assert urlsplit(elsewhere).netloc in ("", "localhost")
    assert client.get(f"/in/nobody.0.{'0' * 32}{glued}").status_code == 404
