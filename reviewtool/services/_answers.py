"""Steps on answers: what one names, checked against its contribution, and written with history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import (
    MARKS,
    TAKING,
    USED_OR_NOT,
    AnswerKind,
    AnswerState,
    Given,
    closes_circle,
    missing_parts,
)
from reviewtool.domain.contributions import MOST_CHARACTERS, ContributionState
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.models.answers import Answer, AnswerVersion, Evidence
from reviewtool.models.contributions import Contribution
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision, Section
from reviewtool.queries.openness import is_ahead, open_condition
from reviewtool.services._evidence import Stretch, find_evidence


@dataclass(frozen=True)
class Place:
    """Where the text says something already: a range of a revision."""

    revision_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Answering:
    """An answer as an editor gives it.

    evidence: chosen by hand, for all contributions that are answered; find_evidence: add what each
    of them changed by merging or as the cause of an edit.
    """

    kind: AnswerKind
    reason: str = ""
    evidence: tuple[Stretch, ...] = ()
    find_evidence: bool = True
    place: Place | None = None
    other_id: str | None = None
    phase_id: str | None = None
    section_id: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """List all of it: what a repeated press of a form is compared by."""
        parts = (self.kind, self.reason, self.evidence, self.find_evidence, self.place)
        return tuple(map(str, (*parts, self.other_id, self.phase_id, self.section_id)))


@dataclass(frozen=True)
class Asked:
    """A contribution that is to be answered, with the answer that it has."""

    contribution: Contribution
    answer: Answer | None
    is_open: bool
    """Whether it waits for an answer, also where it has one that leaves it open."""


def load_asked(session: Session, contribution_ids: Sequence[str]) -> dict[str, Asked]:
    """Read contributions with their answers; 1 query. Raises Refused (not found, not possible)."""
    ids = sorted(set(contribution_ids))
    rows = session.execute(
        select(Contribution, Answer, case((open_condition(), 1), else_=0).label("is_open"))
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .outerjoin(Phase, Phase.id == Answer.deferred_phase_id)
        .where(Contribution.id.in_(ids))
        .order_by(Contribution.number)
    ).all()
    asked = {
        row.Contribution.id: Asked(row.Contribution, row.Answer, bool(row.is_open)) for row in rows
    }
    if not ids or len(asked) != len(ids):
        raise Refused(Reason.NOT_FOUND)
    if len({one.contribution.handbook_id for one in asked.values()}) != 1:
        raise Refused(Reason.NOT_FOUND)
    withdrawn = [
        one for one in asked.values() if one.contribution.state is ContributionState.WITHDRAWN
    ]
    if withdrawn:
        raise Refused(Reason.NOT_POSSIBLE_NOW, missing_of(Reason.NOT_POSSIBLE_NOW, withdrawn))
    return asked


def missing_of(reason: Reason, those: Sequence[Asked]) -> tuple[Missing, ...]:
    """Name contributions that stand in the way, by their numbers."""
    return tuple(
        Missing(reason, "contribution", one.contribution.id, str(one.contribution.number))
        for one in those
    )


def evidence_for(
    session: Session, asked: Mapping[str, Asked], answering: Answering
) -> dict[str, tuple[Stretch, ...]]:
    """Gather each contribution's evidence: chosen by hand, and found where that is asked."""
    if answering.kind not in TAKING:
        return dict.fromkeys(asked, ())
    found = find_evidence(session, list(asked)) if answering.find_evidence else {}
    return {one: tuple(dict.fromkeys((*answering.evidence, *found.get(one, ())))) for one in asked}


def check(
    session: Session,
    asked: Mapping[str, Asked],
    answering: Answering,
    evidence: Mapping[str, Sequence[Stretch]],
) -> None:
    """Check that an answer names what its kind needs, for each contribution.

    Raises Refused with the first reason, and every contribution that lacks something; not possible
    now where something else than material is marked used or not.
    """
    if len(answering.reason) > MOST_CHARACTERS:
        raise Refused(Reason.TOO_LONG)
    if answering.kind in MARKS:
        others = [one for one in asked.values() if one.contribution.kind not in USED_OR_NOT]
        if others:
            reason = Reason.NOT_POSSIBLE_NOW
            raise Refused(reason, missing_of(reason, others))
    handbook_id = next(iter(asked.values())).contribution.handbook_id
    given = Given(
        reason=answering.reason,
        place=_place_known(session, handbook_id, answering.place),
        phase=_phase_ahead(session, handbook_id, answering.phase_id),
        section=_section_stands(session, handbook_id, answering.section_id),
    )
    together = _together(session, handbook_id, answering)
    lacking: list[Missing] = []
    for key, one in asked.items():
        own = Given(
            given.reason,
            bool(evidence[key]),
            given.place,
            together is not None and not _circle(together, key, answering.other_id),
            given.phase,
            given.section and answering.section_id != _place_now(one),
        )
        for lack in missing_parts(answering.kind, own):
            lacking += missing_of(lack, [one])
    if lacking:
        raise Refused(lacking[0].reason, tuple(lacking))
    _check_evidence(session, handbook_id, answering.evidence)


def _place_now(asked: Asked) -> str | None:
    said = asked.contribution
    return said.heir_id or said.section_id


