"""Figures and numbers of a handbook: all in one list, those that have grown old first."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.figures import FigureLine, FigureList, figures_of_handbook
from reviewtool.queries.pictures import picture_sizes
from reviewtool.queries.stories import story_states
from reviewtool.services.figures import set_figure_years
from reviewtool.text.blocks import Figure
from reviewtool.text.inline import visible
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editor_pages import frame, head_of
from reviewtool.web.figures.blueprint import blueprint
from reviewtool.web.figures.forms import YearsForm
from reviewtool.web.reading import picture_url


@blueprint.get("/handbooks/<handbook_id>/figures")
@access(Action.EDIT, of_handbook)
def index(handbook_id: str) -> str:
    """List the figures and number graphics of the working texts: ?show=old, ?show=lacking."""
    head = head_of(handbook_id)
    reader, actor = current.reader(), current.actor()
    found = figures_of_handbook(reader, actor, handbook_id, current.now())
    wanted = request.args.get("show", "")
    form = YearsForm(formdata=None)
    form.years.data = found.years
    return render_template(
        "figures/index.html",
        found=found,
        lines=_chosen(found, wanted),
        wanted=wanted,
        thumbnails=_thumbnails(found),
        stories=story_states(reader, actor, handbook_id, head.language),
        form=form,
        plain=visible,
        **frame(
            head,
            "structure",
            (_("Structure"), url_for("structure.show", handbook_id=handbook_id)),
            (_("Figures and numbers"), None),
        ),
    )


def _chosen(found: FigureList, wanted: str) -> tuple[FigureLine, ...]:
    """The lines asked for; of all of them what needs doing first."""
    if wanted == "old":
        return found.old
    if wanted == "lacking":
        return found.lacking
    return tuple(sorted(found.lines, key=lambda line: (not line.old, not line.lacks)))


def _thumbnails(found: FigureList) -> dict[str, str]:
    files = {line.graphic.file for line in found.lines if isinstance(line.graphic, Figure)}
    known = picture_sizes(current.reader(), files)
    return {file: picture_url(file, small=True) for file in known}


@blueprint.post("/handbooks/<handbook_id>/figures/years")
@access(Action.EDIT, of_handbook)
def set_years(handbook_id: str) -> Response:
    """Say after how many years figures are old."""
    form = YearsForm()
    set_figure_years(current.installation(), current.actor(), handbook_id, form.years.data or 0)
    flash(_("Saved."), "good")
    return redirect(url_for("figures.index", handbook_id=handbook_id))
