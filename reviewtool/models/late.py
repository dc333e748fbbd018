"""What the editors decided about contributions that came after a round's end."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base


class LateDecision(Base):
    """Whether a late contribution is considered, and why: its author is told. The newest counts."""

    __tablename__ = "late_decision"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    admitted: Mapped[bool]
    reason: Mapped[str]
    decided_by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
