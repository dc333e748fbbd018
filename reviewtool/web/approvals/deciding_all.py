"""Approving all texts that wait, with one press: exactly those that the page showed, or none."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.approvals import Decision
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.services import approvals
from reviewtool.web.access import access, of_link
from reviewtool.web.approvals.deciding import record, told_at_field
from reviewtool.web.approvals.door import blueprint
from reviewtool.web.approvals.forms import ApproveAllForm
from reviewtool.web.approvals.pages import Desk, desk, frame, own_unsent
from reviewtool.web.participant.forms import resume
from reviewtool.web.participant.writing import forget_kept
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]


@blueprint.get("/all")
@access(Action.READ_APPROVAL, of_link)
def review_all(link_id: str) -> str:
    """Show what approving all that waits would record, before it does."""
    here = desk()
    unsent = own_unsent(link_id, here)
    form = ApproveAllForm(
        formdata=None,
        data={
            "capacity": here.capacity.value,
            "capacity_detail": here.capacity_detail,
            "keep": unsent.keep("all"),
        },
    )
    return _page(link_id, here, resume(form, unsent.resumed))


def _page(link_id: str, here: Desk, form: ApproveAllForm) -> str:
    return render_template("approvals/all.html", **frame(link_id, here), form=form)


@blueprint.post("/all")
@access(Action.READ_APPROVAL, of_link)
def approve_all(link_id: str) -> Answer:
    """Approve the texts whose hashes the form carries: all of them, or none (rule 5)."""
    here = desk()
    form = ApproveAllForm()
    wishes = [
        approvals.Wish(name.removeprefix("hash-"), value, Decision.APPROVED)
        for name, value in request.form.items()
        if name.startswith("hash-")
    ]
    if not form.validate():
        return _page(link_id, here, form), 422
    try:
        record(form, wishes, here)
    except Refused as refused:
        return _refused(link_id, form, refused)
    flash(
        ngettext("%(num)d text approved.", "%(num)d texts approved.", len(wishes))
        + " "
        + _("A receipt is on its way to your e-mail."),
        "good",
    )
    forget_kept(f"{link_id}:*")
    return redirect(url_for("approvals.receipt", link_id=link_id), 303)


def _refused(link_id: str, form: ApproveAllForm, refused: Refused) -> Answer:
    """Show the page as it stands now, with what is wrong: nothing was recorded."""
    if refused.reason is Reason.TEXT_CHANGED:
        titles = ", ".join(missing.name for missing in refused.missing if missing.name)
        form.form_errors = [refusal(refused.reason), titles]
    elif "field" in refused.details:
        told_at_field(form, refused)
    elif refused.reason is not Reason.ROUND_CLOSED:
        raise refused
    return _page(link_id, desk(fresh=True), form), 422
