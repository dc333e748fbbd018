"""Replying to what another participant said."""

from __future__ import annotations

from flask import flash, redirect
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.contributions import one
from reviewtool.services import turns
from reviewtool.web import current
from reviewtool.web.access import access, of_contribution
from reviewtool.web.forms import stripped
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import ParticipantForm
from reviewtool.web.participant.frame import open_page
from reviewtool.web.participant.writing import back_to


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
    turns.reply(site, actor, contribution_id, form.words.data or "", form.request_id.data or "")
    flash(_("Your reply is saved. The editors see it too."), "good")
    return redirect(back_to(page, line, contribution_id), 303)
