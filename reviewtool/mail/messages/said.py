"""What a person said in a phase, as the receipt and the answers repeat it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from reviewtool.domain.contributions import ContributionKind, ContributionState, told_number
from reviewtool.infra.i18n import localized
from reviewtool.mail.messages.rows import Rows
from reviewtool.models.contributions import Contribution
from reviewtool.models.phases import Question
from reviewtool.models.sections import Revision, SectionText
from reviewtool.queries.asked_for import asked_for


@dataclass(frozen=True)
class Said:
    """One contribution as its author wrote it."""

    id: str
    number: int | None
    """None where it would tell how much others have said (a blind round)."""
    kind: ContributionKind
    section: str
    """Title of the text; empty where it is about the whole handbook."""
    question: str
    quote: str
    words: str
    replacement: str | None
    example: tuple[str, str, str]
    """Target group, activity, effect."""
    late: bool
    recorded: bool
    """By an editor, on the author's behalf."""


def said_by_author(rows: Rows) -> tuple[Said, ...]:
    """List all that the recipient said in the phase and has not withdrawn, in reading order."""
    contributions = rows.session.scalars(
        select(Contribution)
        .where(
            Contribution.phase_id == rows.message.phase_id,
            Contribution.author_id == rows.message.person_id,
            Contribution.state != ContributionState.WITHDRAWN,
        )
        .order_by(Contribution.number)
    ).all()
    return told(rows, contributions)


def told(rows: Rows, contributions: Sequence[Contribution]) -> tuple[Said, ...]:
    """Give contributions as mails repeat them; those on one text stand together."""
    titles = section_titles(rows, {c.section_id for c in contributions if c.section_id})
    places = rows.places
    questions = {
        question.id: localized(question.words, rows.message.language)
        for question in rows.session.scalars(
            select(Question).where(
                Question.id.in_([c.question_id for c in contributions if c.question_id])
            )
        )
    }
    proposals = [c.id for c in contributions if c.kind is ContributionKind.PROPOSAL]
    asks = asked_for(rows.session, proposals)
    ordered = sorted(contributions, key=lambda c: (places.get(c.section_id or "", -1), c.number))
    return tuple(
        Said(
            id=c.id,
            number=told_number(c.number, blind=rows.is_blind(c)),
            kind=c.kind,
            section=titles.get(c.section_id or "", ""),
            question=questions.get(c.question_id or "", ""),
            quote=c.quote,
            words="\n\n".join(part for part in (asks.get(c.id), c.words) if part),
            replacement=c.replacement,
            example=(c.target_group, c.activity, c.effect),
            late=c.state is ContributionState.LATE,
            recorded=c.recorded_by_id is not None,
        )
        for c in ordered
    )


def section_titles(rows: Rows, section_ids: set[str]) -> dict[str, str]:
    """Read the titles of sections, as their working texts have them now."""
    found = rows.session.execute(
        select(SectionText.section_id, Revision.title)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(
            SectionText.section_id.in_(section_ids),
            SectionText.language == rows.the_handbook.language,
        )
    )
    return {row.section_id: row.title for row in found}