def _place_known(session: Session, handbook_id: str, place: Place | None) -> bool:
    if place is None:
        return False
    text = session.scalar(
        select(Revision.text)
        .join(Section, Section.id == Revision.section_id)
        .where(Revision.id == place.revision_id, Section.handbook_id == handbook_id)
    )
    return text is not None and 0 <= place.start < place.end <= len(text)


def _phase_ahead(session: Session, handbook_id: str, phase_id: str | None) -> bool:
    wanted = select(Phase.id).where(
        Phase.id == (phase_id or ""), Phase.handbook_id == handbook_id, is_ahead()
    )
    return session.scalar(wanted) is not None


def _section_stands(session: Session, handbook_id: str, section_id: str | None) -> bool:
    return bool(
        session.scalar(
            select(Section.id).where(
                Section.id == (section_id or ""),
                Section.handbook_id == handbook_id,
                Section.dropped_at.is_(None),
            )
        )
    )


def _together(session: Session, handbook_id: str, answering: Answering) -> dict[str, str] | None:
    """Read which contributions are handled together; None where the other one can't be."""
    if answering.kind is not AnswerKind.TOGETHER_WITH or answering.other_id is None:
        return None
    state = session.scalar(
        select(Contribution.state).where(
            Contribution.id == answering.other_id, Contribution.handbook_id == handbook_id
        )
    )
    if state is None or state is ContributionState.WITHDRAWN:
        return None
    rows = session.execute(
        select(Answer.contribution_id, Answer.together_with_id)
        .join(Contribution, Contribution.id == Answer.contribution_id)
        .where(Contribution.handbook_id == handbook_id, Answer.kind == AnswerKind.TOGETHER_WITH)
    )
    return {row.contribution_id: row.together_with_id for row in rows if row.together_with_id}


def _circle(together: Mapping[str, str], contribution_id: str, other_id: str | None) -> bool:
    return other_id is None or closes_circle(together, contribution_id, other_id)


def _check_evidence(session: Session, handbook_id: str, stretches: Sequence[Stretch]) -> None:
    """Check that what was chosen by hand lies in texts of the handbook."""
    revisions = {one.to_revision_id for one in stretches if one.to_revision_id}
    lengths = {
        row.id: (row.section_id, len(row.text))
        for row in session.execute(
            select(Revision.id, Revision.section_id, Revision.text)
            .join(Section, Section.id == Revision.section_id)
            .where(Revision.id.in_(sorted(revisions)), Section.handbook_id == handbook_id)
        )
    }
    for one in stretches:
        if one.to_revision_id is None:
            known = _section_stands(session, handbook_id, one.section_id)
        else:
            section_id, length = lengths.get(one.to_revision_id, ("", -1))
            inside = 0 <= one.new_start <= one.new_end <= length
            known = section_id == one.section_id and inside
        if not known:
            raise Refused(Reason.EVIDENCE_MISSING)


def write(
    session: Session,
    actor: Actor,
    now: datetime,
    asked: Asked,
    answering: Answering,
    evidence: Sequence[Stretch],
    batch_id: str,
) -> Answer:
    """Write a contribution's answer; an earlier one is kept in its history."""
    answer = asked.answer
    if answer is None:
        answer = Answer(
            contribution_id=asked.contribution.id,
            version=0,
            state=AnswerState.DRAFT,
            batch_id=batch_id,
        )
        session.add(answer)
    else:
        session.add(
            AnswerVersion(
                answer_id=answer.id,
                version=answer.version,
                kind=answer.kind,
                reason=answer.reason,
                answered_by_id=answer.answered_by_id,
                answered_at=answer.answered_at,
            )
        )
        session.execute(delete(Evidence).where(Evidence.answer_id == answer.id))
    place = answering.place if answering.kind is AnswerKind.ALREADY_IN_TEXT else None
    answer.kind = answering.kind
    answer.reason = answering.reason.strip()
    answer.batch_id = batch_id
    answer.together_with_id = _if(answering, AnswerKind.TOGETHER_WITH, answering.other_id)
    answer.deferred_phase_id = _if(answering, AnswerKind.DEFERRED, answering.phase_id)
    # Where it went stays known when it is answered there.
    answer.moved_section_id = (
        _if(answering, AnswerKind.MOVED, answering.section_id) or answer.moved_section_id
    )
    answer.place_revision_id = place.revision_id if place else None
    answer.place_start = place.start if place else None
    answer.place_end = place.end if place else None
    if answering.kind is AnswerKind.MOVED:
        asked.contribution.heir_id = None  # it goes where the editor says, whatever it came from
    if asked.is_open:
        answer.published_draft_id = None  # the answer that ends it goes into the next letter
    answer.version += 1
    answer.answered_by_id = actor.person_id
    answer.answered_at = now
    session.flush()
    session.add_all(_row(answer.id, stretch) for stretch in evidence)
    return answer


def _if(answering: Answering, kind: AnswerKind, value: str | None) -> str | None:
    return value if answering.kind is kind else None


def _row(answer_id: str, stretch: Stretch) -> Evidence:
    return Evidence(
        answer_id=answer_id,
        kind=stretch.kind,
        section_id=stretch.section_id,
        from_revision_id=stretch.from_revision_id,
        to_revision_id=stretch.to_revision_id,
        old_start=stretch.old_start,
        old_end=stretch.old_end,
        new_start=stretch.new_start,
        new_end=stretch.new_end,
    )
