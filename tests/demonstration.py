"""The demonstration, loaded once for a test run and copied by whoever walks through it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from reviewtool.config.settings import Settings
from reviewtool.demo.load import Demonstration, load
from reviewtool.domain.actors import Actor
from reviewtool.domain.approvals import Decision
from reviewtool.domain.days import local_day
from reviewtool.infra import schema
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.links import Link
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision
from reviewtool.queries.workshops import workshop_head
from reviewtool.services import phases
from reviewtool.services.corrections import correct_draft
from reviewtool.services.links import link_url
from reviewtool.services.publication import publish
from reviewtool.services.workshops import WorkshopPlan, plan_workshop
from tests.beginnings import KEY, START
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.handbooks import actor_of
from tests.factories.people import link_actor, make_person
from tests.factories.rounds import plan_phase


@dataclass(frozen=True)
class Ways:
    """The ways into the demonstration: a person for each role."""

    handbook_id: str
    editor_person_id: str
    expert: str
    coordinator: str
    approver: str
    attendee: str
    in_room: str
    interviewee: str
    sign_in: str


def settings_of(folder: Path) -> Settings:
    """Give the settings of a demonstration in a folder."""
    return Settings.from_environment(
        {
            "REVIEWTOOL_DATA_DIR": str(folder),
            "REVIEWTOOL_SECRET_KEY": KEY,
            "REVIEWTOOL_BASE_URL": "http://localhost",
            "REVIEWTOOL_RATE_LIMITS": "false",
        }
    )


def build(folder: Path) -> Ways:
    """Load the demonstration into a folder, and take its process on to approval and publication,
    so that every page of the product has something to show.
    """
    installation = Installation.start(settings_of(folder), SetClock(START))
    schema.upgrade(installation.database)
    made = load(installation)
    assert made is not None
    editor = actor_of(installation, made.editor_person_id)
    phase_id = _phase(installation, made, "approval")
    people = [make_person(installation, editor, phase_id, f"Hyväksyjä {n}") for n in (1, 2, 3)]
    closes_on = local_day(START, "Europe/Helsinki") + timedelta(days=21)
    plan_phase(installation, editor, phase_id, opens_on=None, closes_on=closes_on)
    phases.open_phase(installation, editor, phase_id, new_id())
    approver = link_actor(installation, people[0])
    lines = approval_lines(installation, phase_id)
    decide_all(installation, approver, lines[:6])
    decide_all(installation, approver, lines[6:7], Decision.CHANGES_REQUESTED, "Lisää lähde.")
    draft_id = _correct(installation, editor, phase_id)
    publish(installation, editor, made.handbook_id, draft_id, "Aikataulu sovittiin verkostossa.")
    attendee = _comer(installation, _phase(installation, made, "workshop-ngos"))
    in_room = _comer(installation, _go_on(installation, editor, made))
    ways = Ways(
        made.handbook_id,
        made.editor_person_id,
        link_url(installation, made.expert_link_id),
        link_url(installation, made.coordinator_link_id),
        link_url(installation, approver.link_id or ""),
        link_url(installation, attendee),
        link_url(installation, in_room),
        link_url(installation, _comer(installation, _phase(installation, made, "interviews"))),
        "/sign-in",
    )
    installation.database.close()
    return ways


def _phase(installation: Installation, made: Demonstration, key: str) -> str:
    with installation.database.read() as session:
        return session.scalars(
            select(Phase.id).where(Phase.handbook_id == made.handbook_id, Phase.key == key)
        ).one()


def _comer(installation: Installation, phase_id: str) -> str:
    """Give the link of somebody who came into a workshop and said something."""
    with installation.database.read() as session:
        return session.scalars(
            select(Link.id)
            .join(Contribution, Contribution.author_id == Link.person_id)
            .where(Link.phase_id == phase_id, Contribution.phase_id == phase_id)
            .order_by(Contribution.number)
            .limit(1)
        ).one()


def _go_on(installation: Installation, editor: Actor, made: Demonstration) -> str:
    """Hold the second workshop once more, so that its room is open; gives its phase."""
    phase_id = _phase(installation, made, "workshop-experts")
    today = local_day(START, "Europe/Helsinki")
    phases.reopen(installation, editor, phase_id, today, "Toinen kokoontuminen.", new_id())
    with installation.database.read() as session:
        held = workshop_head(session, phase_id, START).held
    assert held is not None
    plan = WorkshopPlan(held.version, START, START + timedelta(hours=2), held.place)
    plan_workshop(installation, editor, phase_id, plan, new_id())
    return phase_id


def _correct(installation: Installation, editor: Actor, phase_id: str) -> str:
    """Correct one approved text, so that an approval stands for an earlier one."""
    line = approval_lines(installation, phase_id)[2]
    with installation.database.read() as session:
        draft_id = session.get_one(Phase, phase_id).draft_id
        text = session.get_one(Revision, line.revision_id).text
    assert draft_id is not None
    corrected = correct_draft(
        installation,
        editor,
        draft_id,
        line.section_id,
        "fi",
        base_revision_id=line.revision_id,
        text=text.replace(".", " nyt.", 1),
        reason="Kirjoitusvirhe.",
    )
    return corrected.draft.id


def open_copy(template: Path, folder: Path) -> Installation:
    """Open a copy of a built demonstration, at the moment at which it was built."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return Installation.start(settings_of(folder), SetClock(START))
