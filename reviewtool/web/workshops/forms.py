"""Forms of workshops before they are held: the plan, and saying whether one comes."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
    TimeField,
    URLField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length

from reviewtool.domain.sections import LANGUAGES
from reviewtool.domain.workshops import LONGEST_NAME, Attendance
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.workshops import OwnPart, WorkshopHead
from reviewtool.services.workshop_cancelling import LONGEST_REASON
from reviewtool.services.workshops import (
    LONGEST_AGENDA,
    LONGEST_NEEDS,
    SignUp,
    WorkshopPlan,
)
from reviewtool.web.forms import Form, stripped
from reviewtool.web.participant import ticket
from reviewtool.web.participant.forms import KeptForm
from reviewtool.wording.workshops import ATTENDANCES


class TicketForm(Form):
    """A form of somebody who takes part: sent again after a lost session by its ticket."""

    ticket = HiddenField(default=ticket.make)


class PlanForm(Form):
    """When and where a workshop is held, and what is on."""

    version = HiddenField(default="0")
    day = DateField(lazy("Day"), validators=[InputRequired(lazy("Choose the day."))])
    begins = TimeField(lazy("Begins"), validators=[InputRequired(lazy("Choose the time."))])
    ends = TimeField(lazy("Ends"), validators=[InputRequired(lazy("Choose the time."))])
    place = StringField(lazy("Place"), filters=[stripped], validators=[Length(max=LONGEST_NAME)])
    remote_address = URLField(
        lazy("Address for taking part remotely"), filters=[stripped], validators=[Length(max=2000)]
    )
    agenda_fi = TextAreaField(
        lazy("The agenda in Finnish"), filters=[stripped], validators=[Length(max=LONGEST_AGENDA)]
    )
    agenda_sv = TextAreaField(
        lazy("The agenda in Swedish"), filters=[stripped], validators=[Length(max=LONGEST_AGENDA)]
    )
    agenda_en = TextAreaField(
        lazy("The agenda in English"), filters=[stripped], validators=[Length(max=LONGEST_AGENDA)]
    )

    def validate_ends(self, field: TimeField) -> None:
        """Refuse an end before the beginning."""
        if field.data and self.begins.data and field.data <= self.begins.data:
            raise ValidationError(_("The workshop ends before it begins."))

    def validate_remote_address(self, field: URLField) -> None:
        """Refuse what isn't an address of the web."""
        if field.data and not field.data.startswith(("http://", "https://")):
            raise ValidationError(_("Write an address that begins with https://."))

    def plan(self, zone: str) -> WorkshopPlan:
        """Give the plan as typed, its times in the handbook's zone."""
        seen = self.version.data or ""
        return WorkshopPlan(
            version=int(seen) if seen.isdecimal() else 0,
            starts_at=_at(self.day.data, self.begins.data, zone),
            ends_at=_at(self.day.data, self.ends.data, zone),
            place=self.place.data or "",
            remote_address=self.remote_address.data or "",
            agenda={code: self[f"agenda_{code}"].data or "" for code in LANGUAGES},
        )


def _at(day: date | None, clock: time | None, zone: str) -> datetime:
    assert day is not None
    assert clock is not None
    return datetime.combine(day, clock, ZoneInfo(zone))


def plan_form(head: WorkshopHead) -> PlanForm:
    """Give the form filled with the plan as it stands."""
    held = head.held
    if held is None:
        return PlanForm(formdata=None)
    zone = ZoneInfo(head.time_zone)
    begins, ends = held.starts_at.astimezone(zone), held.ends_at.astimezone(zone)
    return PlanForm(
        formdata=None,
        data={
            "version": str(held.version),
            "day": begins.date(),
            "begins": begins.time(),
            "ends": ends.time(),
            "place": held.place,
            "remote_address": held.remote_address,
            **{f"agenda_{code}": held.agenda.get(code, "") for code in LANGUAGES},
        },
    )


class CancelForm(Form):
    """Calling a workshop off, with the reason that people are told."""

    reason = TextAreaField(
        lazy("Why is it cancelled?"),
        filters=[stripped],
        validators=[
            InputRequired(lazy("Write the reason: it is told to those who are invited.")),
            Length(max=LONGEST_REASON),
        ],
    )


class AttendForm(KeptForm):
    """Whether one comes, and what one needs."""

    attendance = RadioField(
        lazy("Are you coming?"),
        choices=lambda: [(one.value, str(words)) for one, words in ATTENDANCES.items()],
        validators=[InputRequired(lazy("Choose one."))],
    )
    needs = TextAreaField(
        lazy("What do you need for taking part?"),
        filters=[stripped],
        validators=[Length(max=LONGEST_NEEDS)],
    )
    diet = StringField(
        lazy("What don't you eat?"), filters=[stripped], validators=[Length(max=LONGEST_NEEDS)]
    )

    @property
    def said(self) -> SignUp:
        """Give what was said."""
        return SignUp(Attendance(self.attendance.data), self.needs.data or "", self.diet.data or "")


def attend_form(own: OwnPart, has_remote: bool) -> AttendForm:
    """Give the form filled with what was said before."""
    form = AttendForm(
        formdata=None,
        data={
            "attendance": own.attendance.value if own.attendance else None,
            "needs": own.needs,
            "diet": own.diet,
        },
    )
    return only_possible(form, has_remote)


def only_possible(form: AttendForm, has_remote: bool) -> AttendForm:
    """Take out taking part remotely, where there is no way to."""
    if not has_remote:
        form.attendance.choices = [
            (one.value, str(words))
            for one, words in ATTENDANCES.items()
            if one is not Attendance.REMOTELY
        ]
    return form
