"""More time for one organisation: its people go on writing when the others have to stop."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.links import LinkState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.mail.render import letter
from reviewtool.models.contributions import Contribution
from reviewtool.models.extensions import Extension
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.queries.actors import find_link
from reviewtool.queries.participant import round_head
from reviewtool.services import extensions, phases, reminders
from reviewtool.services.readiness import say_ready
from reviewtool.services.ticks import tick
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.contributions import Table, say
from tests.factories.people import MadePerson, link_actor, make_person
from tests.factories.rounds import MadeRound, make_round


def organisation_of(installation: Installation, person: MadePerson) -> str:
    with installation.database.read() as session:
        found = session.get_one(Invitation, person.invitation_id).organisation_id
    assert found is not None
    return found


def give(
    installation: Installation, made: MadeRound, person: MadePerson, closes_on: date, **form: str
) -> int:
    return extensions.give_extension(
        installation,
        made.editor,
        made.phase_id,
        organisation_of(installation, person),
        closes_on,
        form.get("reason", "Hallitus kokoontuu vasta sitten."),
        form.get("request_id", new_id()),
    )


def after(made: MadeRound, days: int, hour: int = 9) -> datetime:
    day = made.closes_on + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def link_state(installation: Installation, person: MadePerson) -> LinkState:
    with installation.database.read() as session:
        link = session.scalars(
            select(Link).where(Link.invitation_id == person.invitation_id)
        ).first()
        assert link is not None
        found = find_link(session, link.id, link.generation, installation.clock.now(), 30)
    assert found is not None
    return found.state


@pytest.mark.parametrize("closed", [False, True])
def test_its_people_write_on_while_the_others_only_read(
    installation: Installation, clock: SetClock, closed: bool
) -> None:
    made = make_round(installation, people=2)
    theirs, others = made.people
    give(installation, made, theirs, made.closes_on + timedelta(days=5))
    clock.at = after(made, 1)
    if closed:
        tick(installation)
    assert link_state(installation, theirs) is LinkState.OPEN
    assert link_state(installation, others) is LinkState.READING
    own, other = link_actor(installation, theirs), link_actor(installation, others)
    table = Table(made, ())
    said = say(installation, table, own)
    with pytest.raises(Refused) as refused:
        say(installation, table, other)
    assert refused.value.reason is Reason.ROUND_CLOSED
    say_ready(installation, own)
    with installation.database.read() as session:
        assert session.get_one(Contribution, said).state is ContributionState.RECEIVED
        part = session.get_one(Invitation, theirs.invitation_id)
        assert part.state is InvitationState.READY
        head = round_head(session, own, installation.clock.now())
    assert (head.is_open, head.extended) == (True, True)
    assert head.closes_on == made.closes_on + timedelta(days=5)


def test_it_ends_with_its_own_last_day_and_reading_lasts_from_then(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    give(installation, made, person, made.closes_on + timedelta(days=5))
    clock.at = after(made, 1)
    tick(installation)
    clock.at = after(made, 5, 20)
    assert link_state(installation, person) is LinkState.OPEN
    clock.at = after(made, 5, 23)
    assert link_state(installation, person) is LinkState.READING
    clock.at = after(made, 34)
    assert link_state(installation, person) is LinkState.READING
    clock.at = after(made, 36)
    assert link_state(installation, person) is LinkState.EXPIRED


def test_an_approver_decides_on_after_the_others(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, key="approval", people=2)
    theirs, others = made.people
    give(installation, made, theirs, made.closes_on + timedelta(days=3))
    clock.at = after(made, 2)
    tick(installation)
    lines = approval_lines(installation, made.phase_id)
    decide_all(installation, link_actor(installation, theirs), lines)
    with pytest.raises(Refused) as refused:
        decide_all(installation, link_actor(installation, others), lines)
    assert refused.value.reason is Reason.ROUND_CLOSED


def test_only_its_people_are_told_with_their_own_day_once(installation: Installation) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    colleague = make_person(
        installation, made.editor, made.phase_id, "Kaisa", organisation="Toinen ry"
    )
    day = made.closes_on + timedelta(days=5)
    assert give(installation, made, colleague, day, request_id="form") == 1
    assert give(installation, made, colleague, day, request_id="form") == 0
    with installation.database.read() as session:
        (mail,) = session.scalars(select(Message).where(Message.kind == MessageKind.EXTENDED))
        assert mail.person_id == colleague.id
        written = letter(session, mail, installation)
        assert session.scalars(select(Extension)).one().closes_on == day
    assert written is not None
    assert f"{day.day}.{day.month}." in written.content.decode()
    assert person.id != colleague.id


def test_reminders_count_to_its_own_last_day(installation: Installation, clock: SetClock) -> None:
    made = make_round(installation, people=2)  # reminders 7 days and 1 day before
    theirs, others = made.people
    give(installation, made, theirs, made.closes_on + timedelta(days=10))
    clock.at = after(made, -1, 7)
    assert reminders.tick(installation) == 1
    clock.at = after(made, 3, 7)
    tick(installation)
    clock.at = after(made, 9, 7)
    assert reminders.tick(installation) == 1
    with installation.database.read() as session:
        rows = session.scalars(
            select(Message.person_id)
            .where(Message.kind == MessageKind.REMINDER)
            .order_by(Message.created_at)
        )
        assert list(rows) == [others.id, theirs.id, theirs.id]


def test_what_can_not_be_given_is_refused(installation: Installation, clock: SetClock) -> None:
    made = make_round(installation, people=1, opened=False)
    (person,) = made.people
    later = made.closes_on + timedelta(days=5)
    for day, reason, expected in (
        (later, "Syy", Reason.NOT_POSSIBLE_NOW),
        (later, " ", Reason.REASON_MISSING),
    ):
        with pytest.raises(Refused) as refused:
            give(installation, made, person, day, reason=reason)
        assert refused.value.reason is expected
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    with pytest.raises(Refused) as refused:
        give(installation, made, person, made.closes_on)
    assert refused.value.reason is Reason.DATES_WRONG
    with pytest.raises(Refused) as refused:
        extensions.give_extension(
            installation, made.editor, made.phase_id, new_id(), later, "Syy", new_id()
        )
    assert refused.value.reason is Reason.NOT_FOUND
    with pytest.raises(Refused) as refused:
        extensions.give_extension(
            installation,
            link_actor(installation, person),
            made.phase_id,
            organisation_of(installation, person),
            later,
            "Syy",
            new_id(),
        )
    assert refused.value.reason is Reason.NOT_ALLOWED
