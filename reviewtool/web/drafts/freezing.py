"""Freezing the working texts: what would be frozen, what has changed, what is missing."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.drafts import compare_trees, drafts_of_handbook, read_now
from reviewtool.queries.tree import draft_tree, working_tree
from reviewtool.services import drafts
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.drafts.blueprint import blueprint
from reviewtool.web.drafts.forms import FreezeForm
from reviewtool.web.drafts.views import crumbs
from reviewtool.web.editor_pages import frame, head_of
from reviewtool.wording.refusals import refusal


def _page(handbook_id: str, form: FreezeForm, refused: Refused | None = None) -> str:
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    known = drafts_of_handbook(session, actor, handbook_id)
    tree = working_tree(session, handbook_id, head.language)
    last = known[0] if known else None
    frozen = draft_tree(session, last.id, head.language) if last else []
    lines = compare_trees(frozen, tree)
    number = (last.number if last else 0) + 1
    ready = drafts.before_freeze(session, actor, handbook_id)
    return render_template(
        "drafts/freeze.html",
        form=form,
        number=number,
        tree=tree,
        last=last,
        reading=read_now(session, actor, handbook_id, current.now()),
        changed=[line for line in lines if line.changes],
        unchanged=len([line for line in lines if not line.changes]),
        missing=ready.missing,
        answers=ready.answers,
        mails=ready.mails,
        can_freeze=not ready.missing
        and bool(tree)
        and (ready.tells or any(line.changes for line in lines)),
        problem=None if refused is None or refused.missing else refusal(refused.reason),
        unanswered=_of(ready.missing, Reason.UNANSWERED),
        gone=_of(ready.missing, Reason.EVIDENCE_GONE),
        **frame(head, "drafts", *crumbs(handbook_id, (_("Freeze"), None))),
    )


def _of(missing: tuple[Missing, ...], reason: Reason) -> list[Missing]:
    return [one for one in missing if one.reason is reason]


@blueprint.get("/handbooks/<handbook_id>/drafts/freeze")
@access(Action.EDIT, of_handbook)
def freeze(handbook_id: str) -> str:
    """Show what would be frozen, and what stands in the way."""
    return _page(handbook_id, FreezeForm(formdata=None))


@blueprint.post("/handbooks/<handbook_id>/drafts/freeze")
@access(Action.EDIT, of_handbook)
def freeze_now(handbook_id: str) -> Response | tuple[str, int]:
    """Freeze the working texts as the next draft."""
    form = FreezeForm()
    try:
        frozen = drafts.freeze_draft(
            current.installation(), current.actor(), handbook_id, form.request_id.data
        )
    except Refused as refused:
        if refused.reason in (Reason.NOT_ALLOWED, Reason.NOT_FOUND):
            raise
        current.fresh_reader()
        return _page(handbook_id, form, refused), 422
    flash(_("The texts are frozen as draft %(number)s.", number=frozen.label), "good")
    return redirect(url_for("drafts.show", handbook_id=handbook_id, draft_id=frozen.id))
