"""Answering one contribution or several at once, all or none."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.services import answers
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.contributions import shown
from reviewtool.web.contributions.asking import (
    Asking,
    answering_of,
    ask,
    chosen_ids,
    put_into_form,
)
from reviewtool.web.contributions.door import blueprint, crumbs
from reviewtool.web.editor_pages import frame

Answer = str | Response | tuple[str, int]


@blueprint.get("/handbooks/<handbook_id>/contributions/answer")
@access(Action.EDIT, of_handbook)
def ask_answer(handbook_id: str) -> Answer:
    """Show the form that answers the chosen contributions, and which they are."""
    if not chosen_ids():
        flash(_("Choose at least one contribution first."), "warn")
        return redirect(back_to(handbook_id))
    asking = ask(handbook_id, chosen_ids())
    asking.form.back.data = request.args.get("back", "")
    asking.form.then.data = request.args.get("then", "")
    return _page(asking)


@blueprint.post("/handbooks/<handbook_id>/contributions/answer")
@access(Action.EDIT, of_handbook)
def answer(handbook_id: str) -> Answer:
    """Answer the chosen contributions, or revise the answer of one."""
    asking = ask(handbook_id, chosen_ids(), request.form)
    form = asking.form
    if not form.validate():
        return _page(asking), 422
    try:
        _give(asking)
    except Refused as refused:
        if not put_into_form(asking, refused):
            raise
        return _page(asking), 422
    flash(
        ngettext(
            "%(num)d contribution answered.", "%(num)d contributions answered.", len(asking.ids)
        ),
        "good",
    )
    return redirect(back_to(handbook_id), code=303)


def _give(asking: Asking) -> None:
    form = asking.form
    installation, actor = current.installation(), current.actor()
    request_id = form.request_id.data or ""
    if len(asking.ids) == 1 and (form.version.data or "").isdecimal():
        version = int(form.version.data or 0)
        answers.revise(
            installation, actor, asking.ids[0], answering_of(asking), version, request_id
        )
    else:
        answers.answer(installation, actor, asking.ids, answering_of(asking), request_id)


def _page(asking: Asking) -> str:
    return render_template(
        "contributions/answer.html",
        asking=asking,
        shown=shown,
        **frame(asking.handbook, "ledger", *crumbs(asking.handbook.id, (_("Answer"), None))),
    )


def back_to(handbook_id: str) -> str:
    """Lead back to where the editor came from: a bench, a workshop, an interview, the ledger, the
    contribution.

    The form names a kind of page and an id, never an address.
    """
    kind, _sep, value = request.values.get("back", "").partition(":")
    then = request.values.get("then", "")
    if kind == "merge":
        return url_for(
            "merge.show",
            handbook_id=handbook_id,
            section_id=value,
            open=then or None,
            _anchor=f"c-{then}" if then else None,
        )
    if kind == "workshop":
        return url_for("workshops.decisions", handbook_id=handbook_id, phase_id=value)
    if kind == "interview":
        return url_for("interviews.show", handbook_id=handbook_id, interview_id=value)
    if kind == "contribution":
        return url_for("contributions.show", handbook_id=handbook_id, contribution_id=value)
    return url_for("ledger.show", handbook_id=handbook_id)
