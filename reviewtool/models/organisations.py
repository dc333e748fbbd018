"""Organisations, municipalities, and who belongs where."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base, WithId


class Municipality(WithId, Base):
    """A municipality of the region, by its Finnish and Swedish name."""

    __tablename__ = "municipality"

    name_fi: Mapped[str] = mapped_column(unique=True)
    name_sv: Mapped[str]


class Organisation(WithId, Base):
    """An NGO, a municipality, an authority, …; kinds are data."""

    __tablename__ = "organisation"

    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    municipality_id: Mapped[str | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    created_at: Mapped[datetime]


class Affiliation(WithId, Base):
    """A person works for an organisation; one person may for several."""

    __tablename__ = "affiliation"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_at: Mapped[datetime]
