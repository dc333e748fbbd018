"""The demonstration's phases: planned with their days, opened and closed when these come."""

from __future__ import annotations

from datetime import date, timedelta

from reviewtool.demo.script import Entry, Person
from reviewtool.demo.stage import Stage
from reviewtool.domain.contributions import Sharing
from reviewtool.domain.invitees import Invitee
from reviewtool.domain.phases import ASKING, PhaseKind
from reviewtool.domain.sections import LANGUAGES
from reviewtool.models.phases import Phase
from reviewtool.services import phases
from reviewtool.services.invitations import invite

PARTS = ("request", "background", "duration")
"""What a round's request consists of, in this order; what participants see is told by the page."""


def plan(stage: Stage, key: str) -> None:
    """Plan a phase as the script has it."""
    entry, phase_id = stage.script.phases[key], stage.phases[key]
    with stage.installation.database.read() as session:
        phase = session.get_one(Phase, phase_id)
    responsible = stage.script.people.get(entry.get("responsible", ""))
    made = phases.Plan(
        version=phase.version,
        opens_on=stage.day(entry["starts"]),
        closes_on=_last_day(stage, entry),
        sharing=Sharing(entry["sharing"]) if "sharing" in entry else phase.sharing,
        open_to_all=phase.open_to_all,
        request=_request(entry) or phase.request,
        responsible_name=responsible.name if responsible else "",
        responsible_phone=entry.get("phone", ""),
        responsible_email=entry.get("email", ""),
        reminder_days=phase.reminder_days,
        conveners=stage.script.workshops.get(key, {}).get("conveners"),
    )
    phases.plan(stage.installation, stage.editor(), phase_id, made, stage.request())


def _last_day(stage: Stage, entry: Entry) -> date:
    """Give the last day; one to come is no weekend, when nobody is there to be asked."""
    day = stage.day(entry["ends"])
    if entry["ends"] > 0 and PhaseKind(entry["kind"]) in ASKING and day.weekday() >= 5:
        day -= timedelta(days=day.weekday() - 4)
    return day


def _request(entry: Entry) -> dict[str, str]:
    words = {
        code: "\n\n".join(entry[part][code].strip() for part in PARTS if part in entry)
        for code in LANGUAGES
    }
    return {code: text for code, text in words.items() if text}


def open_phase(stage: Stage, key: str) -> None:
    """Open a phase."""
    phases.open_phase(stage.installation, stage.editor(), stage.phases[key], stage.request())


def close(stage: Stage, key: str) -> None:
    """Close a phase."""
    phases.close(stage.installation, stage.editor(), stage.phases[key], stage.request())


def invite_all(stage: Stage, key: str, people: list[Person]) -> None:
    """Invite people into a phase."""
    editor = stage.editor()
    for person in people:
        invitee = Invitee(
            person.name,
            person.email,
            person.organisation,
            person.kind,
            person.municipality,
            person.language,
        )
        invited = invite(stage.installation, editor, stage.phases[key], invitee, stage.request())
        stage.invitations[key, person.key] = invited.invitation_id
