"""What contributors say of the answers that they got."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base


class Verdict(Base):
    """Whether the published answer answers its contribution, as the contribution's author says.

    It reopens nothing: editors read it, and it is counted.
    """

    __tablename__ = "verdict"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    answer_version: Mapped[int]
    """The version of the answer that its author had read."""
    satisfied: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime]
