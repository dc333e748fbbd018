"""Editing the text from the merge page, with the contributions that cause the change."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.merge import Show, bench
from reviewtool.queries.sections import handbook_head
from reviewtool.services import buffers
from reviewtool.services.sections import save_text
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.contributions import shown as said
from reviewtool.web.contributions.asking import chosen_ids
from reviewtool.web.editor_pages import frame, of_own_section
from reviewtool.web.merge.door import blueprint
from reviewtool.web.sections.forms import TextForm, cause_in, fill, posted_text, shown

Answer = Response | tuple[str, int]


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/merge/edit")
@access(Action.EDIT, of_own_section)
def edit(handbook_id: str, section_id: str) -> str:
    """Open the text in the editor, beside the contributions that the change may be for."""
    return _page(handbook_id, section_id, TextForm(formdata=None))


@blueprint.post("/handbooks/<handbook_id>/sections/<section_id>/merge/edit")
@access(Action.EDIT, of_own_section)
def save(handbook_id: str, section_id: str) -> Answer:
    """Save the text; the ticked contributions get what changed as their evidence."""
    form = TextForm()
    text = posted_text(form)
    if not form.validate():
        return _page(handbook_id, section_id, form, text), 422
    site, actor = current.installation(), current.actor()
    head = handbook_head(current.reader(), actor, handbook_id)
    base = form.base.data or ""
    try:
        saved = save_text(
            site, actor, section_id, head.language, base_revision_id=base, text=text,
            note=form.note.data or "", contributions=chosen_ids(), cause=cause_in(request.form),
            request_id=form.request_id.data,
        )  # fmt: skip
    except Refused as refused:
        if refused.reason is not Reason.EDIT_CONFLICT:
            raise
        buffers.keep_buffer(site, actor, section_id, head.language, base, text)
        url = url_for(
            "sections.join", handbook_id=handbook_id, section_id=section_id, c=chosen_ids()
        )
        return redirect(url, code=303)
    flash(_("The text is saved.") if saved.changed else _("Nothing was changed."), "good")
    url = url_for("merge.show", handbook_id=handbook_id, section_id=section_id)
    return redirect(url, code=303)


def _page(handbook_id: str, section_id: str, form: TextForm, text: str | None = None) -> str:
    reader, actor = current.reader(), current.actor()
    head = handbook_head(reader, actor, handbook_id)
    page = bench(reader, actor, handbook_id, section_id, head.language, show=Show.CURRENT)
    if text is None:
        text = page.text.text
        fill(form, text, page.text.revision_id)
    causes = chosen_ids()
    back = url_for("merge.show", handbook_id=handbook_id, section_id=section_id)
    return render_template(
        "merge/edit.html",
        bench=page,
        items=sorted(page.items, key=lambda item: item.entry.id not in causes),
        form=form,
        parts=shown(text),
        causes=causes,
        said=said,
        **frame(head, "desk", (page.text.title, back), (_("Edit"), None)),
    )
