"""Beginning a handbook, for administrators; what it says of itself, for its editors."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.facts import found
from reviewtool.queries.handbooks import HandbookLine, handbook_line
from reviewtool.services.descriptions import describe_handbook
from reviewtool.services.handbooks import create_handbook
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editor_pages import frame, head_of
from reviewtool.web.handbooks.forms import AboutForm, HandbookForm, about_form

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
    flash(_("The handbook has been created. Import its texts, or add them one by one."), "good")
    return redirect(url_for("imports.new", handbook_id=handbook_id))


@blueprint.get("/handbooks/<handbook_id>/about")
@access(Action.EDIT, of_handbook)
def about(handbook_id: str) -> str:
    """Show what the handbook says of itself, for changing it."""
    return _about_page(handbook_id, about_form(_handbook(handbook_id)))


@blueprint.post("/handbooks/<handbook_id>/about")
@access(Action.EDIT, of_handbook)
def describe(handbook_id: str) -> Response | tuple[str, int]:
    """Change what the handbook says of itself."""
    form = AboutForm()
    form.needs_title_in(_handbook(handbook_id).language)
    if not form.validate():
        return _about_page(handbook_id, form), 422
    describe_handbook(current.installation(), current.actor(), handbook_id, form.description())
    flash(_("Saved. The public pages and the mails say this now."), "good")
    return redirect(url_for("handbooks.about", handbook_id=handbook_id))


def _handbook(handbook_id: str) -> HandbookLine:
    return found(handbook_line(current.reader(), handbook_id, current.now()))


def _about_page(handbook_id: str, form: AboutForm) -> str:
    here = frame(head_of(handbook_id), "desk", (_("About the handbook"), None))
    return render_template("handbooks/about.html", form=form, **here)
