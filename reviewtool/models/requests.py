"""Form requests: what each submitted form caused, so that a repeat gives the same answer."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base


class FormRequest(Base):
    """One form's request id, unique per actor, with the object that it caused (rule 6)."""

    __tablename__ = "form_request"

    actor_key: Mapped[str] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[str]
    words_hash: Mapped[str]
    """Other words under the same id are an edit of the same object."""
    created_at: Mapped[datetime]
