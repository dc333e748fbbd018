"""Half-written words: their writer's alone, never overwritten silently, ended by being sent."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import SYSTEM, Actor
from reviewtool.domain.approvals import Capacity, Decision
from reviewtool.domain.contributions import ContributionKind, NameShown
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.unsent import kept
from reviewtool.domain.workshops import NEEDS_KEPT, Attendance
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from reviewtool.models.trace import TraceRow
from reviewtool.models.unsent import Unsent
from reviewtool.queries.ledger import LedgerFilter, all_rows
from reviewtool.queries.unsent import own_unsent
from reviewtool.services import reminders
from reviewtool.services.approvals import Wish, decide
from reviewtool.services.contributions import Submission, Words, submit
from reviewtool.services.meetings import Noted, say_from_meeting
from reviewtool.services.people import erase_person
from reviewtool.services.ticks import tick
from reviewtool.services.unsent import clear_unsent, discard_unsent, keep_unsent
from reviewtool.services.workshop_rooms import feature
from reviewtool.services.workshops import SignUp, forget_needs, sign_up
from tests.factories.approvals import approval_lines
from tests.factories.contributions import Table, make_table, say
from tests.factories.mail import open_post, opened, part, write
from tests.factories.people import link_actor
from tests.factories.rounds import make_round, plan_phase
from tests.factories.workshops import make_workshop, running

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


def test_approvers_have_theirs_and_a_decision_ends_them(
    installation: Installation, clock: SetClock
) -> None:
    approval = make_round(installation, key="approval", open_to_all=False)
    approver = link_actor(installation, approval.people[0])
    line = approval_lines(installation, approval.phase_id)[0]
    form, request_id = f"{line.section_id}:decision", new_id()
    typed = {"words": SECRET, "decision": "changes-requested"}
    assert keep_unsent(installation, approver, form, typed, "").mark
    with pytest.raises(Refused) as refused:
        keep_unsent(installation, approval.editor, form, typed, "")
    assert refused.value.reason is Reason.NOT_ALLOWED
    wish = Wish(line.section_id, line.text_hash, Decision.CHANGES_REQUESTED, SECRET)
    decide(
        installation, approver, [wish], capacity=Capacity.EXPERT, capacity_detail="",
        language="fi", request_id=request_id, form=form,
    )  # fmt: skip
    with installation.database.read() as session:
        assert own_unsent(session, approver) == []
    # A keeping that was on its way leaves nothing; another text's words stay.
    assert keep_unsent(installation, approver, form, typed, "", request_id).mark == ""
    keep_unsent(installation, approver, "decline", {"reason": "En ehdi"}, "")
    clock.advance(days=60)  # the round is over all that time
    assert clear_unsent(installation) == 1


def test_what_one_needs_in_a_workshop_goes_when_it_was_promised_to(
    installation: Installation, clock: SetClock
) -> None:
    workshop = make_workshop(installation, people=1)
    actor = link_actor(installation, workshop.people[0])
    keep_unsent(installation, actor, "attend", {"needs": "Induktiosilmukka"}, "")
    keep_unsent(installation, actor, "workshop:feature", {"words": SECRET}, "")
    clock.at = workshop.starts_at + timedelta(days=10)
    forget_needs(installation)
    assert forms(installation, actor) == {"attend", "workshop:feature"}
    clock.at = workshop.starts_at + NEEDS_KEPT + timedelta(days=1)
    forget_needs(installation)
    assert forms(installation, actor) == {"workshop:feature"}


def test_saying_something_in_the_room_or_of_the_minutes_ends_them(
    installation: Installation, clock: SetClock
) -> None:
    workshop, _groups = running(installation, clock, people=1)
    actor = link_actor(installation, workshop.people[0])
    for form in ("workshop:feature", "workshop:drop", "attend"):
        keep_unsent(installation, actor, form, {"words": SECRET, "needs": "x"}, "")
    feature(installation, actor, None, SECRET, new_id(), "workshop:feature")
    assert forms(installation, actor) == {"workshop:drop", "attend"}
    sign_up(installation, actor, SignUp(Attendance.COMES, "x"), new_id(), "attend")
    assert forms(installation, actor) == {"workshop:drop"}


def forms(installation: Installation, actor: Actor) -> set[str]:
    with installation.database.read() as session:
        return {line.form for line in own_unsent(session, actor)}


def test_all_that_a_meeting_said_is_kept_and_only_what_was_typed(
    installation: Installation, table: Table, clock: SetClock
) -> None:
    rows = {f"rows-{row}-words": f"Sanottiin {row}" for row in range(60)}
    how = {f"rows-{row}-how": "comment" for row in range(60)}
    typed = {**rows, **how, "hash-abc": "0" * 64}
    keep_unsent(installation, table.actors[0], "meeting", kept(typed.items()), "")
    with installation.database.read() as session:
        line = own_unsent(session, table.actors[0])[0]
    assert line.words == list(rows.values())
    assert "hash-abc" not in line.fields
    noted, draft_id = [Noted("", "Sanottiin 0")], table.round.draft_id
    say_from_meeting(
        installation, table.actors[0], draft_id, clock.now().date(), noted, new_id(),
        language="fi", name_shown=NameShown.ORGANISATION, form="meeting",
    )  # fmt: skip
    assert forms(installation, table.actors[0]) == set()
