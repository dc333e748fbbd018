"""The conveners' pages in the room: groups and themes, sorting what is said, who is there."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.workshop_room import Room, groups_of, room, room_version, themes_of
from reviewtool.queries.workshops import WorkshopHead
from reviewtool.services import workshop_tables
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.workshops.door import editing, of_workshop
from reviewtool.web.workshops.frame import editor_head, editor_values
from reviewtool.web.workshops.live import answered, tag_of
from reviewtool.web.workshops.room_forms import NameForm

Answer = str | Response | tuple[str, int]

GROUPS, THEMES = "groups", "themes"
ADD = {GROUPS: workshop_tables.add_group, THEMES: workshop_tables.add_theme}


def read_room(head: WorkshopHead) -> Room:
    """Read what has been said in a workshop, as an editor sees it."""
    return room(
        current.reader(), current.actor(), head.handbook_id, head.phase_id, head.handbook_language
    )


def request_id() -> str:
    """Give the request id of a button's form."""
    return request.form.get("request_id", "")


@editing.get("/groups")
@access(Action.RUN_PROCESS, of_workshop)
def groups(handbook_id: str, phase_id: str) -> str:
    """Show the groups and the themes, for adding, renaming and removing."""
    return _groups_page(editor_head(handbook_id, phase_id), None, "")


def _groups_page(head: WorkshopHead, failed: NameForm | None, place: str) -> str:
    return render_template(
        "workshops/groups.html",
        groups=groups_of(current.reader(), head.phase_id),
        themes=themes_of(current.reader(), head.phase_id),
        forms={
            kind: failed if failed and place == kind else NameForm(formdata=None, prefix=kind)
            for kind in (GROUPS, THEMES)
        },
        failed=failed,
        place=place,
        **editor_values(head, (_("Groups and themes"), None)),
    )


@editing.post("/groups", defaults={"kind": GROUPS})
@editing.post("/themes", defaults={"kind": THEMES})
@access(Action.RUN_PROCESS, of_workshop)
def add(handbook_id: str, phase_id: str, kind: str) -> Answer:
    """Add a group or a theme."""
    head = editor_head(handbook_id, phase_id)
    form = NameForm(prefix=kind)
    if not form.validate():
        return _groups_page(head, form, kind), 422
    try:
        ADD[kind](
            current.installation(), current.actor(), phase_id, form.name.data or "",
            form.request_id.data or "",
        )  # fmt: skip
    except Refused as refused:
        if refused.reason is not Reason.NOT_POSSIBLE_NOW:
            raise
        form.name.errors = [_("There are as many as fit. Remove one first.")]
        return _groups_page(head, form, kind), 422
    return _back(handbook_id, phase_id)


def _back(handbook_id: str, phase_id: str) -> Response:
    return redirect(url_for("workshops.groups", handbook_id=handbook_id, phase_id=phase_id), 303)


@editing.post("/places/<place_id>/rename")
@access(Action.RUN_PROCESS, of_workshop)
def rename(handbook_id: str, phase_id: str, place_id: str) -> Answer:
    """Give a group or theme another name."""
    form = NameForm(prefix=place_id)
    if not form.validate():
        return _groups_page(editor_head(handbook_id, phase_id), form, place_id), 422
    workshop_tables.rename(
        current.installation(), current.actor(), place_id, form.name.data or "",
        form.request_id.data or "",
    )  # fmt: skip
    return _back(handbook_id, phase_id)


@editing.post("/places/<place_id>/remove")
@access(Action.RUN_PROCESS, of_workshop)
def remove(handbook_id: str, phase_id: str, place_id: str) -> Response:
    """Remove a theme, or a group that nobody is in."""
    try:
        workshop_tables.remove(current.installation(), current.actor(), place_id, request_id())
    except Refused as refused:
        if refused.reason is not Reason.NOT_POSSIBLE_NOW:
            raise
        flash(_("The group can't be removed: somebody is in it, or it has said something."), "warn")
    return _back(handbook_id, phase_id)


@editing.get("/sort")
@access(Action.RUN_PROCESS, of_workshop)
def sort(handbook_id: str, phase_id: str) -> str:
    """Show what has been said, for sorting into themes."""
    head = editor_head(handbook_id, phase_id)
    return render_template(
        "workshops/sort.html",
        said=read_room(head),
        tag=room_tag(head),
        **editor_values(head, (_("Sort into themes"), None)),
    )


def room_tag(head: WorkshopHead) -> str:
    """Name what an editor's page of the room shows."""
    return tag_of(room_version(current.reader(), head.handbook_id), head.stage)


@editing.get("/sort/said")
@access(Action.RUN_PROCESS, of_workshop)
def to_sort(handbook_id: str, phase_id: str) -> Response:
    """Give what has been said, where it isn't shown already."""
    head = editor_head(handbook_id, phase_id)
    return answered(
        room_tag(head),
        lambda: render_template(
            "workshops/sort_said.html", said=read_room(head), **editor_values(head)
        ),
    )


@editing.post("/sort/<contribution_id>")
@access(Action.RUN_PROCESS, of_workshop)
def sort_one(handbook_id: str, phase_id: str, contribution_id: str) -> Response:
    """Put what was said under a theme."""
    theme_id = request.form.get("theme") or None
    workshop_tables.sort_entry(
        current.installation(), current.actor(), contribution_id, theme_id, request_id()
    )
    url = url_for(
        "workshops.sort", handbook_id=handbook_id, phase_id=phase_id, _anchor=f"c-{contribution_id}"
    )
    return redirect(url, 303)


@editing.post("/people/<invitation_id>")
@access(Action.RUN_PROCESS, of_workshop)
def note_presence(handbook_id: str, phase_id: str, invitation_id: str) -> Response:
    """Note that somebody is there, or isn't."""
    workshop_tables.note_presence(
        current.installation(),
        current.actor(),
        invitation_id,
        bool(request.form.get("present")),
        request_id(),
    )
    url = url_for(
        "workshops.people", handbook_id=handbook_id, phase_id=phase_id, _anchor=f"i-{invitation_id}"
    )
    return redirect(url, 303)


@editing.post("/code")
@access(Action.RUN_PROCESS, of_workshop)
def new_code(handbook_id: str, phase_id: str) -> Response:
    """Give the room another code."""
    workshop_tables.new_code(current.installation(), current.actor(), phase_id, request_id())
    flash(_("The room has a new code. Show it on the screen."), "good")
    return redirect(url_for("workshops.show", handbook_id=handbook_id, phase_id=phase_id), 303)
