"""The step that shows answers to their contributors, with one mail for each person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerState
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.invitations import purpose_of
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.trace import Act
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.services._links import find_or_make_link
from reviewtool.services._outbox import post
from reviewtool.services._trace import trace


@dataclass(frozen=True)
class Waiting:
    """An answer that no draft has shown yet, and who is told of it."""

    answer: Answer
    author_id: str
    phase_id: str


@dataclass(frozen=True)
class Letter:
    """One mail with answers: a person's part in a phase, to which all of them belong."""

    invitation: Invitation
    language: str
    phase_kind: PhaseKind


def waiting_answers(
    session: Session, handbook_id: str, contribution_ids: Sequence[str] | None = None
) -> list[Waiting]:
    """List the answers that the next draft publishes or repeats, all or the chosen; 1 query."""
    query = (
        select(Answer, Contribution.author_id, Contribution.phase_id)
        .join(Contribution, Contribution.id == Answer.contribution_id)
        .where(
            Contribution.handbook_id == handbook_id,
            Contribution.state != ContributionState.WITHDRAWN,
            Answer.published_draft_id.is_(None),
        )
        .order_by(Contribution.number)
    )
    if contribution_ids is not None:
        query = query.where(Answer.contribution_id.in_(sorted(set(contribution_ids))))
    return [Waiting(row.Answer, row.author_id, row.phase_id) for row in session.execute(query)]


def letters_of(session: Session, handbook_id: str, waiting: Sequence[Waiting]) -> list[Letter]:
    """List the mails that tell of answers: one to each contributor for each phase in which they
    spoke, where an address works; 1 query. A page announces as many as a freeze sends.
    """
    parts = {(one.author_id, one.phase_id) for one in waiting}
    rows = session.execute(
        select(Invitation, Person.language, Phase.kind)
        .join(Person, Person.id == Invitation.person_id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .join(Address, Address.id == Invitation.address_id)
        .where(
            Invitation.person_id.in_(sorted({person_id for person_id, _phase in parts})),
            Phase.handbook_id == handbook_id,
            Address.state != AddressState.DEAD,
            Person.erased_at.is_(None),
        )
        .order_by(Invitation.created_at, Invitation.id)
    )
    return [
        Letter(row.Invitation, row.language, row.kind)
        for row in rows
        if (row.Invitation.person_id, row.Invitation.phase_id) in parts
    ]


def publish_answers(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    *,
    draft_id: str | None,
    contribution_ids: Sequence[str] | None = None,
) -> int:
    """Publish the answers that are still internal, all or the chosen ones; gives how many.

    draft_id: the draft that they appear with, and each contributor is mailed of; without one they
    are shown ahead of it, and go into the letter of the draft that follows. Traces, so call it
    last.
    """
    waiting = waiting_answers(session, handbook_id, contribution_ids)
    published: list[str] = []
    for one in waiting:
        one.answer.published_draft_id = draft_id
        if one.answer.state is AnswerState.DRAFT:
            one.answer.state = AnswerState.PUBLISHED
            one.answer.published_at = now
            published.append(one.answer.contribution_id)
    session.flush()
    if draft_id is not None:
        _mail(session, now, handbook_id, letters_of(session, handbook_id, waiting), draft_id)
    if published:
        facts: dict[str, str | int | bool | None] = {
            "draft": draft_id,
            "contributions": " ".join(published),
        }
        trace(session, actor, now, handbook_id, Act.ANSWERS_PUBLISHED, handbook_id, facts)
    return len(published)


def _mail(
    session: Session, now: datetime, handbook_id: str, letters: Sequence[Letter], draft_id: str
) -> None:
    for one in letters:
        invitation = one.invitation
        link = find_or_make_link(
            session,
            now,
            person_id=invitation.person_id,
            purpose=purpose_of(one.phase_kind),
            phase_id=invitation.phase_id,
            invitation_id=invitation.id,
        )
        post(
            session,
            now,
            MessageKind.ANSWERS,
            f"answers:{draft_id}:{invitation.phase_id}",
            person_id=invitation.person_id,
            address_id=invitation.address_id or "",
            language=one.language,
            handbook_id=handbook_id,
            phase_id=invitation.phase_id,
            context={"draft": draft_id, "link": link.id},
        )
