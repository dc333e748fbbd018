"""Signed-in browsers."""

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.models.people import Account
from tests.web.browser import Browser


def sign_in(browser: Browser, person: Actor | str) -> Browser:
    """Let an account (its actor, or the person's id) be signed in; gives the browser back.

    The session is written as signing in writes it; the way there has tests of its own.
    """
    person_id = person.person_id if isinstance(person, Actor) else person
    installation = browser.client.application.extensions["reviewtool"]
    with installation.database.read() as session:
        account = session.scalars(select(Account).where(Account.person_id == person_id)).one()
    with browser.client.session_transaction() as kept:
        kept["_user_id"] = f"{account.id}.{account.generation}"
        kept["_fresh"] = True
    return browser
