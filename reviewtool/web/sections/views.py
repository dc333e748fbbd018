"""A section for editors: its working text, its history, any revision, any two compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from reviewtool.domain.figures import graphics_of
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import show_moment
from reviewtool.queries.openness import open_of_section
from reviewtool.queries.proposals import wishes_of
from reviewtool.queries.sections import (
    PAGE,
    RevisionLine,
    WorkingSection,
    buffer_of,
    history,
    last_frozen,
    revisions,
    working_section,
)
from reviewtool.queries.starting_texts import inherited_texts
from reviewtool.queries.structure import related_sections
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.text.diff import compare as compare_texts
from reviewtool.text.inline import visible
from reviewtool.text.statistics import statistics
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.editor_pages import Crumb, frame, head_of, of_own_section
from reviewtool.web.reading import shown_changes, shown_sides, shown_text
from reviewtool.web.sections.blueprint import blueprint
from reviewtool.web.stories.shown import Storytelling, storytelling
from reviewtool.wording.changes import change_list, figures_in_words


@dataclass(frozen=True)
class Frozen:
    """How the working text stands to the last draft that has the section."""

    label: str
    revision_id: str
    same: bool


def crumbs(handbook_id: str, section_id: str, title: str, *more: Crumb) -> tuple[Crumb, ...]:
    """Give the way from the structure to a section's pages."""
    here = url_for("sections.show", handbook_id=handbook_id, section_id=section_id)
    return (
        (_("Structure"), url_for("structure.show", handbook_id=handbook_id)),
        (title, here if more else None),
        *more,
    )


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>")
@access(Action.EDIT, of_own_section)
def show(handbook_id: str, section_id: str) -> str:
    """Show the working text and its history."""
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    section = working_section(session, actor, handbook_id, section_id, head.language)
    page = request.args.get("page", 1, int)
    lines, total = history(session, actor, handbook_id, section_id, head.language, max(1, page))
    tree = working_tree(session, handbook_id, head.language)
    told = _storytelling(handbook_id, tree, section_id)
    return render_template(
        "sections/show.html",
        section=section,
        text=shown_text(
            section.revision.text,
            title=False,
            after=told.after(section_id, section.revision.text),
        ),
        frozen=_frozen(handbook_id, section, head.language),
        waiting=open_of_section(session, handbook_id, section_id),
        unsaved=buffer_of(session, actor, handbook_id, section_id, head.language),
        related=related_sections(session, actor, handbook_id, section_id, head.language),
        inherited=inherited_texts(session, handbook_id, [section_id], head.language),
        storytelling=told,
        graphics=graphics_of(section.revision.text),
        plain=visible,
        wishes=wishes_of(session, section_id),
        lines=lines,
        page=max(1, page),
        pages=-(-total // PAGE),
        total=total,
        around=_around(handbook_id, tree, section_id),
        **frame(head, "structure", *crumbs(handbook_id, section_id, section.revision.line.title)),
    )


def _storytelling(handbook_id: str, tree: list[TreeLine], section_id: str) -> Storytelling:
    def address(other_id: str, anchor: str) -> str:
        return url_for(
            "sections.show",
            handbook_id=handbook_id,
            section_id=other_id,
            _anchor=anchor or None,
        )

    return storytelling(tree, address, [section_id])


def _frozen(handbook_id: str, section: WorkingSection, language: str) -> Frozen | None:
    last = last_frozen(current.reader(), current.actor(), handbook_id, section.id, language)
    if last is None:
        return None
    return Frozen(last[0], last[1], last[1] == section.revision.line.id)


def _around(
    handbook_id: str, tree: list[TreeLine], section_id: str
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The sections before and after in reading order, as (title, address)."""
    ids = [line.section_id for line in tree]
    if section_id not in ids:
        return None, None
    index = ids.index(section_id)

    def step(place: int) -> tuple[str, str] | None:
        if not 0 <= place < len(tree):
            return None
        line = tree[place]
        url = url_for("sections.show", handbook_id=handbook_id, section_id=line.section_id)
        return line.title, url

    return step(index - 1), step(index + 1)


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/revisions/<revision_id>")
@access(Action.EDIT, of_own_section)
def revision(handbook_id: str, section_id: str, revision_id: str) -> str:
    """Show one revision as it was."""
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    section = working_section(session, actor, handbook_id, section_id, head.language)
    found = revisions(session, actor, handbook_id, [revision_id])[revision_id]
    if found.line.section_id != section_id:
        raise Refused(Reason.NOT_FOUND)
    return render_template(
        "sections/revision.html",
        section=section,
        revision=found.line,
        text=shown_text(found.text, heading=2),
        **frame(
            head,
            "structure",
            *crumbs(
                handbook_id,
                section_id,
                section.revision.line.title,
                (show_moment(found.line.created_at), None),
            ),
        ),
    )


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/compare")
@access(Action.EDIT, of_own_section)
def compare(handbook_id: str, section_id: str) -> str:
    """Compare two revisions of a section: ?old=…&new=… (both revisions' ids), ?view=sides.

    Without them: the last draft's with the working one, or the working one's with its parent.
    """
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    section = working_section(session, actor, handbook_id, section_id, head.language)
    old_id, new_id = _asked(handbook_id, section, head.language)
    found = revisions(session, actor, handbook_id, [old_id, new_id])
    old, new = found[old_id], found[new_id]
    if {old.line.section_id, new.line.section_id} != {section_id}:
        raise Refused(Reason.NOT_FOUND)
    lines, _total = history(session, actor, handbook_id, section_id, head.language)
    known = {line.id for line in lines}
    choices = [*lines, *(one.line for one in (new, old) if one.line.id not in known)]
    return render_template(
        "sections/compare.html",
        section=section,
        old=old.line,
        new=new.line,
        choices=[(line.id, said(line)) for line in choices],
        **compared(old.text, new.text, said(old.line), said(new.line)),
        **frame(
            head,
            "structure",
            *crumbs(handbook_id, section_id, section.revision.line.title, (_("Comparison"), None)),
        ),
    )


def compared(old: str, new: str, old_name: str, new_name: str) -> dict[str, Any]:
    """Give a template everything that a comparison shows of two texts."""
    comparison = compare_texts(old, new)
    sides = request.args.get("view") == "sides"
    return {
        "sides": sides,
        "same": comparison.same,
        "figures": figures_in_words(statistics(comparison)),
        "changes": change_list(comparison),
        "html": shown_sides(comparison, old_name, new_name)
        if sides
        else shown_changes(old, new, heading=2),
    }


def said(line: RevisionLine) -> str:
    """Name a revision as people do: by its date, and the drafts that froze it."""
    moment = show_moment(line.created_at)
    if not line.drafts:
        return moment
    return _("%(moment)s, draft %(drafts)s", moment=moment, drafts=", ".join(line.drafts))


def _asked(handbook_id: str, section: WorkingSection, language: str) -> tuple[str, str]:
    working = section.revision.line
    new_id = request.args.get("new") or working.id
    old_id = request.args.get("old")
    if old_id is None:
        last = last_frozen(current.reader(), current.actor(), handbook_id, section.id, language)
        old_id = last[1] if last and last[1] != new_id else working.parent_id or working.id
    return old_id, new_id
