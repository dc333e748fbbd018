"""The blueprint of the participant's pages, and the way back in for a form without its session."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, session

from reviewtool.domain.links import LinkState
from reviewtool.queries.actors import find_link
from reviewtool.web import current
from reviewtool.web.participant import ticket

blueprint = Blueprint("participant", __name__, url_prefix="/p/<link_id>")


@blueprint.after_request
def tell_where(response: Response) -> Response:
    """Tell script that sent a form where to go on; it retries what the network lost."""
    wants_data = request.accept_mimetypes.best == "application/json"
    if request.method == "POST" and wants_data and response.status_code == 303:
        return jsonify(to=response.location)
    return response


@blueprint.before_request
def hold_again() -> None:
    """Hold the link again for a form that carries its ticket; its CSRF token has been checked."""
    link_id = (request.view_args or {}).get("link_id", "")
    if request.method != "POST" or link_id in session.get("links", {}):
        return
    generation = ticket.read(request.form.get("ticket", ""), link_id)
    if generation is None:
        return
    days = current.installation().settings.retention_days
    found = find_link(current.reader(), link_id, generation, current.now(), days)
    if found is not None and found.state in (LinkState.OPEN, LinkState.READING):
        current.keep_link(found)
