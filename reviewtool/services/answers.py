"""Use cases of answering: one or several contributions at once, all or none; revised with history.

An answer stays internal until it is published, together with a draft or ahead of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import (
    ANSWER_TABLE,
    AnswerKind,
    AnswerMove,
    AnswerStage,
    stage,
)
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import Refusal
from reviewtool.domain.trace import Act
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.queries.facts import handbook_facts
from reviewtool.services._answers import (
    Answering,
    Asked,
    Place,
    check,
    evidence_for,
    load_asked,
    missing_of,
    write,
)
from reviewtool.services._evidence import Stretch, find_evidence
from reviewtool.services._policy import require
from reviewtool.services._publish_answers import publish_answers
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

__all__ = [
    "Answered",
    "Answering",
    "Place",
    "Stretch",
    "answer",
    "evidence_of",
    "mark_used",
    "publish",
    "revise",
]


@dataclass(frozen=True)
class Answered:
    """What answering came to: the batch, and the contributions that it holds."""

    batch_id: str
    contribution_ids: tuple[str, ...]


def answer(
    installation: Installation,
    actor: Actor,
    contribution_ids: Sequence[str],
    answering: Answering,
    request_id: str,
) -> Answered:
    """Answer contributions that wait for an answer: exactly the chosen ones, all or none.

    Raises Refused with every contribution that stands in the way: already done where one has an
    answer that ends it; what an answer of this kind lacks (reason, evidence, place, other, phase,
    section); not possible now for withdrawn ones.
    """
    ids = sorted(set(contribution_ids))
    words = ["answer", *ids, *answering.words]
    return _answer(installation, actor, ids, answering, AnswerMove.ANSWER, words, request_id)


def revise(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    answering: Answering,
    expected_version: int,
    request_id: str,
) -> Answered:
    """Give a contribution another answer; the one before stays in its history.

    expected_version: of the answer as the editor saw it. Raises Refused: edit conflict where a
    colleague revised it meanwhile; otherwise as `answer`.
    """
    words = ["revise", contribution_id, str(expected_version), *answering.words]
    return _answer(
        installation,
        actor,
        [contribution_id],
        answering,
        AnswerMove.REVISE,
        words,
        request_id,
        expected_version,
    )


def _answer(
    installation: Installation,
    actor: Actor,
    ids: Sequence[str],
    answering: Answering,
    move: AnswerMove,
    words: Sequence[str],
    request_id: str,
    expected_version: int | None = None,
) -> Answered:
    now = installation.clock.now()
    with installation.database.read() as session:
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return Answered(before.object_id, tuple(ids))
        asked = _asked(session, actor, ids)
        evidence = evidence_for(session, asked, answering)
    batch_id = new_id()
    with installation.database.write() as session:
        asked = _asked(session, actor, ids)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return Answered(before.object_id, tuple(ids))
        # The same form sent again with other words revises what it gave the first time.
        again = before is not None and all(
            one.answer is not None and one.answer.batch_id == before.object_id
            for one in asked.values()
        )
        made = AnswerMove.REVISE if again else move
        _check_moves(asked, made, None if again else expected_version)
        check(session, asked, answering, evidence)
        written = [
            (key, write(session, actor, now, one, answering, evidence[key], batch_id))
            for key, one in asked.items()
        ]
        remember(session, actor, request_id, words, batch_id, now)
        handbook_id = next(iter(asked.values())).contribution.handbook_id
        for key, row in written:
            act = Act.ANSWER_GIVEN if asked[key].answer is None else Act.ANSWER_REVISED
            facts = {"kind": row.kind.value, "batch": batch_id, "version": row.version}
            trace(session, actor, now, handbook_id, act, key, facts)
    return Answered(batch_id, tuple(ids))


def _asked(session: Session, actor: Actor, ids: Sequence[str]) -> dict[str, Asked]:
    asked = load_asked(session, ids)
    handbook_id = next(iter(asked.values())).contribution.handbook_id
    require(actor, Action.EDIT, handbook_facts(session, handbook_id))
    return asked


def _check_moves(
    asked: dict[str, Asked], move: AnswerMove, expected_version: int | None = None
) -> None:
    """Check all of them before any is changed."""
    refused = [
        (one, entry.reason)
        for one in asked.values()
        if isinstance(entry := ANSWER_TABLE[(_stage(one), _move_of(one, move))], Refusal)
    ]
    if refused:
        reason = refused[0][1]
        raise Refused(reason, missing_of(reason, [one for one, _ in refused]))
    if expected_version is not None and any(
        one.answer is not None and one.answer.version != expected_version for one in asked.values()
    ):
        raise Refused(Reason.EDIT_CONFLICT)


def _move_of(asked: Asked, move: AnswerMove) -> AnswerMove:
    """Answering what its answer leaves open (deferred, moved) gives it another one."""
    if move is AnswerMove.ANSWER and asked.answer is not None and asked.is_open:
        return AnswerMove.REVISE
    return move


def _stage(asked: Asked) -> AnswerStage:
    return stage(asked.answer.state if asked.answer else None)


def publish(
    installation: Installation, actor: Actor, contribution_ids: Sequence[str], request_id: str
) -> int:
    """Show answers to their contributors ahead of the next draft; gives how many.

    Raises Refused where one has no answer, or is published already.
    """
    ids = sorted(set(contribution_ids))
    words = ["publish", *ids]
    now = installation.clock.now()
    with installation.database.write() as session:
        asked = _asked(session, actor, ids)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return len(ids)
        _check_moves(asked, AnswerMove.PUBLISH)
        handbook_id = next(iter(asked.values())).contribution.handbook_id
        remember(session, actor, request_id, words, handbook_id, now)
        return publish_answers(
            session, actor, now, handbook_id, draft_id=None, contribution_ids=ids
        )


def mark_used(
    installation: Installation,
    actor: Actor,
    contribution_ids: Sequence[str],
    used: bool,
    request_id: str,
    reason: str = "",
) -> int:
    """Answer workshop features and interview notes: used in the text, or not and why; all or none.

    One that was marked before is marked anew. Raises Refused: not possible now where another kind
    is among them; reason missing where they aren't used.
    """
    ids = sorted(set(contribution_ids))
    answering = Answering(AnswerKind.USED if used else AnswerKind.NOT_USED, reason)
    words = ["used", *ids, *answering.words]
    now = installation.clock.now()
    with installation.database.write() as session:
        asked = _asked(session, actor, ids)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return len(ids)
        check(session, asked, answering, dict.fromkeys(asked, ()))
        batch_id = new_id()
        acts = {
            key: Act.ANSWER_REVISED if one.answer else Act.ANSWER_GIVEN
            for key, one in asked.items()
        }
        written = {
            key: write(session, actor, now, one, answering, (), batch_id)
            for key, one in asked.items()
        }
        handbook_id = next(iter(asked.values())).contribution.handbook_id
        remember(session, actor, request_id, words, batch_id, now)
        for key, row in written.items():
            facts = {"kind": row.kind.value, "batch": batch_id, "version": row.version}
            trace(session, actor, now, handbook_id, acts[key], key, facts)
    return len(ids)


def evidence_of(
    installation: Installation, actor: Actor, contribution_ids: Sequence[str]
) -> dict[str, tuple[Stretch, ...]]:
    """Give what would be each contribution's evidence by itself: shown before answering."""
    with installation.database.read() as session:
        _asked(session, actor, contribution_ids)
        return find_evidence(session, list(contribution_ids))
