"""Typing in what a meeting said, by the numbers on its paper."""

from __future__ import annotations

import re
from datetime import date

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import (
    DateField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, Length, Optional

from reviewtool.domain.contributions import NameShown
from reviewtool.domain.days import local_day
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, ngettext
from reviewtool.queries.meetings import papers_of
from reviewtool.queries.unsent import UnsentLine
from reviewtool.services.meetings import MOST_ROWS, Noted, say_from_meeting
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.drafts.views import draft_name
from reviewtool.web.forms import stripped
from reviewtool.web.meetings.door import blueprint
from reviewtool.web.participant.forms import SHOWN, ParticipantForm, not_too_long
from reviewtool.web.participant.frame import Page, open_page
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import forget_kept
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]

ROWS = 4
"""How many empty rows a fresh form has, and how many more one press gives."""

ROW = re.compile(r"rows-([0-9]+)-")
ISO_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")

HOW = (("comment", lazy("Comment")), ("replace", lazy("New wording of the paragraph")))


class RowForm(PlainForm):
    """One thing that was said, and where on the paper."""

    place = StringField(
        lazy("Number on the paper"), filters=[stripped], validators=[Length(max=40)]
    )
    how = SelectField(lazy("What it is"), choices=lambda: HOW)
    words = TextAreaField(lazy("What was said"), filters=[stripped], validators=[not_too_long])


class MeetingForm(ParticipantForm):
    """What a meeting said, row by row."""

    discussed_on = DateField(
        lazy("Day of the meeting"), validators=[DataRequired(lazy("Choose the day."))]
    )
    paper = SelectField(lazy("Which paper"), validate_choice=False)
    rows = FieldList(FormField(RowForm), min_entries=ROWS, max_entries=MOST_ROWS)
    name_shown = RadioField(
        lazy("How you are shown"), choices=lambda: SHOWN, validators=[Optional()]
    )

    @property
    def written(self) -> list[tuple[int, Noted]]:
        """List what stands in the rows, with the row's place; empty rows are nothing."""
        return [
            (number, Noted(row["place"] or "", row["words"] or "", row["how"] == "replace"))
            for number, row in enumerate(self.rows.data)
            if row["place"] or row["words"]
        ]


@blueprint.get("/p/<link_id>/meeting")
@access(Action.READ_ROUND, of_link)
def type_in(link_id: str) -> str:
    """Ask what the meeting said."""
    page = open_page(link_id)
    form = MeetingForm(formdata=None, keep=page.unsent.keep("meeting"))
    form.discussed_on.data = local_day(current.now(), page.head.time_zone)
    form.name_shown.data = page.head.name_shown.value
    line = page.unsent.of(form.keep.data)
    if line is not None:
        _make_room(form, line)
    if page.resumed is not None and page.resumed == line:
        _resume(form, line)
    return _form_page(page, form)


def _make_room(form: MeetingForm, line: UnsentLine) -> None:
    """Give as many rows as half-written words have."""
    numbers = [int(found[1]) for name in line.fields if (found := ROW.match(name))]
    while len(form.rows) <= min(max(numbers, default=0), MOST_ROWS - 1):
        form.rows.append_entry()


def _resume(form: MeetingForm, line: UnsentLine) -> None:
    """Put half-written words into the form."""
    for row in form.rows:
        for field in row.form:
            field.data = line.fields.get(field.name, field.data)
    form.paper.data = line.fields.get("paper") or form.paper.data
    form.name_shown.data = line.fields.get("name_shown") or form.name_shown.data
    written = line.fields.get("discussed_on", "")
    if ISO_DAY.fullmatch(written):
        form.discussed_on.data = date.fromisoformat(written)


@blueprint.post("/p/<link_id>/meeting")
@access(Action.READ_ROUND, of_link)
def send(link_id: str) -> Answer:
    """Take all rows, or none; give more rows where that was pressed."""
    page = open_page(link_id)
    form = MeetingForm()
    if "more" in request.form:
        for _number in range(ROWS):
            form.rows.append_entry()
        return _form_page(page, form)
    if not form.validate():
        return _form_page(page, form), 422
    try:
        made = _say(page, form)
    except Refused as refused:
        if not _show_in_form(form, refused):
            raise
        return _form_page(page, form), 422
    words = ngettext(
        "%(num)d comment has been sent. Check that it stands beside the right words.",
        "%(num)d comments have been sent. Check that each stands beside the right words.",
        len(made),
    )
    flash(words, "good")
    forget_kept(form.keep.data)
    return redirect(page.url("mine", _anchor=f"c-{made[0]}"), 303)


def _say(page: Page, form: MeetingForm) -> tuple[str, ...]:
    assert form.discussed_on.data is not None  # the form has been validated
    lines = page.lines
    return say_from_meeting(
        current.installation(),
        current.actor(),
        form.paper.data or page.head.draft_id or "",
        form.discussed_on.data,
        [noted for _row, noted in form.written],
        form.request_id.data or "",
        language=lines[0].language if lines else page.head.handbook_language,
        name_shown=NameShown(form.name_shown.data or page.head.name_shown.value),
        late=bool(form.late.data),
        form=form_key(page.link_id, form.keep.data),
    )


def _show_in_form(form: MeetingForm, refused: Refused) -> bool:
    if refused.reason is Reason.DATES_WRONG:
        form.discussed_on.errors = [_("The day of the meeting is still to come.")]
        return True
    if refused.reason is Reason.EMPTY and "row" not in refused.details:
        form.form_errors = [_("Write what was said, at least in one row.")]
        return True
    if "row" not in refused.details:
        return False
    number, _noted = form.written[int(refused.details["row"])]
    row = form.rows[number].form
    if refused.reason is Reason.PASSAGE_GONE:
        row.place.errors = [
            _("The paper has no such number. Write it as it stands there, for example 3.2.")
        ]
    else:
        row.words.errors = [refusal(refused.reason)]
    return True


def _form_page(page: Page, form: MeetingForm) -> str:
    papers = papers_of(current.reader(), page.head.draft_id or "")
    form.paper.choices = [(one, draft_name(label)) for one, label in papers]
    form.late.data = "1" if page.late else ""
    if not form.paper.data:
        form.paper.data = page.head.draft_id
    return render_template(
        "meetings/type_in.html",
        form=form,
        several=len(papers) > 1,
        **page.values((_("What our meeting said"), None)),
    )
