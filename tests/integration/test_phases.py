"""Planning, opening, extending, closing and reopening phases; by hand and by date."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from reviewtool.domain.contributions import QuestionKind, QuestionScope, Sharing
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseMove, PhaseState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase, PhaseChange, Question
from reviewtool.models.trace import TraceRow
from reviewtool.services import phases, questions
from tests.factories.handbooks import make_editor, make_handbook
from tests.factories.people import link_actor, make_person
from tests.factories.rounds import make_round, plan_phase, present_plan
from tests.factories.texts import make_draft, reword


def phase_of(installation: Installation, phase_id: str) -> Phase:
    with installation.database.read() as session:
        return session.get_one(Phase, phase_id)


def mails(installation: Installation, kind: MessageKind) -> list[Message]:
    with installation.database.read() as session:
        return list(session.scalars(select(Message).where(Message.kind == kind)))


def acts(installation: Installation, phase_id: str) -> list[Act]:
    with installation.database.read() as session:
        rows = select(TraceRow.act).where(TraceRow.object_id == phase_id)
        return list(session.scalars(rows.order_by(TraceRow.sequence)))


def refusal(call: object, *arguments: object, **named: object) -> Refused:
    with pytest.raises(Refused) as refused:
        call(*arguments, **named)  # type: ignore[operator]
    return refused.value


def test_opening_freezes_what_it_looks_at_and_asks_everybody_once(
    installation: Installation,
) -> None:
    made = make_round(installation, people=3)
    phase = phase_of(installation, made.phase_id)
    assert phase.state is PhaseState.OPEN
    assert phase.draft_id == made.draft_id
    assert phase.opens_on == date(2026, 9, 14)
    sent = mails(installation, MessageKind.INVITATION)
    assert {mail.person_id for mail in sent} == {person.id for person in made.people}
    with installation.database.read() as session:
        links = {link.id: link for link in session.scalars(select(Link))}
        states = set(session.scalars(select(Invitation.state)))
    assert states == {InvitationState.INVITED}
    for mail in sent:
        assert links[mail.context["link"]].person_id == mail.person_id
        assert links[mail.context["link"]].invitation_id == mail.context["invitation"]
    assert acts(installation, made.phase_id) == [Act.PHASE_PLANNED, Act.PHASE_OPENED]


def test_a_double_press_opens_once(installation: Installation) -> None:
    made = make_round(installation, people=1, opened=False)
    for _ in range(2):
        phases.open_phase(installation, made.editor, made.phase_id, "the-same-form")
    assert len(mails(installation, MessageKind.INVITATION)) == 1
    again = refusal(phases.open_phase, installation, made.editor, made.phase_id, "another-form")
    assert again.reason is Reason.ALREADY_DONE


def test_a_refused_opening_lists_all_that_is_missing(installation: Installation) -> None:
    handbook = make_handbook(installation)
    phase_id = handbook.phases["coordinators-round"]
    refused = refusal(phases.open_phase, installation, handbook.administrator, phase_id, new_id())
    assert [missing.reason for missing in refused.missing] == [
        Reason.DRAFT_MISSING,
        Reason.DATES_MISSING,
        Reason.PEOPLE_MISSING,
    ]
    assert phase_of(installation, phase_id).state is PhaseState.PLANNED


def test_workshops_and_interviews_open_and_close_without_mail(installation: Installation) -> None:
    handbook = make_handbook(installation)
    for key in ("workshop-ngos", "interviews"):
        phase_id = handbook.phases[key]
        phases.open_phase(installation, handbook.administrator, phase_id, new_id())
        phases.close(installation, handbook.administrator, phase_id, new_id())
        assert phase_of(installation, phase_id).state is PhaseState.CLOSED
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_a_round_may_look_at_an_earlier_draft_but_at_no_other_handbooks(
    installation: Installation,
) -> None:
    made = make_round(installation, opened=False)
    reword(installation, made.editor, made.texts.first, "vapaaehtoiset", "ohjaajat")
    newer = make_draft(installation, made.editor, made.handbook.id)
    other = make_round(installation, opened=False)
    strange = refusal(
        phases.open_phase,
        installation, made.editor, made.phase_id, new_id(), draft_id=other.draft_id,
    )  # fmt: skip
    assert strange.reason is Reason.DRAFT_MISSING
    phases.open_phase(installation, made.editor, made.phase_id, new_id(), draft_id=made.draft_id)
    assert phase_of(installation, made.phase_id).draft_id == made.draft_id != newer


def test_who_may_not_run_the_process_opens_nothing(installation: Installation) -> None:
    made = make_round(installation, opened=False)
    stranger = make_editor(installation, make_handbook(installation).id)
    refused = refusal(phases.open_phase, installation, stranger, made.phase_id, new_id())
    assert refused.reason is Reason.NOT_ALLOWED


def test_promises_stand_once_a_round_is_open(installation: Installation) -> None:
    made = make_round(installation, sharing=Sharing.NOBODY)
    plan_phase(
        installation, made.editor, made.phase_id,
        sharing=Sharing.EVERYONE, open_to_all=False, closes_on=made.closes_on - timedelta(days=7),
        responsible_name="Katri Vainiola",
    )  # fmt: skip
    phase = phase_of(installation, made.phase_id)
    assert (phase.sharing, phase.open_to_all) == (Sharing.NOBODY, True)
    assert phase.closes_on == made.closes_on
    assert phase.responsible_name == "Katri Vainiola"


def test_two_editors_planning_at_once(installation: Installation) -> None:
    made = make_round(installation, opened=False)
    seen = present_plan(installation, made.phase_id)
    plan_phase(installation, made.editor, made.phase_id, responsible_name="Ensimmäinen")
    late = replace(seen, responsible_name="Toinen")
    refused = refusal(phases.plan, installation, made.editor, made.phase_id, late, new_id())
    assert refused.reason is Reason.EDIT_CONFLICT
    assert phase_of(installation, made.phase_id).responsible_name == "Ensimmäinen"


def test_extending_tells_those_who_can_still_answer(installation: Installation) -> None:
    made = make_round(installation, people=3)
    with installation.database.write() as session:
        for person, state in zip(
            made.people,
            (InvitationState.READY, InvitationState.DECLINED, InvitationState.CAME_IN),
            strict=True,
        ):
            session.get_one(Invitation, person.invitation_id).state = state
    later = made.closes_on + timedelta(days=7)
    for _ in range(2):
        phases.extend(installation, made.editor, made.phase_id, later, "Lomat", "same-form")
    assert phase_of(installation, made.phase_id).closes_on == later
    assert [mail.person_id for mail in mails(installation, MessageKind.EXTENDED)] == [
        made.people[2].id
    ]
    phases.extend(installation, made.editor, made.phase_id, later + timedelta(days=1), "", new_id())
    assert len(mails(installation, MessageKind.EXTENDED)) == 2


def test_a_last_day_only_moves_forward(installation: Installation) -> None:
    made = make_round(installation)
    for day in (made.closes_on, made.closes_on - timedelta(days=1)):
        refused = refusal(
            phases.extend, installation, made.editor, made.phase_id, day, "", new_id()
        )
        assert refused.reason is Reason.DATES_WRONG


def test_closing_takes_writing_away_and_leaves_reading(installation: Installation) -> None:
    made = make_round(installation)
    assert link_actor(installation, made.people[0]).writable
    phases.close(installation, made.editor, made.phase_id, new_id())
    assert not link_actor(installation, made.people[0]).writable
    assert phase_of(installation, made.phase_id).closed_at == installation.clock.now()


def test_reopening_needs_a_reason_and_a_day_and_tells_everybody_who_takes_part(
    installation: Installation,
) -> None:
    made = make_round(installation, people=2)
    with installation.database.write() as session:
        invitation = session.get_one(Invitation, made.people[0].invitation_id)
        invitation.state = InvitationState.READY
    phases.close(installation, made.editor, made.phase_id, new_id())
    day = made.closes_on
    for closes_on, reason, expected in (
        (day, "  ", Reason.REASON_MISSING),
        (None, "Pyynnöstä", Reason.DATES_MISSING),
        (date(2026, 9, 1), "Pyynnöstä", Reason.DATES_WRONG),
    ):
        refused = refusal(
            phases.reopen,
            installation, made.editor, made.phase_id, closes_on, reason, new_id(),
        )  # fmt: skip
        assert refused.reason is expected
    phases.reopen(installation, made.editor, made.phase_id, day, "Pyynnöstä", new_id())
    assert phase_of(installation, made.phase_id).state is PhaseState.OPEN
    assert phase_of(installation, made.phase_id).closed_at is None
    assert len(mails(installation, MessageKind.EXTENDED)) == 2
    with installation.database.read() as session:
        change = session.scalars(
            select(PhaseChange).where(PhaseChange.move == PhaseMove.REOPEN)
        ).one()
    assert change.reason == "Pyynnöstä"


def test_phases_open_and_close_on_their_days(installation: Installation, clock: SetClock) -> None:
    made = make_round(installation, people=1, opened=False)
    opens, closes = date(2026, 9, 20), date(2026, 10, 25)  # summer time ends that day
    plan_phase(installation, made.editor, made.phase_id, opens_on=opens, closes_on=closes)
    assert phases.tick(installation).opened == ()
    clock.at = datetime(2026, 9, 19, 21, 0, tzinfo=UTC)  # midnight in Helsinki
    assert phases.tick(installation).opened == (made.phase_id,)
    assert phases.tick(installation).opened == ()
    assert len(mails(installation, MessageKind.INVITATION)) == 1
    clock.at = datetime(2026, 10, 25, 21, 59, tzinfo=UTC)
    assert phases.tick(installation).closed == ()
    clock.at = datetime(2026, 10, 25, 23, 30, tzinfo=UTC)
    assert not link_actor(installation, made.people[0]).writable
    assert phases.tick(installation).closed == (made.phase_id,)
    assert phases.tick(installation).closed == ()
    end = datetime(2026, 10, 25, 22, 0, tzinfo=UTC)
    assert phase_of(installation, made.phase_id).closed_at == end


def test_a_day_that_comes_before_everything_is_ready_opens_nothing(
    installation: Installation, clock: SetClock
) -> None:
    handbook = make_handbook(installation)
    phase_id = handbook.phases["coordinators-round"]
    plan_phase(
        installation, handbook.administrator, phase_id,
        opens_on=date(2026, 9, 15), closes_on=date(2026, 10, 1),
    )  # fmt: skip
    clock.advance(days=2)
    assert phases.tick(installation).blocked == (phase_id,)
    assert phase_of(installation, phase_id).state is PhaseState.PLANNED


def test_many_people_are_asked_in_few_statements(installation: Installation) -> None:
    made = make_round(installation, people=0, opened=False)
    for number in range(40):
        make_person(installation, made.editor, made.phase_id, f"Henkilö {number}")
    statements = count_statements(installation)
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    assert len(mails(installation, MessageKind.INVITATION)) == 40
    assert len(statements) < 40


def count_statements(installation: Installation) -> list[str]:
    """Collect the statements that go to the database from now on."""
    seen: list[str] = []
    event.listen(
        installation.database.writing,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_rest: seen.append(statement),
    )
    return seen


def question(**changes: object) -> questions.QuestionWords:
    usual: dict[str, object] = {
        "kind": QuestionKind.CHOICE,
        "scope": QuestionScope.SECTION,
        "words": {"fi": "Onko teksti ymmärrettävä?"},
        "options": [{"fi": "kyllä"}, {"fi": "ei"}],
    }
    return questions.QuestionWords(**{**usual, **changes})  # type: ignore[arg-type]


def test_questions_are_asked_reworded_and_taken_back(installation: Installation) -> None:
    made = make_round(installation, key="coordinators-round", opened=False)
    ids = {
        questions.ask(installation, made.editor, made.phase_id, question(), "one-form")
        for _ in range(2)
    }
    (question_id,) = ids
    more = question(words={"fi": "Onko teksti hyödyllinen?"})
    another = questions.ask(installation, made.editor, made.phase_id, more, "one-form")
    assert another != question_id, "other words are never passed over"
    free = question(kind=QuestionKind.FREE, options=[], words={"fi": "Miksi?", "sv": "Varför?"})
    questions.reword(installation, made.editor, question_id, free)
    with installation.database.read() as session:
        row = session.get_one(Question, question_id)
        assert (row.kind, row.options, row.words["sv"]) == (QuestionKind.FREE, [], "Varför?")
    for _ in range(2):
        questions.take_back(installation, made.editor, question_id)
    with installation.database.read() as session:
        assert session.get(Question, question_id) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"words": {"fi": "  "}},
        {"options": [{"fi": "vain yksi"}]},
        {"words": {"fi": "x" * 501}},
        {"kind": QuestionKind.FREE},
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    installation: Installation, changes: dict[str, object]
) -> None:
    handbook = make_handbook(installation)
    phase_id = handbook.phases["ngo-round"]
    refusal(
        questions.ask,
        installation, handbook.administrator, phase_id, question(**changes), new_id(),
    )  # fmt: skip
