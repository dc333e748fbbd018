"""Beginning a handbook: for administrators of the installation."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import gettext as _
from reviewtool.services.handbooks import create_handbook
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.handbooks.forms import HandbookForm

blueprint = Blueprint("handbooks", __name__)


@blueprint.get("/handbooks/new")
@access(Action.CREATE_HANDBOOK)
def new() -> str:
    """Ask for title, language and process."""
    return render_template("handbooks/new.html", form=HandbookForm(formdata=None))


@blueprint.post("/handbooks/new")
@access(Action.CREATE_HANDBOOK)
def create() -> Response | tuple[str, int]:
    """Begin the handbook, and go on to bringing in its texts."""
    form = HandbookForm()
    if not form.validate():
        return render_template("handbooks/new.html", form=form), 422
    handbook_id = create_handbook(
        current.installation(),
        current.actor(),
        form.title.data or "",
        form.language.data,
        form.template.data,
        form.request_id.data,
    )
    flash(_("The handbook has been begun. Bring in its texts, or add them one by one."), "good")
    return redirect(url_for("imports.new", handbook_id=handbook_id))
