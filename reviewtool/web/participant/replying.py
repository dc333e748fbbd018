"""Replying to what another participant said, and being mailed of replies or not."""

from __future__ import annotations

from flask import flash, redirect, request
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.contributions import one
from reviewtool.services import replies, turns
from reviewtool.web import current
from reviewtool.web.access import access, of_contribution, of_link
from reviewtool.web.forms import stripped
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import ActForm, ParticipantForm
from reviewtool.web.participant.frame import open_page
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import back_to, forget_kept


class ReplyForm(ParticipantForm):
    """A reply."""

    words = TextAreaField(lazy("Your reply"), filters=[stripped])


@blueprint.post("/contributions/<contribution_id>/reply")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def reply(link_id: str, contribution_id: str) -> Response:
    """Reply to a contribution that one sees."""
    page = open_page(link_id)
    line = one(current.reader(), page.actor, contribution_id)
    if line is None:
        raise Refused(Reason.NOT_FOUND)
    form = ReplyForm()
    site, actor = current.installation(), current.actor()
    turns.reply(
        site,
        actor,
        contribution_id,
        form.words.data or "",
        form.request_id.data or "",
        form=form_key(link_id, form.keep.data),
    )
    forget_kept(form.keep.data)
    flash(_("Your reply has been sent. The editors see it too."), "good")
    return redirect(back_to(page, line, contribution_id), 303)


@blueprint.get("/contributions/<contribution_id>")
@access(Action.READ_ROUND, of_link)
def said(link_id: str, contribution_id: str) -> Response:
    """Lead to where a contribution stands; to one's own ones, if it is no longer shown."""
    page = open_page(link_id)
    line = one(current.reader(), page.actor, contribution_id)
    begun = request.args.get("unsent")
    return redirect(
        back_to(page, line, contribution_id, unsent=begun) if line else page.url("mine")
    )


@blueprint.post("/reply-mail")
@access(Action.CHOOSE_MAIL, of_link)
def choose_reply_mail(link_id: str) -> Response:
    """Keep whether one is mailed of replies in this round."""
    page = open_page(link_id)
    wanted = bool(request.form.get("wanted"))
    request_id = ActForm().request_id.data or ""
    replies.choose_mail(current.installation(), current.actor(), wanted, request_id)
    flash(
        _("Saved. You are told by e-mail when somebody replies to you.")
        if wanted
        else _("Saved. You get no more messages about replies in this round."),
        "good",
    )
    return redirect(page.url("mine", _anchor="reply-mail"), 303)
