"""The approver's other pages: what is asked, what was recorded, a colleague instead, not me."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import gettext as _
from reviewtool.services import carries
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.approvals.door import blueprint
from reviewtool.web.approvals.forms import DeclineForm, ObjectionForm
from reviewtool.web.approvals.pages import Desk, desk, frame, own_unsent
from reviewtool.web.boxes.views import asks
from reviewtool.web.declining import declined
from reviewtool.web.limits import SIGN_UP, limiter
from reviewtool.web.participant.forms import resume
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import forget_kept
from reviewtool.web.passing_on import PassOnForm, passed_on


@blueprint.get("")
@access(Action.READ_APPROVAL, of_link)
def landing(link_id: str) -> str:
    """Show what is asked, and the texts with the decisions made so far."""
    return render_template("approvals/landing.html", **frame(link_id, desk()))


@blueprint.get("/receipt")
@access(Action.READ_APPROVAL, of_link)
def receipt(link_id: str) -> str:
    """Show what has been recorded, with the fingerprint of each text."""
    return render_template("approvals/receipt.html", **frame(link_id, desk()))


@blueprint.get("/not-me")
@access(Action.READ_APPROVAL, of_link)
def not_me(link_id: str) -> str | Response:
    """Ask somebody to whom the link was forwarded to leave it; a shared box asks who answers."""
    if asks(current.held_link(link_id)):
        return redirect(url_for("boxes.ask", link_id=link_id))
    return render_template("approvals/not_me.html", **frame(link_id, desk()))


@blueprint.get("/pass-on")
@access(Action.READ_APPROVAL, of_link)
def colleague(link_id: str) -> str:
    """Ask for the colleague to whom the task is passed on."""
    return render_template(
        "approvals/pass_on.html", **frame(link_id, desk()), form=PassOnForm(formdata=None)
    )


@blueprint.post("/pass-on")
@limiter.limit(SIGN_UP)
@access(Action.READ_APPROVAL, of_link)
def pass_on(link_id: str) -> str | Response | tuple[str, int]:
    """Pass the task on to a colleague, who gets a link of their own."""
    form = PassOnForm()
    here = desk()
    if not passed_on(form):
        return render_template("approvals/pass_on.html", **frame(link_id, here), form=form), 422
    flash(_("The task was passed on. Your colleague gets a link by e-mail."), "good")
    return redirect(url_for("approvals.landing", link_id=link_id))


@blueprint.get("/decline")
@access(Action.READ_APPROVAL, of_link)
def unwilling(link_id: str) -> str:
    """Ask why one doesn't take part, before it is recorded."""
    here = desk()
    unsent = own_unsent(link_id, here)
    form = DeclineForm(formdata=None, data={"keep": unsent.keep("decline")})
    return _decline_page(link_id, here, resume(form, unsent.resumed))


def _decline_page(link_id: str, here: Desk, form: DeclineForm) -> str:
    return render_template("approvals/decline.html", **frame(link_id, here), form=form)


@blueprint.post("/decline")
@access(Action.READ_APPROVAL, of_link)
def decline(link_id: str) -> str | Response | tuple[str, int]:
    """Record that one doesn't take part; the link goes on working."""
    form = DeclineForm()
    here = desk()
    if not declined(form, form_key(link_id, form.keep.data)):
        return _decline_page(link_id, here, form), 422
    flash(_("The editors see that you don't take part."), "good")
    forget_kept(form.keep.data)
    return redirect(url_for("approvals.landing", link_id=link_id), 303)


@blueprint.post("/carries/<carry_id>")
@access(Action.READ_APPROVAL, of_link)
def object_to(link_id: str, carry_id: str) -> Response:
    """Object to an editorial change: the approval counts again as given to the earlier text."""
    form = ObjectionForm()
    form.validate()
    carries.object_to_carry(
        current.installation(),
        current.actor(),
        carry_id,
        form.words.data or "",
        form.request_id.data or "",
        form_key(link_id, form.keep.data),
    )
    flash(_("Your objection was recorded. Your approval doesn't hold for the changed text."))
    forget_kept(form.keep.data)
    return redirect(url_for("approvals.landing", link_id=link_id), 303)
