"""The answers: each contribution, its answer with the reason, and the words that changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import told_number
from reviewtool.infra.i18n import localized
from reviewtool.mail.messages.changes import Changed, changes_at
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.mail.messages.said import Said, section_titles, told
from reviewtool.models.answers import Answer, Evidence
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import Draft
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision
from reviewtool.text.changed_lines import Range
from reviewtool.text.layout import visible_words


@dataclass(frozen=True)
class Answered:
    """A contribution with its answer."""

    said: Said
    kind: AnswerKind
    reason: str
    detail: str
    """The other comment's number, the later phase, the other text, or the words already there."""
    changes: tuple[Changed, ...]


@dataclass(frozen=True, kw_only=True)
class AnswersMail(Mail):
    """All answers that a draft gave one contributor."""

    url: str
    draft: str
    answered: tuple[Answered, ...]


def answers(rows: Rows) -> AnswersMail:
    """Give the context of an answer letter."""
    given = _given(rows)
    said = told(rows, [row.Contribution for row in given])
    changes = _changes(rows, [row.Answer.id for row in given])
    found = {row.Contribution.id: row.Answer for row in given}
    details = {row.Answer.id: _detail(rows, row.Contribution, row.Answer) for row in given}
    return AnswersMail(
        frame=rows.frame,
        url=rows.own_url,
        draft=rows.required(Draft, "draft").label,
        answered=tuple(
            Answered(
                said=one,
                kind=found[one.id].kind,
                reason=found[one.id].reason,
                detail=details[found[one.id].id],
                changes=tuple(changes.get(found[one.id].id, ())),
            )
            for one in said
        ),
    )


def has_answers(rows: Rows) -> bool:
    """Tell whether there is anything to tell: a published answer of this draft."""
    return bool(_given(rows))


def _given(rows: Rows) -> list[Row[Contribution, Answer]]:
    found = rows.session.execute(
        select(Contribution, Answer)
        .join(Answer, Answer.contribution_id == Contribution.id)
        .where(
            Contribution.author_id == rows.message.person_id,
            Contribution.phase_id == rows.message.phase_id
            if rows.message.phase_id
            else Contribution.handbook_id == rows.message.handbook_id,
            Answer.published_draft_id == rows.message.context["draft"],
            Answer.state == AnswerState.PUBLISHED,
        )
        .order_by(Contribution.number)
    )
    return list(found.all())


def _detail(rows: Rows, said: Contribution, answer: Answer) -> str:
    session, language = rows.session, rows.message.language
    if answer.together_with_id is not None:
        other = session.get_one(Contribution, answer.together_with_id)
        number = told_number(other.number, blind=rows.is_blind(said))
        return f"#{number}" if number else ""
    if answer.deferred_phase_id is not None:
        return localized(session.get_one(Phase, answer.deferred_phase_id).title, language)
    # Where it went stays known when it is answered there: only a moved one tells of it.
    if answer.kind is AnswerKind.MOVED and answer.moved_section_id is not None:
        return section_titles(rows, {answer.moved_section_id}).get(answer.moved_section_id, "")
    if answer.place_revision_id is not None and answer.place_start is not None:
        text = session.get_one(Revision, answer.place_revision_id).text
        return visible_words(text, answer.place_start, answer.place_end or answer.place_start)
    return ""


def _changes(rows: Rows, answer_ids: list[str]) -> dict[str, list[Changed]]:
    old, new = aliased(Revision), aliased(Revision)
    found = rows.session.execute(
        select(Evidence, old.text.label("old"), new.text.label("new"))
        .outerjoin(old, old.id == Evidence.from_revision_id)
        .outerjoin(new, new.id == Evidence.to_revision_id)
        .where(Evidence.answer_id.in_(answer_ids))
        .order_by(Evidence.answer_id, Evidence.new_start, Evidence.id)
    ).all()
    titles = section_titles(rows, {row.Evidence.section_id for row in found})
    places: dict[tuple[str, str, str | None, str | None], list[tuple[Range, Range]]] = {}
    for row in found:
        one = row.Evidence
        key = one.answer_id, titles.get(one.section_id, ""), row.old, row.new
        places.setdefault(key, []).append(
            ((one.old_start, one.old_end), (one.new_start, one.new_end))
        )
    changes: dict[str, list[Changed]] = {}
    for (answer_id, title, before, after), ranges in places.items():
        changes.setdefault(answer_id, []).extend(changes_at(title, before, after or "", ranges))
    return changes
