"""The page that a link leads to."""

from reviewtool.domain.links import Purpose
from reviewtool.domain.phases import PhaseKind
from reviewtool.queries.actors import FoundLink

LANDINGS = {
    Purpose.PARTICIPATE: "participant.landing",
    Purpose.APPROVE: "approvals.landing",
}
"""The page that a link leads to; some kinds of phases have one of their own."""

LANDINGS_OF_KINDS = {
    PhaseKind.WORKSHOP: "workshop.landing",
    PhaseKind.INTERVIEWS: "interview.landing",
}


def landing_of(found: FoundLink) -> str:
    """Name the page that a participant's or approver's link leads to."""
    assert found.actor.purpose is not None
    default = LANDINGS[found.actor.purpose]
    return LANDINGS_OF_KINDS.get(found.phase_kind, default) if found.phase_kind else default
