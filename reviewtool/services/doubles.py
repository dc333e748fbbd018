"""Use cases of doubles: two rows of one person, or of one organisation, become one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action, Facts
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.queries.facts import found
from reviewtool.queries.shared_rows import has_sign_in, organisation_handbooks, person_handbooks
from reviewtool.services._doubles import (
    forget_agreeing_with_oneself,
    join_addresses,
    join_invitations,
    join_statement_work,
    join_tasks,
)
from reviewtool.services._policy import require
from reviewtool.services._repointing import JOINED, OF_ACCOUNTS, repoint
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

Row = TypeVar("Row", Person, Organisation)


def merge_persons(
    installation: Installation, actor: Actor, kept_id: str, merged_id: str, request_id: str
) -> None:
    """Let everything of one person stand under another, in all handbooks; the links of both work.

    Both were invited into a phase: what is furthest counts; both agreed with a contribution: once.
    Whoever has an account is the one who stays, and then only an administrator may merge; two
    accounts are never merged. Raises Refused: not possible now, not found, not allowed (a part in
    a handbook that the actor doesn't run).
    """

    def act(session: Session, now: datetime) -> set[str]:
        kept, merged = _two(session, Person, kept_id, merged_id)
        if kept.erased_at is not None or merged.erased_at is not None:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        handbooks = person_handbooks(session, (kept_id, merged_id))
        _require_all(actor, handbooks)
        account = has_sign_in(session, kept_id)
        if has_sign_in(session, merged_id):
            raise Refused(Reason.NOT_POSSIBLE_NOW, details={"account": merged_id})
        if account:
            require(actor, Action.ADMINISTER, Facts())
        forget_agreeing_with_oneself(session, kept_id, merged_id)
        join_addresses(session, kept, merged, account=account)
        join_invitations(session, kept_id, merged_id, now)
        join_statement_work(session, kept_id, merged_id)
        repoint(session, "person", merged_id, kept_id, JOINED | OF_ACCOUNTS)
        session.get_one(Person, merged_id).merged_into_id = kept_id
        return handbooks

    _do(installation, actor, (kept_id, merged_id), request_id, Act.PERSONS_MERGED, act)


def merge_organisations(
    installation: Installation, actor: Actor, kept_id: str, merged_id: str, request_id: str
) -> None:
    """Let everything of one organisation stand under another, in all handbooks.

    The other spelling leads to it from now on. Two tasks in one phase become one: what both were
    asked about; of two last days the later counts. Raises Refused: not possible now, not found,
    not allowed.
    """

    def act(session: Session, _now: datetime) -> set[str]:
        kept, merged = _two(session, Organisation, kept_id, merged_id)
        handbooks = organisation_handbooks(session, (kept_id, merged_id))
        _require_all(actor, handbooks)
        kept.municipality_id = kept.municipality_id or merged.municipality_id
        join_tasks(session, kept_id, merged_id)
        repoint(session, "organisation", merged_id, kept_id, JOINED)
        session.get_one(Organisation, merged_id).merged_into_id = kept_id
        return handbooks

    _do(installation, actor, (kept_id, merged_id), request_id, Act.ORGANISATIONS_MERGED, act)


def _two(session: Session, kind: type[Row], kept_id: str, merged_id: str) -> tuple[Row, Row]:
    """Lock both rows, always in the same order. Raises Refused."""
    if kept_id == merged_id:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    rows = {
        row.id: row
        for row in session.scalars(
            select(kind)
            .where(kind.id.in_((kept_id, merged_id)))
            .order_by(kind.id)
            .with_for_update()
        )
    }
    kept, merged = found(rows.get(kept_id)), found(rows.get(merged_id))
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        raise Refused(Reason.ALREADY_DONE)
    return kept, merged


def _require_all(actor: Actor, handbooks: set[str]) -> None:
    if not handbooks:
        require(actor, Action.MERGE_DOUBLES, Facts())
    for handbook_id in handbooks:
        require(actor, Action.MERGE_DOUBLES, Facts(handbook_id=handbook_id))


def _do(
    installation: Installation,
    actor: Actor,
    ids: tuple[str, str],
    request_id: str,
    traced: Act,
    act: Callable[[Session, datetime], set[str]],
) -> None:
    now = installation.clock.now()
    kept_id, merged_id = ids
    words = [traced.value, kept_id, merged_id]
    with installation.database.write() as session:
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        handbooks = act(session, now)
        remember(session, actor, request_id, words, kept_id, now)
        for handbook_id in sorted(handbooks):
            trace(session, actor, now, handbook_id, traced, kept_id, {"merged": merged_id})
