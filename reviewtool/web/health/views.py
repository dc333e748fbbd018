"""Liveness and readiness."""

from flask import Blueprint, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.infra.schema import current_revision, head_revision
from reviewtool.queries.messages import oldest_due
from reviewtool.web import current
from reviewtool.web.access import access

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access(Action.CHECK_HEALTH)
def alive() -> Response:
    """Tell that the process answers."""
    return jsonify(state="ok")


@blueprint.get("/readyz")
@access(Action.CHECK_HEALTH)
def ready() -> tuple[Response, int]:
    """Tell whether the database answers and stands at the newest migration; else why not.

    Mail that waits doesn't make it unready, for pages work: how long the oldest has been due is
    told, so that somebody may be woken.
    """
    now = current.now()
    try:
        current.reader().execute(text("SELECT 1"))
        at = current_revision(current.installation().database)
    except SQLAlchemyError:
        return jsonify(state="not ready", reason="the database doesn't answer"), 503
    if at != head_revision():
        return jsonify(state="not ready", reason="migrations are missing"), 503
    since = oldest_due(current.reader(), now)
    waited = int((now - since).total_seconds()) if since else 0
    return jsonify(state="ok", oldest_mail_waits_seconds=waited), 200
