"""Handbooks, their processes and memberships."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewtool.domain.handbooks import HandbookState
from reviewtool.domain.people import Role
from reviewtool.models.base import Base, WithId, enum_column

Localized = dict[str, str]
"""Words in several languages: {"fi": …, "sv": …, "en": …}; missing ones fall back."""


class Handbook(WithId, Base):
    """A handbook; the installation holds many."""

    __tablename__ = "handbook"

    title: Mapped[Localized] = mapped_column(JSON)
    language: Mapped[str]
    time_zone: Mapped[str]
    state: Mapped[HandbookState] = mapped_column(enum_column(HandbookState))
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    host: Mapped[str] = mapped_column(default="")
    """The association that answers for the personal data."""
    host_address: Mapped[str] = mapped_column(default="", server_default="")
    """Its postal address: a registry files a request by its sender."""
    joint_controllers: Mapped[str] = mapped_column(default="", server_default="")
    """Those who answer for the personal data together with the host, one a line."""
    introduction: Mapped[Localized] = mapped_column(JSON, default=dict)
    figure_years: Mapped[int] = mapped_column(default=2, server_default="2")
    """A figure is old when what it tells is of a year further back than this."""
    last_number: Mapped[int] = mapped_column(default=0)
    """The number of the newest contribution: people quote short numbers per handbook."""
    created_at: Mapped[datetime]

    processes: Mapped[list["Process"]] = relationship(
        back_populates="handbook", order_by="Process.number"
    )


class Process(WithId, Base):
    """One run of a handbook's phases; it is revised again years later."""

    __tablename__ = "process"
    __table_args__ = (UniqueConstraint("handbook_id", "number"),)

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"))
    number: Mapped[int]
    template: Mapped[str]
    started_at: Mapped[datetime]

    handbook: Mapped[Handbook] = relationship(back_populates="processes")


class Membership(WithId, Base):
    """A person's role in a handbook."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("handbook_id", "person_id"),)

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    created_at: Mapped[datetime]
