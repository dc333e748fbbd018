"""The promise of a round in words: who reads what participants say, and from when.

Those who take part are told it as a promise to them; those who plan the round as a rule for others.
"""

from datetime import date

from reviewtool.domain.contributions import Sharing
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, show_date
from reviewtool.wording.names import wording

_RULES = {
    Sharing.NOBODY: lazy("Only the editors see what participants say"),
    Sharing.AFTER_OWN: lazy("Participants see what others say once they have commented"),
    Sharing.PUBLIC: lazy(
        "Participants see what others say, and the public may read it beside the published text, "
        "without their names unless they agree"
    ),
}
"""How a promise that speaks to a participant is told to those who give it."""


def promise(sharing: Sharing, shared_from: date | None) -> str:
    """Say who reads what a participant says; with the day on which it opens, where it has one."""
    if sharing is Sharing.FROM_DAY and shared_from is not None:
        return _(
            "You see what others say, and they what you say, from %(date)s on",
            date=show_date(shared_from),
        )
    return wording(sharing)


def rule(sharing: Sharing, shared_from: date | None = None) -> str:
    """Say the same to the editors: who reads what participants say."""
    if sharing is Sharing.FROM_DAY and shared_from is not None:
        return _("Participants see what others say from %(date)s on", date=show_date(shared_from))
    return str(_RULES[sharing]) if sharing in _RULES else wording(sharing)
