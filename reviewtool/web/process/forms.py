"""Forms of the process: a phase's plan, the acts on it, and its questions."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from reviewtool.domain.contributions import WITH_OPTIONS, QuestionKind, QuestionScope, Sharing
from reviewtool.domain.phases import ASKING, INVITING, PhaseKind, PhaseState
from reviewtool.domain.refusals import Reason
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.phases import DraftChoice, PhaseCard, PhasePage, QuestionLine
from reviewtool.queries.tree import TreeLine
from reviewtool.services.phases import (
    FURTHEST_REMINDER,
    LONGEST_CONVENER,
    LONGEST_REQUEST,
    MOST_CONVENERS,
    MOST_REMINDERS,
    Plan,
)
from reviewtool.services.questions import LONGEST_QUESTION, QuestionWords
from reviewtool.web.forms import Form, stripped
from reviewtool.wording.names import wording
from reviewtool.wording.promises import rule
from reviewtool.wording.refusals import refusal

CONVENED = (PhaseKind.WORKSHOP, PhaseKind.ROUND, PhaseKind.INTERVIEWS, PhaseKind.APPROVAL)
"""Kinds that organisations ask people to together."""


def named(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Give the values of an enum with their names in the reader's language: for choices."""
    return [(one.value, wording(one)) for one in kind]


def _day_of_sharing(form: PlanForm, field: DateField) -> None:
    """Ask for the day only where what is said opens on one."""
    if form.sharing.data != Sharing.FROM_DAY:
        field.errors = []
        raise StopValidation
    if field.data is None and not any(field.raw_data or ()):
        field.errors = []
        raise StopValidation(refusal(Reason.SHARING_DAY_MISSING))


