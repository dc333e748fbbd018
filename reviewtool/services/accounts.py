"""Use cases of accounts: making one, asking for a sign-in link, signing in by password."""

from __future__ import annotations

from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import ColumnElement, and_, select

from reviewtool.domain.links import Purpose
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState, fold
from reviewtool.infra.installation import Installation
from reviewtool.models.people import Account, Address, Person
from reviewtool.services._links import make_short_link
from reviewtool.services._outbox import post
from reviewtool.services._people import find_person, give_address, make_person, sign_in_by

SIGN_IN_LIVES = timedelta(minutes=30)

_hasher = PasswordHasher()
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$mpOxvJDxxI+RWe3ZMXbk2Q$"
    "OzaQt7W8jLS5ynfhPOF/0NOWsAIkjnJTWkz922LBKm8"
)
"""Checked for unknown addresses, so that the time of an answer doesn't tell who is known."""


def make_account(
    installation: Installation,
    *,
    name: str,
    address: str,
    language: str = "fi",
    administrator: bool = False,
    password: str | None = None,
) -> str:
    """Make an account, or give an existing person one; gives the person's id."""
    now = installation.clock.now()
    password_hash = _hasher.hash(password) if password else None
    with installation.database.write() as session:
        person = find_person(session, address, name) or make_person(session, name, language, now)
        given = give_address(session, person, address, AddressState.OK, now, vouched=True)
        given.state = AddressState.OK
        sign_in_by(session, person, given)
        account = session.scalar(select(Account).where(Account.person_id == person.id))
        if account is None:
            account = Account(person_id=person.id, administrator=administrator, created_at=now)
            session.add(account)
        account.administrator = account.administrator or administrator
        account.password_hash = password_hash or account.password_hash
        return person.id


def _belongs(address: str) -> ColumnElement[bool]:
    """Hold for an open account and an address that is known to be its person's."""
    return and_(
        Address.folded == fold(address),
        Address.state == AddressState.OK,
        Account.active.is_(True),
    )


def ask_for_sign_in(installation: Installation, address: str) -> None:
    """Mail a sign-in link if the address belongs to an account; never says whether it does."""
    now = installation.clock.now()
    with installation.database.write() as session:
        row = session.execute(
            select(Account, Address, Person)
            .join(Address, Address.person_id == Account.person_id)
            .join(Person, Person.id == Account.person_id)
            .where(_belongs(address))
            .order_by(Account.created_at)
            .limit(1)
        ).one_or_none()
        if row is None:
            return
        link = make_short_link(
            session, now, person_id=row.Person.id, purpose=Purpose.SIGN_IN, lives=SIGN_IN_LIVES
        )
        post(
            session,
            now,
            MessageKind.SIGN_IN,
            f"sign-in:{link.id}",
            person_id=row.Person.id,
            address_id=row.Address.id,
            language=row.Person.language,
            context={"link": link.id},
        )


def check_password(installation: Installation, address: str, password: str) -> str | None:
    """Give the person's id if address and password belong together; None otherwise."""
    with installation.database.read() as session:
        row = session.execute(
            select(Account.person_id, Account.password_hash)
            .join(Address, Address.person_id == Account.person_id)
            .where(_belongs(address), Account.password_hash.is_not(None))
            .order_by(Account.created_at)
            .limit(1)
        ).one_or_none()
    try:
        _hasher.verify(row.password_hash if row else _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return row.person_id if row else None


def set_password(installation: Installation, address: str, password: str) -> bool:
    """Set the password of an address's account and end its sessions; False where there is none."""
    password_hash = _hasher.hash(password)
    with installation.database.write() as session:
        account = session.scalar(
            select(Account)
            .join(Address, Address.person_id == Account.person_id)
            .where(_belongs(address))
            .order_by(Account.created_at)
            .limit(1)
        )
        if account is None:
            return False
        account.password_hash = password_hash
        account.generation += 1
        return True
