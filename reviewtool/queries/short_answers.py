"""What participants answered without words, as figures: choices, scales, nothing to say.

They are no contributions: nothing waits for an answer. But each is somebody's answer to what was
asked of them, so it is counted and shown beside the text, on the phase's page and in the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import WITH_OPTIONS, QuestionScope
from reviewtool.domain.lineage import origins
from reviewtool.models.handbooks import Localized
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.phases import Phase, Question
from reviewtool.queries.lineage import lineage_of
from reviewtool.queries.phases import PhaseCard, PhasePage, QuestionLine
from reviewtool.queries.sections import editing
from reviewtool.queries.wordless import SHORT


@dataclass(frozen=True)
class OptionFigure:
    """How many gave one answer, by kind of organisation (the empty word: without one)."""

    words: Localized | None
    """None: nothing to say."""
    by_kind: Mapping[str, int]

    @property
    def number(self) -> int:
        """Count them all."""
        return sum(self.by_kind.values())


@dataclass(frozen=True)
class QuestionFigures:
    """How one question of a round was answered, over the texts that are looked at."""

    phase_id: str
    phase: Localized
    question: Localized | None
    """None: it tells of whom a text had nothing to say."""
    scope: QuestionScope
    quote: str
    options: tuple[OptionFigure, ...]
    by_text: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By the text that it was asked of: how many gave each answer."""

    @property
    def number(self) -> int:
        """Count all answers."""
        return sum(one.number for one in self.options)

    @property
    def kinds(self) -> tuple[str, ...]:
        """List the kinds of organisations that answered, those without one last."""
        kinds = {kind for one in self.options for kind in one.by_kind}
        return tuple(sorted(kinds, key=lambda kind: (not kind, kind)))


def answers_on_text(
    session: Session, actor: Actor, handbook_id: str, section_id: str
) -> tuple[QuestionFigures, ...]:
    """Count what was answered about a text and those that it came from; at most 4 queries.

    The newest round comes first, its questions in their order, nothing to say last.
    """
    editing(actor, handbook_id)
    own = origins(section_id, lineage_of(session, handbook_id))
    counted = _counted(session, SHORT.c.section_id.in_(sorted(own)))
    if not counted:
        return ()
    phases = _phases(session, {phase_id for phase_id, _question_id in counted})
    asked = _questions(session, Question.id.in_(sorted(key for _, key in counted if key)))
    found: list[QuestionFigures] = []
    for phase in phases:
        here = [one for one in asked if one.phase_id == phase.id]
        found += [_figures(phase, one, counted[phase.id, one.id]) for one in here]
        if (phase.id, None) in counted:
            found.append(_figures(phase, None, counted[phase.id, None]))
    return tuple(found)


def answers_in_phase(
    session: Session, actor: Actor, page: PhasePage
) -> tuple[QuestionFigures, ...]:
    """Count how each question of a round was answered, also those that nobody did; 1 query."""
    editing(actor, page.timeline.handbook_id)
    phase = page.card
    counted = _counted(session, Invitation.phase_id == phase.id)
    found = [
        _figures(phase, one, counted.get((phase.id, one.id), {}))
        for one in page.questions
        if one.kind in WITH_OPTIONS
    ]
    if (phase.id, None) in counted:
        found.append(_figures(phase, None, counted[phase.id, None]))
    return tuple(found)


_Cells = Mapping[tuple[str | None, int | None, str], int]
"""(section, option, kind of organisation) -> how many."""


def _counted(
    session: Session, condition: ColumnElement[bool]
) -> dict[tuple[str, str | None], dict[tuple[str | None, int | None, str], int]]:
    kind = func.coalesce(Organisation.kind, "")
    rows = session.execute(
        select(
            Invitation.phase_id,
            SHORT.c.question_id,
            SHORT.c.section_id,
            SHORT.c.option,
            kind.label("kind"),
            func.count().label("number"),
        )
        .select_from(SHORT)
        .join(Invitation, Invitation.id == SHORT.c.invitation_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .where(condition)
        .group_by(
            Invitation.phase_id, SHORT.c.question_id, SHORT.c.section_id, SHORT.c.option, kind
        )
    )
    found: dict[tuple[str, str | None], dict[tuple[str | None, int | None, str], int]] = {}
    for row in rows:
        cells = found.setdefault((row.phase_id, row.question_id), {})
        cells[row.section_id, row.option, row.kind] = row.number
    return found


def _phases(session: Session, ids: Collection[str]) -> list[Phase]:
    query = select(Phase).where(Phase.id.in_(sorted(ids)))
    return list(session.scalars(query.order_by(Phase.created_at.desc(), Phase.position.desc())))


def _questions(session: Session, condition: ColumnElement[bool]) -> list[Question]:
    query = select(Question).where(condition, Question.kind.in_(WITH_OPTIONS))
    return list(session.scalars(query.order_by(Question.position)))


def _figures(
    phase: Phase | PhaseCard, question: Question | QuestionLine | None, cells: _Cells
) -> QuestionFigures:
    options = list(range(len(question.options))) if question else [None]
    by_text: dict[str, Counter[int | None]] = {}
    for (section_id, option, _kind), number in cells.items():
        if section_id is not None:
            by_text.setdefault(section_id, Counter())[option] += number
    return QuestionFigures(
        phase_id=phase.id,
        phase=phase.title,
        question=question.words if question else None,
        scope=question.scope if question else QuestionScope.SECTION,
        quote=question.quote if question else "",
        options=tuple(
            OptionFigure(
                question.options[option] if question and option is not None else None,
                _by_kind(cells, option),
            )
            for option in options
        ),
        by_text={key: tuple(own[option] for option in options) for key, own in by_text.items()},
    )


def _by_kind(cells: _Cells, wanted: int | None) -> Mapping[str, int]:
    numbers: Counter[str] = Counter()
    for (_section_id, option, kind), number in cells.items():
        if option == wanted:
            numbers[kind] += number
    return numbers
