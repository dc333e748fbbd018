"""The public request page and the open link, as anyone interested meets them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from reviewtool.app import create_app
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.services import phases
from reviewtool.services.descriptions import Description, describe_handbook
from reviewtool.services.links import link_url
from tests.factories.accounts import sign_in
from tests.factories.rounds import MadeRound, make_round, plan_phase
from tests.web.browser import Browser

Clients = Callable[[], FlaskClient]
WHO = {
    "name": "Uusi Kasvo",
    "organisation": "Uusi ry",
    "municipality": "Espoo",
    "address": "uusi@x.example.org",
    "language": "sv",
}


def page_of(made: MadeRound, rest: str = "") -> str:
    return f"/h/{made.handbook.id}/rounds/{made.phase_id}{rest}"


def mails(installation: Installation, kind: MessageKind) -> list[Message]:
    with installation.database.read() as session:
        return list(session.scalars(select(Message).where(Message.kind == kind)))


def test_the_request_says_what_the_mail_says_and_what_becomes_of_answers(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation)
    plan_phase(
        installation, made.editor, made.phase_id,
        request={"en": "Read the texts of your own theme."},
        responsible_name="Katri Vainiola", responsible_phone="+358 00 000 0101",
    )  # fmt: skip
    browser = Browser(client)
    browser.open(page_of(made, "?language=en"))
    for words in (
        "Read the texts of your own theme.",
        "Katri Vainiola",
        "+358 00 000 0101",
        "5 October 2026 at 23:59",
        "Anyone interested, and those whom the editors invite",
        "Participants see what others say.",
        "answer it with a reason",
    ):
        assert words in browser.text, words


def test_a_registry_reads_who_asks_when_by_which_reference_and_how_to_answer_without_a_link(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    about = Description(
        title={"fi": "Käsikirja"}, introduction={}, contact_name="Katri Vainiola",
        contact_email="katri@kumaja.example.org", host="Kumaja ry",
        host_address="Kumajantie 1, 00100 Helsinki",
    )  # fmt: skip
    describe_handbook(installation, made.editor, made.handbook.id, about)
    browser = Browser(client)
    browser.open(page_of(made, "?language=en"))
    for words in (
        "Kumaja ry, Kumajantie 1, 00100 Helsinki",
        "14 September 2026",
        made.phase_id,
        "answer by e-mail, letter or phone",
        "sign up on the request's page",
    ):
        assert words in browser.text, words


def test_the_request_is_a_pdf_too_but_not_before_the_phase_opens(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, opened=False)
    assert client.get(page_of(made, "/request.pdf")).status_code == 404
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    given = client.get(page_of(made, "/request.pdf"))
    assert given.mimetype == "application/pdf"
    assert given.data.startswith(b"%PDF")
    asked_elsewhere = client.get(page_of(made, "/request.pdf"), headers={"Host": "muu.example"})
    assert asked_elsewhere.data == given.data, "the address in it is the site's own"


def test_a_request_is_public_from_its_opening_on(
    installation: Installation, client: FlaskClient, new_client: Clients
) -> None:
    made = make_round(installation, opened=False)
    assert Browser(client).open(page_of(made)).status_code == 404
    editor = sign_in(Browser(new_client()), made.editor)
    assert editor.open(page_of(made)).status_code == 200
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    assert Browser(client).open(page_of(made)).status_code == 200
    phases.close(installation, made.editor, made.phase_id, new_id())
    browser = Browser(client)
    assert browser.open(page_of(made, "?language=en")).status_code == 200
    assert "The time to answer has ended." in browser.text


def test_anyone_signs_up_confirms_and_is_in(
    installation: Installation, client: FlaskClient, new_client: Clients
) -> None:
    made = make_round(installation, people=0)
    browser = Browser(client)
    browser.open(page_of(made, "/sign-up"))
    browser.submit("/sign-up", WHO)
    assert browser.url == page_of(made, "/sign-up/sent")
    (mail,) = mails(installation, MessageKind.CONFIRMATION)
    assert mail.language == "sv"
    # The mail may be opened on another device; a scanner that opens it first changes nothing.
    other = Browser(new_client())
    address = link_url(installation, mail.context["link"])
    other.open(address)
    other.client.head(address)
    with installation.database.read() as session:
        assert session.scalars(select(Invitation.state)).one() is InvitationState.UNCONFIRMED
    form = other.form("/confirm")
    other.submit(form=form)
    with installation.database.read() as session:
        assert session.scalars(select(Invitation.state)).one() is InvitationState.INVITED
        own = session.scalars(select(Link).where(Link.id != mail.context["link"])).one()
    assert other.url == f"/p/{own.id}/"
    other.submit(form=form)
    assert other.url == f"/p/{own.id}/"
    # The browser that only signed up holds nothing.
    assert browser.open(f"/p/{own.id}/").status_code == 403


def test_the_page_says_the_same_for_an_address_that_is_known(
    installation: Installation, client: FlaskClient, new_client: Clients
) -> None:
    made = make_round(installation, people=1)
    answers = []
    for address in (made.people[0].address, "tuntematon@x.example.org"):
        browser = Browser(new_client())
        browser.open(page_of(made, "/sign-up"))
        browser.submit("/sign-up", {**WHO, "address": address})
        answers.append((browser.url, browser.page.status_code, browser.text))
        assert not browser.client.get_cookie("reviewtool") or "/p/" not in browser.html
    assert answers[0] == answers[1]
    assert len(mails(installation, MessageKind.NEW_LINK)) == 1
    assert len(mails(installation, MessageKind.CONFIRMATION)) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"address": "ei osoite"},
        {"name": ""},
        {"name": "Voitit, katso huijaus.example/voitto"},
        {"organisation": "Apu www.apu.example"},
        {"address": "x" * 300},
    ],
)
def test_a_wrong_sign_up_keeps_what_was_typed(
    installation: Installation, client: FlaskClient, values: dict[str, str]
) -> None:
    made = make_round(installation, people=0)
    browser = Browser(client)
    browser.open(page_of(made, "/sign-up"))
    browser.submit("/sign-up", {**WHO, **values})
    assert browser.page.status_code == 422
    assert browser.form("/sign-up").fields["municipality"] == ["Espoo"]
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_a_round_that_closes_meanwhile_keeps_the_words_and_says_so(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    browser = Browser(client)
    browser.open(page_of(made, "/sign-up?language=en"))
    phases.close(installation, made.editor, made.phase_id, new_id())
    browser.submit("/sign-up", WHO)
    assert browser.page.status_code == 422
    assert "This round takes no more sign-ups." in browser.text
    assert browser.form("/sign-up").fields["name"] == ["Uusi Kasvo"]
    assert mails(installation, MessageKind.CONFIRMATION) == []


def test_a_round_for_the_invited_leads_to_its_request(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, open_to_all=False)
    browser = Browser(client)
    browser.open(page_of(made, "/sign-up"))
    assert browser.url == page_of(made)
    assert "/sign-up" not in browser.html


def test_sign_ups_are_limited(installation: Installation) -> None:
    made = make_round(installation, people=0)
    settings = replace(installation.settings, rate_limits=True)
    browser = Browser(create_app(replace(installation, settings=settings)).test_client())
    try:
        browser.open(page_of(made, "/sign-up"))
        form = browser.form("/sign-up")
        codes = [browser.submit(form=form, values={"address": ""}).status_code for _ in range(25)]
    finally:
        create_app(installation)  # the limiter is one for the process: set it back
    assert codes[0] == 422
    assert codes[-1] == 429


def test_papers_are_limited(installation: Installation) -> None:
    made = make_round(installation, people=0)
    settings = replace(installation.settings, rate_limits=True)
    client = create_app(replace(installation, settings=settings)).test_client()
    try:
        address = page_of(made, "/request.pdf")
        codes = [client.get(address).status_code for _ in range(61)]
    finally:
        create_app(installation)  # the limiter is one for the process: set it back
    assert codes[0] == 200
    assert codes[-1] == 429
