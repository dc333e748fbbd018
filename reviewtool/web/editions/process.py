"""The process as one picture, and who took part: for the public."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action, may
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized, ngettext, show_date
from reviewtool.queries.editions import public_drafts
from reviewtool.queries.facts import handbook_facts
from reviewtool.queries.participation import Participation, PhaseStory, participation
from reviewtool.queries.publication import published_lines
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editions.blueprint import blueprint
from reviewtool.web.editions.views import handbook_of
from reviewtool.wording.names import wording


def _figures(handbook_id: str) -> Participation:
    reader = current.reader()
    facts = handbook_facts(reader, handbook_id)
    tree: list[TreeLine] = []
    if facts.published:
        tree = published_lines(reader, current.actor(), handbook_id)
    elif may(current.actor(), Action.RUN_PROCESS, facts):
        tree = working_tree(reader, handbook_id, handbook_of(handbook_id).language)
    return participation(reader, current.actor(), handbook_id, tree, current.now())


@blueprint.get("/process")
@access(Action.SEE_FRONT, of_handbook)
def picture(handbook_id: str) -> str:
    """Show the whole process: what was asked of whom, how many took part, what came of it."""
    story = _figures(handbook_id)
    shown = _labels(handbook_id)
    return render_template(
        "editions/process.html",
        handbook=handbook_of(handbook_id),
        phases=[_shown(handbook_id, phase, shown) for phase in story.phases],
    )


def _labels(handbook_id: str) -> set[str]:
    """List the drafts that this reader may open."""
    reader, actor = current.reader(), current.actor()
    if not may(actor, Action.READ_PUBLISHED, handbook_facts(reader, handbook_id)):
        return set()
    return {draft.label for draft in public_drafts(reader, actor, handbook_id)}


def _shown(handbook_id: str, phase: PhaseStory, drafts: set[str]) -> dict[str, Any]:
    asks = phase.kind in (PhaseKind.ROUND, PhaseKind.APPROVAL) and phase.opened_at is not None
    return {
        "kind": phase.kind,
        "name": localized(phase.title),
        "state": phase.state,
        "url": url_for("rounds.request", handbook_id=handbook_id, phase_id=phase.id)
        if asks
        else None,
        "when": _when(phase),
        "asked": _asked(phase),
        "figures": _counts(phase),
        "outcomes": _outcomes(handbook_id, phase, drafts),
    }


def _when(phase: PhaseStory) -> str:
    first = phase.opens_on or phase.opened_at
    last = phase.closes_on or phase.closed_at
    days = [show_date(day) for day in (first, last) if day]
    if not days:
        return _("No dates yet")
    return days[0] if len(set(days)) == 1 else f"{days[0]}–{days[-1]}"


def _asked(phase: PhaseStory) -> str:
    request = localized(phase.request).strip().split("\n")[0]
    if not phase.conveners:
        return request
    by = _("Convened by %(names)s.", names=", ".join(phase.conveners))
    return f"{by} {request}".strip()


def _counts(phase: PhaseStory) -> list[tuple[int, str]]:
    if not phase.figures_shown:
        return []
    figures = [
        (phase.asked, _("asked")),
        (phase.took_part, _("took part")),
        (phase.contributions, _("contributions")),
        (phase.taken, _("taken into the text")),
    ]
    return [(number, words) for number, words in figures if number]


def _outcomes(
    handbook_id: str, phase: PhaseStory, drafts: set[str]
) -> list[tuple[str, str | None]]:
    """List what came of a phase, each with the page that shows it."""
    out: list[tuple[str, str | None]] = [
        (
            _("Draft %(number)s", number=label),
            url_for("editions.draft", handbook_id=handbook_id, label=label)
            if label in drafts
            else None,
        )
        for label in phase.drafts
    ]
    out += [
        (
            ngettext(
                "%(what)s: %(num)d text", "%(what)s: %(num)d texts", number, what=wording(one)
            ),
            None,
        )
        for one, number in phase.decisions.items()
    ]
    if phase.published:
        out.append(
            (_("The published handbook"), url_for("public.handbook", handbook_id=handbook_id))
        )
        out.append((_("Editions and drafts"), url_for("editions.index", handbook_id=handbook_id)))
    return out


@blueprint.get("/participation")
@access(Action.READ_PUBLISHED, of_handbook)
def figures(handbook_id: str) -> str:
    """Show on one page who was asked, who took part, and what was taken."""
    return render_template(
        "editions/participation.html",
        handbook=handbook_of(handbook_id),
        story=_figures(handbook_id),
    )
