"""The stage of the demonstration: an installation whose clock walks through the past."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from reviewtool.demo.script import Script
from reviewtool.domain.actors import Actor
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.models.links import Link
from reviewtool.models.people import Account
from reviewtool.models.phases import Phase, Question
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.actors import account_actor, find_link

ZONE = ZoneInfo("Europe/Helsinki")


@dataclass
class Stage:
    """Where the script is played, and what has come of it so far, by the script's keys."""

    installation: Installation
    clock: SetClock
    today: date
    script: Script
    people: dict[str, str] = field(default_factory=dict)
    """Person key -> person id, of editors."""
    handbook_id: str = ""
    phases: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    """Heading in draft 1 -> section id."""
    invitations: dict[tuple[str, str], str] = field(default_factory=dict)
    """(phase key, person key) -> invitation id."""
    contributions: dict[str, str] = field(default_factory=dict)
    requests: int = 0

    @classmethod
    def set_up(cls, installation: Installation) -> Stage:
        """Take the present day of an installation as the last day of the play."""
        today = installation.clock.now().astimezone(ZONE).date()
        clock = SetClock(installation.clock.now())
        return cls(replace(installation, clock=clock), clock, today, Script())

    def day(self, offset: int) -> date:
        """Give the day that is so many days from today."""
        return self.today + timedelta(days=offset)

    def go_to(self, offset: int, hour: int = 9, minute: int = 0) -> None:
        """Put the clock at a time of a day; it never goes past the present."""
        self.clock.at = self.moment(offset, hour, minute)

    def moment(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """Give the moment of a clock time on a day."""
        return datetime.combine(self.day(offset), time(hour, minute), ZONE)

    def request(self) -> str:
        """Give the id of the next form."""
        self.requests += 1
        return f"demonstration-{self.requests:04}"

    def editor(self, key: str = "") -> Actor:
        """Give an editor's actor, with the roles that they have now."""
        person_id = self.people[key or next(iter(self.people))]
        with self.installation.database.read() as session:
            account = session.scalars(select(Account).where(Account.person_id == person_id)).one()
            actor = account_actor(session, account.id, account.generation)
        assert actor is not None
        return actor

    def guest(self, phase: str, person: str) -> Actor:
        """Give the actor of somebody's personal link in a phase, as it stands now."""
        link_id, generation = self.link(phase, person)
        days = self.installation.settings.retention_days
        with self.installation.database.read() as session:
            found = find_link(session, link_id, generation, self.clock.now(), days)
        assert found is not None
        return found.actor

    def link(self, phase: str, person: str) -> tuple[str, int]:
        """Give (id, generation) of somebody's personal link in a phase."""
        with self.installation.database.read() as session:
            row = session.execute(
                select(Link.id, Link.generation)
                .where(Link.invitation_id == self.invitations[phase, person])
                .order_by(Link.created_at)
                .limit(1)
            ).one()
        return row.id, row.generation

    def learn_phases(self) -> None:
        """Read the ids of the handbook's phases."""
        with self.installation.database.read() as session:
            rows = session.execute(
                select(Phase.key, Phase.id).where(Phase.handbook_id == self.handbook_id)
            )
            self.phases = {row.key: row.id for row in rows}

    def learn_sections(self) -> None:
        """Read the ids of the sections by their present titles."""
        with self.installation.database.read() as session:
            rows = session.execute(
                select(Section.id, Revision.title)
                .join(SectionText, SectionText.section_id == Section.id)
                .join(Revision, Revision.id == SectionText.working_revision_id)
                .where(Section.handbook_id == self.handbook_id)
            )
            self.sections = {row.title: row.id for row in rows}

    def questions(self, phase: str) -> dict[str, str]:
        """Give the ids of a phase's questions by the script's keys, which have the same order."""
        with self.installation.database.read() as session:
            ids = session.scalars(
                select(Question.id)
                .where(Question.phase_id == self.phases[phase])
                .order_by(Question.position)
            ).all()
        keys = [entry["key"] for entry in self.script.phases[phase]["question"]]
        return dict(zip(keys, ids, strict=True))

    def working(self, section_id: str) -> tuple[str, str, int]:
        """Give (revision id, text, version) of a section's working text."""
        with self.installation.database.read() as session:
            row = session.execute(
                select(Revision.id, Revision.text, SectionText.version)
                .join(SectionText, SectionText.working_revision_id == Revision.id)
                .where(SectionText.section_id == section_id)
            ).one()
        return row.id, row.text, row.version
