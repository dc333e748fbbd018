"""Mails of an interview: what was noted, to be read; and what became of a note that was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from reviewtool.domain.contributions import ContributionState, NameShown
from reviewtool.domain.interviews import NoteMove
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.mail.messages.said import Said, told
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.models.interviews import Interview, InterviewNote


@dataclass(frozen=True, kw_only=True)
class InterviewMail(Mail):
    """The notes of an interview, or what the editors did about one of them."""

    url: str
    held_on: date
    role: str
    consent: NameShown
    quotable: bool
    done: NoteMove | None
    """What was done about the one note that the mail tells of; none: it sends all notes."""
    said: tuple[Said, ...]
    reply: str
    """The editors' words about that note."""


def notes(rows: Rows) -> InterviewMail:
    """Give the context of a mail about an interview's notes."""
    interview = rows.required(Interview, "interview")
    done = _done(rows)
    return InterviewMail(
        frame=rows.frame,
        url=rows.link_url,
        held_on=interview.held_on,
        role=interview.role,
        consent=interview.consent,
        quotable=interview.quotable,
        done=done,
        said=told(rows, _noted(rows)),
        reply=_reply(rows),
    )


def still_noted(rows: Rows) -> bool:
    """Tell whether there is something to read, and the way to it lives."""
    return rows.link.revoked_at is None and bool(_noted(rows))


def _done(rows: Rows) -> NoteMove | None:
    done = rows.message.context.get("done")
    return NoteMove(done) if done else None


def _noted(rows: Rows) -> list[Contribution]:
    if _done(rows) is not None:
        return [rows.required(Contribution, "note")]
    return list(
        rows.session.scalars(
            select(Contribution)
            .join(InterviewNote, InterviewNote.contribution_id == Contribution.id)
            .where(
                InterviewNote.interview_id == rows.message.context["interview"],
                Contribution.state != ContributionState.WITHDRAWN,
            )
            .order_by(Contribution.number)
        )
    )


def _reply(rows: Rows) -> str:
    return rows.required(Turn, "turn").words if rows.message.context.get("turn") else ""
