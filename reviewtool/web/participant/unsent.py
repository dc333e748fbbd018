"""Unsent words: kept privately as they are typed, and discarded, on every page behind a link."""

from __future__ import annotations

from flask import flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Refused
from reviewtool.domain.unsent import kept, words_shown
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import show_time
from reviewtool.services import unsent
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.links.landings import landing_of
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import ParticipantForm
from reviewtool.web.participant.unfinished import form_key, form_url
from reviewtool.web.participant.writing import forget_kept
from reviewtool.wording.refusals import refusal

Answer = tuple[Response, int]


@blueprint.post("/unsent")
@access(Action.KEEP_UNSENT, of_link)
def keep_unsent(link_id: str) -> Answer:
    """Keep what is half written, for its writer alone; other words that stand there come back."""
    form = ParticipantForm()
    try:
        done = unsent.keep_unsent(
            current.installation(),
            current.actor(),
            form_key(link_id, form.keep.data),
            kept(request.form.items()),
            request.form.get("mark", ""),
            form.request_id.data or "",
        )
    except Refused as refused:
        return jsonify(words=str(refusal(refused.reason))), 422
    if done.other is not None:
        other = dict(done.other)
        return jsonify(
            mark=done.mark, fields=other, shown=words_shown(other), at=show_time(done.at)
        ), 409
    time = show_time(done.at)
    words = _("Your unfinished words are kept (at %(time)s). Only you see them.", time=time)
    return jsonify(mark=done.mark, words=words if done.mark else ""), 200


@blueprint.post("/unsent/discard")
@access(Action.KEEP_UNSENT, of_link)
def discard_unsent(link_id: str) -> Response:
    """Throw away what one has half written in a form."""
    form = ParticipantForm()
    key = form_key(link_id, form.keep.data)
    unsent.discard_unsent(current.installation(), current.actor(), key)
    flash(_("The unfinished text was discarded."))
    forget_kept(form.keep.data)
    if request.form.get("back") and key:
        return redirect(form_url(link_id, key), 303)
    return redirect(url_for(landing_of(current.held_link(link_id)), link_id=link_id), 303)
