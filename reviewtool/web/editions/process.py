"""The process as one picture, and who took part: for the public."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from reviewtool.domain.few import FEW
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action, may
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized, ngettext, show_date
from reviewtool.queries.editions import draft_lines, editions_of, public_drafts
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.participation import Participation, PhaseStory, participation
from reviewtool.queries.publication import published_lines
from reviewtool.queries.runs import Run, run_to_show, runs_of
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook, of_known_handbook
from reviewtool.web.editions.blueprint import blueprint
from reviewtool.web.editions.shares import figures_of_run, is_of_few
from reviewtool.web.editions.views import handbook_of
from reviewtool.wording.names import wording


def _figures(handbook_id: str, run: Run) -> Participation:
    """Read the figures of a run, by the areas as what was published of it has them."""
    reader = current.reader()
    facts = handbook_facts(reader, handbook_id)
    tree: list[TreeLine] = []
    if run.published_draft_id:
        tree = draft_lines(reader, current.actor(), handbook_id, run.published_draft_id)
    elif facts.published:
        tree = published_lines(reader, current.actor(), handbook_id)
    elif may(current.actor(), Action.RUN_PROCESS, facts):
        tree = working_tree(reader, handbook_id, handbook_of(handbook_id).language)
    return participation(reader, current.actor(), handbook_id, run.number, tree, current.now())


def _runs(handbook_id: str, number: int | None) -> dict[str, Any]:
    """Give the run of the address, and all of them, as the pages of a run need them."""
    runs = runs_of(current.reader(), handbook_id)
    return {"run": found(run_to_show(runs, number)), "runs": runs}


@blueprint.get("/process")
@blueprint.get("/process/<int:number>")
@access(Action.SEE_HANDBOOK, of_known_handbook)
def picture(handbook_id: str, number: int | None = None) -> str:
    """Show a whole run: what was asked of whom, how many took part, what came of it."""
    of_runs = _runs(handbook_id, number)
    story = _figures(handbook_id, of_runs["run"])
    drafts, editions = _labels(handbook_id), _editions(handbook_id, of_runs["run"])
    return render_template(
        "editions/process.html",
        handbook=handbook_of(handbook_id),
        phases=[_shown(handbook_id, phase, drafts, editions) for phase in story.phases],
        limit=FEW,
        **of_runs,
    )


def _editions(handbook_id: str, run: Run) -> list[str]:
    """List the editions that came of a run, the first one first."""
    if run.published_draft_id is None:
        return []
    every = editions_of(current.reader(), current.actor(), handbook_id)
    return [one.label for one in reversed(every) if one.run == run.number]


def _labels(handbook_id: str) -> set[str]:
    """List the drafts that this reader may open."""
    reader, actor = current.reader(), current.actor()
    if not may(actor, Action.READ_PUBLISHED, handbook_facts(reader, handbook_id)):
        return set()
    return {draft.label for draft in public_drafts(reader, actor, handbook_id)}


def _shown(
    handbook_id: str, phase: PhaseStory, drafts: set[str], editions: list[str]
) -> dict[str, Any]:
    asks = phase.kind in (PhaseKind.ROUND, PhaseKind.APPROVAL) and phase.opened_at is not None
    return {
        "kind": phase.kind,
        "name": localized(phase.title),
        "state": phase.shown_as,
        "url": url_for("rounds.request", handbook_id=handbook_id, phase_id=phase.id)
        if asks
        else None,
        "when": _when(phase),
        "asked": _asked(phase),
        "figures": _counts(phase),
        "few": phase.figures_shown and is_of_few(phase),
        "outcomes": _outcomes(handbook_id, phase, drafts, editions),
    }


def _when(phase: PhaseStory) -> str:
    first = phase.opens_on or phase.opened_at
    days = [show_date(day) for day in (first, phase.ended_on) if day]
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
    if is_of_few(phase):
        return [(phase.asked, _("asked"))] if phase.asked else []
    figures = [
        (phase.asked, _("asked")),
        (phase.took_part, _("took part")),
        (phase.contributions, _("contributions")),
        (phase.short_answers, _("answers without words")),
        (phase.taken, _("taken into the text")),
    ]
    return [(number, words) for number, words in figures if number]


def _outcomes(
    handbook_id: str, phase: PhaseStory, drafts: set[str], editions: list[str]
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
        if not is_of_few(phase)
    ]
    if phase.kind is PhaseKind.PUBLICATION:
        out += [
            (
                _("Edition %(number)s", number=label),
                url_for("editions.show", handbook_id=handbook_id, label=label),
            )
            for label in editions
        ]
    return out


@blueprint.get("/participation")
@blueprint.get("/participation/<int:number>")
@access(Action.READ_PUBLISHED, of_handbook)
def figures(handbook_id: str, number: int | None = None) -> str:
    """Show on one page who was asked in a run, who took part, and what was taken."""
    of_runs = _runs(handbook_id, number)
    return render_template(
        "editions/participation.html",
        handbook=handbook_of(handbook_id),
        told=figures_of_run(_figures(handbook_id, of_runs["run"])),
        limit=FEW,
        **of_runs,
    )
