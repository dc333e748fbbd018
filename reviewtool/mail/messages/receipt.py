"""The receipt of a round: a copy of all that the person said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from reviewtool.infra.i18n import localized
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.replies import shortened
from reviewtool.mail.messages.rows import Rows
from reviewtool.mail.messages.said import Said, said_by_author, section_titles
from reviewtool.models.contributions import Choice, NothingToSay
from reviewtool.models.phases import Question
from reviewtool.queries.own_part import OwnAgreement, OwnPart, OwnReply, own_part


@dataclass(frozen=True)
class Chosen:
    """A choice on a question, in words."""

    section: str
    question: str
    option: str


@dataclass(frozen=True)
class ToAnother:
    """What the person replied to another's contribution, or that they agree with it."""

    section: str
    """Title of the text; empty where it is about the whole handbook."""
    quote: str
    said: str
    """What the other one said, shortened; empty where it isn't shown any more."""
    words: str
    """The reply; or for which organisation they agree, empty: for themselves."""


@dataclass(frozen=True, kw_only=True)
class ReceiptMail(Mail):
    """Everything that a person said in a round."""

    url: str
    said: tuple[Said, ...]
    chosen: tuple[Chosen, ...]
    nothing_to_say: tuple[str, ...]
    """Titles of the texts."""
    replies: tuple[ToAnother, ...]
    agreements: tuple[ToAnother, ...]
    open: bool
    """Whether it can still be changed."""
    recorded: bool
    """Whether editors recorded some of it on the person's behalf."""


def receipt(rows: Rows) -> ReceiptMail:
    """Give the context of a receipt."""
    said = said_by_author(rows)
    link = rows.found_link
    part = own_part(rows.session, link.actor) if link else OwnPart()
    part = part.in_phase(rows.message.phase_id)
    others: list[OwnReply | OwnAgreement] = [*part.replies, *part.agreements]
    titles = section_titles(rows, {one.section_id for one in others if one.section_id})
    return ReceiptMail(
        frame=rows.frame,
        url=rows.own_url,
        said=said,
        chosen=_chosen(rows),
        nothing_to_say=_nothing(rows),
        replies=tuple(_to_another(one, one.words, titles) for one in part.replies),
        agreements=tuple(_to_another(one, one.organisation, titles) for one in part.agreements),
        open=rows.phase_is_open,
        recorded=any(one.recorded for one in said),
    )


def _to_another(one: OwnReply | OwnAgreement, words: str, titles: Mapping[str, str]) -> ToAnother:
    said = one.to
    return ToAnother(
        section=titles.get(one.section_id or "", ""),
        quote=said.quote if said else "",
        said=shortened(said.words or said.replacement or said.asks or said.activity)
        if said
        else "",
        words=words,
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
