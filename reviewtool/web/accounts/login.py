"""Flask-Login's part: who the session's account is."""

from __future__ import annotations

from dataclasses import dataclass

from flask_login import LoginManager

from reviewtool.domain.actors import Actor
from reviewtool.queries.accounts import session_account
from reviewtool.web import current

login_manager = LoginManager()


@dataclass(frozen=True)
class SignedIn:
    """The signed-in account, as Flask-Login wants it."""

    account_id: str
    generation: int
    name: str
    actor: Actor
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Give what the session stores: raising the generation ends all sessions."""
        return f"{self.account_id}.{self.generation}"


@login_manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def load(stored: str) -> SignedIn | None:
    """Read the account of a session; None where it was ended."""
    account_id, _, generation = stored.partition(".")
    if not generation.isdecimal():
        return None
    found = session_account(current.reader(), account_id, int(generation))
    if found is None:
        return None
    return SignedIn(account_id, int(generation), found.name, found.actor)
