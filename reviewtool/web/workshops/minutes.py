"""The minutes of a workshop for their editors: drawn up, written, sent, corrected."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized, ngettext
from reviewtool.office.minutes import Minutes, write_minutes
from reviewtool.queries.minutes import MinutesPage, minutes_page, sent_number
from reviewtool.queries.workshops import WorkshopHead
from reviewtool.services import workshop_minutes
from reviewtool.text.html import body_html
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.workshops.after_forms import MinutesForm, VersionForm
from reviewtool.web.workshops.door import editing, of_workshop
from reviewtool.web.workshops.frame import editor_head, editor_values, when
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def shown(body: str) -> Markup:
    """Give minutes as HTML."""
    return Markup(body_html(body, heading=1))  # noqa: S704 (escaped by the engine)


@editing.get("/minutes")
@access(Action.RUN_PROCESS, of_workshop)
def minutes(handbook_id: str, phase_id: str) -> str:
    """Show the minutes for writing and sending, and the corrections that came."""
    head = editor_head(handbook_id, phase_id)
    page = minutes_page(current.reader(), current.actor(), phase_id)
    data = {"version": str(page.version), "body": page.text or ""}
    return _page(head, page, MinutesForm(formdata=None, data=data), page.text or "")


def _page(head: WorkshopHead, page: MinutesPage, form: MinutesForm, text: str) -> str:
    return render_template(
        "workshops/minutes.html",
        page=page,
        form=form,
        acts=VersionForm(formdata=None, data={"version": str(page.version)}),
        body=shown(text),
        **editor_values(head, (_("Minutes"), None)),
    )


def _back(handbook_id: str, phase_id: str) -> Response:
    return redirect(url_for("workshops.minutes", handbook_id=handbook_id, phase_id=phase_id), 303)


@editing.post("/minutes/draw-up")
@access(Action.RUN_PROCESS, of_workshop)
def draw_up(handbook_id: str, phase_id: str) -> Answer:
    """Make the minutes from what was said and decided."""
    form = VersionForm()
    workshop_minutes.draw_up(
        current.installation(), current.actor(), phase_id, form.seen, form.request_id.data or ""
    )
    flash(_("The minutes are made from what was said and decided. Read them and go on."), "good")
    flash(f"{phase_id}:minutes", "kept")
    return _back(handbook_id, phase_id)


@editing.post("/minutes")
@access(Action.RUN_PROCESS, of_workshop)
def write(handbook_id: str, phase_id: str) -> Answer:
    """Save the minutes as they were written."""
    form = MinutesForm()
    text = form.text
    try:
        workshop_minutes.write(
            current.installation(),
            current.actor(),
            phase_id,
            text,
            form.seen,
            form.request_id.data or "",
        )
    except Refused as refused:
        return _failed(handbook_id, phase_id, form, text, refused)
    flash(_("The minutes have been saved."), "good")
    flash(f"{phase_id}:minutes", "kept")
    return _back(handbook_id, phase_id)


def _failed(
    handbook_id: str, phase_id: str, form: MinutesForm, text: str, refused: Refused
) -> Answer:
    if refused.reason not in (Reason.EDIT_CONFLICT, Reason.EMPTY, Reason.TOO_LONG):
        raise refused
    head = editor_head(handbook_id, phase_id)
    page = minutes_page(current.fresh_reader(), current.actor(), phase_id)
    if refused.reason is Reason.EDIT_CONFLICT:
        form.version.data = str(page.version)
        words = _("The minutes have been saved meanwhile. Check yours, and save again.")
    else:
        words = refusal(refused.reason)
    form.body.errors = [words]
    form.body.data = text
    return _page(head, page, form, text), 409


@editing.post("/minutes/send", defaults={"final": False})
@editing.post("/minutes/send-final", defaults={"final": True})
@access(Action.RUN_PROCESS, of_workshop)
def send(handbook_id: str, phase_id: str, final: bool) -> Answer:
    """Send the minutes to all who were there, for correction or as final."""
    form = VersionForm()
    mailed = workshop_minutes.send(
        current.installation(),
        current.actor(),
        phase_id,
        form.seen,
        form.request_id.data or "",
        final=final,
    )
    flash(
        ngettext(
            "The minutes are on their way to %(num)d person.",
            "The minutes are on their way to %(num)d people.",
            mailed,
        ),
        "good",
    )
    return _back(handbook_id, phase_id)


@editing.get("/minutes/<int:number>")
@access(Action.RUN_PROCESS, of_workshop)
def sent(handbook_id: str, phase_id: str, number: int) -> str:
    """Show minutes as they were sent."""
    head = editor_head(handbook_id, phase_id)
    one = sent_number(current.reader(), phase_id, number)
    up = url_for("workshops.minutes", handbook_id=handbook_id, phase_id=phase_id)
    return render_template(
        "workshops/minutes_sent.html",
        one=one,
        body=shown(one.text),
        **editor_values(head, (_("Minutes"), up), (_("As sent"), None)),
    )


@editing.get("/minutes/<int:number>/word")
@access(Action.RUN_PROCESS, of_workshop)
def sent_word(handbook_id: str, phase_id: str, number: int) -> Response:
    """Give minutes that were sent as a Word file."""
    head = editor_head(handbook_id, phase_id)
    return word_file(head, sent_number(current.reader(), phase_id, number).text)


def word_file(head: WorkshopHead, text: str) -> Response:
    """Give minutes as a Word file."""
    title = localized(head.title, head.handbook_language)
    lead = ", ".join(
        part for part in (localized(head.handbook_title, head.handbook_language), when(head.held))
    )
    content = write_minutes(Minutes(title, lead, text, head.handbook_language))
    name = f"{_('Minutes').lower()}-{head.phase_id}.docx"
    return send_file(BytesIO(content), DOCX, as_attachment=True, download_name=name)
