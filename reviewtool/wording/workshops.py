"""Workshops in words: when one is held, how far it is, what somebody says about coming."""

from datetime import datetime

from reviewtool.domain.workshops import Attendance, Stage
from reviewtool.infra.i18n import LazyText, lazy, show_date, show_day, show_time
from reviewtool.infra.i18n import gettext as _

ATTENDANCES: dict[Attendance, LazyText] = {
    Attendance.COMES: lazy("I am coming"),
    Attendance.REMOTELY: lazy("I take part remotely"),
    Attendance.CANNOT: lazy("I can't come"),
}

COMING: dict[Attendance | None, LazyText] = {
    Attendance.COMES: lazy("Comes"),
    Attendance.REMOTELY: lazy("Takes part remotely"),
    Attendance.CANNOT: lazy("Can't come"),
    None: lazy("Hasn't said"),
}

STAGES: dict[Stage, LazyText] = {
    Stage.PLANNED: lazy("Being planned"),
    Stage.INVITED: lazy("People are invited"),
    Stage.RUNNING: lazy("The room is open"),
    Stage.OVER: lazy("Held"),
}


def when_held(starts_at: datetime, ends_at: datetime) -> str:
    """Say when a workshop is held: torstaina 12.3.2026 klo 13.00–16.00."""
    times = {"from": show_time(starts_at), "to": show_time(ends_at)}
    if show_date(starts_at) == show_date(ends_at):
        return _("%(day)s, %(from)s–%(to)s", day=show_day(starts_at), **times)
    days = {"day": show_day(starts_at), "other": show_date(ends_at)}
    return _("%(day)s, %(from)s – %(other)s, %(to)s", **days, **times)
