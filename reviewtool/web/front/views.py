"""The front page, an editor's own first page, and the pages that the footer leads to."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.unsent import KEPT_AFTER
from reviewtool.domain.workshops import NEEDS_KEPT
from reviewtool.queries.handbooks import HandbookLine, handbooks_of, handbooks_shown
from reviewtool.queries.links import handbooks_of_links
from reviewtool.services import unconfirmed
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.wording import accessibility as assessed

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
@access(Action.SEE_FRONT)
def index() -> str:
    """Show what is being written here, and where it stands."""
    return render_template("front/index.html", handbooks=_shown(), actor=current.actor())


@blueprint.get("/home")
@access(Action.SEE_OWN_SETTINGS)
def home() -> str | Response:
    """Lead an editor to the desk, or let choose where there are several handbooks."""
    handbooks = handbooks_of(current.reader(), current.actor())
    if len(handbooks) == 1:
        return redirect(url_for("desk.show", handbook_id=handbooks[0].id))
    return render_template("front/home.html", handbooks=handbooks, actor=current.actor())


@blueprint.get("/help")
@access(Action.SEE_FRONT)
def help_page() -> str:
    """Tell how to take part and whom to ask."""
    return render_template("front/help.html", handbooks=_shown())


@blueprint.get("/accessibility")
@access(Action.SEE_FRONT)
def accessibility() -> str:
    """Show the accessibility statement."""
    settings = current.installation().settings
    return render_template(
        "front/accessibility.html",
        handbooks=_shown(),
        reviewed_on=date.fromisoformat(settings.accessibility_reviewed_on),
        shortcomings=[
            part.strip() for part in settings.accessibility_shortcomings.split("|") if part.strip()
        ],
        contact=settings.accessibility_contact,
        assessed=assessed,
    )


@blueprint.get("/privacy")
@access(Action.SEE_FRONT)
def privacy() -> str:
    """Show the privacy notice."""
    days = current.installation().settings.retention_days
    return render_template(
        "front/privacy.html",
        handbooks=_shown(),
        retention_days=days,
        unconfirmed_days=unconfirmed.KEPT.days,
        unsent_days=KEPT_AFTER.days,
        needs_days=NEEDS_KEPT.days,
    )


def _shown() -> list[HandbookLine]:
    """List the handbooks that this reader may know of."""
    reader = current.reader()
    known = handbooks_of_links(reader, current.held())
    return handbooks_shown(reader, current.actor(), known, current.now())
