"""Use cases of a round's participants: saying something, changing it, taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contribution_moves import CONTRIBUTION_TABLE, ContributionMove
from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
)
from reviewtool.domain.passages import Range, passage_in
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import step
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision
from reviewtool.queries.facts import contribution_facts, found
from reviewtool.queries.structure_acts import is_carried_out
from reviewtool.services._contributions import (
    Round,
    Words,
    add_contribution,
    check_words,
    find_round,
    require_unanswered,
    require_writing,
    reword,
    something_said,
    state_now,
    trace_made,
    words_of,
)
from reviewtool.services._further import set_further
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._speaking import speaking_for
from reviewtool.services._submissions import (
    About,
    Submission,
    check_suggested,
    is_about,
    what_about,
)
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent

__all__ = ["Submission", "Words", "edit", "submit", "withdraw"]


def submit(
    installation: Installation,
    actor: Actor,
    submission: Submission,
    request_id: str,
    *,
    late: bool = False,
) -> str:
    """Take what a participant says; gives the contribution's id.

    The same request id again gives the same contribution; with other words it edits it; about
    another place it is a new one, for an edit leaves the place as it was. A second answer to the
    same question about the same text edits the first. With `late` it is taken after the round's
    end too, marked as late.
    Raises Refused: round closed, round not open, not found, passage gone, empty, too long,
    no change, text invalid.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round, late=late)
        about = what_about(session, found_round, submission)
    with installation.database.write() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round, late=late)
        # Locked first: two presses at once come one after the other.
        invitation = load_invitation(session, actor.invitation_id)
        forget_unsent(session, actor, submission.form)
        before = _before(session, actor, submission, about, request_id, state_now(found_round))
        if before is not None:
            return _say_again(session, actor, now, found_round, before, submission, request_id)
        something_said(session, actor, submission.section_id)
        contribution = add_contribution(
            session,
            actor,
            now,
            phase=found_round.phase,
            kind=submission.kind,
            channel=Channel.WEB,
            author_id=invitation.person_id,
            organisation_id=speaking_for(session, invitation, submission.organisation_id),
            language=submission.language,
            section_id=submission.section_id,
            revision_id=about.revision_id,
            passage=about.passage,
            heir_id=about.heir_id,
            question_id=submission.question_id,
            words=submission.words,
            state=state_now(found_round),
        )
        set_further(session, found_round.phase, contribution, submission.also)
        remember(session, actor, request_id, submission.key, contribution.id, now)
        if found_round.is_open:
            came_in(session, actor, invitation, now)
        trace_made(session, actor, now, contribution)
        return contribution.id


def _before(
    session: Session,
    actor: Actor,
    submission: Submission,
    about: About,
    request_id: str,
    state: ContributionState,
) -> Contribution | None:
    """Find the contribution that this form, or an earlier answer to its question, made.

    state: of what is said now; what came late isn't changed by an answer in time, nor the other
    way round.
    """
    again = earlier(session, actor, request_id, submission.key)
    if again is not None:
        made = found(session.get(Contribution, again.object_id))
        same_question = made.question_id == submission.question_id
        return made if same_question and is_about(made, submission, about) else None
    if not submission.question_id:
        return None
    return session.scalars(
        select(Contribution)
        .where(
            Contribution.author_id == actor.person_id,
            Contribution.question_id == submission.question_id,
            Contribution.section_id == submission.section_id,
            Contribution.state == state,
        )
        .order_by(Contribution.created_at.desc())
        .limit(1)
    ).one_or_none()


def _say_again(
    session: Session,
    actor: Actor,
    now: datetime,
    found_round: Round,
    contribution: Contribution,
    submission: Submission,
    request_id: str,
) -> str:
    """Answer a repeated form: the same words change nothing, other words are an edit."""
    moved = _speak_for(session, actor, contribution, submission.organisation_id)
    moved |= set_further(session, found_round.phase, contribution, submission.also)
    if words_of(contribution).all != submission.words.all:
        _change(session, actor, now, contribution, submission.words)
        remember(session, actor, request_id, submission.key, contribution.id, now)
    elif moved:
        remember(session, actor, request_id, submission.key, contribution.id, now)
    else:
        return contribution.id
    _trace_edited(session, actor, now, contribution)
    return contribution.id


