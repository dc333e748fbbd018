"""The exact words that stand above the button of an approval, and are recorded with it."""

from reviewtool.domain.approvals import Capacity, Decision
from reviewtool.infra.i18n import LazyText, gettext, lazy

DECISIONS: dict[Decision, LazyText] = {
    Decision.APPROVED: lazy("I approve this text."),
    Decision.WITH_COMMENTS: lazy("I approve this text, and comment on it as well."),
    Decision.CHANGES_REQUESTED: lazy("I don't approve this text as it is: I ask for changes."),
    Decision.NO_POSITION: lazy("I take no position on this text."),
    Decision.NOTHING_TO_SAY: lazy("I have nothing to say about this text."),
}

CAPACITIES: dict[Capacity, LazyText] = {
    Capacity.EXPERT: lazy("I give my own view as an expert."),
    Capacity.WORKING_GROUP: lazy("I give the view of a working group: %(detail)s."),
    Capacity.BOARD: lazy(
        "I pass on what a board has decided: %(detail)s; the decision is in its minutes."
    ),
}


def decision_statement(decision: Decision) -> str:
    """Say what a decision means."""
    return str(DECISIONS[decision])


def capacity_statement(capacity: Capacity, detail: str) -> str:
    """Say in what capacity somebody answers."""
    return gettext(CAPACITIES[capacity].message, detail=detail)


def approval_statement(decision: Decision, capacity: Capacity, detail: str) -> str:
    """Give the whole statement that is recorded with an approval.

    What a board has decided is a decision of its organisation; everything else is a view.
    """
    said = [decision_statement(decision), capacity_statement(capacity, detail)]
    if capacity is not Capacity.BOARD:
        said.append(gettext("This is no decision of the municipality or the organisation."))
    return " ".join(said)
