"""Deputies: who stands in for a person of a handbook while they are away."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base, WithId


class Deputy(WithId, Base):
    """A person stands in for another one in a handbook's phases, on some days, with own links."""

    __tablename__ = "deputy"

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    address_id: Mapped[str] = mapped_column(ForeignKey("address.id"))
    """Where the deputy's links are mailed."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The last day, by the handbook's time zone."""
    created_at: Mapped[datetime]