class PlanForm(Form):
    """The plan of a phase."""

    version = HiddenField()
    title_fi = StringField(
        lazy("The name in Finnish"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the name of the phase.")), Length(max=200)],
    )
    title_sv = StringField(
        lazy("The name in Swedish"), filters=[stripped], validators=[Length(max=200)]
    )
    title_en = StringField(
        lazy("The name in English"), filters=[stripped], validators=[Length(max=200)]
    )
    conveners = TextAreaField(lazy("Conveners"), filters=[stripped])
    sections = SelectMultipleField(
        lazy("Texts"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    opens_on = DateField(lazy("First day"), validators=[Optional()])
    closes_on = DateField(lazy("Last day"), validators=[Optional()])
    sharing = RadioField(
        lazy("Who reads what participants say"),
        choices=lambda: [(one.value, rule(one)) for one in Sharing],
    )
    shared_from = DateField(
        lazy("The first day on which participants see what others say"),
        validators=[_day_of_sharing],
    )
    open_to_all = BooleanField(lazy("Anyone interested may sign up"))
    request_fi = TextAreaField(
        lazy("The request in Finnish"), filters=[stripped], validators=[Length(max=LONGEST_REQUEST)]
    )
    request_sv = TextAreaField(
        lazy("The request in Swedish"), filters=[stripped], validators=[Length(max=LONGEST_REQUEST)]
    )
    request_en = TextAreaField(
        lazy("The request in English"), filters=[stripped], validators=[Length(max=LONGEST_REQUEST)]
    )
    responsible_name = StringField(
        lazy("Responsible person"), filters=[stripped], validators=[Length(max=200)]
    )
    responsible_phone = StringField(lazy("Phone"), filters=[stripped], validators=[Length(max=60)])
    responsible_email = EmailField(
        lazy("E-mail address"), filters=[stripped], validators=[Length(max=254)]
    )
    reminders = StringField(lazy("Reminders"), filters=[stripped], validators=[Length(max=100)])

    def validate_closes_on(self, field: DateField) -> None:
        """Refuse a last day before the first."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_("The last day comes before the first day."))

    def validate_shared_from(self, field: DateField) -> None:
        """Refuse a day before the first."""
        first = self.opens_on.data if self.opens_on else None
        if first and field.data and field.data < first:
            raise ValidationError(_("This day comes before the first day."))

    def validate_conveners(self, _field: TextAreaField) -> None:
        """Refuse too many, or too long names."""
        if len(self.named) > MOST_CONVENERS or any(
            len(name) > LONGEST_CONVENER for name in self.named
        ):
            raise ValidationError(_("Name at most four organisations, one on each line."))

    def validate_reminders(self, _field: StringField) -> None:
        """Refuse what isn't a list of days."""
        try:
            days = self.days
        except ValueError:
            raise ValidationError(_("Write days as numbers with commas, such as 7, 1.")) from None
        if len(days) > MOST_REMINDERS or any(abs(day) > FURTHEST_REMINDER for day in days):
            raise ValidationError(_("Give at most six reminders, within 60 days of the last day."))

    @property
    def named(self) -> list[str]:
        """List the conveners as typed."""
        return _lines(self.conveners.data)

    @property
    def days(self) -> list[int]:
        """Read the reminder days. Raises ValueError."""
        return [int(part) for part in (self.reminders.data or "").split(",") if part.strip()]

    def plan(self, page: PhasePage) -> Plan:
        """Give the plan as typed; what the form doesn't ask stays as it stands."""
        card = page.card
        planned = self.opens_on is not None
        seen = self.version.data or ""
        return Plan(
            version=int(seen) if seen.isdecimal() else 0,
            opens_on=self.opens_on.data if planned else card.opens_on,
            closes_on=self.closes_on.data if planned else card.closes_on,
            sharing=card.sharing if self.sharing is None else Sharing(self.sharing.data),
            shared_from=card.shared_from if self.sharing is None else self.shared_from.data,
            open_to_all=card.open_to_all
            if self.open_to_all is None
            else bool(self.open_to_all.data),
            request=page.request
            if self.request_fi is None
            else {code: self[f"request_{code}"].data or "" for code in LANGUAGES},
            responsible_name=self.responsible_name.data or "",
            responsible_phone=self.responsible_phone.data or "",
            responsible_email=self.responsible_email.data or "",
            reminder_days=page.reminder_days if self.reminders is None else self.days,
            title={code: self[f"title_{code}"].data or "" for code in LANGUAGES},
            conveners=self.named if self.conveners is not None else None,
            sections=self.sections.data or [] if self.sections is not None else None,
        )

    def fit(self, card: PhaseCard, texts: Sequence[TreeLine]) -> PlanForm:
        """Take out what such a phase hasn't, and what stays as promised once it is open.

        texts: those of the handbook, for choosing what a round is about.
        """
        gone = set()
        if card.state is not PhaseState.PLANNED:
            gone |= {"opens_on", "closes_on", "sharing", "shared_from", "open_to_all"}
        if card.kind is not PhaseKind.ROUND:
            gone.add("open_to_all")
        if card.kind not in ASKING:
            gone |= {"sharing", "shared_from"}
        if card.kind not in INVITING:
            gone |= {"reminders", *(f"request_{code}" for code in LANGUAGES)}
        if card.kind not in CONVENED:
            gone.add("conveners")
        if card.kind is PhaseKind.ROUND and card.state is PhaseState.PLANNED:
            self.sections.choices = [(one.section_id, one.title) for one in texts]
        else:
            gone.add("sections")
        for name in gone:
            delattr(self, name)
        return self


def plan_form(page: PhasePage) -> PlanForm:
    """Give the form filled with the plan as it stands."""
    card = page.card
    return PlanForm(
        formdata=None,
        data={
            "version": str(page.version),
            **{f"title_{code}": card.title.get(code, "") for code in LANGUAGES},
            "conveners": "\n".join(page.conveners),
            "sections": list(page.sections),
            "opens_on": card.opens_on,
            "closes_on": card.closes_on,
            "sharing": card.sharing.value,
            "shared_from": card.shared_from,
            "open_to_all": card.open_to_all,
            **{f"request_{code}": page.request.get(code, "") for code in LANGUAGES},
            "responsible_name": page.responsible_name,
            "responsible_phone": page.responsible_phone,
            "responsible_email": page.responsible_email,
            "reminders": ", ".join(str(day) for day in page.reminder_days),
        },
    )


class OpenForm(Form):
    """Opening: which frozen draft the phase looks at."""

    draft_id = SelectField(lazy("The draft that is read"), validate_choice=False)

    def offer(self, drafts: Sequence[DraftChoice]) -> None:
        """Offer the frozen drafts, the newest first."""
        self.draft_id.choices = [
            (draft.id, _("Draft %(label)s", label=draft.label)) for draft in drafts
        ]


class CloseForm(Form):
    """Closing asks for nothing more."""


class ExtendForm(Form):
    """Extending: the new last day, and why."""

    closes_on = DateField(
        lazy("New last day"), validators=[DataRequired(lazy("Choose the new last day."))]
    )
    reason = TextAreaField(
        lazy("Reason"),
        description=lazy("It stands in the mail to those who are told."),
        filters=[stripped],
        validators=[Length(max=1000)],
    )


class ReopenForm(Form):
    """Reopening: why, and until when."""

    closes_on = DateField(lazy("New last day"), validators=[Optional()])
    reason = TextAreaField(
        lazy("Reason"),
        description=lazy("It stands in the mail to those who are told."),
        filters=[stripped],
        validators=[DataRequired(lazy("Write why the phase is opened again.")), Length(max=1000)],
    )


class QuestionForm(Form):
    """A question of a round; options one a line, in the same order in each language."""

    kind = RadioField(
        lazy("How it is answered"),
        choices=lambda: named(QuestionKind),
        default=QuestionKind.FREE.value,
    )
    scope = RadioField(
        lazy("What it is asked about"),
        choices=lambda: named(QuestionScope),
        default=QuestionScope.SECTION.value,
    )
    words_fi = StringField(
        lazy("The question in Finnish"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the question.")), Length(max=LONGEST_QUESTION)],
    )
    words_sv = StringField(
        lazy("The question in Swedish"),
        filters=[stripped],
        validators=[Length(max=LONGEST_QUESTION)],
    )
    words_en = StringField(
        lazy("The question in English"),
        filters=[stripped],
        validators=[Length(max=LONGEST_QUESTION)],
    )
    section = SelectField(lazy("Only about this text"), validators=[Optional()])
    quote = StringField(
        lazy("Words of that text that it is about"),
        filters=[stripped],
        validators=[Length(max=LONGEST_QUESTION)],
    )
    options_fi = TextAreaField(lazy("The choices in Finnish"), filters=[stripped])
    options_sv = TextAreaField(lazy("The choices in Swedish"), filters=[stripped])
    options_en = TextAreaField(lazy("The choices in English"), filters=[stripped])

    def validate_options_fi(self, field: TextAreaField) -> None:
        """Refuse a choice without choices, and free text with some."""
        lines = _lines(field.data)
        if self.kind.data not in [kind.value for kind in WITH_OPTIONS]:
            if lines:
                raise ValidationError(_("Words have no choices. Empty this field."))
        elif not 2 <= len(lines) <= 12:
            raise ValidationError(_("Write from 2 to 12 choices, one on each line."))
        for other in (self.options_sv, self.options_en):
            if _lines(other.data) and len(_lines(other.data)) != len(lines):
                raise ValidationError(_("Write as many choices in each language."))

    def validate_scope(self, field: RadioField) -> None:
        """Refuse a question of the whole that is tied to one text."""
        if self.section.data and field.data != QuestionScope.SECTION.value:
            raise ValidationError(_("A question about one text is asked about that text only."))

    def offer(self, texts: Sequence[TreeLine]) -> QuestionForm:
        """Set the texts that it can be tied to."""
        each = _("each text, or the whole")
        self.section.choices = [("", each), *((one.section_id, one.title) for one in texts)]
        return self

    def question(self) -> QuestionWords:
        """Give the question as typed."""
        words = {code: self[f"words_{code}"].data or "" for code in LANGUAGES}
        options = [_lines(self[f"options_{code}"].data) for code in LANGUAGES]
        return QuestionWords(
            kind=QuestionKind(self.kind.data),
            scope=QuestionScope(self.scope.data),
            words={code: text for code, text in words.items() if text},
            options=[
                {code: texts[n] for code, texts in zip(LANGUAGES, options, strict=True) if texts}
                for n in range(len(options[0]))
            ],
            section_id=self.section.data or None,
            quote=self.quote.data or "",
        )


def question_form(question: QuestionLine) -> QuestionForm:
    """Give the form filled with a question as it stands."""
    return QuestionForm(
        formdata=None,
        data={
            "kind": question.kind.value,
            "scope": question.scope.value,
            "section": question.section_id or "",
            "quote": question.quote,
            **{f"words_{code}": question.words.get(code, "") for code in LANGUAGES},
            **{
                f"options_{code}": "\n".join(option.get(code, "") for option in question.options)
                for code in LANGUAGES
            },
        },
    )


def _lines(words: str | None) -> list[str]:
    return [line.strip() for line in (words or "").splitlines() if line.strip()]
