"""Links: personal ways in; nothing secret is stored (rule 9)."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.links import Purpose
from reviewtool.models.base import Base, WithId, enum_column


class Link(WithId, Base):
    """A way in for one person, one purpose, and one phase where there is one."""

    __tablename__ = "link"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose))
    phase_id: Mapped[str | None] = mapped_column(ForeignKey("phase.id"), index=True)
    invitation_id: Mapped[str | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    generation: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None]
    """For short-lived links (sign-in, confirmation); others live with their phase."""
    used_at: Mapped[datetime | None]
    """For single-use links."""
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
