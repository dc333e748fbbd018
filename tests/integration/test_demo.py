"""The demonstration: played whole through the use cases, every page shows something real."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from reviewtool.demo.finding import NotInScript
from reviewtool.demo.load import Demonstration, load
from reviewtool.demo.second_draft import edited
from reviewtool.domain.actors import SYSTEM, Actor
from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
    TurnVisibility,
)
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageState
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.sections import SectionKind
from reviewtool.infra import schema
from reviewtool.infra.clock import SetClock
from reviewtool.infra.database import Database
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.models.drafts import Draft
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation, OwnTheme
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Section
from reviewtool.models.workshops import WorkshopEntry, WorkshopMinutesSent
from reviewtool.queries.actors import find_link
from reviewtool.queries.named import naming
from reviewtool.queries.participant import round_head
from reviewtool.queries.round_texts import texts
from reviewtool.services.archive_reading import read_archive
from reviewtool.services.archive_writing import write_archive
from reviewtool.services.checking import check
from reviewtool.text.document import compose

SUNDAY = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)
"""The rounds' last days would fall on weekends, and the clocks have just been put back."""


def test_the_whole_demonstration(
    installation: Installation, clock: SetClock, tmp_path: Path
) -> None:
    clock.at = SUNDAY
    made = load(installation)
    assert made is not None
    assert clock.at == SUNDAY
    _shows_all_it_promises(installation, made)
    _lets_its_people_in(installation, made)
    assert check(installation, SYSTEM) == []
    assert load(installation) is None, "a second start loads nothing"
    _comes_back_from_an_archive(installation, made, tmp_path)


def _shows_all_it_promises(installation: Installation, made: Demonstration) -> None:
    with installation.database.read() as session:
        phases = {
            phase.key: phase
            for phase in session.scalars(select(Phase).where(Phase.handbook_id == made.handbook_id))
        }
        said = session.scalars(select(Contribution).order_by(Contribution.number)).all()
        answers = session.scalars(select(Answer)).all()
        kinds = session.scalars(select(Section.kind)).all()
        drafts = session.scalars(select(Draft.number).order_by(Draft.number)).all()
        states = session.scalars(
            select(Invitation.state).where(Invitation.phase_id == phases["coordinators-round"].id)
        ).all()
        waiting = session.scalar(select(func.count()).where(Message.state != MessageState.SENT))
    ngo = [one for one in said if one.phase_id == phases["ngo-round"].id]
    assert len(ngo) >= 60
    assert len({one.organisation_id for one in ngo}) == 20
    assert {one.kind for one in said} >= set(ContributionKind)
    assert {one.channel for one in said} >= {
        Channel.WEB, Channel.PHONE, Channel.EMAIL, Channel.WORKSHOP,
        Channel.PAPER, Channel.INTERVIEW,
    }  # fmt: skip
    assert [one.created_at for one in said] == sorted(one.created_at for one in said)
    told = [answer for answer in answers if answer.state is AnswerState.PUBLISHED]
    by_round = {one.id for one in ngo}
    assert [one.state for one in ngo].count(ContributionState.LATE) == 1
    assert len([answer for answer in told if answer.contribution_id in by_round]) == len(ngo) - 1
    _holds_its_workshops(installation, phases)
    assert len(answers) > len(told), "a proposal of the next round is decided already"
    assert {answer.kind for answer in answers} >= set(AnswerKind) - {AnswerKind.MOVED}
    assert kinds.count(SectionKind.AREA) == 3
    assert kinds.count(SectionKind.ACTIVITY) >= 9
    assert list(drafts) == [1, 2]
    assert states.count(InvitationState.INVITED) > 5
    assert states.count(InvitationState.CAME_IN) > 5
    assert states.count(InvitationState.READY) > 2
    assert states.count(InvitationState.PASSED_ON) == 2, "to a colleague, and to a successor"
    assert states.count(InvitationState.DECLINED) == 1
    coordinators = phases["coordinators-round"]
    assert coordinators.state is PhaseState.OPEN
    assert coordinators.closes_on is not None
    assert 7 <= (coordinators.closes_on - SUNDAY.date()).days <= 14
    assert coordinators.closes_on.weekday() < 5
    assert waiting is not None
    assert 0 < waiting <= 4, "only a few mails are sent for real"


