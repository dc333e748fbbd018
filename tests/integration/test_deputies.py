"""Deputies: they answer for some days by their own link, and it ends by itself."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.trace import TraceRow
from reviewtool.queries.deputies import deputies_of
from reviewtool.services import delegation, invitations, phases, reminders
from reviewtool.services.deputies import Naming, end_deputy, name_deputy, tick
from reviewtool.services.readiness import say_ready
from reviewtool.services.succession import name_successor
from tests.factories.people import MadePerson, link_actor
from tests.factories.rounds import MadeRound, make_round, plan_phase

SINI = "sini@jarjesto.example.org"


def today(installation: Installation) -> date:
    return local_day(installation.clock.now(), "Europe/Helsinki")


def name(
    installation: Installation,
    made: MadeRound,
    first: int = 0,
    last: int = 6,
    *,
    actor: Actor | None = None,
    address: str = SINI,
) -> str:
    day = today(installation)
    naming = Naming("Sini Sijainen", address, day + timedelta(first), day + timedelta(last))
    who = actor or made.editor
    return name_deputy(installation, who, made.handbook.id, made.people[0].id, naming, new_id())


def part_of_deputy(installation: Installation) -> Invitation | None:
    with installation.database.read() as session:
        return session.scalar(select(Invitation).where(Invitation.origin == Origin.DEPUTY))


def deputy_actor(installation: Installation) -> Actor:
    part = part_of_deputy(installation)
    assert part is not None
    return link_actor(installation, MadePerson("", part.id, "", ""))


def may_write(actor: Actor, made: MadeRound) -> bool:
    return may(actor, Action.CONTRIBUTE, Facts(phase_id=made.phase_id, phase_open=True))


def mailed(installation: Installation, kind: MessageKind) -> list[str]:
    with installation.database.read() as session:
        return list(session.scalars(select(Message.person_id).where(Message.kind == kind)))


def test_a_deputy_named_ahead_begins_and_ends_with_the_days(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    name(installation, made, 2, 4)
    assert tick(installation) == 0
    assert part_of_deputy(installation) is None
    clock.at += timedelta(days=2)
    assert (tick(installation), tick(installation)) == (1, 0)
    part = part_of_deputy(installation)
    assert part is not None
    assert part.passed_from_id == made.people[0].invitation_id
    assert mailed(installation, MessageKind.DEPUTY) == [part.person_id]
    assert may_write(deputy_actor(installation), made)
    assert may_write(link_actor(installation, made.people[0]), made)
    clock.at += timedelta(days=3)
    # A dead worker keeps nothing open: the days are over before the tick says so.
    assert not may_write(deputy_actor(installation), made)
    assert (tick(installation), tick(installation)) == (1, 0)
    actor = deputy_actor(installation)
    assert may(actor, Action.READ_ROUND, Facts(phase_id=made.phase_id, phase_open=True))
    with installation.database.read() as session:
        acts = list(session.scalars(select(TraceRow.act).order_by(TraceRow.sequence)))
    assert acts[-3:] == ["deputy-named", "person-deputised", "person-passed-on"]


def test_reminders_go_to_the_deputy_on_the_days_and_to_the_person_afterwards(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    plan_phase(installation, made.editor, made.phase_id, reminder_days=(14, 3))
    name(installation, made, 0, 10)
    part = part_of_deputy(installation)
    assert part is not None
    clock.at += timedelta(days=8)
    reminders.tick(installation)
    assert mailed(installation, MessageKind.REMINDER) == [part.person_id]
    clock.at += timedelta(days=11)
    tick(installation)
    reminders.tick(installation)
    assert mailed(installation, MessageKind.REMINDER)[1:] == [made.people[0].id]


def test_a_deputys_answer_is_the_persons_too_and_a_new_phase_finds_the_deputy(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1, opened=False)
    own = name(installation, made)
    assert part_of_deputy(installation) is None
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    tick(installation)
    say_ready(installation, deputy_actor(installation))
    plan_phase(installation, made.editor, made.phase_id, reminder_days=(3,))
    clock.at += timedelta(days=19)
    tick(installation)
    reminders.tick(installation)
    assert mailed(installation, MessageKind.REMINDER) == []
    with installation.database.read() as session:
        (line,) = deputies_of(
            session, made.editor, made.handbook.id, made.people[0].id, clock.now()
        )
    assert (line.id, line.over) == (own, True)


def test_a_person_names_and_ends_their_own(installation: Installation) -> None:
    made = make_round(installation, people=2)
    actor, other = (link_actor(installation, person) for person in made.people)
    with pytest.raises(Refused) as refused:
        name(installation, made, actor=other)
    assert refused.value.reason is Reason.NOT_ALLOWED
    deputy_id = name(installation, made, actor=actor)
    for first, last, reason in (
        (3, 9, Reason.ALREADY_DONE),
        (-3, -1, Reason.DATES_WRONG),
        (9, 8, Reason.DATES_WRONG),
        (8, 900, Reason.DATES_WRONG),
    ):
        with pytest.raises(Refused) as refused:
            name(installation, made, first, last, actor=actor)
        assert refused.value.reason is reason
    mine, day = made.people[0], today(installation) + timedelta(days=20)
    with pytest.raises(Refused) as refused:
        name_deputy(
            installation, actor, made.handbook.id, mine.id,
            Naming(mine.name, mine.address, day, day), new_id(),
        )  # fmt: skip
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
    with pytest.raises(Refused) as refused:
        end_deputy(installation, other, made.handbook.id, deputy_id, new_id())
    assert refused.value.reason is Reason.NOT_ALLOWED
    deputy = deputy_actor(installation)
    with pytest.raises(Refused):
        end_deputy(installation, deputy, made.handbook.id, deputy_id, new_id())
    end_deputy(installation, actor, made.handbook.id, deputy_id, "form")
    end_deputy(installation, actor, made.handbook.id, deputy_id, "form")
    assert not may_write(deputy_actor(installation), made)
    part = part_of_deputy(installation)
    assert part is not None
    assert part.state is InvitationState.PASSED_ON


def test_who_takes_part_already_answers_for_both_and_keeps_their_own_part(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=2)
    away, colleague = made.people
    naming = Naming(colleague.name, colleague.address, today(installation), today(installation))
    name_deputy(installation, made.editor, made.handbook.id, away.id, naming, new_id())
    assert part_of_deputy(installation) is None
    assert mailed(installation, MessageKind.DEPUTY) == [colleague.id]
    clock.at += timedelta(days=1)
    assert tick(installation) == 0
    assert may_write(link_actor(installation, colleague), made)


def test_a_deputy_passes_nothing_on_for_good(installation: Installation) -> None:
    made = make_round(installation, people=1)
    name(installation, made)
    with pytest.raises(Refused) as refused:
        delegation.pass_on(
            installation, deputy_actor(installation), "Kaisa", "kaisa@x.example.org", new_id()
        )
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def test_a_deputy_who_becomes_the_successor_writes_beyond_the_days(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    name(installation, made, 0, 1)
    part = part_of_deputy(installation)
    assert part is not None
    name_successor(
        installation, made.editor, made.handbook.id, made.people[0].id,
        "Sini Sijainen", SINI, new_id(),
    )  # fmt: skip
    clock.at += timedelta(days=3)
    tick(installation)
    assert may_write(link_actor(installation, MadePerson("", part.id, "", "")), made)


def test_a_former_deputy_whom_the_editors_invite_takes_part_for_good(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    name(installation, made, 0, 1)
    part = part_of_deputy(installation)
    assert part is not None
    clock.at += timedelta(days=2)
    assert tick(installation) == 1
    assert not may_write(link_actor(installation, MadePerson("", part.id, "", "")), made)
    invitations.invite_again(installation, made.editor, part.id, new_id())
    former = link_actor(installation, MadePerson("", part.id, "", ""))
    assert may_write(former, made)
    assert part_of_deputy(installation) is None, "no longer for some days only"
    clock.at += timedelta(days=1)
    assert tick(installation) == 0
    assert may_write(link_actor(installation, MadePerson("", part.id, "", "")), made)
    assert may_write(link_actor(installation, made.people[0]), made)


def test_a_deputy_invited_on_the_days_stays_when_they_are_over(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    name(installation, made, 0, 1)
    part = part_of_deputy(installation)
    assert part is not None
    invitations.invite_again(installation, made.editor, part.id, new_id())
    clock.at += timedelta(days=2)
    assert tick(installation) == 0
    assert may_write(link_actor(installation, MadePerson("", part.id, "", "")), made)
