"""Editing a text: the editor, its autosave, and saving without overwriting anybody (rule 10)."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import show_time
from reviewtool.queries.sections import BufferLine, buffer_of, working_section
from reviewtool.services import buffers
from reviewtool.services.sections import save_text
from reviewtool.text.document import parse
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.editor_pages import frame, head_of, of_own_section
from reviewtool.web.sections.blueprint import blueprint
from reviewtool.web.sections.forms import TextForm, cause_in, fill, posted_text, shown
from reviewtool.web.sections.views import crumbs
from reviewtool.wording.refusals import refusal


def _page(handbook_id: str, section_id: str, form: TextForm, text: str | None = None) -> str:
    """Show the editor: with a text, with the editor's unsaved text, or with the working text."""
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    section = working_section(session, actor, handbook_id, section_id, head.language)
    kept: BufferLine | None = None
    if text is None:
        kept = buffer_of(session, actor, handbook_id, section_id, head.language)
        text = kept.text if kept else section.revision.text
        fill(form, text, kept.base_revision_id if kept else section.revision.line.id)
    return render_template(
        "sections/edit.html",
        section=section,
        form=form,
        parts=shown(text),
        kept=kept,
        saved_meanwhile=form.base.data != section.revision.line.id,
        **frame(
            head,
            "structure",
            *crumbs(handbook_id, section_id, section.revision.line.title, (_("Edit"), None)),
        ),
    )


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/edit")
@access(Action.EDIT, of_own_section)
def edit(handbook_id: str, section_id: str) -> str:
    """Open the editor, on the editor's own unsaved text where there is one."""
    return _page(handbook_id, section_id, TextForm(formdata=None))


@blueprint.post("/handbooks/<handbook_id>/sections/<section_id>/edit")
@access(Action.EDIT, of_own_section)
def save_edit(handbook_id: str, section_id: str) -> Response | tuple[str, int]:
    """Save the text; where a colleague saved meanwhile, lead to joining the two."""
    form = TextForm()
    text = posted_text(form)
    if not form.validate():
        return _page(handbook_id, section_id, form, text), 422
    head = head_of(handbook_id)
    site, actor = current.installation(), current.actor()
    try:
        saved = save_text(
            site,
            actor,
            section_id,
            head.language,
            base_revision_id=form.base.data or "",
            text=text,
            note=form.note.data or "",
            cause=cause_in(request.form),
            request_id=form.request_id.data,
        )
    except Refused as refused:
        if refused.reason is Reason.EDIT_CONFLICT:
            buffers.keep_buffer(site, actor, section_id, head.language, form.base.data or "", text)
            return redirect(
                url_for("sections.join", handbook_id=handbook_id, section_id=section_id), 303
            )
        form.form_errors.append(refusal(refused.reason))
        return _page(handbook_id, section_id, form, text), 422
    if saved.changed:
        flash(_("Saved at %(time)s.", time=show_time(current.now())), "good")
    else:
        flash(_("The text is as it was: there was nothing to save."))
    return redirect(url_for("sections.show", handbook_id=handbook_id, section_id=section_id))


@blueprint.post("/handbooks/<handbook_id>/sections/<section_id>/buffer")
@access(Action.EDIT, of_own_section)
def keep(handbook_id: str, section_id: str) -> Response | tuple[Response, int]:
    """Keep what is typed so far; answers with the words to show, as JSON."""
    form = TextForm()
    head = head_of(handbook_id)
    try:
        text = posted_text(form)
        kept_at = buffers.keep_buffer(
            current.installation(),
            current.actor(),
            section_id,
            head.language,
            form.base.data or "",
            text,
        )
    except Refused as refused:
        return jsonify(words=refusal(refused.reason)), 422
    title = parse(text).title
    return jsonify(words=_("Kept at %(time)s", time=show_time(kept_at)), title=title)


@blueprint.post("/handbooks/<handbook_id>/sections/<section_id>/buffer/discard")
@access(Action.EDIT, of_own_section)
def discard(handbook_id: str, section_id: str) -> Response:
    """Throw the editor's own unsaved text away."""
    head = head_of(handbook_id)
    buffers.discard_buffer(current.installation(), current.actor(), section_id, head.language)
    flash(_("Your unsaved text has been discarded. The saved text is as it was."))
    return redirect(url_for("sections.show", handbook_id=handbook_id, section_id=section_id))
