"""The desk: an editor's first page of a handbook."""

from __future__ import annotations

from flask import Blueprint, render_template

from reviewtool.domain.policy import Action
from reviewtool.queries.desk import desk
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editor_pages import frame, head_of

blueprint = Blueprint("desk", __name__)


@blueprint.get("/handbooks/<handbook_id>")
@access(Action.EDIT, of_handbook)
def show(handbook_id: str) -> str:
    """Show what is to do now, and what comes next."""
    head = head_of(handbook_id)
    return render_template(
        "desk/show.html",
        desk=desk(current.reader(), current.actor(), handbook_id, current.now()),
        **frame(head, "desk"),
    )
