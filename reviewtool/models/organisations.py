"""Organisations, municipalities, and who belongs where."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from reviewtool.domain.people import search_key
from reviewtool.models.base import Base, WithId, search_key_of_name


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
    search_key: Mapped[str] = mapped_column(default=search_key_of_name, index=True)
    """The name as it is looked for; always that of the present name."""
    kind: Mapped[str]
    municipality_id: Mapped[str | None] = mapped_column(ForeignKey("municipality.id"), index=True)
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    """The double that this row was merged into: its spelling leads there from now on."""
    created_at: Mapped[datetime]

    @validates("name")
    def _keep_search_key(self, _key: str, name: str) -> str:
        self.search_key = search_key(name)
        return name


class Affiliation(WithId, Base):
    """A person works for an organisation; one person may for several."""

    __tablename__ = "affiliation"
    __table_args__ = (UniqueConstraint("person_id", "organisation_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    created_at: Mapped[datetime]
