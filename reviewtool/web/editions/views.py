"""Editions by permalink, the drafts that led to them, and any two drafts compared."""

from __future__ import annotations

from itertools import pairwise

from flask import render_template

from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.drafts import SectionComparison, compare_trees
from reviewtool.queries.editions import (
    PublicDraft,
    draft_lines,
    edition,
    editions_of,
    public_draft,
    public_drafts,
)
from reviewtool.queries.facts import found
from reviewtool.queries.handbooks import HandbookLine, handbook_line
from reviewtool.queries.publication import published_lines
from reviewtool.queries.texts import text_of, texts_of
from reviewtool.queries.tree import TreeLine
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editions.blueprint import blueprint
from reviewtool.web.public.views import grouped, stays_at
from reviewtool.web.reading import figures_of, shown_changes, shown_text


def handbook_of(handbook_id: str) -> HandbookLine:
    """Read the handbook of the address. Raises Refused (not found)."""
    return found(handbook_line(current.reader(), handbook_id, current.now()))


@blueprint.get("/editions")
@access(Action.READ_PUBLISHED, of_handbook)
def index(handbook_id: str) -> str:
    """List the editions, and the drafts that led to them."""
    reader, actor = current.reader(), current.actor()
    drafts = public_drafts(reader, actor, handbook_id)
    return render_template(
        "editions/index.html",
        handbook=handbook_of(handbook_id),
        editions=editions_of(reader, actor, handbook_id),
        drafts=drafts,
        before={new.id: old for new, old in pairwise(drafts)},
    )


@blueprint.get("/editions/<label>")
@access(Action.READ_PUBLISHED, of_handbook)
def show(handbook_id: str, label: str) -> str:
    """Show the contents of one edition; its address stays what it is."""
    one = edition(current.reader(), current.actor(), handbook_id, label)
    lines = draft_lines(current.reader(), current.actor(), handbook_id, one.draft_id)
    return render_template(
        "editions/show.html",
        handbook=handbook_of(handbook_id),
        edition=one,
        groups=grouped(lines),
    )


@blueprint.get("/editions/<label>/texts/<section_id>")
@access(Action.READ_PUBLISHED, of_handbook)
def section(handbook_id: str, label: str, section_id: str) -> str:
    """Show one text as an edition has it."""
    one = edition(current.reader(), current.actor(), handbook_id, label)
    line = _line(
        draft_lines(current.reader(), current.actor(), handbook_id, one.draft_id), section_id
    )
    published = published_lines(current.reader(), current.actor(), handbook_id)
    still_there = any(each.section_id == section_id for each in published)
    return render_template(
        "editions/section.html",
        handbook=handbook_of(handbook_id),
        edition=one,
        line=line,
        still_there=still_there,
        body=shown_text(
            text_of(current.reader(), current.actor(), line.revision_id),
            permalink=stays_at(handbook_id, one.label, section_id),
        ),
    )


@blueprint.get("/drafts/<label>")
@access(Action.READ_PUBLISHED, of_handbook)
def draft(handbook_id: str, label: str) -> str:
    """Show a whole draft on one page."""
    one = public_draft(current.reader(), current.actor(), handbook_id, label)
    lines = draft_lines(current.reader(), current.actor(), handbook_id, one.id)
    texts = texts_of(current.reader(), current.actor(), [line.revision_id for line in lines])
    figures = figures_of(texts.values())
    shown = [
        (
            line,
            shown_text(
                texts[line.revision_id],
                figures=figures,
                heading=min(line.depth + 2, 4),
                prefix=f"{line.section_id}-",
                fold_sources=False,
            ),
        )
        for line in lines
    ]
    return render_template(
        "editions/draft.html", handbook=handbook_of(handbook_id), draft=one, texts=shown
    )


@blueprint.get("/drafts/<old>/<new>")
@access(Action.READ_PUBLISHED, of_handbook)
def compare(handbook_id: str, old: str, new: str) -> str:
    """Show what became of each text from one draft to another."""
    earlier, later = _both(handbook_id, old, new)
    lines = _compared(handbook_id, earlier, later)
    return render_template(
        "editions/compare.html",
        handbook=handbook_of(handbook_id),
        old=earlier,
        new=later,
        changed=[line for line in lines if line.changes],
        unchanged=[line for line in lines if not line.changes],
    )


@blueprint.get("/drafts/<old>/<new>/<section_id>")
@access(Action.READ_PUBLISHED, of_handbook)
def compare_section(handbook_id: str, old: str, new: str, section_id: str) -> str:
    """Show word by word what changed in one text from one draft to another."""
    earlier, later = _both(handbook_id, old, new)
    lines = {line.section_id: line for line in _compared(handbook_id, earlier, later)}
    line = found(lines.get(section_id))
    reader, actor = current.reader(), current.actor()
    before = text_of(reader, actor, line.old_revision_id) if line.old_revision_id else ""
    after = text_of(reader, actor, line.new_revision_id) if line.new_revision_id else ""
    both = line.old_revision_id is not None and line.new_revision_id is not None
    return render_template(
        "editions/compare_section.html",
        handbook=handbook_of(handbook_id),
        old=earlier,
        new=later,
        line=line,
        note="" if both else _new_or_gone(line),
        changes=shown_changes(before, after, heading=2)
        if both
        else shown_text(after or before, heading=2),
    )


def _new_or_gone(line: SectionComparison) -> str:
    if line.old_revision_id is None:
        return _("The text is new in this draft.")
    return _("The text is no longer in this draft.")


def _both(handbook_id: str, old: str, new: str) -> tuple[PublicDraft, PublicDraft]:
    """Find two drafts; the rights are asked for both (rule 11)."""
    drafts = {
        one.label: one for one in public_drafts(current.reader(), current.actor(), handbook_id)
    }
    return found(drafts.get(old)), found(drafts.get(new))


def _compared(handbook_id: str, old: PublicDraft, new: PublicDraft) -> list[SectionComparison]:
    reader, actor = current.reader(), current.actor()
    return compare_trees(
        draft_lines(reader, actor, handbook_id, old.id),
        draft_lines(reader, actor, handbook_id, new.id),
    )


def _line(lines: list[TreeLine], section_id: str) -> TreeLine:
    return found(next((line for line in lines if line.section_id == section_id), None))
