"""Decisions of approvers, made by the use case."""

from collections.abc import Sequence

from reviewtool.domain.actors import Actor
from reviewtool.domain.approvals import Capacity, Decision
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.phases import Phase
from reviewtool.queries.tree import TreeLine, draft_tree
from reviewtool.services.approvals import Wish, decide


def approval_lines(installation: Installation, phase_id: str) -> list[TreeLine]:
    """List the texts that an approval phase shows."""
    with installation.database.read() as session:
        draft_id = session.get_one(Phase, phase_id).draft_id
        assert draft_id is not None
        return draft_tree(session, draft_id, "fi")


def decide_all(
    installation: Installation,
    approver: Actor,
    lines: Sequence[TreeLine],
    decision: Decision = Decision.APPROVED,
    words: str = "",
    *,
    capacity: Capacity = Capacity.EXPERT,
    detail: str = "",
    request_id: str | None = None,
) -> str:
    """Decide the same on each of some texts."""
    wishes = [Wish(line.section_id, line.text_hash, decision, words) for line in lines]
    return decide(
        installation,
        approver,
        wishes,
        capacity=capacity,
        capacity_detail=detail,
        language="fi",
        request_id=request_id or new_id(),
    )