def _holds_its_workshops(installation: Installation, phases: dict[str, Phase]) -> None:
    for key in ("workshop-ngos", "workshop-experts"):
        with installation.database.read() as session:
            said = session.scalars(
                select(Contribution).where(Contribution.phase_id == phases[key].id)
            ).all()
            answered = set(session.scalars(select(Answer.contribution_id)))
            entries = session.scalar(select(func.count()).select_from(WorkshopEntry))
            sent = session.scalars(
                select(WorkshopMinutesSent.final).where(
                    WorkshopMinutesSent.phase_id == phases[key].id
                )
            ).all()
        assert {one.kind for one in said} >= {ContributionKind.PROPOSAL, ContributionKind.FEATURE}
        assert {one.channel for one in said} == {Channel.WORKSHOP}
        assert {one.id for one in said if one.kind is ContributionKind.FEATURE} <= answered
        assert entries
        assert sent


def _lets_its_people_in(installation: Installation, made: Demonstration) -> None:
    days = installation.settings.retention_days
    with installation.database.read() as session:
        expert = find_link(session, made.expert_link_id, 0, SUNDAY, days)
        coordinator = find_link(session, made.coordinator_link_id, 0, SUNDAY, days)
    assert expert is not None
    assert coordinator is not None
    assert not expert.actor.writable, "the NGOs' round is over: reading only"
    assert coordinator.actor.writable
    _shows_experts_what_is_theirs(installation, expert.actor)


def _shows_experts_what_is_theirs(installation: Installation, expert: Actor) -> None:
    """Own themes, texts that name one's organisation, conversations: all there to be seen."""
    with installation.database.read() as session:
        head = round_head(session, expert, SUNDAY)
        lines = texts(session, expert, head, "fi")
        named = naming(session, expert, lines, head.organisation)
        threads = session.execute(
            select(func.count(Turn.id))
            .where(Turn.visibility == TurnVisibility.PARTICIPANTS)
            .group_by(Turn.contribution_id)
        )
        turns = sorted(threads.scalars())
        choosing = session.scalar(select(func.count(OwnTheme.invitation_id.distinct())))
    assert 0 < sum(line.chosen for line in lines) < len(lines)
    assert len(named) >= 2
    assert turns[-1] >= 3
    assert len(turns) >= 4
    assert choosing is not None
    assert choosing >= 5


def _comes_back_from_an_archive(
    installation: Installation, made: Demonstration, tmp_path: Path
) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_archive(installation, SYSTEM, made.handbook_id, first)
    other = replace(installation, database=Database(f"sqlite:///{tmp_path / 'other.db'}"))
    schema.upgrade(other.database)
    load(replace(other, clock=SetClock(datetime(2026, 3, 4, 5, 6, tzinfo=UTC))))
    read_archive(other, SYSTEM, io.BytesIO(first.getvalue()))
    assert check(other, SYSTEM) == []
    with other.database.read() as session:
        assert session.scalar(select(func.count(Handbook.id))) == 2
    write_archive(other, SYSTEM, made.handbook_id, second)
    other.database.close()
    assert first.getvalue() == second.getvalue()


TEXT = compose("Otsikko", ["Yksi.", "Kaksi."], "Alku.\n\nLoppu.", ["Lähde."])


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (
            {"part": "body", "after": "Alku", "new": "Keskellä."},
            compose("Otsikko", ["Yksi.", "Kaksi."], "Alku.\n\nKeskellä.\n\nLoppu.", ["Lähde."]),
        ),
        (
            {"part": "points", "old": "Kaksi.", "new": ""},
            compose("Otsikko", ["Yksi."], "Alku.\n\nLoppu.", ["Lähde."]),
        ),
        (
            {"part": "sources", "after": "Lähde.", "new": "Uusi [tieto]."},
            compose(
                "Otsikko",
                ["Yksi.", "Kaksi."],
                "Alku.\n\nLoppu.",
                ["Lähde.", r"Uusi \[tieto\]."],
            ),
        ),
    ],
)
def test_the_edits_of_the_script(edit: dict[str, str], expected: str) -> None:
    assert edited(TEXT, edit) == expected


def test_an_edit_of_words_that_stand_nowhere_is_refused() -> None:
    with pytest.raises(NotInScript):
        edited(TEXT, {"part": "body", "old": "Puuttuu", "new": "x"})
