"""Rounds and approvals: planned, with a frozen draft, people and an open state."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Sharing
from reviewtool.domain.days import local_day
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.phases import Phase
from reviewtool.services import phases
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.people import MadePerson, make_person
from tests.factories.texts import BODY, MadeTexts, make_draft, make_texts


@dataclass(frozen=True)
class MadeRound:
    """A round of a handbook with texts and a first draft."""

    handbook: MadeHandbook
    editor: Actor
    phase_id: str
    texts: MadeTexts
    draft_id: str
    people: tuple[MadePerson, ...]
    closes_on: date


def make_round(
    installation: Installation,
    *,
    key: str = "ngo-round",
    days: int = 21,
    people: int = 1,
    opened: bool = True,
    sharing: Sharing = Sharing.EVERYONE,
    shared_from: date | None = None,
    open_to_all: bool = True,
    handbook: MadeHandbook | None = None,
    body: str = BODY,
) -> MadeRound:
    """Make a round (or "approval", "coordinators-round") that ends after some days."""
    handbook = handbook or make_handbook(installation)
    editor, phase_id = handbook.administrator, handbook.phases[key]
    texts = make_texts(installation, editor, handbook.id, body=body)
    draft_id = make_draft(installation, editor, handbook.id)
    closes_on = local_day(installation.clock.now(), "Europe/Helsinki") + timedelta(days=days)
    if sharing is Sharing.FROM_DAY and shared_from is None:
        shared_from = closes_on
    plan_phase(
        installation,
        editor,
        phase_id,
        closes_on=closes_on,
        sharing=sharing,
        shared_from=shared_from,
        open_to_all=open_to_all,
    )
    invited = tuple(
        make_person(installation, editor, phase_id, f"Henkilö {number}")
        for number in range(1, people + 1)
    )
    if opened:
        phases.open_phase(installation, editor, phase_id, new_id())
    return MadeRound(handbook, editor, phase_id, texts, draft_id, invited, closes_on)


def present_plan(installation: Installation, phase_id: str) -> phases.Plan:
    """Read a phase's plan as it stands."""
    with installation.database.read() as session:
        phase = session.get_one(Phase, phase_id)
    return phases.Plan(
        version=phase.version,
        opens_on=phase.opens_on,
        closes_on=phase.closes_on,
        sharing=phase.sharing,
        shared_from=phase.shared_from,
        open_to_all=phase.open_to_all,
        request=phase.request,
        responsible_name=phase.responsible_name,
        responsible_phone=phase.responsible_phone,
        responsible_email=phase.responsible_email,
        reminder_days=tuple(phase.reminder_days),
    )


def plan_phase(installation: Installation, editor: Actor, phase_id: str, **changes: object) -> None:
    """Change some of a phase's plan."""
    plan = replace(present_plan(installation, phase_id), **changes)  # type: ignore[arg-type]
    phases.plan(installation, editor, phase_id, plan, new_id())
