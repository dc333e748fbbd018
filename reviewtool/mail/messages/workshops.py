"""Mails of a workshop: the invitation with its calendar entry, a new time or place, the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import TAKING_PART, InvitationState, Origin
from reviewtool.infra.i18n import localized
from reviewtool.mail import addresses
from reviewtool.mail.letter import Enclosure
from reviewtool.mail.messages.asking import WAITING
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.models.workshops import Workshop, WorkshopMinutesSent
from reviewtool.office.calendar import CalendarEntry, calendar_file
from reviewtool.queries.workshops import conveners_of
from reviewtool.wording.workshops import when_held


@dataclass(frozen=True, kw_only=True)
class WorkshopMail(Mail):
    """An invitation to a workshop, or the news that its time or place has changed."""

    url: str
    request: str
    day: date
    when: str
    place: str
    remote_address: str
    agenda: str
    conveners: tuple[str, ...]
    origin: Origin
    organisation: str
    passed_on_by: str
    calendar: str

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """The calendar entry."""
        return (Enclosure("workshop.ics", "calendar", self.calendar, (("method", "PUBLISH"),)),)


@dataclass(frozen=True, kw_only=True)
class MinutesMail(Mail):
    """The minutes, to those who were there."""

    url: str
    final: bool
    day: date | None


def workshop(rows: Rows) -> WorkshopMail:
    """Give the context of an invitation, or of a changed time or place."""
    held = _held(rows)
    return WorkshopMail(
        frame=rows.frame,
        url=rows.link_url,
        request=localized(rows.the_phase.request, rows.message.language),
        day=local_day(held.starts_at, rows.zone),
        when=when_held(held.starts_at, held.ends_at),
        place=held.place,
        remote_address=held.remote_address,
        agenda=localized(held.agenda, rows.message.language),
        conveners=conveners_of(rows.session, rows.the_phase.id),
        origin=rows.invitation.origin,
        organisation=rows.organisation_name(rows.invitation.organisation_id),
        passed_on_by="",
        calendar=calendar_file(_entry(rows, held)).decode(),
    )


def _held(rows: Rows) -> Workshop:
    row = rows.session.get(Workshop, rows.the_phase.id)
    if row is None:
        raise LookupError(f"no workshop for message {rows.message.id}")
    return row


def _entry(rows: Rows, held: Workshop) -> CalendarEntry:
    agenda = localized(held.agenda, rows.message.language)
    parts = [agenda, held.remote_address, rows.link_url]
    return CalendarEntry(
        uid=addresses.calendar_uid(rows.settings, rows.the_phase.id),
        sequence=held.sequence,
        stamped_at=rows.message.created_at,
        starts_at=held.starts_at,
        ends_at=held.ends_at,
        title=localized(rows.the_phase.title, rows.message.language),
        place=held.place,
        description="\n\n".join(part for part in parts if part),
        url=rows.link_url,
    )


def minutes(rows: Rows) -> MinutesMail:
    """Give the context of the minutes."""
    held = rows.session.get(Workshop, rows.the_phase.id)
    return MinutesMail(
        frame=rows.frame,
        url=rows.link_url,
        final=rows.required(WorkshopMinutesSent, "minutes").final,
        day=local_day(held.starts_at, rows.zone) if held else None,
    )


def still_invited(rows: Rows) -> bool:
    """Tell whether somebody still has to say whether they come."""
    if rows.invitation.state not in WAITING or rows.link.revoked_at is not None:
        return False
    return rows.phase_is_open


def still_to_come(rows: Rows) -> bool:
    """Tell whether a new time or place still matters to the person, and is still the newest."""
    going = rows.invitation.state in TAKING_PART | {InvitationState.PREPARED}
    return going and rows.link.revoked_at is None and rows.phase_is_open


def are_newest(rows: Rows) -> bool:
    """Tell whether the minutes that a mail tells of are still the newest ones."""
    sent = rows.required(WorkshopMinutesSent, "minutes")
    newest = rows.session.scalar(
        select(func.max(WorkshopMinutesSent.number)).where(
            WorkshopMinutesSent.phase_id == sent.phase_id
        )
    )
    return newest == sent.number and rows.link.revoked_at is None
