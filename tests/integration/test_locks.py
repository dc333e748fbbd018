"""Use cases that run at once wait for one another in the same order: nobody deadlocks."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import func, select, text

from reviewtool.domain.approvals import Decision
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.services._contributions import next_number
from reviewtool.services._trace import trace
from reviewtool.services.drafts import freeze_draft
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.people import link_actor
from tests.factories.rounds import make_round
from tests.factories.texts import make_texts

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def until_somebody_waits(installation: Installation) -> None:
    """Go on once another connection waits for a lock."""
    while True:
        with installation.database.read() as session:
            if session.scalar(WAITING):
                return
        sleep(0.02)


@pytest.mark.only("postgresql", reason="SQLite has one writer at a time")
def test_a_first_decision_with_a_comment_waits_for_a_comment_of_a_round(
    installation: Installation,
) -> None:
    """The number of a contribution is taken first, the chain of the trace is locked last."""
    made = make_round(installation, key="approval", open_to_all=False)
    approver = link_actor(installation, made.people[0])
    lines = approval_lines(installation, made.phase_id)[:1]
    with ThreadPoolExecutor(1) as pool:
        with installation.database.write() as session:
            next_number(session, made.handbook.id)
            decided = pool.submit(
                decide_all, installation, approver, lines, Decision.WITH_COMMENTS, "Hyvä teksti."
            )
            until_somebody_waits(installation)
            trace(
                session, made.editor, installation.clock.now(), made.handbook.id,
                Act.CONTRIBUTION_MADE, new_id(),
            )  # fmt: skip
        decided.result(timeout=30)


def test_decisions_sent_at_once_leave_one_standing(installation: Installation) -> None:
    made = make_round(installation, key="approval", open_to_all=False)
    approver = link_actor(installation, made.people[0])
    lines = approval_lines(installation, made.phase_id)[:1]
    with ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(decide_all, installation, approver, lines) for _ in range(6)]
        for one in sent:
            one.result(timeout=60)
    with installation.database.read() as session:
        standing = select(func.count()).where(Approval.superseded_at.is_(None))
        assert session.scalar(standing) == 1
        assert session.scalar(select(func.count()).select_from(Approval)) == 6


def frozen_at_once(
    installation: Installation, made: MadeHandbook, request_ids: Sequence[str]
) -> list[str | Reason]:
    """Freeze several times at once; gives the drafts' ids, and the reasons of what is refused."""

    def press(request_id: str) -> str | Reason:
        begin.wait()
        try:
            return freeze_draft(installation, made.administrator, made.id, request_id).id
        except Refused as refused:
            return refused.reason

    begin = Barrier(len(request_ids))
    with ThreadPoolExecutor(len(request_ids)) as pool:
        return list(pool.map(press, request_ids, timeout=60))


def test_a_freeze_pressed_twice_at_once_freezes_once(installation: Installation) -> None:
    made = make_handbook(installation)
    make_texts(installation, made.administrator, made.id)
    done = frozen_at_once(installation, made, [new_id()] * 4)
    assert len(set(done)) == 1
    assert not isinstance(done[0], Reason)


def test_of_two_editors_who_freeze_at_once_one_is_told(installation: Installation) -> None:
    made = make_handbook(installation)
    make_texts(installation, made.administrator, made.id)
    done = frozen_at_once(installation, made, [new_id(), new_id()])
    refused = [one for one in done if isinstance(one, Reason)]
    assert len(refused) == 1
    assert set(refused) <= {Reason.TEXT_CHANGED, Reason.NOTHING_TO_FREEZE}
