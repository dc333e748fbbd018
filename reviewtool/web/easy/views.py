"""Views of easy-language summaries."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from reviewtool.domain.contributions import MOST_CHARACTERS
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, localized
from reviewtool.queries.asked_for import titles_of
from reviewtool.queries.easy import About, seen, written_easy
from reviewtool.queries.handbooks import handbook_line
from reviewtool.services.easy import write_easy
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editor_pages import frame, head_of
from reviewtool.web.forms import Form, stripped

blueprint = Blueprint("easy", __name__)

Answer = str | Response | tuple[str, int]


class EasyForm(Form):
    """The summaries by language."""

    fi = TextAreaField(
        lazy("In Finnish"), filters=[stripped], validators=[Length(max=MOST_CHARACTERS)]
    )
    sv = TextAreaField(
        lazy("In Swedish"), filters=[stripped], validators=[Length(max=MOST_CHARACTERS)]
    )
    en = TextAreaField(
        lazy("In English"), filters=[stripped], validators=[Length(max=MOST_CHARACTERS)]
    )
    read = HiddenField()


def _show(about: About) -> str:
    written = written_easy(current.reader(), current.actor(), about)
    data = {code: words for code, (words, _version) in written.items()}
    return _page(about, EasyForm(formdata=None, data={**data, "read": seen(written)}))


def _page(about: About, form: EasyForm, *, newer: bool = False) -> str:
    written = written_easy(current.reader(), current.actor(), about)
    subject = _subject(about)
    return render_template(
        "easy/edit.html",
        form=form,
        back=_back(about),
        action=request.path,
        of_text=about.section_id is not None,
        subject=subject,
        newer={code: words for code, (words, _version) in written.items()} if newer else {},
        languages=LANGUAGES,
        **frame(
            head_of(about.handbook_id),
            "structure" if about.section_id else "process",
            (subject, _back(about)),
            (_("In easy language"), None),
        ),
    )


def _subject(about: About) -> str:
    """Name the text or the round."""
    if about.section_id is not None:
        titles = titles_of(current.reader(), about.handbook_id)
        return next((one.title for one in titles.values() if one.id == about.section_id), "")
    line = handbook_line(current.reader(), about.handbook_id, current.now())
    phases = line.phases if line else ()
    return next((localized(one.title) for one in phases if one.id == about.phase_id), "")


def _back(about: About) -> str:
    if about.section_id is not None:
        return url_for("sections.show", handbook_id=about.handbook_id, section_id=about.section_id)
    return url_for("process.phase", handbook_id=about.handbook_id, phase_id=about.phase_id)


def _save(about: About) -> Answer:
    form = EasyForm()
    if not form.validate():
        return _page(about, form), 422
    words = {code: form[code].data or "" for code in LANGUAGES}
    try:
        write_easy(current.installation(), current.actor(), about, words, form.read.data or "")
    except Refused as refused:
        if refused.reason is not Reason.TEXT_CHANGED:
            raise
        form.read.data = seen(written_easy(current.reader(), current.actor(), about))
        return _page(about, form, newer=True), 409
    flash(_("Saved. Participants find it folded above."), "good")
    return redirect(_back(about), 303)


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/easy")
@access(Action.EDIT, of_handbook)
def section(handbook_id: str, section_id: str) -> str:
    """Show the form of a text's summary."""
    return _show(About(handbook_id, section_id=section_id))


@blueprint.post("/handbooks/<handbook_id>/sections/<section_id>/easy")
@access(Action.EDIT, of_handbook)
def save_section(handbook_id: str, section_id: str) -> Answer:
    """Keep a text's summary."""
    return _save(About(handbook_id, section_id=section_id))


@blueprint.get("/handbooks/<handbook_id>/process/<phase_id>/easy")
@access(Action.EDIT, of_handbook)
def phase(handbook_id: str, phase_id: str) -> str:
    """Show the form of the summary of a round's request."""
    return _show(About(handbook_id, phase_id=phase_id))


@blueprint.post("/handbooks/<handbook_id>/process/<phase_id>/easy")
@access(Action.EDIT, of_handbook)
def save_phase(handbook_id: str, phase_id: str) -> Answer:
    """Keep the summary of a round's request."""
    return _save(About(handbook_id, phase_id=phase_id))
