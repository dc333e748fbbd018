"""Public pages of a handbook: where it stands, what it says, how it came to say so."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.editions import draft_lines, edition_with
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.handbooks import HandbookLine, handbook_line
from reviewtool.queries.publication import (
    PublicContribution,
    publication_readiness,
    published_lines,
    steps_of,
)
from reviewtool.queries.starting_texts import Source, inherited_texts, source_of
from reviewtool.queries.texts import text_of, texts_of
from reviewtool.queries.tree import TreeLine
from reviewtool.services import publication
from reviewtool.services.drafts import before_freeze
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook, of_known_handbook
from reviewtool.web.overview import overview_of
from reviewtool.web.participant.shown import suggested, words_changed
from reviewtool.web.public.forms import PublishForm
from reviewtool.web.reading import figures_of, shown_changes, shown_text
from reviewtool.web.stories.shown import storytelling

blueprint = Blueprint("public", __name__)

OVERRIDABLE = (
    Reason.PHASE_OPEN,
    Reason.APPROVALS_MISSING,
    Reason.OBJECTION_OPEN,
    Reason.UNANSWERED,
    Reason.EVIDENCE_GONE,
)


def _handbook(handbook_id: str) -> HandbookLine:
    return found(handbook_line(current.reader(), handbook_id, current.now()))


def grouped(lines: list[TreeLine]) -> list[tuple[TreeLine, list[TreeLine]]]:
    """Group the sections under those that stand at the top: (top, what is beneath)."""
    groups: list[tuple[TreeLine, list[TreeLine]]] = []
    for line in lines:
        if line.depth == 0 or not groups:
            groups.append((line, []))
        else:
            groups[-1][1].append(line)
    return groups


@blueprint.get("/h/<handbook_id>")
@access(Action.SEE_HANDBOOK, of_known_handbook)
def handbook(handbook_id: str) -> str:
    """Show where a handbook stands; its contents once it is published."""
    line = _handbook(handbook_id)
    facts = handbook_facts(current.reader(), handbook_id)
    lines = []
    if line.published_draft_id and may(current.actor(), Action.READ_PUBLISHED, facts):
        lines = published_lines(current.reader(), current.actor(), handbook_id)
    open_rounds = [p for p in line.phases if p.is_open and p.kind is PhaseKind.ROUND]
    return render_template(
        "public/handbook.html",
        handbook=line,
        groups=grouped(lines),
        open_rounds=open_rounds,
        overview=overview_of(lines),
        source=source_of(current.reader(), handbook_id),
    )


@blueprint.get("/h/<handbook_id>/texts/<section_id>")
@access(Action.READ_PUBLISHED, of_handbook)
def section(handbook_id: str, section_id: str) -> str | Response:
    """Show one published text; what a later edition dropped is read in the last one that has it."""
    lines = published_lines(current.reader(), current.actor(), handbook_id)
    number = _place(lines, section_id)
    if number is None:
        last = edition_with(current.reader(), current.actor(), handbook_id, section_id)
        return redirect(stays_at(handbook_id, last.label, section_id))
    line = lines[number]
    shown = _handbook(handbook_id)
    address = stays_at(handbook_id, shown.edition, section_id)
    text = text_of(current.reader(), current.actor(), line.revision_id)
    told = storytelling(lines, partial(_address, handbook_id), [section_id])
    return render_template(
        "public/section.html",
        handbook=shown,
        groups=grouped(lines),
        line=line,
        address=address,
        body=shown_text(text, after=told.after(section_id, text), permalink=address),
        told=told.links(section_id),
        source=_source_of(line, handbook_id),
        previous=_beside(handbook_id, lines, number - 1),
        next=_beside(handbook_id, lines, number + 1),
    )


def _address(handbook_id: str, section_id: str, anchor: str) -> str:
    return url_for(
        "public.section", handbook_id=handbook_id, section_id=section_id, _anchor=anchor or None
    )


def _source_of(line: TreeLine, handbook_id: str) -> Source | None:
    """Give what the handbook began from, for a text that took something over."""
    reader = current.reader()
    taken = inherited_texts(reader, handbook_id, [line.section_id], line.language)
    return source_of(reader, handbook_id) if taken else None


def stays_at(handbook_id: str, label: str, section_id: str) -> str:
    """Give the address at which a text of an edition stays as it is."""
    return url_for("editions.section", handbook_id=handbook_id, label=label, section_id=section_id)


def _place(lines: list[TreeLine], section_id: str) -> int | None:
    places = (number for number, line in enumerate(lines) if line.section_id == section_id)
    return next(places, None)


def _beside(handbook_id: str, lines: list[TreeLine], number: int) -> tuple[str, str] | None:
    if not 0 <= number < len(lines):
        return None
    line = lines[number]
    return line.title, url_for(
        "public.section", handbook_id=handbook_id, section_id=line.section_id
    )


@blueprint.get("/h/<handbook_id>/texts/<section_id>/reasons")
@access(Action.READ_PUBLISHED, of_handbook)
def trace(handbook_id: str, section_id: str) -> str:
    """Show why a published text stands as it does: its drafts, changes, and answers."""
    lines = published_lines(current.reader(), current.actor(), handbook_id)
    number = _place(lines, section_id)
    last = None
    if number is None:
        last = edition_with(current.reader(), current.actor(), handbook_id, section_id)
        lines = draft_lines(current.reader(), current.actor(), handbook_id, last.draft_id)
        number = _place(lines, section_id)
    line = lines[found(number)]
    told = steps_of(current.reader(), current.actor(), handbook_id, section_id, line.language)
    figures = figures_of(text for step in told for text in (step.earlier or "", step.text))
    steps = [
        (
            step,
            shown_changes(step.earlier, step.text, heading=3, prefix=f"d{number}-", figures=figures)
            if step.earlier is not None and step.earlier != step.text
            else None,
        )
        for number, step in enumerate(told)
    ]
    return render_template(
        "public/reasons.html",
        suggested=_suggested,
        words_changed=words_changed,
        handbook=_handbook(handbook_id),
        line=line,
        last=last,
        steps=steps,
    )


def _suggested(said: PublicContribution) -> Markup | None:
    """Give a suggestion as the difference between the quoted and the proposed words."""
    return None if said.replacement is None else suggested(said.quote, said.replacement)


@blueprint.get("/h/<handbook_id>/print")
@access(Action.READ_PUBLISHED, of_handbook)
def printable(handbook_id: str) -> str:
    """Show the whole published handbook as one page."""
    lines = published_lines(current.reader(), current.actor(), handbook_id)
    texts = texts_of(current.reader(), current.actor(), [line.revision_id for line in lines])
    figures = figures_of(texts.values())
    told = storytelling(lines, lambda section_id, _anchor: f"#t-{section_id}")
    shown = [
        (
            line,
            shown_text(
                texts[line.revision_id],
                figures=figures,
                after=told.after(line.section_id, texts[line.revision_id]),
                heading=min(line.depth + 2, 4),
                prefix=f"{line.section_id}-",
                fold_sources=False,
            ),
        )
        for line in lines
    ]
    return render_template(
        "public/printable.html",
        handbook=_handbook(handbook_id),
        overview=overview_of(lines),
        texts=shown,
    )


@blueprint.get("/handbooks/<handbook_id>/publication")
@access(Action.RUN_PROCESS, of_handbook)
def prepare(handbook_id: str) -> str:
    """Show an editor what publishing the newest draft would meet."""
    return _publication_page(handbook_id, PublishForm(formdata=None))


def _publication_page(handbook_id: str, form: PublishForm) -> str:
    now = current.now()
    ready = publication_readiness(current.reader(), current.actor(), handbook_id, now)
    open_yet = before_freeze(current.reader(), current.actor(), handbook_id)
    missing = (*ready.missing, *open_yet.missing)
    kinds = [(reason, list(group)) for reason, group in groupby(missing, key=lambda m: m.reason)]
    return render_template(
        "public/publication.html",
        handbook=_handbook(handbook_id),
        ready=ready,
        missing=kinds,
        open_yet=open_yet,
        form=form,
    )


@blueprint.post("/handbooks/<handbook_id>/publication")
@access(Action.RUN_PROCESS, of_handbook)
def publish(handbook_id: str) -> str | Response | tuple[str, int]:
    """Publish the draft that the editor saw."""
    form = PublishForm()
    if not form.validate():
        return _publication_page(handbook_id, form), 422
    try:
        publication.publish(
            current.installation(),
            current.actor(),
            handbook_id,
            request.form.get("draft_id", ""),
            form.override.data or "",
            form.request_id.data,
        )
    except Refused as refused:
        if refused.reason not in OVERRIDABLE:
            raise
        form.override.errors = [
            _("Something is missing. Write the reason if the handbook is published all the same.")
        ]
        return _publication_page(handbook_id, form), 422
    flash(_("The handbook is published."), "good")
    return redirect(url_for("public.handbook", handbook_id=handbook_id))
