"""Steps on people: finding them again by address and name, or making them."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.doubles import alike
from reviewtool.domain.people import AddressState, fold, fold_organisation
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.organisations import Affiliation, Municipality, Organisation
from reviewtool.models.people import Account, Address, Person
from reviewtool.queries.facts import found
from reviewtool.queries.shared_rows import person_handbooks


def find_person(session: Session, address: str, name: str) -> Person | None:
    """Find the person of an address: the one of that name, or the only one there is.

    A shared box stands under several persons; then the name decides.
    """
    people = list(
        session.scalars(
            select(Person)
            .join(Address, Address.person_id == Person.id)
            .where(Address.folded == fold(address), Person.erased_at.is_(None))
            .order_by(Person.created_at, Person.id)
        )
    )
    for person in people:
        if fold(person.name) == fold(name):
            return person
    return _of_merged_name(session, people, name)


def find_colleague_at(session: Session, address: str, name: str) -> Person | None:
    """Find whom somebody means who names a colleague by name and address.

    Where the address is one person's own, a name that is nearly theirs is a slip of the pen. Any
    other name is somebody of their own: nothing is said or done in the name of who is known there,
    and who asks doesn't learn that anybody is.
    """
    found_by_name = find_person(session, address, name)
    if found_by_name is not None:
        return found_by_name
    rows = session.execute(
        select(Person, Address.shared)
        .join(Address, Address.person_id == Person.id)
        .where(Address.folded == fold(address), Person.erased_at.is_(None))
        .limit(2)
    ).all()
    if len(rows) != 1:
        return None
    person, shared = rows[0]
    return person if not shared and not person.box and alike(person.name, name) else None


def is_somebodys_own(session: Session, address: str) -> bool:
    """Tell whether an address is somebody's own: in use, and no box of several people."""
    rows = session.scalars(
        select(Address.shared)
        .join(Person, Person.id == Address.person_id)
        .where(
            Address.folded == fold(address),
            Address.state != AddressState.DEAD,
            Person.erased_at.is_(None),
        )
    ).all()
    return bool(rows) and not any(rows)


def _of_merged_name(session: Session, people: list[Person], name: str) -> Person | None:
    """Find the person into whom a double of this name was merged."""
    doubles = session.execute(
        select(Person.name, Person.merged_into_id)
        .where(Person.merged_into_id.in_([person.id for person in people]))
        .order_by(Person.created_at, Person.id)
    )
    for double in doubles:
        if fold(double.name) == fold(name):
            return next(person for person in people if person.id == double.merged_into_id)
    return None


def make_person(session: Session, name: str, language: str, now: datetime) -> Person:
    """Make a person without an address."""
    person = Person(name=name.strip(), language=language, created_at=now)
    session.add(person)
    session.flush()
    return person


def person_here(session: Session, handbook_id: str, person_id: str) -> Person:
    """Find somebody whom a handbook's editors know: ids of other handbooks' people are nobody's.

    Raises Refused (not found), also for somebody who has been erased.
    """
    person = found(session.get(Person, person_id))
    if person.erased_at is not None or handbook_id not in person_handbooks(session, (person_id,)):
        raise Refused(Reason.NOT_FOUND)
    return person


def has_account(session: Session, person_id: str) -> bool:
    """Tell whether a person signs in as an editor or administrator."""
    account = select(Account.id).where(Account.person_id == person_id)
    return session.scalar(account) is not None


def sign_in_by(session: Session, person: Person, address: Address) -> None:
    """Let a person who gets an account sign in by one address, not by what others noted before.

    Only addresses in the state *ok* sign in. Raises Refused (not allowed) for somebody who has an
    account already, and another address for it.
    """
    if has_account(session, person.id):
        if address.state is not AddressState.OK:
            raise Refused(Reason.NOT_ALLOWED)
        return
    session.execute(
        update(Address)
        .where(Address.person_id == person.id, Address.state == AddressState.OK)
        .values(state=AddressState.UNCONFIRMED)
    )
    address.state = AddressState.OK


def give_address(
    session: Session,
    person: Person,
    written: str,
    state: AddressState,
    now: datetime,
    *,
    vouched: bool = False,
    shares: bool = False,
) -> Address:
    """Find or add a person's address.

    Who has an account signs in by any of theirs: nobody but an administrator (vouched) may add
    one. shares: an editor says that this person reads the box of whoever has the address already;
    nobody else's word makes somebody's own address a shared box. Raises Refused (not allowed).
    """
    address = session.scalar(
        select(Address).where(Address.person_id == person.id, Address.folded == fold(written))
    )
    if address is None:
        if not vouched and has_account(session, person.id):
            raise Refused(Reason.NOT_ALLOWED)
        rows = select(Address.shared).where(Address.folded == fold(written))
        known = session.scalars(rows).all()
        shared = any(known) or (shares and bool(known))
        address = Address(
            person_id=person.id,
            written=written.strip(),
            folded=fold(written),
            shared=shared,
            state=state,
            created_at=now,
        )
        session.add(address)
        session.flush()
        if shared:
            session.execute(
                update(Address).where(Address.folded == address.folded).values(shared=True)
            )
    return address


def find_organisation(session: Session, name: str) -> Organisation | None:
    """Find an organisation by its folded name, as it stands; a merged spelling leads on."""
    known = session.scalar(
        select(Organisation)
        .where(Organisation.folded == fold_organisation(name))
        .order_by(Organisation.created_at, Organisation.id)
        .limit(1)
    )
    if known is not None and known.merged_into_id is not None:
        return session.get_one(Organisation, known.merged_into_id)
    return known


def find_or_make_organisation(
    session: Session, name: str, kind: str, municipality: str, now: datetime
) -> Organisation:
    """Find an organisation by its folded name, or make it; fills an empty municipality."""
    municipality_id = find_municipality(session, municipality)
    organisation = find_organisation(session, name)
    if organisation is None:
        organisation = Organisation(
            name=name.strip(),
            folded=fold_organisation(name),
            kind=kind,
            municipality_id=municipality_id,
            created_at=now,
        )
        session.add(organisation)
        session.flush()
    elif organisation.municipality_id is None:
        organisation.municipality_id = municipality_id
    return organisation


def find_municipality(session: Session, name: str) -> str | None:
    """Find a municipality's id by its Finnish or Swedish name."""
    wanted = fold(name)
    if not wanted:
        return None
    for row in session.execute(select(Municipality.id, Municipality.name_fi, Municipality.name_sv)):
        if wanted in (fold(row.name_fi), fold(row.name_sv)):
            found: str = row.id
            return found
    return None


def affiliate(session: Session, person: Person, organisation: Organisation, now: datetime) -> None:
    """Note that a person works for an organisation, once."""
    known = session.scalar(
        select(Affiliation.id).where(
            Affiliation.person_id == person.id,
            Affiliation.organisation_id == organisation.id,
        )
    )
    if known is None:
        session.add(
            Affiliation(person_id=person.id, organisation_id=organisation.id, created_at=now)
        )
