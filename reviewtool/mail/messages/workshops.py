"""Mails of a workshop: invitation, reminder, a new time or place, that it is off; the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import TAKING_PART, InvitationState, Origin
from reviewtool.domain.workshops import Attendance
from reviewtool.infra.i18n import localized
from reviewtool.mail.calendars import workshop_entry
from reviewtool.mail.letter import Enclosure
from reviewtool.mail.messages.asking import WAITING
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.models.invitations import Invitation
from reviewtool.models.workshops import Workshop, WorkshopMinutesSent, WorkshopSignUp
from reviewtool.office.calendar import CalendarEntry, calendar_file, method_of
from reviewtool.queries.workshops import conveners_of
from reviewtool.wording.workshops import when_held


@dataclass(frozen=True, kw_only=True)
class WorkshopMail(Mail):
    """An invitation to a workshop, a reminder of it, or news: a new time or place, or none."""

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
    entry: CalendarEntry
    attendance: Attendance | None
    """What the person has said about coming; none where they haven't."""
    coming: int
    """How many have said that they come, or take part remotely."""
    reason: str
    """Why it isn't held."""

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """The calendar entry."""
        entry = calendar_file(self.entry).decode()
        return (Enclosure("workshop.ics", "calendar", entry, (("method", method_of(self.entry)),)),)


@dataclass(frozen=True, kw_only=True)
class MinutesMail(Mail):
    """The minutes, to those who were there."""

    url: str
    final: bool
    day: date | None


def workshop(rows: Rows) -> WorkshopMail:
    """Give the context of an invitation, a reminder, or news of a workshop."""
    held = _held(rows)
    own = rows.session.get(WorkshopSignUp, rows.invitation.id)
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
        entry=workshop_entry(
            rows.settings,
            rows.the_phase.id,
            held,
            stamped_at=rows.message.created_at,
            title=localized(rows.the_phase.title, rows.message.language),
            agenda=localized(held.agenda, rows.message.language),
        ),
        attendance=own.attendance if own else None,
        coming=_coming(rows),
        reason=held.cancel_reason,
    )


def _held(rows: Rows) -> Workshop:
    row = rows.session.get(Workshop, rows.the_phase.id)
    if row is None:
        raise LookupError(f"no workshop for message {rows.message.id}")
    return row


def _coming(rows: Rows) -> int:
    count = rows.session.scalar(
        select(func.count())
        .select_from(WorkshopSignUp)
        .join(Invitation, Invitation.id == WorkshopSignUp.invitation_id)
        .where(
            Invitation.phase_id == rows.the_phase.id,
            Invitation.state.in_(TAKING_PART),
            WorkshopSignUp.attendance.in_((Attendance.COMES, Attendance.REMOTELY)),
        )
    )
    return count or 0


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


def still_ahead(rows: Rows) -> bool:
    """Tell whether a reminder still has its point: the workshop hasn't begun."""
    return still_to_come(rows) and rows.now < _held(rows).starts_at


def is_off(rows: Rows) -> bool:
    """Tell whether the workshop is still called off."""
    return rows.link.revoked_at is None and _held(rows).cancelled_at is not None


def are_newest(rows: Rows) -> bool:
    """Tell whether the minutes that a mail tells of are still the newest ones."""
    sent = rows.required(WorkshopMinutesSent, "minutes")
    newest = rows.session.scalar(
        select(func.max(WorkshopMinutesSent.number)).where(
            WorkshopMinutesSent.phase_id == sent.phase_id
        )
    )
    return newest == sent.number and rows.link.revoked_at is None
