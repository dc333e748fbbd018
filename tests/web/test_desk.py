"""The desk says what to do now."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.phases import PhaseState
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from reviewtool.models.people import Address
from reviewtool.models.phases import Phase
from reviewtool.services.buffers import keep_buffer
from tests.factories.accounts import sign_in
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.texts import make_section, make_texts, working_text
from tests.web.browser import Browser
from tests.web.queries import count_queries


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def browser(installation: Installation, handbook: MadeHandbook, client: FlaskClient) -> Browser:
    """Give an administrator's browser."""
    return sign_in(Browser(client), handbook.administrator)


def test_an_empty_handbook_is_to_be_filled(browser: Browser, handbook: MadeHandbook) -> None:
    browser.open(f"/handbooks/{handbook.id}")
    assert "Käsikirjassa ei ole vielä tekstejä." in browser.text
    assert f"/handbooks/{handbook.id}/import" in browser.html
    assert "Seuraavaksi: Lähtöteksti" in browser.text


def test_what_comes_next_is_after_what_was_opened(
    browser: Browser, installation: Installation, handbook: MadeHandbook
) -> None:
    make_texts(installation, handbook.administrator, handbook.id)
    with installation.database.write() as session:
        session.get_one(Phase, handbook.phases["ngo-round"]).state = PhaseState.CLOSED
    browser.open(f"/handbooks/{handbook.id}")
    assert "Mikään kommentti ei odota vastausta." in browser.text
    assert "Seuraavaksi: Luonnos 2" in browser.text
    assert "Siirry vaiheeseen Luonnos 2" in browser.text


def test_what_is_refused_leads_back_into_the_handbook(
    browser: Browser, handbook: MadeHandbook
) -> None:
    page = browser.open(f"/handbooks/{handbook.id}/drafts/compare")
    assert page.status_code == 422
    assert f'href="/handbooks/{handbook.id}/structure"' in browser.html


def test_unsaved_texts_closing_phases_and_failed_mail_are_on_it(
    browser: Browser, installation: Installation, handbook: MadeHandbook
) -> None:
    editor = handbook.administrator
    section = make_section(installation, editor, handbook.id)
    base, text = working_text(installation, section)
    keep_buffer(installation, editor, section, "fi", base, text.replace("viikossa", "kuussa"))
    with installation.database.write() as session:
        phase = session.get_one(Phase, handbook.phases["ngo-round"])
        phase.state, phase.closes_on = PhaseState.OPEN, date(2026, 9, 17)
        address = session.scalars(select(Address).limit(1)).one()
        session.add(
            Message(
                kind=MessageKind.INVITATION,
                event="x",
                person_id=address.person_id,
                address_id=address.id,
                handbook_id=handbook.id,
                language="fi",
                context={},
                state=MessageState.FAILED,
                not_before=installation.clock.now(),
                created_at=installation.clock.now(),
            )
        )
    browser.open(f"/handbooks/{handbook.id}")
    assert "Teksti, jota et ole tallentanut" in browser.text
    assert "Päättyy pian: torstaina 17.9.2026" in browser.text
    assert "1 viesti ei mennyt perille." in browser.text


def test_another_editor_s_unsaved_text_is_not_on_it(
    browser: Browser, installation: Installation, handbook: MadeHandbook
) -> None:
    section = make_section(installation, handbook.administrator, handbook.id)
    base, text = working_text(installation, section)
    other = make_editor(installation, handbook.id)
    keep_buffer(installation, other, section, "fi", base, text.replace("viikossa", "kuussa"))
    browser.open(f"/handbooks/{handbook.id}")
    assert "Teksti, jota et ole tallentanut" not in browser.text


def test_a_stranger_is_sent_to_sign_in_and_another_s_editor_refused(
    installation: Installation, handbook: MadeHandbook, new_client
) -> None:
    page = new_client().get(f"/handbooks/{handbook.id}")
    assert page.status_code == 302
    assert "/sign-in" in page.headers["Location"]
    other = make_handbook(installation, title="Toinen")
    stranger = sign_in(Browser(new_client()), make_editor(installation, other.id))
    assert stranger.open(f"/handbooks/{handbook.id}").status_code == 403


def test_the_number_of_queries_does_not_grow(
    browser: Browser, installation: Installation, handbook: MadeHandbook
) -> None:
    with count_queries(installation) as few:
        browser.open(f"/handbooks/{handbook.id}")
    make_texts(installation, handbook.administrator, handbook.id)
    with count_queries(installation) as many:
        browser.open(f"/handbooks/{handbook.id}")
    assert few.number == many.number <= 17
