"""The structure page: what is in the handbook, in which order."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.openness import open_by_section
from reviewtool.queries.proposals import open_proposals
from reviewtool.queries.structure import dropped_sections
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.services import moving, structure
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editor_pages import frame, head_of, of_own_section
from reviewtool.web.forms import Form
from reviewtool.web.overview import overview_of
from reviewtool.web.structure.blueprint import blueprint
from reviewtool.web.structure.forms import AddForm

AT_TOP = ""


def parent_choices(
    tree: list[TreeLine], without: frozenset[str] = frozenset()
) -> list[tuple[str, str]]:
    """List the parents that a section can stand under, indented as the tree is."""
    return [
        (AT_TOP, _("At the top")),
        *(
            (line.section_id, "\u2003" * line.depth + line.title)
            for line in tree
            if line.section_id not in without
        ),
    ]


def _page(handbook_id: str, form: AddForm) -> str:
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    tree = working_tree(session, handbook_id, head.language)
    form.parent.choices = parent_choices(tree)
    siblings: dict[str | None, list[str]] = {}
    for line in tree:
        siblings.setdefault(line.parent_id, []).append(line.section_id)
    return render_template(
        "structure/show.html",
        tree=tree,
        first={ids[0] for ids in siblings.values()},
        last={ids[-1] for ids in siblings.values()},
        open_by_section=open_by_section(session, handbook_id),
        dropped=dropped_sections(session, actor, handbook_id, head.language),
        form=form,
        overview=overview_of(tree),
        waiting=open_proposals(session, actor, handbook_id),
        **frame(head, "structure", (_("Structure"), None)),
    )


@blueprint.get("/handbooks/<handbook_id>/structure")
@access(Action.EDIT, of_handbook)
def show(handbook_id: str) -> str:
    """Show the tree, with what can be done to each section."""
    return _page(handbook_id, AddForm(formdata=None))


@blueprint.post("/handbooks/<handbook_id>/structure/add")
@access(Action.EDIT, of_handbook)
def add(handbook_id: str) -> Response | tuple[str, int]:
    """Add a section."""
    form = AddForm()
    if not form.validate():
        return _page(handbook_id, form), 422
    section_id = structure.add_section(
        current.installation(),
        current.actor(),
        handbook_id,
        SectionKind(form.kind.data),
        form.title.data or "",
        form.parent.data or None,
        form.request_id.data,
        form.decision,
    )
    flash(_("Added: %(title)s.", title=form.title.data), "good")
    return redirect(_back(handbook_id, section_id))


@blueprint.post("/handbooks/<handbook_id>/structure/put")
@access(Action.EDIT, of_handbook)
def put(handbook_id: str) -> Response:
    """Put a section where it was dragged: before, after or under another one."""
    section_id = request.form.get("section", "")
    try:
        where = moving.Where(request.form.get("where", ""))
    except ValueError as error:
        raise Refused(Reason.NOT_POSSIBLE_NOW) from error
    moving.put_section(
        current.installation(),
        current.actor(),
        section_id,
        request.form.get("target", ""),
        where,
        Form().request_id.data,
    )
    flash(_("The text has been moved, with everything under it."), "heard")
    return redirect(_back(handbook_id, section_id))


@blueprint.post("/handbooks/<handbook_id>/structure/<section_id>/move")
@access(Action.EDIT, of_own_section)
def move(handbook_id: str, section_id: str) -> Response:
    """Move a section one step."""
    try:
        direction = moving.Direction(request.form.get("direction", ""))
    except ValueError as error:
        raise Refused(Reason.NOT_POSSIBLE_NOW) from error
    moved = moving.move_section(
        current.installation(), current.actor(), section_id, direction, Form().request_id.data
    )
    if moved:
        flash(_("The text has been moved, with everything under it."), "heard")
    else:
        flash(_("The text can't be moved further that way."), "warn")
    return redirect(_back(handbook_id, section_id))


@blueprint.post("/handbooks/<handbook_id>/structure/<section_id>/restore")
@access(Action.EDIT, of_own_section)
def restore(handbook_id: str, section_id: str) -> Response:
    """Bring a dropped section back."""
    request_id = Form().request_id.data
    structure.restore_section(current.installation(), current.actor(), section_id, request_id)
    flash(_("The text is back in the handbook."), "good")
    return redirect(_back(handbook_id, section_id))


def _back(handbook_id: str, section_id: str) -> str:
    return url_for("structure.show", handbook_id=handbook_id, _anchor=f"s-{section_id}")
