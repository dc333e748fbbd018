"""Reminders: to whom, when, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.services import phases, reminders
from tests.factories.mail import newest, write
from tests.factories.people import make_person
from tests.factories.rounds import MadeRound, make_round, plan_phase


def reminded(installation: Installation) -> list[str]:
    with installation.database.read() as session:
        rows = select(Message.person_id).where(Message.kind == MessageKind.REMINDER)
        return sorted(session.scalars(rows))


def morning_before(made: MadeRound, days: int, hour: int = 6, minute: int = 0) -> datetime:
    """Give a UTC moment so many days before the last day; 6.00 UTC is 9.00 in Helsinki."""
    day = made.closes_on - timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def set_state(installation: Installation, invitation_id: str, state: InvitationState) -> None:
    with installation.database.write() as session:
        session.get_one(Invitation, invitation_id).state = state


def test_each_is_reminded_once_a_step_in_the_morning(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=2)  # reminders 7 days and 1 day before
    clock.at = morning_before(made, 7, 5, 59)
    assert reminders.tick(installation) == 0
    clock.at = morning_before(made, 7)
    assert reminders.tick(installation) == 2
    clock.advance(minutes=1)
    assert reminders.tick(installation) == 0
    clock.at = morning_before(made, 1)
    assert reminders.tick(installation) == 2
    assert reminded(installation) == sorted([person.id for person in made.people] * 2)


def test_who_is_ready_or_declined_or_passed_it_on_is_left_in_peace(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=6)
    for person, state in zip(
        made.people,
        (
            InvitationState.READY,
            InvitationState.DECLINED,
            InvitationState.PASSED_ON,
            InvitationState.CANCELLED,
            InvitationState.CAME_IN,
            InvitationState.INVITED,
        ),
        strict=True,
    ):
        set_state(installation, person.invitation_id, state)
    clock.at = morning_before(made, 7)
    reminders.tick(installation)
    assert reminded(installation) == sorted(person.id for person in made.people[4:])


def test_after_an_extension_the_days_count_to_the_new_last_day(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    clock.at = morning_before(made, 1)
    assert reminders.tick(installation) == 1
    clock.advance(hours=1)
    later = made.closes_on + timedelta(days=14)
    phases.extend(installation, made.editor, made.phase_id, later, "", new_id())
    assert reminders.tick(installation) == 0
    clock.at = morning_before(made, 7) + timedelta(days=14)
    assert reminders.tick(installation) == 1
    clock.at = morning_before(made, 1) + timedelta(days=14)
    assert reminders.tick(installation) == 1


def test_more_time_given_on_a_reminder_day_is_news_enough(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    clock.at = morning_before(made, 0, 12)
    later = made.closes_on + timedelta(days=1)
    phases.extend(installation, made.editor, made.phase_id, later, "", new_id())
    assert reminders.tick(installation) == 0


def test_somebody_asked_after_the_reminders_time_is_not_reminded_of_it(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=0)
    clock.at = morning_before(made, 7, 8)
    make_person(installation, made.editor, made.phase_id)
    assert reminders.tick(installation) == 0
    clock.at = morning_before(made, 1)
    assert reminders.tick(installation) == 1


def test_a_reminder_missed_over_night_is_caught_up_and_an_old_one_is_not(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    clock.at = morning_before(made, 4)
    assert reminders.tick(installation) == 0
    clock.at = morning_before(made, 6)
    assert reminders.tick(installation) == 1


def test_a_reminder_after_the_last_day_needs_none_before_it(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    plan_phase(installation, made.editor, made.phase_id, reminder_days=(-2,))
    clock.at = morning_before(made, -1)
    phases.tick(installation)
    assert reminders.tick(installation) == 0
    clock.at = morning_before(made, -2)
    assert reminders.tick(installation) == 1
    assert reminders.tick(installation) == 0


@pytest.mark.parametrize("days", [7, -2])
def test_a_round_closed_early_reminds_nobody(
    installation: Installation, clock: SetClock, days: int
) -> None:
    made = make_round(installation, people=1)
    plan_phase(installation, made.editor, made.phase_id, reminder_days=(7, -2))
    clock.at = morning_before(made, 8)
    phases.close(installation, made.editor, made.phase_id, new_id())
    clock.at = morning_before(made, days)
    assert reminders.tick(installation) == 0


def test_the_clock_change_moves_no_reminder(installation: Installation, clock: SetClock) -> None:
    clock.at = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
    made = make_round(installation, people=1)  # ends on 26.10., summer time on 25.10.
    clock.at = datetime(2026, 10, 25, 6, 59, tzinfo=UTC)
    assert reminders.tick(installation) == 0
    clock.at = datetime(2026, 10, 25, 7, 0, tzinfo=UTC)
    assert reminders.tick(installation) == 1
    assert made.closes_on.isoformat() == "2026-10-26"


def test_by_hand_exactly_those_chosen_are_reminded_once_a_press_and_once_a_day(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=4)
    first, second, ready, third = made.people
    set_state(installation, ready.invitation_id, InvitationState.READY)
    chosen = [one.invitation_id for one in (first, second, ready)]
    for expected in (2, 0):
        assert reminders.remind(installation, made.editor, made.phase_id, chosen, "f") == expected
    again = [first.invitation_id, third.invitation_id]
    assert reminders.remind(installation, made.editor, made.phase_id, again, "g") == 1
    assert reminded(installation) == sorted([first.id, second.id, third.id])
    clock.advance(hours=21)
    assert reminders.remind(installation, made.editor, made.phase_id, again, "h") == 2


def test_by_hand_nobody_is_reminded_of_another_phase_or_by_a_stranger(
    installation: Installation,
) -> None:
    made, other = make_round(installation, people=1), make_round(installation, people=1)
    strange = [one.invitation_id for one in other.people]
    assert reminders.remind(installation, made.editor, made.phase_id, strange, new_id()) == 0
    with pytest.raises(Refused):
        reminders.remind(installation, other.editor, made.phase_id, strange, new_id())
    with pytest.raises(Refused):
        reminders.remind(installation, made.editor, made.phase_id, [], new_id())


@pytest.mark.parametrize("hours", [-3, -1, 1])
def test_no_reminder_goes_by_itself_where_one_by_hand_went_about_then(
    installation: Installation, clock: SetClock, hours: int
) -> None:
    made = make_round(installation, people=2)
    clock.at = morning_before(made, 7) + timedelta(hours=hours)
    first = made.people[0]
    reminders.remind(
        installation, made.editor, made.phase_id, [first.invitation_id or ""], new_id()
    )
    clock.at = morning_before(made, 7) + timedelta(hours=max(hours, 0))
    assert reminders.tick(installation) == 1
    clock.advance(hours=30)
    assert reminders.tick(installation) == 0
    clock.at = morning_before(made, 1)
    assert reminders.tick(installation) == 2


def test_after_an_approval_is_over_nobody_is_told_that_they_can_still_answer(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=2, key="approval")
    plan_phase(installation, made.editor, made.phase_id, reminder_days=(-2,))
    chosen = [made.people[0].invitation_id or ""]
    clock.at = morning_before(made, 0)
    reminders.remind(installation, made.editor, made.phase_id, chosen, new_id())
    message_id = newest(installation, MessageKind.REMINDER)
    clock.at = morning_before(made, -2)
    assert write(installation, message_id) is None
    assert reminders.tick(installation) == 0
    with pytest.raises(Refused) as refused:
        reminders.remind(installation, made.editor, made.phase_id, chosen, new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
