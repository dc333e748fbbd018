"""The editors' page of outgoing mail."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select, update

from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from tests.factories.accounts import sign_in
from tests.factories.contributions import Table
from tests.factories.handbooks import make_handbook
from tests.factories.mail import newest, open_post, states
from tests.web.browser import Browser


@pytest.fixture
def table(installation: Installation) -> Table:
    """Give a round whose invitations wait in the outbox."""
    return open_post(installation, people=3)


@pytest.fixture
def editor(client: FlaskClient, table: Table) -> Browser:
    """Give the editor's browser."""
    return sign_in(Browser(client), table.round.editor)


def url(table: Table) -> str:
    """Give the page's address."""
    return f"/handbooks/{table.round.handbook.id}/messages"


def set_states(installation: Installation, state: MessageState, error: str = "") -> None:
    with installation.database.write() as session:
        session.execute(update(Message).values(state=state, error=error))


def test_it_shows_what_waits_what_failed_and_why(
    installation: Installation, table: Table, editor: Browser
) -> None:
    assert editor.open(url(table)).status_code == 200
    assert "Henkilö 1" in editor.text
    set_states(installation, MessageState.FAILED, "550 5.1.1 no such user")
    editor.open(url(table))
    assert "550 5.1.1 no such user" in editor.text
    assert "3 viestiä ei ole mennyt perille" in editor.text


def test_one_that_failed_is_sent_again_to_the_corrected_address(
    installation: Installation, table: Table, editor: Browser
) -> None:
    set_states(installation, MessageState.FAILED)
    message_id = newest(installation, MessageKind.INVITATION)
    editor.open(url(table))
    editor.submit(f"{message_id}/send-again")
    assert states(installation)[message_id] is MessageState.QUEUED
    assert sorted(states(installation).values()).count(MessageState.FAILED) == 2
    editor.submit("send-failed-again")
    assert set(states(installation).values()) == {MessageState.QUEUED}


def test_one_that_waits_can_be_held_back(
    installation: Installation, table: Table, editor: Browser
) -> None:
    message_id = newest(installation, MessageKind.INVITATION)
    editor.open(url(table))
    editor.submit(f"{message_id}/cancel")
    assert states(installation)[message_id] is MessageState.CANCELLED


def test_a_message_in_the_middle_of_sending_is_left_alone(
    installation: Installation, table: Table, editor: Browser
) -> None:
    editor.open(url(table))
    message_id = newest(installation, MessageKind.INVITATION)
    form = editor.form(f"{message_id}/cancel")
    set_states(installation, MessageState.SENDING)
    assert editor.submit(form=form).status_code == 422
    assert states(installation)[message_id] is MessageState.SENDING


def test_the_list_is_filtered_by_state_kind_and_person(
    installation: Installation, table: Table, editor: Browser
) -> None:
    editor.open(f"{url(table)}?words=Henkilö+2")
    assert "Henkilö 2" in editor.text
    assert "Henkilö 1" not in editor.text
    editor.open(f"{url(table)}?state=failed")
    assert "Henkilö 2" not in editor.text
    editor.open(f"{url(table)}?kind=reminder")
    assert "Ei viestejä" in editor.text
    assert editor.open(f"{url(table)}?state=nonsense&page=-3").status_code == 200


def test_no_editor_sees_or_touches_another_handbooks_mail(
    installation: Installation,
    table: Table,
    new_client: Callable[[], FlaskClient],
) -> None:
    other = open_post(installation, people=1)
    stranger = sign_in(Browser(new_client()), other.round.editor)
    assert stranger.open(url(table)).status_code == 403
    stranger.open(url(other))
    with installation.database.read() as session:
        foreign = session.scalars(
            select(Message.id).where(Message.handbook_id == table.round.handbook.id).limit(1)
        ).one()
    borrowed = stranger.form("/cancel")
    borrowed.action = f"{url(other)}/{foreign}/cancel"
    assert stranger.submit(form=borrowed).status_code == 404
    assert states(installation)[foreign] is MessageState.QUEUED


def test_the_page_never_shows_a_link_of_somebody(
    installation: Installation, table: Table, editor: Browser
) -> None:
    editor.open(url(table))
    with installation.database.read() as session:
        for message in session.scalars(select(Message)):
            assert message.context["link"] not in editor.html


def test_the_number_of_queries_does_not_grow(
    installation: Installation, table: Table, editor: Browser
) -> None:
    def count() -> int:
        counted: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            counted.append(statement)

        event.listen(installation.database.reading, "before_cursor_execute", note)
        editor.open(url(table))
        event.remove(installation.database.reading, "before_cursor_execute", note)
        return len(counted)

    few = count()
    with installation.database.write() as session:
        pattern = session.scalars(select(Message).limit(1)).one()
        columns = {
            column.key: getattr(pattern, column.key)
            for column in Message.__table__.columns
            if column.key not in ("id", "event")
        }
        session.add_all(Message(event=f"copy:{number}", **columns) for number in range(200))
    assert count() == few


def test_before_the_first_mail_it_says_what_will_come(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    browser = sign_in(Browser(client), handbook.administrator)
    browser.open(f"/handbooks/{handbook.id}/messages")
    assert "Viestejä ei ole vielä lähetetty." in browser.text
    assert 'class="filters' not in browser.html
