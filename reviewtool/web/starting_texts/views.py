"""Pages of the starting text, for editors and for the public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.facts import found
from reviewtool.queries.handbooks import handbook_line
from reviewtool.queries.publication import published_lines
from reviewtool.queries.sections import revisions, working_section
from reviewtool.queries.starting_texts import (
    TextOrigin,
    draft_revisions,
    inherited_texts,
    origin_of,
    source_of,
)
from reviewtool.queries.texts import text_of, texts_of
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.services.starting_texts import Credit, name_starting_text
from reviewtool.text.html import Mark
from reviewtool.text.origins import Origin
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editor_pages import frame, head_of, of_own_section
from reviewtool.web.reading import shown_text
from reviewtool.web.sections.views import crumbs
from reviewtool.web.starting_texts.forms import StartingTextForm

blueprint = Blueprint("starting_texts", __name__)


@dataclass(frozen=True)
class OriginRow:
    """One text in the list, with where its words come from; None where it inherited nothing."""

    line: TreeLine
    origin: TextOrigin | None


def shown_origins(text: str, origin: TextOrigin) -> Markup:
    """Show a text with its changed words and its own words marked, for eyes and for ears."""
    labels = {Origin.CHANGED: _("(changed)"), Origin.OURS: _("(ours)")}
    marks = [
        Mark(one.start, one.end, f"o{number}", f"origin-{one.origin.value}", labels[one.origin])
        for number, one in enumerate(origin.stretches)
        if one.origin is not Origin.INHERITED and text[one.start : one.end].strip()
    ]
    return shown_text(text, marks, title=False, fold_sources=False)


def _rows(handbook_id: str, language: str, lines: Sequence[TreeLine]) -> list[OriginRow]:
    reader = current.reader()
    inherited = inherited_texts(reader, handbook_id, [line.section_id for line in lines], language)
    texts = texts_of(
        reader,
        current.actor(),
        [line.revision_id for line in lines if line.section_id in inherited],
    )
    return [
        OriginRow(
            line,
            origin_of(inherited[line.section_id], texts[line.revision_id])
            if line.section_id in inherited
            else None,
        )
        for line in lines
    ]


def _page(handbook_id: str, form: StartingTextForm) -> str:
    head = head_of(handbook_id)
    lines = working_tree(current.reader(), handbook_id, head.language)
    form.sections.choices = [
        (line.section_id, "\u2003" * line.depth + line.title) for line in lines
    ]
    return render_template(
        "starting_texts/show.html",
        form=form,
        source=source_of(current.reader(), handbook_id),
        rows=_rows(handbook_id, head.language, lines),
        origins=Origin,
        **frame(head, "structure", (_("Starting text"), None)),
    )


@blueprint.get("/handbooks/<handbook_id>/starting-text")
@access(Action.EDIT, of_handbook)
def show(handbook_id: str) -> str:
    """Show what the handbook began from, and how much of it is left in each text."""
    head = head_of(handbook_id)
    source = source_of(current.reader(), handbook_id)
    form = StartingTextForm(formdata=None, obj=source)
    lines = working_tree(current.reader(), handbook_id, head.language)
    every = [line.section_id for line in lines]
    form.sections.data = (
        list(inherited_texts(current.reader(), handbook_id, every, head.language))
        if source
        else every
    )
    return _page(handbook_id, form)


@blueprint.post("/handbooks/<handbook_id>/starting-text")
@access(Action.EDIT, of_handbook)
def save(handbook_id: str) -> Response | tuple[str, int]:
    """Keep the credit, and which texts took from it."""
    form = StartingTextForm()
    head = head_of(handbook_id)
    lines = working_tree(current.reader(), handbook_id, head.language)
    form.sections.choices = [(line.section_id, line.title) for line in lines]
    if not form.validate():
        return _page(handbook_id, form), 422
    credit = Credit(
        form.title.data or "",
        form.credit.data or "",
        form.permission.data or "",
        form.dated_on.data,
        form.address.data or "",
    )
    try:
        name_starting_text(
            current.installation(),
            current.actor(),
            handbook_id,
            credit,
            form.sections.data or [],
        )
    except Refused as refused:
        if refused.reason is not Reason.BAD_ADDRESS:
            raise
        form.address.errors = [_("The address begins with https:// or http://.")]
        return _page(handbook_id, form), 422
    flash(_("Saved. Readers see the credit on the handbook's page."), "good")
    return redirect(url_for("starting_texts.show", handbook_id=handbook_id))


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/origin")
@access(Action.EDIT, of_own_section)
def section(handbook_id: str, section_id: str) -> str:
    """Show where the words of a text come from: the working text, or any draft (?revision=…)."""
    head = head_of(handbook_id)
    reader, actor = current.reader(), current.actor()
    working = working_section(reader, actor, handbook_id, section_id, head.language)
    drafts = draft_revisions(reader, actor, handbook_id, section_id, head.language)
    wanted = request.args.get("revision") or working.revision.line.id
    shown = revisions(reader, actor, handbook_id, [wanted])[wanted]
    if shown.line.section_id != section_id:
        raise Refused(Reason.NOT_FOUND)
    title = working.revision.line.title
    inherited = inherited_texts(reader, handbook_id, [section_id], head.language)
    origin = origin_of(inherited.get(section_id, []), shown.text)
    return render_template(
        "starting_texts/section.html",
        section_id=section_id,
        title=title,
        wanted=wanted,
        working_id=working.revision.line.id,
        drafts=drafts,
        origin=origin,
        origins=Origin,
        text=shown_origins(shown.text, origin),
        source=source_of(reader, handbook_id),
        **frame(
            head,
            "structure",
            *crumbs(handbook_id, section_id, title, (_("What is inherited"), None)),
        ),
    )


@blueprint.get("/h/<handbook_id>/texts/<section_id>/origin")
@access(Action.READ_PUBLISHED, of_handbook)
def published(handbook_id: str, section_id: str) -> str:
    """Show the public where the words of a published text come from."""
    reader = current.reader()
    source = found(source_of(reader, handbook_id))
    line = found(
        next(
            (
                one
                for one in published_lines(reader, current.actor(), handbook_id)
                if one.section_id == section_id
            ),
            None,
        )
    )
    text = text_of(reader, current.actor(), line.revision_id)
    inherited = inherited_texts(reader, handbook_id, [section_id], line.language)
    origin = origin_of(inherited.get(section_id, []), text)
    return render_template(
        "starting_texts/published.html",
        handbook=found(handbook_line(reader, handbook_id, current.now())),
        line=line,
        source=source,
        origin=origin,
        origins=Origin,
        text=shown_origins(text, origin),
    )
