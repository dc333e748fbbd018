"""Letters about replies: to whom, once a day, never to those who refused or no longer see them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import NameShown, Sharing
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.mail.headers import read_header
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.people import Address
from reviewtool.models.trace import TraceRow
from reviewtool.services import contributions, doubles, phases, replies, turns
from tests.factories.contributions import Table, make_table, now_actor, say
from tests.factories.mail import newest, opened, part, write


def told(installation: Installation) -> list[str]:
    """List who has been told, once for each letter."""
    with installation.database.read() as session:
        rows = select(Message.person_id).where(Message.kind == MessageKind.REPLIES)
        return sorted(session.scalars(rows))


def person(table: Table, number: int) -> str:
    return table.round.people[number].id


def reply(
    installation: Installation, table: Table, number: int, said: str, words: str = "Meilläkin."
) -> None:
    turns.reply(installation, now_actor(installation, table, number), said, words, new_id())


def morning(clock: SetClock, days: int = 1) -> None:
    """Go on to two minutes past nine in Helsinki, some days later."""
    day = (clock.at + timedelta(days=days)).date()
    clock.at = datetime(day.year, day.month, day.day, 6, 2, tzinfo=UTC)


def letter_to(installation: Installation, table: Table, number: int) -> str | None:
    """Write the newest letter to a participant; None if it has lost its point."""
    with installation.database.read() as session:
        message_id = session.scalars(
            select(Message.id)
            .where(Message.kind == MessageKind.REPLIES, Message.person_id == person(table, number))
            .order_by(Message.created_at.desc())
        ).first()
    assert message_id is not None
    written = write(installation, message_id)
    return part(opened(written), "plain") if written else None


def test_the_author_and_earlier_repliers_are_told_in_the_morning(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=4)
    said = say(installation, table, table.actors[0], "Maksaako ryhmä?", quote="Mukaan voi tulla")
    reply(installation, table, 1, said, "Ei maksa meillä.")
    clock.advance(minutes=1)
    reply(installation, table, 2, said, "Kahvista maksetaan.")
    assert replies.tick(installation) == 0, "this morning has passed already"
    morning(clock)
    clock.advance(minutes=-1)
    assert replies.tick(installation) == 0
    clock.advance(minutes=1)
    assert replies.tick(installation) == 2
    assert replies.tick(installation) == 0
    assert told(installation) == sorted([person(table, 0), person(table, 1)])
    author = letter_to(installation, table, 0) or ""
    for words in ("Mukaan voi tulla", "Maksaako ryhmä?", "Ei maksa meillä.", "Kahvista maksetaan."):
        assert words in author
    other = letter_to(installation, table, 1) or ""
    assert "Kahvista maksetaan." in other
    assert "Ei maksa meillä." not in other, "one's own words are no news"


def test_one_letter_gathers_a_day_and_the_next_has_only_what_is_new(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=2)
    first = say(installation, table, table.actors[0], "Ensimmäinen.")
    second = say(installation, table, table.actors[0], "Toinen.")
    reply(installation, table, 1, first, "Vastaus yksi.")
    reply(installation, table, 1, second, "Vastaus kaksi.")
    morning(clock)
    assert replies.tick(installation) == 1
    text = letter_to(installation, table, 0) or ""
    assert "Vastaus yksi." in text
    assert "Vastaus kaksi." in text
    clock.advance(minutes=5)
    reply(installation, table, 1, first, "Vastaus kolme.")
    assert replies.tick(installation) == 0, "at most one a day"
    morning(clock)
    assert replies.tick(installation) == 1
    text = letter_to(installation, table, 0) or ""
    assert "Vastaus kolme." in text
    assert "Vastaus yksi." not in text
    morning(clock)
    assert replies.tick(installation) == 0


def test_missed_mornings_are_caught_up_but_old_replies_are_not(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=2)
    said = say(installation, table, table.actors[0])
    reply(installation, table, 1, said)
    morning(clock, days=2)
    assert replies.tick(installation) == 1
    reply(installation, table, 1, said)
    morning(clock, days=4)
    assert replies.tick(installation) == 0


def test_the_letter_is_the_same_when_it_is_written_again(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=2)
    said = say(installation, table, table.actors[0])
    reply(installation, table, 1, said)
    morning(clock)
    replies.tick(installation)
    message_id = newest(installation, MessageKind.REPLIES)
    before = write(installation, message_id)
    reply(installation, table, 1, said, "Myöhemmin.")
    morning(clock, days=3)
    replies.tick(installation)
    assert write(installation, message_id) == before


@pytest.mark.parametrize(
    ("shown", "name", "organisation"),
    [
        (NameShown.NAME, True, True),
        (NameShown.ORGANISATION, False, True),
        (NameShown.NOBODY, False, False),
    ],
)
def test_a_reply_bears_the_name_that_its_author_wanted(
    installation: Installation,
    clock: SetClock,
    shown: NameShown,
    name: bool,
    organisation: bool,
) -> None:
    table = make_table(installation, people=2)
    said = say(installation, table, table.actors[0])
    say(installation, table, table.actors[1], name_shown=shown)
    reply(installation, table, 1, said)
    morning(clock)
    replies.tick(installation)
    text = letter_to(installation, table, 0) or ""
    assert (table.round.people[1].name in text) is name
    with installation.database.read() as session:
        from_where = session.get_one(Invitation, table.round.people[1].invitation_id)
        firm = from_where.organisation_id
    assert (firm is not None and "Yhdistys" in text) is organisation
    assert ("Osallistuja" in text) is not organisation


def _withdrawn(installation: Installation, table: Table, said: str) -> None:
    contributions.withdraw(installation, now_actor(installation, table), said, new_id())


def _blind(installation: Installation, _table: Table, said: str) -> None:
    with installation.database.write() as session:
        session.get_one(Contribution, said).sharing = Sharing.NOBODY


def _left(installation: Installation, table: Table, _said: str) -> None:
    with installation.database.write() as session:
        invitation = session.get_one(Invitation, table.round.people[0].invitation_id)
        invitation.state = InvitationState.PASSED_ON


def _dead(installation: Installation, table: Table, _said: str) -> None:
    with installation.database.write() as session:
        session.execute(
            update(Address)
            .where(Address.person_id == person(table, 0))
            .values(state=AddressState.DEAD)
        )


def _refused(installation: Installation, table: Table, _said: str) -> None:
    actor = now_actor(installation, table)
    replies.choose_mail(installation, actor, False, new_id())


@pytest.mark.parametrize("change", [_withdrawn, _blind, _left, _dead, _refused])
@pytest.mark.parametrize("queued", [False, True])
def test_nobody_is_told_what_has_lost_its_point(
    installation: Installation, clock: SetClock, change: object, queued: bool
) -> None:
    table = make_table(installation, people=2)
    said = say(installation, table, table.actors[0])
    reply(installation, table, 1, said)
    morning(clock)
    if queued:
        assert replies.tick(installation) == 1
    change(installation, table, said)  # type: ignore[operator]
    if queued:
        assert letter_to(installation, table, 0) is None
    else:
        assert replies.tick(installation) == 0


def test_whoever_no_longer_sees_a_thread_is_not_told_of_it(
    installation: Installation, clock: SetClock
) -> None:
    """Where one reads after one's own words only, taking them back ends the reading."""
    table = make_table(installation, people=3, sharing=Sharing.AFTER_OWN)
    said = say(installation, table, table.actors[0])
    own = say(installation, table, table.actors[1])
    say(installation, table, table.actors[2])
    reply(installation, table, 1, said)
    clock.advance(minutes=1)
    reply(installation, table, 2, said)
    morning(clock)
    assert replies.tick(installation) == 2
    contributions.withdraw(installation, now_actor(installation, table, 1), own, new_id())
    assert letter_to(installation, table, 1) is None
    assert letter_to(installation, table, 0) is not None


