"""The use case of saying whether the editors' answer answers what one said."""

from __future__ import annotations

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerState
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.verdicts import Verdict
from reviewtool.queries.facts import contribution_facts, found
from reviewtool.services._contributions import check_length
from reviewtool.services._policy import require
from reviewtool.services._requests import is_repeat, remember
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent


def give_verdict(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    *,
    satisfied: bool,
    reason: str,
    request_id: str,
    form: str = "",
) -> None:
    """Say of one's own contribution whether its published answer answers it; may be changed.

    form: the key of the form in which it was half written, which ends with it. It works as long as
    the link reads, and reopens nothing. Raises Refused: not found, not allowed, too long, not
    possible now (no published answer, withdrawn).
    """
    reason = "" if satisfied else reason.strip()
    check_length(reason)
    now = installation.clock.now()
    words = ["verdict", contribution_id, str(satisfied), reason]
    with installation.database.write() as session:
        facts = contribution_facts(session, actor, contribution_id, now)
        require(actor, Action.JUDGE_ANSWER, facts)
        said = found(
            session.scalar(
                select(Contribution).where(Contribution.id == contribution_id).with_for_update()
            )
        )
        answer = session.scalar(
            select(Answer).where(
                Answer.contribution_id == contribution_id, Answer.state == AnswerState.PUBLISHED
            )
        )
        if answer is None or said.state is not ContributionState.RECEIVED:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        if is_repeat(session, actor, request_id, words):
            return
        verdict = session.get(Verdict, contribution_id)
        if verdict is None:
            verdict = Verdict(contribution_id=contribution_id)
            session.add(verdict)
        verdict.answer_version = answer.version
        verdict.satisfied = satisfied
        verdict.reason = reason
        verdict.given_at = now
        remember(session, actor, request_id, words, contribution_id, now)
        forget_unsent(session, actor, form)
        trace(
            session, actor, now, said.handbook_id, Act.VERDICT_GIVEN, contribution_id,
            {"answer_version": answer.version, "satisfied": satisfied},
        )  # fmt: skip
