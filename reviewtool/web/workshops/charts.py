"""The conveners' pages after a workshop: flip charts typed in, and what is decided."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.queries.entries import entries
from reviewtool.queries.workshop_room import Room
from reviewtool.queries.workshops import WorkshopHead
from reviewtool.services import workshop_charts
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.workshops.after_forms import ChartForm
from reviewtool.web.workshops.arranging import read_room
from reviewtool.web.workshops.door import editing, of_workshop
from reviewtool.web.workshops.frame import editor_head, editor_values
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]

IN_THE_FORM = {
    Reason.EMPTY: "lines",
    Reason.TOO_LONG: "lines",
    Reason.TITLE_MISSING: "lines",
    Reason.SECTION_MISSING: "section",
    Reason.OTHER_SECTION_MISSING: "other",
    Reason.BAD_FILE: "photos",
    Reason.FILE_TOO_LARGE: "photos",
    Reason.NOT_FOUND: "group",
}


@editing.get("/flip-charts")
@access(Action.RUN_PROCESS, of_workshop)
def charts(handbook_id: str, phase_id: str) -> str:
    """Show the form that types in a group's flip chart."""
    head = editor_head(handbook_id, phase_id)
    said = read_room(head)
    return _page(head, said, ChartForm(formdata=None).offer(said.groups, said.tree))


def _page(head: WorkshopHead, said: Room, form: ChartForm) -> str:
    return render_template(
        "workshops/charts.html",
        said=said,
        form=form,
        **editor_values(head, (_("Flip charts"), None)),
    )


@editing.post("/flip-charts")
@access(Action.RUN_PROCESS, of_workshop)
def type_in(handbook_id: str, phase_id: str) -> Answer:
    """Write down what a group had on its flip chart."""
    head = editor_head(handbook_id, phase_id)
    said = read_room(head)
    form = ChartForm().offer(said.groups, said.tree)
    if not form.validate():
        return _page(head, said, form), 422
    try:
        made = workshop_charts.record_chart(
            current.installation(),
            current.actor(),
            form.group.data or "",
            form.chart,
            form.request_id.data or "",
            form.uploads,
        )
    except Refused as refused:
        name = IN_THE_FORM.get(refused.reason)
        if name is None:
            raise
        form[name].errors = [refusal(refused.reason)]
        return _page(head, said, form), 422
    flash(
        ngettext(
            "%(num)d line is in the ledger now, on behalf of the group.",
            "%(num)d lines are in the ledger now, on behalf of the group.",
            len(made),
        ),
        "good",
    )
    return redirect(url_for("workshops.charts", handbook_id=handbook_id, phase_id=phase_id), 303)


@editing.post("/mend/<contribution_id>")
@access(Action.RUN_PROCESS, of_workshop)
def mend(handbook_id: str, phase_id: str, contribution_id: str) -> Response:
    """Mend what was mistyped of a flip chart."""
    form = request.form
    workshop_charts.mend_line(
        current.installation(),
        current.actor(),
        contribution_id,
        form.get("words", "").strip(),
        form.get("title", "").strip(),
        form.get("request_id", ""),
    )
    flash(_("The line has been mended; what stood there before is kept."), "good")
    return redirect(url_for("workshops.decisions", handbook_id=handbook_id, phase_id=phase_id), 303)


@editing.get("/decisions")
@access(Action.RUN_PROCESS, of_workshop)
def decisions(handbook_id: str, phase_id: str) -> str:
    """Show what was proposed, with what has been decided of each, and which features are used."""
    head = editor_head(handbook_id, phase_id)
    said = read_room(head)
    known = entries(current.reader(), current.actor(), [one.line.id for one in said.entries])
    by_id = {one.id: one for one in known}
    waiting = [one for one in known if one.is_open]
    return render_template(
        "workshops/decisions.html",
        said=said,
        by_id=by_id,
        waiting=len(waiting),
        **editor_values(head, (_("Decisions"), None)),
    )
