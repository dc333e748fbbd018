"""Accounts as pages need them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.people import fold
from reviewtool.models.people import Account, Address, Person
from reviewtool.queries.actors import account_actor


@dataclass(frozen=True)
class SessionAccount:
    """An account that a session belongs to."""

    actor: Actor
    name: str


def session_account(session: Session, account_id: str, generation: int) -> SessionAccount | None:
    """Read the account of a session; None where it was ended or closed."""
    actor = account_actor(session, account_id, generation)
    if actor is None:
        return None
    person = session.get_one(Person, actor.person_id)  # read with the actor
    return SessionAccount(actor, person.name)


def account_of_person(session: Session, person_id: str) -> tuple[str, int] | None:
    """Give (id, generation) of a person's open account."""
    row = session.execute(
        select(Account.id, Account.generation).where(
            Account.person_id == person_id, Account.active.is_(True)
        )
    ).one_or_none()
    return (row.id, row.generation) if row else None


def is_empty(session: Session) -> bool:
    """Tell whether the installation is untouched: nobody has an account, nothing is written."""
    return session.scalar(select(Person.id).limit(1)) is None


def actor_of_address(session: Session, written: str) -> Actor | None:
    """Give the account of an address as an actor, for the command line; None for no account."""
    row = session.execute(
        select(Account.id, Account.generation)
        .join(Address, Address.person_id == Account.person_id)
        .where(Address.folded == fold(written), Account.active.is_(True))
        .order_by(Account.created_at)
        .limit(1)
    ).one_or_none()
    return account_actor(session, row.id, row.generation) if row else None
