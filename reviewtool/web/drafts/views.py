"""Frozen drafts: the list, one draft to read, any two compared section by section."""

from __future__ import annotations

from flask import render_template, request, url_for

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.drafts import (
    DraftLine,
    SectionComparison,
    compare_drafts,
    drafts_of_handbook,
    one_draft,
)
from reviewtool.queries.sections import revisions
from reviewtool.queries.tree import TreeLine, draft_tree
from reviewtool.text.drafts import Fate
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.drafts.blueprint import blueprint
from reviewtool.web.editor_pages import Crumb, frame, head_of
from reviewtool.web.reading import shown_text


def draft_name(label: str) -> str:
    """Name a draft as people do."""
    return _("Draft %(number)s", number=label)


def crumbs(handbook_id: str, *more: Crumb) -> tuple[Crumb, ...]:
    """Give the way from the list of drafts."""
    return ((_("Drafts"), url_for("drafts.index", handbook_id=handbook_id)), *more)


@blueprint.get("/handbooks/<handbook_id>/drafts")
@access(Action.EDIT, of_handbook)
def index(handbook_id: str) -> str:
    """List the drafts."""
    head = head_of(handbook_id)
    drafts = drafts_of_handbook(current.reader(), current.actor(), handbook_id)
    return render_template(
        "drafts/index.html",
        drafts=drafts,
        next_number=(drafts[0].number if drafts else 0) + 1,
        **frame(head, "drafts", (_("Drafts"), None)),
    )


@blueprint.get("/handbooks/<handbook_id>/drafts/<draft_id>")
@access(Action.EDIT, of_handbook)
def show(handbook_id: str, draft_id: str) -> str:
    """Show a draft's contents."""
    head = head_of(handbook_id)
    draft = one_draft(current.reader(), current.actor(), handbook_id, draft_id)
    drafts = drafts_of_handbook(current.reader(), current.actor(), handbook_id)
    place = [one.id for one in drafts].index(draft_id)
    return render_template(
        "drafts/show.html",
        draft=draft,
        name=draft_name(draft.label),
        tree=draft_tree(current.reader(), draft_id, head.language),
        before=drafts[place + 1] if place + 1 < len(drafts) else None,
        **frame(head, "drafts", *crumbs(handbook_id, (draft_name(draft.label), None))),
    )


@blueprint.get("/handbooks/<handbook_id>/drafts/<draft_id>/sections/<section_id>")
@access(Action.EDIT, of_handbook)
def section(handbook_id: str, draft_id: str, section_id: str) -> str:
    """Show one text as a draft froze it."""
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    draft = one_draft(session, actor, handbook_id, draft_id)
    tree = draft_tree(session, draft_id, head.language)
    index = place_of(tree, section_id)
    line = tree[index]
    text = revisions(session, actor, handbook_id, [line.revision_id])[line.revision_id].text

    def step(place: int) -> tuple[str, str] | None:
        if not 0 <= place < len(tree):
            return None
        other = tree[place]
        return other.title, url_for(
            "drafts.section",
            handbook_id=handbook_id,
            draft_id=draft_id,
            section_id=other.section_id,
        )

    return render_template(
        "drafts/section.html",
        draft=draft,
        name=draft_name(draft.label),
        line=line,
        number=index + 1,
        total=len(tree),
        text=shown_text(text, title=False),
        around=(step(index - 1), step(index + 1)),
        **frame(head, "drafts", *section_crumbs(handbook_id, draft, (line.title, None))),
    )


def section_crumbs(handbook_id: str, draft: DraftLine, *more: Crumb) -> tuple[Crumb, ...]:
    """Give the way from the list of drafts to a draft's sections."""
    url = url_for("drafts.show", handbook_id=handbook_id, draft_id=draft.id)
    return crumbs(handbook_id, (draft_name(draft.label), url), *more)


def place_of(tree: list[TreeLine], section_id: str) -> int:
    """Find a section's place in a tree. Raises Refused (not found)."""
    for index, line in enumerate(tree):
        if line.section_id == section_id:
            return index
    raise Refused(Reason.NOT_FOUND)


@blueprint.get("/handbooks/<handbook_id>/drafts/compare")
@access(Action.EDIT, of_handbook)
def compare(handbook_id: str) -> str:
    """Compare two drafts (?old=…&new=…); without them the newest with the one before it."""
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    drafts = drafts_of_handbook(session, actor, handbook_id)
    if len(drafts) < 2:
        raise Refused(Reason.DRAFT_MISSING)
    new_id = request.args.get("new") or drafts[0].id
    old_id = request.args.get("old") or drafts[1].id
    lines = compare_drafts(session, actor, handbook_id, old_id, new_id, head.language)
    labels = {draft.id: draft_name(draft.label) for draft in drafts}
    return render_template(
        "drafts/compare.html",
        drafts=drafts,
        old_id=old_id,
        new_id=new_id,
        old_name=labels[old_id],
        new_name=labels[new_id],
        changed=[line for line in lines if line.changes],
        unchanged=[line for line in lines if not line.changes],
        counts=_counts(lines),
        **frame(head, "drafts", *crumbs(handbook_id, (_("Comparison"), None))),
    )


def _counts(lines: list[SectionComparison]) -> dict[str, int]:
    return {fate.value: sum(fate in line.changes for line in lines) for fate in Fate}
