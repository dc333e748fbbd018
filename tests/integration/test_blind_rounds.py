"""What a participant of a blind round is sent never tells how much others have said (rule 11)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import Sharing
from reviewtool.domain.days import local_day
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.messages import Message
from reviewtool.queries.approver import own_words
from reviewtool.queries.contributions import lines_of
from reviewtool.services.answers import Answering, answer
from reviewtool.services.drafts import freeze_draft
from reviewtool.services.phases import open_phase
from reviewtool.services.readiness import say_ready
from reviewtool.services.supports import support
from reviewtool.services.turns import reply
from tests.factories.contributions import Table, make_table, now_actor, say, stored
from tests.factories.mail import opened, part, write
from tests.factories.rounds import make_round, plan_phase
from tests.factories.texts import reword


def numbers(installation: Installation) -> list[str]:
    """List the numbers of all contributions as letters and pages write them."""
    with installation.database.read() as session:
        return [f"#{number}" for number in session.scalars(select(Contribution.number))]


def two_say(installation: Installation, sharing: Sharing, shared_from: date | None = None) -> Table:
    """Let two participants say one thing each, and answer them together in draft 2."""
    table = make_table(installation, sharing=sharing, shared_from=shared_from)
    first, second = table.actors
    others = say(installation, table, first)
    own = say(installation, table, second)
    say_ready(installation, second)
    editor = table.round.editor
    answer(installation, editor, [others], Answering(AnswerKind.NOTED, "Kiitos."), new_id())
    together = Answering(AnswerKind.TOGETHER_WITH, "Sama asia.", other_id=others)
    answer(installation, editor, [own], together, new_id())
    reword(installation, editor, table.section_id, "kerran viikossa", "viikoittain")
    freeze_draft(installation, editor, table.round.handbook.id)
    return table


def letters(installation: Installation, table: Table) -> str:
    """Give all that the second participant is mailed after having said something."""
    with installation.database.read() as session:
        ids = session.scalars(
            select(Message.id).where(
                Message.person_id == table.actors[1].person_id,
                Message.kind.in_((MessageKind.RECEIPT, MessageKind.ANSWERS)),
            )
        ).all()
    assert len(ids) == 2
    made = [write(installation, message_id) for message_id in ids]
    return "".join(part(opened(one), "plain") for one in made if one is not None)


def test_letters_of_a_blind_round_hold_no_numbers(installation: Installation) -> None:
    table = two_say(installation, Sharing.NOBODY)
    sent = letters(installation, table)
    assert "Sama asia." in sent
    assert [number for number in numbers(installation) if number in sent] == []


def test_letters_of_an_open_round_name_contributions_by_number(installation: Installation) -> None:
    table = two_say(installation, Sharing.EVERYONE)
    sent = letters(installation, table)
    assert all(number in sent for number in numbers(installation))


def test_an_approver_sees_no_number_of_what_they_said_blindly(installation: Installation) -> None:
    for sharing, shown in ((Sharing.NOBODY, False), (Sharing.EVERYONE, True)):
        table = two_say(installation, sharing)
        with installation.database.read() as session:
            (word,) = own_words(session, table.actors[1], table.section_id)
        assert (word.number is not None) == shown


DAY = timedelta(days=1)


def test_what_is_said_opens_on_the_day_that_was_promised(
    installation: Installation, clock: SetClock
) -> None:
    today = local_day(clock.now(), "Europe/Helsinki")
    table = make_table(installation, sharing=Sharing.FROM_DAY, shared_from=today + 2 * DAY)
    first, second = table.actors
    others = say(installation, table, first)
    own = say(installation, table, second, "Oma.")
    for day, opened_by_then in ((0, False), (1, False), (2, True), (3, True)):
        if day:
            clock.advance(days=1)
        reader = now_actor(installation, table, 1)
        with installation.database.read() as session:
            lines = lines_of(session, reader, [others, own]).values()
        assert (others in [line.id for line in lines]) is opened_by_then, day
        assert all((line.number is not None) is opened_by_then for line in lines), day
    assert stored(installation, others).shared_from == today + 2 * DAY


def test_support_and_reply_wait_for_the_day(installation: Installation, clock: SetClock) -> None:
    today = local_day(clock.now(), "Europe/Helsinki")
    table = make_table(installation, sharing=Sharing.FROM_DAY, shared_from=today + DAY)
    others = say(installation, table, table.actors[0])
    for actor in (now_actor(installation, table, 1), now_actor(installation, table, 0)):
        with pytest.raises(Refused):
            reply(installation, actor, others, "Samaa mieltä.", new_id())
    with pytest.raises(Refused):
        support(installation, now_actor(installation, table, 1), others)
    clock.advance(days=1)
    support(installation, now_actor(installation, table, 1), others)
    reply(installation, now_actor(installation, table, 1), others, "Samaa mieltä.", new_id())


def test_letters_before_the_day_hold_no_numbers(installation: Installation) -> None:
    far = local_day(installation.clock.now(), "Europe/Helsinki") + 300 * DAY
    table = two_say(installation, Sharing.FROM_DAY, far)
    sent = letters(installation, table)
    assert [number for number in numbers(installation) if number in sent] == []


def test_a_round_doesnt_open_without_the_day_that_it_promises(installation: Installation) -> None:
    made = make_round(installation, sharing=Sharing.FROM_DAY, opened=False)
    plan_phase(installation, made.editor, made.phase_id, shared_from=None)
    with pytest.raises(Refused) as refused:
        open_phase(installation, made.editor, made.phase_id, new_id())
    assert [one.reason for one in refused.value.missing] == [Reason.SHARING_DAY_MISSING]
