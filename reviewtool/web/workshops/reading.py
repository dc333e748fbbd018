"""The minutes of a workshop for those who were there: reading, and saying what is wrong."""

from __future__ import annotations

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.minutes import corrections_of, sent_minutes
from reviewtool.services import workshop_minutes
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.participant.forms import resume
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import forget_kept
from reviewtool.web.workshops.after_forms import CorrectionForm
from reviewtool.web.workshops.door import of_own_workshop, taking_part
from reviewtool.web.workshops.frame import PartPage, open_part
from reviewtool.web.workshops.minutes import shown, word_file

Answer = str | Response | tuple[str, int]


@taking_part.get("/minutes")
@access(Action.READ_WORKSHOP, of_own_workshop)
def minutes(link_id: str) -> str:
    """Show the newest minutes, and ask what was said otherwise."""
    page = open_part(link_id)
    form = CorrectionForm(formdata=None, data={"keep": page.unsent.keep("correction")})
    return _page(page, resume(form, page.unsent.resumed))


def _page(page: PartPage, form: CorrectionForm) -> str:
    reader = current.reader()
    newest = next(iter(sent_minutes(reader, page.head.phase_id)), None)
    return render_template(
        "workshops/read_minutes.html",
        newest=newest,
        body=shown(newest.text) if newest else "",
        form=form,
        corrections=corrections_of(reader, current.actor(), page.head.phase_id),
        **page.values("minutes"),
    )


@taking_part.post("/minutes")
@access(Action.CORRECT_MINUTES, of_own_workshop)
def correct(link_id: str) -> Answer:
    """Take what the minutes have wrong."""
    page = open_part(link_id)
    form = CorrectionForm()
    if not form.validate():
        return _page(page, form), 422
    workshop_minutes.correct(
        current.installation(),
        current.actor(),
        form.words.data or "",
        form.request_id.data or "",
        form_key(link_id, form.keep.data),
    )
    flash(_("Thank you. The editors read every correction and answer it."), "good")
    forget_kept(form.keep.data)
    return redirect(page.url("minutes"), 303)


@taking_part.get("/minutes/word")
@access(Action.READ_WORKSHOP, of_own_workshop)
def word(link_id: str) -> Response:
    """Give the newest minutes as a Word file."""
    page = open_part(link_id)
    newest = next(iter(sent_minutes(current.reader(), page.head.phase_id)), None)
    if newest is None:
        raise Refused(Reason.NOT_FOUND)
    return word_file(page.head, newest.text)
