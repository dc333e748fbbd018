"""The projector's page: large letters, the structure growing, the code that lets people in."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.workshops import Stage
from reviewtool.infra.i18n import gettext as _
from reviewtool.mail.addresses import site
from reviewtool.queries.workshop_room import growing_tree
from reviewtool.queries.workshops import WorkshopHead
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.workshops.arranging import read_room, room_tag
from reviewtool.web.workshops.door import editing, of_workshop
from reviewtool.web.workshops.frame import editor_head, editor_values
from reviewtool.web.workshops.live import answered
from reviewtool.web.workshops.qr import picture

MOST_SHOWN = 24
"""With more texts than this, only those are shown that somebody has said something about."""


@editing.get("/projector")
@access(Action.RUN_PROCESS, of_workshop)
def projector(handbook_id: str, phase_id: str) -> str:
    """Show the structure growing, to be read from the back of the room."""
    head = editor_head(handbook_id, phase_id)
    return render_template(
        "workshops/projector.html", tag=room_tag(head), **{**_shown(head), **editor_values(head)}
    )


@editing.get("/projector/said")
@access(Action.RUN_PROCESS, of_workshop)
def on_screen(handbook_id: str, phase_id: str) -> Response:
    """Give what is on the screen, where it has changed."""
    head = editor_head(handbook_id, phase_id)
    return answered(
        room_tag(head), lambda: render_template("workshops/projector_said.html", **_shown(head))
    )


def _shown(head: WorkshopHead) -> dict[str, Any]:
    said = read_room(head)
    nodes = growing_tree(said)
    code = head.held.code if head.held and head.stage is Stage.RUNNING else None
    address = site(current.installation().settings) + url_for("joining.ask")
    return {
        "head": head,
        "said": said,
        "nodes": nodes,
        "all": len(nodes) <= MOST_SHOWN,
        "untouched": sum(not node.new and not node.proposals for node in nodes),
        "code": code.shown if code else "",
        "address": address.partition("://")[2],
        "picture": picture(f"{address}/{code.written}", _("Come in with your phone"))
        if code
        else "",
    }
