"""The receipt of a round: a copy of all that the person said."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from reviewtool.infra.i18n import localized
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.mail.messages.said import Said, said_by_author, section_titles
from reviewtool.models.contributions import Choice, NothingToSay
from reviewtool.models.phases import Question


@dataclass(frozen=True)
class Chosen:
    """A choice on a question, in words."""

    section: str
    question: str
    option: str


@dataclass(frozen=True, kw_only=True)
class ReceiptMail(Mail):
    """Everything that a person said in a round."""

    url: str
    said: tuple[Said, ...]
    chosen: tuple[Chosen, ...]
    nothing_to_say: tuple[str, ...]
    """Titles of the texts."""
    open: bool
    """Whether it can still be changed."""
    recorded: bool
    """Whether editors recorded some of it on the person's behalf."""


def receipt(rows: Rows) -> ReceiptMail:
    """Give the context of a receipt."""
    said = said_by_author(rows)
    return ReceiptMail(
        frame=rows.frame,
        url=rows.own_url,
        said=said,
        chosen=_chosen(rows),
        nothing_to_say=_nothing(rows),
        open=rows.phase_is_open,
        recorded=any(one.recorded for one in said),
    )


def _chosen(rows: Rows) -> tuple[Chosen, ...]:
    found = rows.session.execute(
        select(Choice, Question)
        .join(Question, Question.id == Choice.question_id)
        .where(Choice.invitation_id == rows.invitation.id)
        .order_by(Question.position, Choice.id)
    ).all()
    titles = section_titles(rows, {row.Choice.section_id for row in found if row.Choice.section_id})
    language = rows.message.language
    return tuple(
        Chosen(
            section=titles.get(row.Choice.section_id or "", ""),
            question=localized(row.Question.words, language),
            option=localized(row.Question.options[row.Choice.option], language),
        )
        for row in found
        if row.Choice.option < len(row.Question.options)
    )


def _nothing(rows: Rows) -> tuple[str, ...]:
    ids = set(
        rows.session.scalars(
            select(NothingToSay.section_id).where(NothingToSay.invitation_id == rows.invitation.id)
        )
    )
    return tuple(sorted(section_titles(rows, ids).values()))
