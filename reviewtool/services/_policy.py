"""The step that asks the one policy, inside the use case as well as before the page."""

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused


def require(actor: Actor, action: Action, facts: Facts) -> None:
    """Go on if the actor may. Raises Refused (not allowed) otherwise."""
    if not may(actor, action, facts):
        raise Refused(Reason.NOT_ALLOWED, details={"action": action.value})
