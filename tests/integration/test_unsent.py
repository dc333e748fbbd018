"""Half-written words: their writer's alone, never overwritten silently, ended by being sent."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import SYSTEM
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from reviewtool.models.trace import TraceRow
from reviewtool.models.unsent import Unsent
from reviewtool.queries.ledger import LedgerFilter, all_rows
from reviewtool.queries.unsent import own_unsent
from reviewtool.services import reminders
from reviewtool.services.contributions import Submission, Words, submit
from reviewtool.services.people import erase_person
from reviewtool.services.ticks import tick
from reviewtool.services.unsent import clear_unsent, discard_unsent, keep_unsent
from tests.factories.contributions import Table, make_table, say
from tests.factories.mail import open_post, opened, part, write
from tests.factories.rounds import plan_phase

SECRET = "Salainen keskeneräinen ajatus"


@pytest.fixture
def table(installation: Installation) -> Table:
    return make_table(installation)


def keep(
    installation: Installation, table: Table, words: str, mark: str = "", person: int = 0
) -> tuple[str, dict[str, str] | None]:
    form = f"{table.section_id}:box"
    done = keep_unsent(installation, table.actors[person], form, {"words": words}, mark)
    return done.mark, dict(done.other) if done.other is not None else None


def standing(installation: Installation, table: Table, person: int = 0) -> list[str]:
    with installation.database.read() as session:
        return [line.fields["words"] for line in own_unsent(session, table.actors[person])]


def test_only_the_writer_reads_them(installation: Installation, table: Table) -> None:
    with installation.database.read() as session:
        traced = len(session.scalars(select(TraceRow.id)).all())
    keep(installation, table, SECRET)
    editor = table.round.editor
    with installation.database.read() as session:
        assert own_unsent(session, table.actors[1]) == []
        assert own_unsent(session, editor) == []
        handbook_id = table.actors[0].handbook_id or ""
        assert all_rows(session, editor, handbook_id, "fi", LedgerFilter()) == []
        assert len(session.scalars(select(TraceRow.id)).all()) == traced
    assert standing(installation, table) == [SECRET]
    with pytest.raises(Refused) as refused:
        keep_unsent(installation, editor, f"{table.section_id}:box", {"words": "x"}, "")
    assert refused.value.reason is Reason.NOT_ALLOWED


def test_words_of_another_tab_come_back_and_stay(installation: Installation, table: Table) -> None:
    first, _other = keep(installation, table, "Ensimmäisestä välilehdestä")
    mark, other = keep(installation, table, "Toisesta välilehdestä")
    assert (mark, other) == (first, {"words": "Ensimmäisestä välilehdestä"})
    assert standing(installation, table) == ["Ensimmäisestä välilehdestä"]
    later, none = keep(installation, table, "Valittu teksti", mark)  # by the person's choice
    assert none is None
    assert later != first
    assert standing(installation, table) == ["Valittu teksti"]


def test_being_sent_ends_them_and_a_keeping_on_its_way_leaves_nothing(
    installation: Installation, table: Table
) -> None:
    form, request_id = f"{table.section_id}:box", new_id()
    keep(installation, table, "Lähtevät sanat")
    said = Submission(
        ContributionKind.COMMENT, Words("Lähtevät sanat"), section_id=table.section_id, form=form
    )
    submit(installation, table.actors[0], said, request_id)
    assert standing(installation, table) == []
    late = keep_unsent(
        installation, table.actors[0], form, {"words": "Lähtevät sanat"}, "", request_id
    )
    assert late.mark == ""
    assert standing(installation, table) == []


def test_what_holds_no_words_is_not_kept(installation: Installation, table: Table) -> None:
    actor, form = table.actors[0], f"{table.section_id}:say"
    opened = {"quote": "kerran viikossa", "replacement": "kerran viikossa", "kind": "suggestion"}
    assert keep_unsent(installation, actor, form, opened, "").mark == ""
    mark = keep_unsent(installation, actor, form, {**opened, "replacement": ""}, "").mark
    assert mark  # taking words out is a proposal
    keep_unsent(installation, actor, form, opened, mark)
    with installation.database.read() as session:
        assert own_unsent(session, actor) == []
    for other in ("../x", "toinen:box", ""):
        with pytest.raises(Refused):
            keep_unsent(installation, actor, other, {"words": "x"}, "")
    with pytest.raises(Refused) as refused:
        keep_unsent(installation, actor, form, {"words": "x" * 200_000}, "")
    assert refused.value.reason is Reason.TOO_LONG


def test_they_go_with_the_person_by_hand_and_a_month_after_the_round(
    installation: Installation, table: Table, clock: SetClock
) -> None:
    keep(installation, table, SECRET)
    keep(installation, table, "Toisen", person=1)
    discard_unsent(installation, table.actors[1], f"{table.section_id}:box")
    assert standing(installation, table, 1) == []
    keep(installation, table, "Toisen taas", person=1)
    erase_person(installation, SYSTEM, table.actors[1].person_id or "")
    with installation.database.read() as session:
        assert session.scalars(select(Unsent.invitation_id)).all() == [
            table.actors[0].invitation_id
        ]
    clock.advance(days=30)  # nine days after the round's end
    tick(installation)
    assert clear_unsent(installation) == 0
    clock.at += timedelta(days=23)
    assert clear_unsent(installation) == 1
    assert clear_unsent(installation) == 0
    assert standing(installation, table) == []


def test_a_reminder_names_the_place_and_never_a_word(
    installation: Installation, clock: SetClock
) -> None:
    table = open_post(installation, people=2)
    say(installation, table, table.actors[0], "Ensimmäinen kommentti.")
    keep(installation, table, SECRET)
    keep_unsent(installation, table.actors[0], "whole:box", {"words": SECRET}, "")
    plan_phase(installation, table.round.editor, table.round.phase_id, reminder_days=(3,))
    clock.at = datetime.combine(table.round.closes_on - timedelta(days=3), time(7), UTC)
    reminders.tick(installation)
    with installation.database.read() as session:
        message_id = session.scalars(
            select(Message.id).where(
                Message.kind == MessageKind.REMINDER,
                Message.person_id == table.actors[0].person_id,
            )
        ).one()
    letter = write(installation, message_id, "fi")
    assert letter is not None
    words = part(opened(letter), "plain")
    assert "Näissä kohdissa on keskeneräinen teksti" in words
    assert "Koko käsikirja" in words
    assert "kommentoimatta" in words
    assert SECRET not in str(letter.content)
