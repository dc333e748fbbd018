"""Use cases of a joint statement's points: written, reworded, taken out before it is submitted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Revision
from reviewtool.models.statements import Statement, StatementPoint
from reviewtool.queries.facts import found
from reviewtool.queries.visible import works_on
from reviewtool.services._contributions import (
    Words,
    check_words,
    find_round,
    passage_columns,
    require_writing,
)
from reviewtool.services._requests import earlier, is_repeat, remember
from reviewtool.services._statements import (
    load_point,
    load_statement,
    passage_of,
    pending,
    put_words,
    words_of,
)
from reviewtool.services._submissions import (
    About,
    Submission,
    check_suggested,
    is_about,
    what_about,
)
from reviewtool.services._unsent import forget_unsent

KINDS = frozenset({ContributionKind.COMMENT, ContributionKind.SUGGESTION, ContributionKind.EXAMPLE})
"""What a point can be."""

MOST_POINTS = 200


def add_point(
    installation: Installation, actor: Actor, submission: Submission, request_id: str
) -> str:
    """Write a new point: of a passage, of a text, or of the whole; gives its id.

    The same request id again gives the same point; with other words about the same it is reworded.
    Raises Refused: other statement (its author chose to speak for another organisation), empty, too
    long, not found, passage gone, no change, text invalid, round closed, not allowed.
    """
    now = installation.clock.now()
    if submission.kind not in KINDS:
        raise Refused(Reason.NOT_ALLOWED)
    with installation.database.read() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round)
        about = what_about(session, found_round, submission)
    key = ["point", *submission.key]
    with installation.database.write() as session:
        statement, _round = load_statement(session, actor, Action.WRITE_STATEMENT, now)
        _check_voice(actor, statement, submission.organisation_id)
        before = earlier(session, actor, request_id, key)
        if before is not None and before.same_words:
            return before.object_id
        forget_unsent(session, actor, submission.form)
        drafts = pending(session, statement)
        point = next((one for one in drafts if before and one.id == before.object_id), None)
        if point is not None and is_about(point, submission, about):
            _reword(actor, point, submission.words, now)
            point.also = sorted(submission.also)
        elif len(drafts) >= MOST_POINTS:
            raise Refused(Reason.TOO_LONG)
        else:
            point = _made(actor, statement.id, submission, about, now)
            session.add(point)
            session.flush()
        remember(session, actor, request_id, key, point.id, now)
        return point.id


def _check_voice(actor: Actor, statement: Statement, wanted: str | None) -> None:
    """Refuse a point in whose form another organisation was chosen than the statement's.

    The invitation's is what forms begin from: nobody has chosen it.
    """
    if wanted and wanted not in (statement.organisation_id, actor.organisation_id):
        raise Refused(Reason.OTHER_STATEMENT)


def _made(
    actor: Actor, statement_id: str, submission: Submission, about: About, now: datetime
) -> StatementPoint:
    point = StatementPoint(
        statement_id=statement_id,
        kind=submission.kind,
        section_id=submission.section_id,
        revision_id=about.revision_id,
        language=submission.language,
        also=sorted(submission.also),
        written_by_id=found(actor.person_id),
        created_at=now,
        updated_at=now,
        **passage_columns(about.passage),
    )
    put_words(point, submission.words)
    return point


def _reword(actor: Actor, point: StatementPoint, words: Words, now: datetime) -> None:
    put_words(point, words)
    point.version, point.updated_at = point.version + 1, now
    point.written_by_id = found(actor.person_id)


def save_point(
    installation: Installation,
    actor: Actor,
    point_id: str,
    words: Words,
    version: int,
    request_id: str,
    form: str = "",
) -> None:
    """Give a point other words. version: the one that was read; form: the key of the form in which
    they were half written, which ends with it.

    Raises Refused: text changed where a colleague saved meanwhile (rule 10: both are shown);
    not possible now where it has been submitted; empty, too long, no change to the text, text
    invalid, not found, round closed.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        _check(session, actor, point_id, words)
    key = [point_id, *words.all]
    with installation.database.write() as session:
        statement, _round = load_statement(session, actor, Action.WRITE_STATEMENT, now)
        point = load_point(session, statement, point_id)
        if is_repeat(session, actor, request_id, key):
            return
        _check_draft(point)
        same = words_of(point).all == words.all
        if point.version != version and not same:
            raise Refused(Reason.TEXT_CHANGED)
        if not same:
            _reword(actor, point, words, now)
        remember(session, actor, request_id, key, point_id, now)
        forget_unsent(session, actor, form)


def _check(session: Session, actor: Actor, point_id: str, words: Words) -> None:
    """Check that the words say something, and that suggested ones can stand in the text."""
    point = found(
        session.scalar(
            select(StatementPoint).where(
                StatementPoint.id == point_id, works_on(actor, StatementPoint.statement_id)
            )
        )
    )
    check_words(point.kind, words)
    if point.kind is ContributionKind.SUGGESTION:
        revision = found(session.get(Revision, point.revision_id))
        check_suggested(revision, passage_of(point), words)


def drop_point(installation: Installation, actor: Actor, point_id: str, version: int) -> None:
    """Take a draft point out; nothing for one that is gone.

    Raises Refused: text changed, not possible now (submitted), round closed, not allowed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        statement, _round = load_statement(session, actor, Action.WRITE_STATEMENT, now)
        point = session.get(StatementPoint, point_id, with_for_update=True)
        if point is None or point.statement_id != statement.id:
            return
        _check_draft(point)
        if point.version != version:
            raise Refused(Reason.TEXT_CHANGED)
        session.delete(point)


def _check_draft(point: StatementPoint) -> None:
    if point.contribution_id is not None:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
