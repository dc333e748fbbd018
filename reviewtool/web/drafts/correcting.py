"""Correcting one text of a frozen draft: draft 2 becomes 2.1 (rule 1)."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.corrections import effect_of_correction
from reviewtool.queries.drafts import one_draft
from reviewtool.queries.sections import revisions
from reviewtool.queries.tree import draft_tree
from reviewtool.services.corrections import correct_draft
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.drafts.blueprint import blueprint
from reviewtool.web.drafts.views import draft_name, place_of, section_crumbs
from reviewtool.web.editor_pages import frame, head_of
from reviewtool.web.sections.forms import CorrectionForm, fill, posted_text, shown
from reviewtool.wording.refusals import refusal


def _page(
    handbook_id: str, draft_id: str, section_id: str, form: CorrectionForm, text: str | None = None
) -> str:
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    draft = one_draft(session, actor, handbook_id, draft_id)
    tree = draft_tree(session, draft_id, head.language)
    line = tree[place_of(tree, section_id)]
    if text is None:
        text = revisions(session, actor, handbook_id, [line.revision_id])[line.revision_id].text
        fill(form, text, line.revision_id)
    back = url_for(
        "drafts.section", handbook_id=handbook_id, draft_id=draft_id, section_id=section_id
    )
    return render_template(
        "drafts/correct.html",
        draft=draft,
        name=draft_name(draft.label),
        label=draft.label,
        corrected=f"{draft.number}.{draft.correction + 1}",
        line=line,
        form=form,
        parts=shown(text),
        effect=effect_of_correction(session, actor, handbook_id, draft, section_id, head.language),
        **frame(
            head,
            "drafts",
            *section_crumbs(handbook_id, draft, (line.title, back), (_("Correct"), None)),
        ),
    )


@blueprint.get("/handbooks/<handbook_id>/drafts/<draft_id>/sections/<section_id>/correct")
@access(Action.EDIT, of_handbook)
def correct(handbook_id: str, draft_id: str, section_id: str) -> str:
    """Open the editor on a text as the draft froze it."""
    return _page(handbook_id, draft_id, section_id, CorrectionForm(formdata=None))


@blueprint.post("/handbooks/<handbook_id>/drafts/<draft_id>/sections/<section_id>/correct")
@access(Action.EDIT, of_handbook)
def correct_now(handbook_id: str, draft_id: str, section_id: str) -> Response | tuple[str, int]:
    """Make the numbered correction."""
    form = CorrectionForm()
    text = posted_text(form)
    if not form.validate():
        return _page(handbook_id, draft_id, section_id, form, text), 422
    head = head_of(handbook_id)
    one_draft(current.reader(), current.actor(), handbook_id, draft_id)
    try:
        made = correct_draft(
            current.installation(),
            current.actor(),
            draft_id,
            section_id,
            head.language,
            base_revision_id=form.base.data or "",
            text=text,
            reason=form.reason.data or "",
            request_id=form.request_id.data,
        )
    except Refused as refused:
        if refused.reason in (Reason.NOT_ALLOWED, Reason.NOT_FOUND):
            raise
        form.form_errors.append(_reason(refused))
        return _page(handbook_id, draft_id, section_id, form, text), 422
    if made.edition:
        said = _(
            "Made: draft %(number)s. Readers have it as edition %(edition)s.",
            number=made.draft.label,
            edition=made.edition,
        )
    else:
        said = _("Made: draft %(number)s.", number=made.draft.label)
    flash(said, "good")
    if not made.in_working_text:
        flash(
            _("The working text has been changed in the same place. Check it and correct it too."),
            "warn",
        )
    return redirect(
        url_for(
            "drafts.section",
            handbook_id=handbook_id,
            draft_id=made.draft.id,
            section_id=section_id,
        )
    )


def _reason(refused: Refused) -> str:
    if refused.reason is Reason.NO_CHANGE:
        return _("The text is the same as in the draft. Correct something first.")
    return refusal(refused.reason)
