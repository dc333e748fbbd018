"""Persons, their addresses and accounts; shared by all handbooks."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from reviewtool.domain.people import AddressState, search_key
from reviewtool.models.base import Base, WithId, enum_column, search_key_of_name


class Person(WithId, Base):
    """A person; after erasure only a pseudonym is left."""

    __tablename__ = "person"

    name: Mapped[str]
    search_key: Mapped[str] = mapped_column(default=search_key_of_name, index=True)
    """The name as it is looked for; always that of the present name."""
    language: Mapped[str]
    box: Mapped[bool] = mapped_column(default=False)
    """The name is that of a shared box: whoever answers by its link says their own."""
    erased_at: Mapped[datetime | None]
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """The double that this row was merged into; nothing but its old name is left here."""
    created_at: Mapped[datetime]

    addresses: Mapped[list["Address"]] = relationship(
        back_populates="person", order_by="Address.created_at"
    )

    @validates("name")
    def _keep_search_key(self, _key: str, name: str) -> str:
        self.search_key = search_key(name)
        return name


class Address(WithId, Base):
    """An e-mail address of a person; a shared box stands under several persons."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("person_id", "folded"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    written: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    shared: Mapped[bool] = mapped_column(default=False)
    state: Mapped[AddressState] = mapped_column(enum_column(AddressState))
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="addresses")


class Account(WithId, Base):
    """The sign-in of an editor or administrator."""

    __tablename__ = "account"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), unique=True)
    administrator: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None]
    generation: Mapped[int] = mapped_column(default=0)
    """Raised to end all sessions of the account."""
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