def _speak_for(
    session: Session, actor: Actor, contribution: Contribution, organisation_id: str | None
) -> bool:
    """Let a contribution be said for another of its author's organisations; False: as before."""
    if not organisation_id or organisation_id == contribution.organisation_id:
        return False
    invitation = load_invitation(session, actor.invitation_id)
    contribution.organisation_id = speaking_for(session, invitation, organisation_id)
    return True


def edit(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    words: Words,
    request_id: str,
    *,
    organisation_id: str | None = None,
    also: frozenset[str] | None = None,
    form: str = "",
) -> str:
    """Give one's own contribution other words; the earlier ones are kept.

    organisation_id: for whom one speaks now; none: as before. also: further texts that an example
    fits; none: as before. form: whose private copy ends now.

    Raises Refused: not found, not allowed, round closed, empty, too long, no change.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        contribution = _own(session, actor, now, contribution_id)
        step(CONTRIBUTION_TABLE, contribution.state, ContributionMove.EDIT)
        check_words(contribution.kind, words)
        forget_unsent(session, actor, form)
        moved = _speak_for(session, actor, contribution, organisation_id)
        if also is not None:
            phase = session.get_one(Phase, contribution.phase_id)
            moved |= set_further(session, phase, contribution, also)
        if words_of(contribution).all != words.all:
            _change(session, actor, now, contribution, words)
        elif not moved:
            return contribution.id
        remember(session, actor, request_id, words.all, contribution.id, now)
        _trace_edited(session, actor, now, contribution)
        return contribution.id


def withdraw(
    installation: Installation, actor: Actor, contribution_id: str, request_id: str
) -> str:
    """Take one's own contribution back; it stays with a mark. Repeating changes nothing.

    Raises Refused: not found, not allowed, round closed; carried out, where the structure was
    changed by it.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        contribution = _own(session, actor, now, contribution_id)
        if contribution.state is ContributionState.WITHDRAWN:
            return contribution.id
        if is_carried_out(session, contribution.id):
            raise Refused(Reason.CARRIED_OUT)
        done = step(CONTRIBUTION_TABLE, contribution.state, ContributionMove.WITHDRAW)
        contribution.state = done.state
        contribution.withdrawn_at = now
        remember(session, actor, request_id, (contribution.id,), contribution.id, now)
        trace(
            session, actor, now, contribution.handbook_id,
            Act.CONTRIBUTION_WITHDRAWN, contribution.id,
        )  # fmt: skip
        return contribution.id


def _own(session: Session, actor: Actor, now: datetime, contribution_id: str) -> Contribution:
    """Lock one's own contribution of the link's round, while it can be changed.

    What has its published answer stays as it was answered, also where the round opens again.
    """
    contribution = session.get(Contribution, contribution_id, with_for_update=True)
    if contribution is None or contribution.author_id != actor.person_id:
        raise Refused(Reason.NOT_FOUND)
    found_round = find_round(session, actor, now)
    if contribution.phase_id != found_round.phase.id:
        raise Refused(Reason.ROUND_CLOSED)
    require_writing(actor, found_round)
    require_unanswered(session, contribution.id)
    return contribution


def _change(
    session: Session, actor: Actor, now: datetime, contribution: Contribution, words: Words
) -> None:
    from_form = step(CONTRIBUTION_TABLE, contribution.state, ContributionMove.EDIT)
    require(actor, from_form.action, contribution_facts(session, actor, contribution.id, now))
    if contribution.kind is ContributionKind.SUGGESTION:
        revision = found(session.get(Revision, contribution.revision_id))
        assert contribution.start is not None
        assert contribution.end is not None
        passage = passage_in(revision.text, Range(contribution.start, contribution.end))
        check_suggested(revision, passage, words)
    else:
        words = replace(words, replacement=None)
    reword(session, contribution, words, now)


def _trace_edited(
    session: Session, actor: Actor, now: datetime, contribution: Contribution
) -> None:
    trace(
        session,
        actor,
        now,
        contribution.handbook_id,
        Act.CONTRIBUTION_EDITED,
        contribution.id,
        {"version": contribution.version},
    )
