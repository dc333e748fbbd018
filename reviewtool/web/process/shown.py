"""The process in words and links: what each phase's line says, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from reviewtool.domain.invitations import HowFar
from reviewtool.domain.phases import ASKING, INVITING, PhaseKind, PhaseState
from reviewtool.domain.refusals import Missing, Reason
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import (
    localized,
    ngettext,
    show_date,
    show_day,
    show_days,
    show_deadline,
)
from reviewtool.queries.phases import PhaseCard, Timeline
from reviewtool.wording.refusals import refusal


def when(card: PhaseCard) -> str:
    """Say a phase's days: from to, or what is known of them."""
    if card.opens_on and card.ended_on and card.opens_on != card.ended_on:
        return show_days(card.opens_on, card.ended_on)
    day = card.opens_on or card.ended_on
    if day is None:
        return _("No dates yet")
    return show_date(day) if card.ended_on else _("From %(date)s", date=show_date(day))


def asked(card: PhaseCard) -> str:
    """Say who must act, and by when."""
    if card.state is PhaseState.PLANNED:
        if card.opens_on:
            return _("Opens by itself on %(day)s.", day=show_day(card.opens_on))
        return _("Plan the phase, and open it when nothing is missing.")
    if card.state is PhaseState.CLOSED:
        return _("The workshop was called off.") if card.cancelled else ""
    if not card.is_open:
        return _("The last day is over. The phase closes by itself.")
    if card.kind in ASKING:
        waiting = card.people.awaited
        words = ngettext(
            "%(num)d person hasn't said that they are ready.",
            "%(num)d people haven't said that they are ready.",
            waiting,
        )
        if card.closes_on:
            return (
                words + " " + _("Open until %(deadline)s.", deadline=show_deadline(card.closes_on))
            )
        return words
    return {
        PhaseKind.DRAFTING: _("The editors write, and freeze the draft."),
        PhaseKind.WORKSHOP: _("The conveners hold the workshop, and the editors record it."),
        PhaseKind.INTERVIEWS: _("The editors interview, and record the notes."),
        PhaseKind.PUBLICATION: _("The editors publish the final texts."),
    }[card.kind]


def figures(card: PhaseCard) -> list[tuple[int, str]]:
    """Give the phase's figures with their words; those of the people add up to who was asked."""
    people, planned = card.people, card.state is PhaseState.PLANNED
    shown: list[tuple[int, str]] = []
    if card.cancelled:
        return shown
    if card.kind in INVITING and planned and people.known:
        shown.append((people.known, _("to be asked")))
    elif card.kind is PhaseKind.WORKSHOP and people.asked:
        shown += [(people.asked, _("asked")), (people.present, _("were present"))]
    elif card.kind in ASKING and not planned:
        shown += [
            (people.asked, _("asked")),
            (people.of(HowFar.SILENT), _("nothing yet")),
            (people.of(HowFar.BEGAN), _("begun")),
            (people.of(HowFar.READY), _("ready")),
        ]
        declined = people.of(HowFar.DECLINED)
        shown += [(declined, _("won't take part"))] if declined else []
    if card.said.contributions or (shown and not planned):
        shown.append((card.said.contributions, _("contributions")))
    if card.said.short_answers:
        shown.append((card.said.short_answers, _("answers without words")))
    return shown


def missing_links(handbook_id: str, missing: tuple[Missing, ...]) -> list[tuple[str, str]]:
    """Say what is missing, each with the page where it is mended."""
    return [(refusal(one.reason), _cure(handbook_id, one)) for one in missing]


def _cure(handbook_id: str, missing: Missing) -> str:
    if missing.reason is Reason.DRAFT_MISSING:
        return url_for("drafts.index", handbook_id=handbook_id)
    if missing.reason is Reason.CONTROLLER_MISSING:
        return url_for("handbooks.about", handbook_id=handbook_id)
    if missing.reason is Reason.TIME_MISSING:
        return url_for("workshops.plan", handbook_id=handbook_id, phase_id=missing.id)
    if missing.reason is Reason.PEOPLE_MISSING:
        return url_for("people.invite", handbook_id=handbook_id, phase_id=missing.id)
    return url_for("process.plan", handbook_id=handbook_id, phase_id=missing.id)


def phase_lines(process: Timeline) -> list[dict[str, Any]]:
    """Give the lines of the timeline as its component shows them.

    What is missing is shown for the phases that come next: the first planned one, and those
    that open by their date.
    """
    following = _following(process)
    return [
        {
            "id": card.id,
            "name": localized(card.title),
            "state": card.shown_as,
            "when": when(card),
            "url": url_for("process.phase", handbook_id=process.handbook_id, phase_id=card.id),
            "asked": asked(card) if card.opens_on or card.state is not PhaseState.PLANNED else "",
            "figures": figures(card),
            "blocks": missing_links(process.handbook_id, card.missing)
            if card.opens_on or (following and card.id == following.id)
            else [],
            "card": card,
            "run": card.run,
        }
        for card in process.phases
    ]


@dataclass(frozen=True)
class NextStep:
    """What the editors do next: a sentence, and the page for it."""

    words: str
    label: str
    url: str


def next_step(process: Timeline) -> NextStep | None:
    """Choose the next step: what is open and over, else the next phase to plan or open."""

    def page(card: PhaseCard) -> str:
        return url_for("process.phase", handbook_id=process.handbook_id, phase_id=card.id)

    opened = [card for card in process.present if card.state is PhaseState.OPEN]
    if opened:
        card = min(opened, key=lambda one: (one.closes_on is None, one.closes_on or process.today))
        name = localized(card.title)
        return NextStep(
            _("Open now: %(name)s.", name=name) + " " + asked(card),
            _("Go to the phase %(name)s", name=name),
            page(card),
        )
    card_next = _following(process)
    if card_next is None:
        return None
    name = localized(card_next.title)
    return NextStep(
        _("Next: %(name)s.", name=name) + " " + asked(card_next),
        _("Go to the phase %(name)s", name=name),
        page(card_next),
    )


def _following(process: Timeline) -> PhaseCard | None:
    """Find the first planned phase after the last one that has been opened."""
    following = None
    for card in reversed(process.present):
        if card.state is not PhaseState.PLANNED:
            break
        following = card
    return following


def chart(process: Timeline) -> list[dict[str, Any]]:
    """Give the phases that have days, for the picture over time; none where there are too few."""
    dated = [
        {
            "name": localized(card.title),
            "from": card.opens_on or card.ended_on,
            "to": card.ended_on or max(card.opens_on or process.today, process.today),
            "state": card.state.value,
        }
        for card in process.present
        if card.opens_on or card.ended_on
    ]
    return dated if len(dated) > 1 else []
