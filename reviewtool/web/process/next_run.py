"""Beginning the next run of a published handbook's process."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField

from reviewtool.config.processes import load_template, template_names
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, localized
from reviewtool.queries.phases import timeline
from reviewtool.services.processes import begin_next_run
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.forms import Form
from reviewtool.web.process.shown import missing_links
from reviewtool.web.process.views import blueprint

Answer = str | Response | tuple[str, int]


class NextRunForm(Form):
    """Asks which process is run."""

    template = RadioField(
        lazy("Process"),
        choices=lambda: [(name, localized(load_template(name).title)) for name in template_names()],
        default="single-round",
    )


@blueprint.get("/next-run")
@access(Action.RUN_PROCESS, of_handbook)
def next_run(handbook_id: str) -> str:
    """Ask how the handbook is revised, and say what stays."""
    return _page(handbook_id, NextRunForm(formdata=None))


@blueprint.post("/next-run")
@access(Action.RUN_PROCESS, of_handbook)
def begin(handbook_id: str) -> Answer:
    """Begin the next run."""
    form = NextRunForm()
    if not form.validate():
        return _page(handbook_id, form), 422
    try:
        begin_next_run(
            current.installation(),
            current.actor(),
            handbook_id,
            form.template.data,
            form.request_id.data or "",
        )
    except Refused as refused:
        if refused.reason is not Reason.PHASE_OPEN:
            raise
        return _page(handbook_id, form, missing_links(handbook_id, refused.missing)), 409
    flash(_("The next run has begun. Plan its phases here."), "good")
    return redirect(url_for("process.show", handbook_id=handbook_id))


def _page(handbook_id: str, form: NextRunForm, missing: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "process/next_run.html",
        process=timeline(current.reader(), current.actor(), handbook_id, current.now()),
        form=form,
        missing=missing or [],
    )
