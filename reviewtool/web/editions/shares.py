"""The figures of a run as the public reads them: none of a few people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from reviewtool.domain.few import FEW, told_apart
from reviewtool.domain.phases import INVITING, PhaseKind
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized
from reviewtool.queries.participation import Participation, PhaseStory, Share
from reviewtool.wording.names import kind_of_organisation

Key = TypeVar("Key")
SPEAKING = INVITING | {PhaseKind.INTERVIEWS}
"""Kinds of phases in which somebody may say something."""


def is_of_few(phase: PhaseStory) -> bool:
    """Tell whether so few took part that only how many were asked is public; nobody, too."""
    return phase.kind in SPEAKING and phase.took_part < FEW


def figures_of_run(story: Participation) -> dict[str, Any]:
    """Give the tables of a run: by phase, kind of organisation, area, answer, verdict."""
    kinds, areas = told(story.kinds, kind_of_organisation), told(story.areas, _area)
    many = sum(share.took_part for _key, share in story.kinds) >= FEW
    verdicts = [(_("Yes"), story.satisfied), (_("Not sufficiently"), story.not_satisfied)]
    return {
        "phases": [_phase(phase) for phase in story.phases if _has_figures(phase)],
        "few": any(is_of_few(phase) for phase in story.phases if _has_figures(phase)),
        "kinds": kinds,
        "areas": areas,
        "answers": story.answers if many else (),
        "verdicts": verdicts if story.satisfied + story.not_satisfied >= FEW else (),
    }


def _has_figures(phase: PhaseStory) -> bool:
    return phase.figures_shown and phase.kind in SPEAKING


def _phase(phase: PhaseStory) -> list[object]:
    told_of = phase.took_part, phase.contributions, phase.short_answers, phase.taken
    return [
        localized(phase.title),
        phase.asked,
        *(["–"] * len(told_of) if is_of_few(phase) else told_of),
    ]


def _area(title: str | None) -> str:
    return title or _("The handbook as a whole")


def told(
    shares: Sequence[tuple[Key, Share]], name: Callable[[Key], str]
) -> list[tuple[str, Share]]:
    """Name the groups that are told one by one, then the others in one; nothing where there would
    be but one.
    """
    apart, together = told_apart(shares, lambda one: one[1].took_part)
    rows = [(name(key), share) for key, share in apart]
    if not rows or not together:
        return rows
    others = [share for _key, share in together]
    summed = Share(
        sum(one.asked for one in others),
        sum(one.took_part for one in others),
        sum(one.contributions for one in others),
        sum(one.taken for one in others),
    )
    return [*rows, (_("Others together"), summed)]
