"""Use cases of drafts: freezing the working texts behind the gate (rules 1, 3)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerState
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.domain.sections import LANGUAGES
from reviewtool.domain.trace import Act, texts_digest
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import Draft
from reviewtool.models.handbooks import Handbook
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.newest_draft import newest_draft
from reviewtool.queries.tree import TreeLine, draft_tree, working_tree
from reviewtool.services._drafts import (
    FrozenDraft,
    add_draft,
    draft_items,
    frozen,
    lock_drafts,
)
from reviewtool.services._gate import open_items, unanswered
from reviewtool.services._policy import require
from reviewtool.services._publish_answers import letters_of, publish_answers, waiting_answers
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace


def freeze_draft(
    installation: Installation, actor: Actor, handbook_id: str, request_id: str | None = None
) -> FrozenDraft:
    """Freeze the working texts as the next draft, and publish the answers given since the last.

    Also where no text has changed: then the draft has the same texts, and what a round was answered
    reaches everybody together. Raises Refused: (unanswered) with what the gate lists, (nothing to
    freeze) where there is no text, or neither a change nor an answer to publish, (text changed)
    when somebody saved at the same moment.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        done = _done(session, actor, handbook_id, request_id)
        if done is not None:
            return done
        missing = open_items(session, handbook_id)
        if missing:
            raise Refused(missing[0].reason, missing)
        lines = _lines(session, handbook_id)
        last = newest_draft(session, handbook_id)
        same = last is not None and _same(lines, session, last.id)
        if not lines or (same and not _something_to_tell(session, handbook_id)):
            raise Refused(Reason.NOTHING_TO_FREEZE)
        answered = _answered(session, handbook_id)
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        lock_drafts(session, handbook_id)
        # A colleague, or this very form pressed twice, may have frozen it a moment ago.
        done = _done(session, actor, handbook_id, request_id)
        if done is not None:
            return done
        newest = newest_draft(session, handbook_id)
        if (newest.id if newest else None) != (last.id if last else None):
            raise Refused(Reason.TEXT_CHANGED)
        still = _lines(session, handbook_id), _answered(session, handbook_id)
        if still != (lines, answered) or unanswered(session, handbook_id):
            raise Refused(Reason.TEXT_CHANGED)
        draft = add_draft(session, actor, now, handbook_id, (last.number if last else 0) + 1)
        session.add_all(draft_items(draft.id, lines))
        remember(session, actor, request_id, [handbook_id], draft.id, now)
        session.flush()
        publish_answers(session, actor, now, handbook_id, draft_id=draft.id)
        trace(
            session,
            actor,
            now,
            handbook_id,
            Act.DRAFT_FROZEN,
            draft.id,
            {
                "draft": draft.label,
                "sections": len({line.section_id for line in lines}),
                "texts": texts_digest(
                    (line.section_id, line.language, line.text_hash) for line in lines
                ),
            },
        )
        return frozen(draft)


def _done(
    session: Session, actor: Actor, handbook_id: str, request_id: str | None
) -> FrozenDraft | None:
    """Give the draft that this form has frozen already."""
    done = earlier(session, actor, request_id, [handbook_id])
    return frozen(found(session.get(Draft, done.object_id))) if done is not None else None


def _something_to_tell(session: Session, handbook_id: str) -> bool:
    return bool(waiting_answers(session, handbook_id))


@dataclass(frozen=True)
class BeforeFreeze:
    """What the freeze page tells before the button: what is missing, what will be published."""

    missing: tuple[Missing, ...]
    answers: int
    """How many are shown to their contributors now for the first time."""
    mails: int
    tells: bool
    """Whether there is something to publish even where no text has changed."""


def before_freeze(session: Session, actor: Actor, handbook_id: str) -> BeforeFreeze:
    """Tell what a freeze, or a publication, would meet and do; reads only."""
    require(actor, Action.EDIT, handbook_facts(session, handbook_id))
    waiting = waiting_answers(session, handbook_id)
    return BeforeFreeze(
        open_items(session, handbook_id),
        sum(one.answer.state is AnswerState.DRAFT for one in waiting),
        len(letters_of(session, handbook_id, waiting)),
        bool(waiting),
    )


def _lines(session: Session, handbook_id: str) -> list[TreeLine]:
    """The working texts in reading order: in the handbook's language, then its translations."""
    languages = _languages(session, handbook_id)
    return [line for code in languages for line in working_tree(session, handbook_id, code)]


def _languages(session: Session, handbook_id: str) -> list[str]:
    own = found(session.scalar(select(Handbook.language).where(Handbook.id == handbook_id)))
    return [own, *(code for code in LANGUAGES if code != own)]


def _same(lines: list[TreeLine], session: Session, draft_id: str) -> bool:
    """Tell whether texts and tree stand as a draft froze them."""

    def shape(tree: list[TreeLine]) -> list[tuple[str, str, str | None, str]]:
        return [(one.section_id, one.language, one.parent_id, one.revision_id) for one in tree]

    codes = dict.fromkeys(line.language for line in lines)
    before = [line for code in codes for line in draft_tree(session, draft_id, code)]
    return shape(lines) == shape(before)


def _answered(session: Session, handbook_id: str) -> list[tuple[str, int]]:
    """(contribution, version of its answer) of the answers that wait to be published."""
    rows = session.execute(
        select(Contribution.id, Answer.version)
        .join(Answer, Answer.contribution_id == Contribution.id)
        .where(
            Contribution.handbook_id == handbook_id,
            Contribution.state == ContributionState.RECEIVED,
            Answer.state == AnswerState.DRAFT,
        )
        .order_by(Contribution.number)
    )
    return [(row.id, row.version) for row in rows]