def test_the_last_evening_s_replies_are_told_after_the_round(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=2)
    said = say(installation, table, table.actors[0])
    reply(installation, table, 1, said)
    phases.close(installation, table.round.editor, table.round.phase_id, new_id())
    morning(clock)
    assert replies.tick(installation) == 1
    assert "Kierros on päättynyt." in (letter_to(installation, table, 0) or "")


def wanted(installation: Installation, table: Table, number: int = 0) -> bool:
    with installation.database.read() as session:
        return session.get_one(Invitation, table.round.people[number].invitation_id).reply_mail


def acts(installation: Installation, *which: Act) -> list[Act]:
    with installation.database.read() as session:
        rows = select(TraceRow.act).where(TraceRow.act.in_(which)).order_by(TraceRow.sequence)
        return list(session.scalars(rows))


def test_the_choice_is_kept_and_traced_once(installation: Installation) -> None:
    table = make_table(installation, people=2)
    actor = table.actors[0]
    request_id = new_id()
    for _press in range(2):
        replies.choose_mail(installation, actor, False, request_id)
    assert not wanted(installation, table)
    assert wanted(installation, table, 1)
    replies.refuse_mail(installation, actor.link_id or "")
    replies.choose_mail(installation, actor, True, new_id())
    assert wanted(installation, table)
    replies.refuse_mail(installation, actor.link_id or "")
    assert not wanted(installation, table)
    both = (Act.REPLY_MAIL_REFUSED, Act.REPLY_MAIL_WANTED)
    assert acts(installation, *both) == [both[0], both[1], both[0]]


def test_only_a_participant_chooses(installation: Installation) -> None:
    table = make_table(installation)
    assert Action.CHOOSE_MAIL.value == "choose-mail"
    stranger = Actor(table.round.editor.kind, person_id=table.round.editor.person_id)
    with pytest.raises(Refused):
        replies.choose_mail(installation, stranger, False, new_id())
    with pytest.raises(Refused):
        replies.refuse_mail(installation, new_id())


def test_of_two_parts_that_become_one_a_refusal_counts(installation: Installation) -> None:
    table = make_table(installation, people=2)
    replies.choose_mail(installation, table.actors[1], False, new_id())
    doubles.merge_persons(
        installation, table.round.editor, person(table, 0), person(table, 1), new_id()
    )
    assert not wanted(installation, table)
    replies.choose_mail(installation, now_actor(installation, table), True, new_id())
    replies.refuse_mail(installation, table.actors[1].link_id or "")
    assert not wanted(installation, table), "the letters of both go on refusing"


def test_mail_programs_find_the_address_that_refuses_in_one_line(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=2)
    said = say(installation, table, table.actors[0])
    reply(installation, table, 1, said)
    morning(clock)
    replies.tick(installation)
    written = write(installation, newest(installation, MessageKind.REPLIES))
    assert written is not None
    lines = written.content.decode().splitlines()
    line = next(one for one in lines if one.startswith("List-Unsubscribe:"))
    url = read_header(line.partition(": ")[2]).strip("<>")
    assert url in part(opened(written), "plain")
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
