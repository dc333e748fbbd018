"""The blueprints of interviews: one for the editors, one for the person who was interviewed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized
from reviewtool.queries.interviews import FullInterview, InterviewsPhase
from reviewtool.web.editor_pages import Crumb, frame, head_of
from reviewtool.web.participant.door import hold_again, tell_where

editing = Blueprint("interviews", __name__, url_prefix="/handbooks/<handbook_id>")
reading = Blueprint("interview", __name__, url_prefix="/p/<link_id>/interview")
reading.before_request(hold_again)
reading.after_request(tell_where)


def phase_frame(phase: InterviewsPhase, *crumbs: Crumb) -> dict[str, Any]:
    """Give an editor's page about the interviews of a phase its frame; 1 query."""
    here: dict[str, Any] = {"handbook_id": phase.handbook_id, "phase_id": phase.id}
    name = localized(phase.title)
    up = url_for("interviews.index", **here)
    return {
        "phase": phase,
        "phase_name": name,
        **frame(
            head_of(phase.handbook_id),
            "process",
            (_("Process"), url_for("process.show", handbook_id=phase.handbook_id)),
            (name, url_for("process.phase", **here)),
            *([(_("Interviews"), up), *crumbs] if crumbs else [(_("Interviews"), None)]),
        ),
    }


def interview_frame(full: FullInterview, *crumbs: Crumb) -> dict[str, Any]:
    """Give an editor's page about one interview its frame; 1 query."""
    here: dict[str, Any] = {"handbook_id": full.phase.handbook_id, "interview_id": full.line.id}
    url = url_for("interviews.show", **here) if crumbs else None
    return {
        "full": full,
        "line": full.line,
        "here": here,
        **phase_frame(full.phase, (full.line.name, url), *crumbs),
    }
