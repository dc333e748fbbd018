"""The calendar entry of a workshop, the same in mails and downloads."""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr
from typing import Protocol

from reviewtool.config.settings import Settings
from reviewtool.infra.i18n import gettext as _
from reviewtool.mail.addresses import calendar_uid, sender_name
from reviewtool.office.calendar import CalendarEntry


class Meeting(Protocol):
    """When and where a workshop is held, as its row or a page's reading of it says."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def ends_at(self) -> datetime:
        """When it ends."""

    @property
    def place(self) -> str:
        """Where it is held."""

    @property
    def remote_address(self) -> str:
        """Where one takes part remotely."""

    @property
    def sequence(self) -> int:
        """How often people have been told something else about it."""

    @property
    def cancelled_at(self) -> datetime | None:
        """When it was called off."""


def workshop_entry(
    settings: Settings,
    phase_id: str,
    held: Meeting,
    *,
    stamped_at: datetime,
    title: str,
    agenda: str,
) -> CalendarEntry:
    """Give the entry; it asks the site's mail box for nothing.

    It holds nobody's personal link: entries stand in calendars that colleagues read, and are passed
    on to others.
    """
    way_in = "" if held.cancelled_at else _("The way in is the link in your own invitation.")
    return CalendarEntry(
        uid=calendar_uid(settings, phase_id),
        sequence=held.sequence,
        stamped_at=stamped_at,
        starts_at=held.starts_at,
        ends_at=held.ends_at,
        title=title,
        place=held.place,
        description="\n\n".join(part for part in (agenda, held.remote_address, way_in) if part),
        organiser=(sender_name(settings), parseaddr(settings.mail_from)[1]),
        cancelled=held.cancelled_at is not None,
    )
