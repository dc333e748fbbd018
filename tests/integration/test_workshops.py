"""Before a workshop: its plan, its invitations and calendar entry, and who comes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.workshops import NEEDS_KEPT, Attendance
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase
from reviewtool.models.workshops import WorkshopSignUp
from reviewtool.queries.workshops import who_comes
from reviewtool.services import phases, ticks
from reviewtool.services.reminders import reminder_time
from reviewtool.services.workshop_cancelling import cancel_workshop
from reviewtool.services.workshops import SignUp, plan_workshop, sign_up
from tests.factories.handbooks import make_editor, make_handbook
from tests.factories.mail import newest, opened, write
from tests.factories.people import link_actor, make_person
from tests.factories.workshops import (
    MadeWorkshop,
    actors_of,
    head_of,
    make_workshop,
    open_room,
    workshop_plan,
)


def mailed(installation: Installation, kind: MessageKind) -> int:
    with installation.database.read() as session:
        return len(session.scalars(select(Message.id).where(Message.kind == kind)).all())


def calendar_of(
    installation: Installation, kind: MessageKind, method: str = "PUBLISH"
) -> list[str]:
    written = write(installation, newest(installation, kind))
    assert written is not None
    (entry,) = opened(written).iter_attachments()
    assert entry.get_content_type() == "text/calendar"
    assert entry.get_param("method") == method
    return str(entry.get_content()).replace("\r\n ", "").splitlines()


def replan(installation: Installation, made: MadeWorkshop, **changes: object) -> int:
    held = head_of(installation, made).held
    assert held is not None
    plan = replace(workshop_plan(made.starts_at), version=held.version, **changes)  # type: ignore[arg-type]
    return plan_workshop(installation, made.editor, made.phase_id, plan, new_id())


def test_opening_the_phase_invites_with_a_calendar_entry(installation: Installation) -> None:
    made = make_workshop(installation)
    assert mailed(installation, MessageKind.WORKSHOP_INVITATION) == 2
    assert mailed(installation, MessageKind.INVITATION) == 0
    lines = calendar_of(installation, MessageKind.WORKSHOP_INVITATION)
    assert f"UID:workshop-{made.phase_id}@localhost" in lines
    assert f"DTSTART:{made.starts_at:%Y%m%dT%H%M%SZ}" in lines
    assert "SEQUENCE:0" in lines
    assert not any("/in/" in line for line in lines), "calendars are read by colleagues"
    assert any("omassa kutsussasi" in line for line in lines)


def test_a_letter_with_an_enclosure_is_the_same_each_time(
    installation: Installation, clock: SetClock
) -> None:
    make_workshop(installation)
    message_id = newest(installation, MessageKind.WORKSHOP_INVITATION)
    first = write(installation, message_id)
    clock.advance(hours=5)
    assert first is not None
    assert write(installation, message_id) == first


def test_a_new_time_is_mailed_once_and_replaces_the_calendar_entry(
    installation: Installation,
) -> None:
    made = make_workshop(installation)
    assert replan(installation, made, agenda={"fi": "13.00 Alku"}) == 0
    later = made.starts_at + timedelta(days=1)
    assert replan(installation, made, starts_at=later, ends_at=later + timedelta(hours=2)) == 2
    lines = calendar_of(installation, MessageKind.WORKSHOP_CHANGED)
    assert f"UID:workshop-{made.phase_id}@localhost" in lines
    assert "SEQUENCE:1" in lines
    with installation.database.read() as session:
        assert session.get_one(Phase, made.phase_id).closes_on == later.date()


def test_a_workshop_that_is_cancelled_leaves_the_calendars(installation: Installation) -> None:
    made = make_workshop(installation, people=3)
    first, _second, third = actors_of(installation, made)
    sign_up(installation, first, SignUp(Attendance.COMES), new_id())
    sign_up(installation, third, SignUp(Attendance.CANNOT), new_id())
    with pytest.raises(Refused) as refused:
        cancel_workshop(installation, made.editor, made.phase_id, " ", new_id())
    assert refused.value.reason is Reason.REASON_MISSING
    assert cancel_workshop(installation, made.editor, made.phase_id, "Lumimyrsky", new_id()) == 2
    lines = calendar_of(installation, MessageKind.WORKSHOP_CANCELLED, "CANCEL")
    assert {"METHOD:CANCEL", "SEQUENCE:1", "STATUS:CANCELLED"} <= set(lines)
    assert f"UID:workshop-{made.phase_id}@localhost" in lines
    head = head_of(installation, made)
    assert (head.cancelled, head.state) == (True, PhaseState.CLOSED)
    with pytest.raises(Refused) as refused:
        cancel_workshop(installation, made.editor, made.phase_id, "Lumimyrsky", new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def test_a_cancelled_workshop_is_held_after_all_once_it_is_planned_anew(
    installation: Installation,
) -> None:
    made = make_workshop(installation, people=1)
    cancel_workshop(installation, made.editor, made.phase_id, "Lumimyrsky", new_id())
    day = made.starts_at.date()
    phases.reopen(installation, made.editor, made.phase_id, day, "Lumi suli", new_id())
    assert head_of(installation, made).called_off
    assert replan(installation, made) == 1, "their calendars have lost it, at whatever time it is"
    assert "SEQUENCE:2" in calendar_of(installation, MessageKind.WORKSHOP_CHANGED)
    assert not head_of(installation, made).called_off


def test_a_workshop_that_has_begun_is_not_cancelled(
    installation: Installation, clock: SetClock
) -> None:
    made = make_workshop(installation)
    open_room(clock, made)
    with pytest.raises(Refused) as refused:
        cancel_workshop(installation, made.editor, made.phase_id, "Lumimyrsky", new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def test_those_who_have_not_said_no_are_reminded_once_on_each_day(
    installation: Installation, clock: SetClock
) -> None:
    made = make_workshop(installation, people=3)
    first, _second, third = actors_of(installation, made)
    sign_up(installation, first, SignUp(Attendance.COMES), new_id())
    sign_up(installation, third, SignUp(Attendance.CANNOT), new_id())

    def reminded_at(moment: datetime) -> int:
        before = mailed(installation, MessageKind.WORKSHOP_REMINDER)
        clock.at = moment
        ticks.tick(installation)
        ticks.tick(installation)
        return mailed(installation, MessageKind.WORKSHOP_REMINDER) - before

    morning = reminder_time(made.starts_at.date(), 7, "Europe/Helsinki")
    assert reminded_at(morning - timedelta(minutes=1)) == 0
    assert reminded_at(morning) == 2
    assert f"UID:workshop-{made.phase_id}@localhost" in calendar_of(
        installation, MessageKind.WORKSHOP_REMINDER
    )
    later = made.starts_at + timedelta(days=1)
    replan(installation, made, starts_at=later, ends_at=later + timedelta(hours=2))
    assert reminded_at(morning + timedelta(days=1)) == 2, "another day has its own reminders"
    clock.at = later - timedelta(hours=23)
    replan(installation, made, starts_at=later, ends_at=later + timedelta(hours=3))
    assert reminded_at(clock.at) == 0, "they have just been told the time"
    assert reminded_at(later + timedelta(hours=1)) == 0


def test_a_plan_that_a_colleague_changed_meanwhile_is_not_overwritten(
    installation: Installation,
) -> None:
    made = make_workshop(installation, opened=False)
    with pytest.raises(Refused) as refused:
        plan_workshop(
            installation, made.editor, made.phase_id, workshop_plan(made.starts_at), new_id()
        )
    assert refused.value.reason is Reason.EDIT_CONFLICT


def test_people_are_not_invited_to_a_workshop_without_a_time(installation: Installation) -> None:
    handbook = make_handbook(installation)
    phase_id = handbook.phases["workshop-ngos"]
    make_person(installation, handbook.administrator, phase_id)
    with pytest.raises(Refused) as refused:
        phases.open_phase(installation, handbook.administrator, phase_id, new_id())
    assert [one.reason for one in refused.value.missing] == [Reason.TIME_MISSING]


def test_signing_up_can_be_changed_and_needs_go_with_it(installation: Installation) -> None:
    made = make_workshop(installation, people=1)
    (actor,) = actors_of(installation, made)
    sign_up(
        installation, actor, SignUp(Attendance.COMES, "Induktiosilmukka", "Ei pähkinää"), new_id()
    )
    with installation.database.read() as session:
        (one,) = who_comes(session, made.editor, made.phase_id)
        assert (one.attendance, one.needs, one.diet) == (
            Attendance.COMES, "Induktiosilmukka", "Ei pähkinää",
        )  # fmt: skip
        assert one.state is InvitationState.CAME_IN
    sign_up(installation, actor, SignUp(Attendance.CANNOT, "Induktiosilmukka"), new_id())
    with installation.database.read() as session:
        (one,) = who_comes(session, made.editor, made.phase_id)
        assert (one.attendance, one.needs) == (Attendance.CANNOT, "")
        assert one.state is InvitationState.DECLINED


def test_nobody_signs_up_once_the_workshop_is_over(
    installation: Installation, clock: SetClock
) -> None:
    made = make_workshop(installation, people=1)
    open_room(clock, made)
    phases.close(installation, made.editor, made.phase_id, new_id())
    actor = link_actor(installation, made.people[0])
    with pytest.raises(Refused):
        sign_up(installation, actor, SignUp(Attendance.COMES), new_id())


def test_needs_are_forgotten_two_weeks_after_the_workshop(
    installation: Installation, clock: SetClock
) -> None:
    made = make_workshop(installation, people=2)
    for actor in actors_of(installation, made):
        sign_up(installation, actor, SignUp(Attendance.COMES, "Tulkki", "Ei kalaa"), new_id())

    def kept() -> set[tuple[str, str]]:
        with installation.database.read() as session:
            return {(row.needs, row.diet) for row in session.scalars(select(WorkshopSignUp))}

    ends_at = made.starts_at + timedelta(hours=3)
    clock.at = ends_at + NEEDS_KEPT - timedelta(minutes=1)
    ticks.tick(installation)
    assert kept() == {("Tulkki", "Ei kalaa")}
    clock.at = ends_at + NEEDS_KEPT
    ticks.tick(installation)
    assert kept() == {("", "")}
    with installation.database.read() as session:
        assert {row.attendance for row in session.scalars(select(WorkshopSignUp))} == {
            Attendance.COMES
        }


def test_an_editor_of_another_handbook_plans_nothing_here(installation: Installation) -> None:
    made = make_workshop(installation)
    other = make_handbook(installation)
    stranger = make_editor(installation, other.id)
    with pytest.raises(Refused) as refused:
        plan_workshop(
            installation, stranger, made.phase_id, workshop_plan(made.starts_at), new_id()
        )
    assert refused.value.reason is Reason.NOT_ALLOWED


def test_who_cannot_come_is_not_told_of_a_new_time(installation: Installation) -> None:
    made = make_workshop(installation, people=2)
    first, _second = actors_of(installation, made)
    sign_up(installation, first, SignUp(Attendance.CANNOT), new_id())
    assert replan(installation, made, place="Kirjasto") == 1
    with installation.database.read() as session:
        states = set(session.scalars(select(Invitation.state)))
    assert states == {InvitationState.DECLINED, InvitationState.INVITED}
