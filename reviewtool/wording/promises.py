"""The promise of a round in words: who reads what participants say, and from when."""

from datetime import date

from reviewtool.domain.contributions import Sharing
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import show_date
from reviewtool.wording.names import wording


def promise(sharing: Sharing, shared_from: date | None) -> str:
    """Say who reads what a participant says; with the day on which it opens, where it has one."""
    if sharing is Sharing.FROM_DAY and shared_from is not None:
        return _(
            "You see what others say, and they what you say, from %(date)s on",
            date=show_date(shared_from),
        )
    return wording(sharing)
