"""Persons, their addresses and accounts; shared by all handbooks."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewtool.domain.contributions import NameShown
from reviewtool.domain.people import AddressState
from reviewtool.models.base import Base, WithId, enum_column


class Person(WithId, Base):
    """A person; after erasure only a pseudonym is left."""

    __tablename__ = "person"

    name: Mapped[str]
    language: Mapped[str]
    name_shown: Mapped[NameShown] = mapped_column(
        enum_column(NameShown), default=NameShown.ORGANISATION
    )
    erased_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    addresses: Mapped[list["Address"]] = relationship(
        back_populates="person", order_by="Address.created_at"
    )


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
