"""What participants say: taken once, kept in every wording, refused kindly, never lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import (
    ContributionKind,
    ContributionState,
    NameShown,
    QuestionKind,
    QuestionScope,
    Sharing,
)
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.passages import Marked, Range, WholeLine
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import (
    Choice,
    Contribution,
    ContributionVersion,
    NothingToSay,
)
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.phases import Question
from reviewtool.models.trace import TraceRow
from reviewtool.services import choices, contributions, phases, questions, readiness
from reviewtool.services.contributions import Submission, Words
from reviewtool.text.layout import Kind, layout
from tests.factories.contributions import (
    Table,
    drafted,
    make_table,
    now_actor,
    say,
    stored,
)


def refusal_of(act: object, *arguments: object, **named: object) -> Reason:
    with pytest.raises(Refused) as refused:
        act(*arguments, **named)  # type: ignore[operator]
    return refused.value.reason


def acts(installation: Installation, object_id: str) -> Sequence[Act]:
    with installation.database.read() as session:
        return session.scalars(
            select(TraceRow.act).where(TraceRow.object_id == object_id).order_by(TraceRow.sequence)
        ).all()


def submit(
    installation: Installation,
    actor: Actor,
    table: Table,
    request_id: str | None = None,
    late: bool = False,
    **parts: object,
) -> str:
    parts.setdefault("kind", ContributionKind.COMMENT)
    parts.setdefault("words", Words("Hyvä teksti."))
    parts.setdefault("section_id", table.section_id)
    submission = Submission(**parts)  # type: ignore[arg-type]
    return contributions.submit(installation, actor, submission, request_id or new_id(), late=late)


def test_comment_keeps_the_words_it_is_about(installation: Installation) -> None:
    table = make_table(installation)
    made = stored(installation, say(installation, table, table.actors[0], quote="Mukaan voi tulla"))
    revision_id, text = drafted(installation, table, table.section_id)
    assert text[made.start : made.end] == made.quote == "Mukaan voi tulla"
    assert made.revision_id == revision_id
    assert made.prefix.endswith("kerran viikossa. ")
    assert made.suffix.startswith(" ilman ilmoittautumista")
    assert made.state is ContributionState.RECEIVED
    assert made.sharing is Sharing.EVERYONE
    assert made.organisation_id == table.actors[0].organisation_id
    assert acts(installation, made.id) == [Act.CONTRIBUTION_MADE]


def test_a_passage_comes_from_marked_words_or_a_whole_paragraph(
    installation: Installation,
) -> None:
    table = make_table(installation)
    marked = submit(installation, table.actors[0], table, place=Marked(1, 0, 1, 11))
    whole = submit(installation, table.actors[0], table, place=WholeLine(2))
    assert stored(installation, marked).quote == "Vertaistuki"
    assert stored(installation, whole).quote == "Ryhmä on avoin kaikille."
    gone = refusal_of(submit, installation, table.actors[0], table, place=WholeLine(99))
    outside = refusal_of(submit, installation, table.actors[0], table, place=Range(10, 10**6))
    assert gone is outside is Reason.PASSAGE_GONE


def test_numbers_run_through_the_handbook_and_the_first_word_is_the_coming_in(
    installation: Installation,
) -> None:
    table = make_table(installation)
    numbers = [
        stored(installation, say(installation, table, actor, words)).number
        for actor in table.actors
        for words in ("Yksi.", "Kaksi.")
    ]
    assert numbers == [1, 2, 3, 4]
    invitation_id = table.round.people[0].invitation_id
    with installation.database.read() as session:
        invitation = session.get_one(Invitation, invitation_id)
    assert invitation.state is InvitationState.CAME_IN
    assert invitation.came_in_at == installation.clock.now()
    assert acts(installation, invitation_id).count(Act.PERSON_CAME_IN) == 1


def test_a_double_press_says_it_once_and_other_words_edit(installation: Installation) -> None:
    table = make_table(installation)
    request_id = new_id()
    first = say(installation, table, table.actors[0], "Kerran.", request_id=request_id)
    again = say(installation, table, table.actors[0], "Kerran.", request_id=request_id)
    edited = say(installation, table, table.actors[0], "Korjattu.", request_id=request_id)
    assert first == again == edited
    made = stored(installation, first)
    assert (made.words, made.version) == ("Korjattu.", 2)
    with installation.database.read() as session:
        kept = session.scalars(select(ContributionVersion)).one()
        assert session.scalar(select(func.count(Contribution.id))) == 1
    assert kept.content["words"] == "Kerran."
    # Another person's form with the same id is another form.
    assert say(installation, table, table.actors[1], "Kerran.", request_id=request_id) != first


def test_a_form_sent_again_about_another_place_says_something_new(
    installation: Installation,
) -> None:
    """Whoever goes back and marks other words loses neither the first comment nor the second."""
    table = make_table(installation)
    actor, request_id = table.actors[0], new_id()
    first = say(
        installation, table, actor, "Epäselvä.", quote="Mukaan voi tulla", request_id=request_id
    )
    others = [
        say(installation, table, actor, "Epäselvä.", quote="kerran", request_id=request_id),
        say(installation, table, actor, "Epäselvä.", request_id=request_id),
        say(
            installation, table, actor, "Epäselvä.", request_id=request_id,
            quote="kerran viikossa", replacement="viikoittain",
        ),
        say(
            installation, table, actor, "Epäselvä.", request_id=request_id,
            section_id=table.round.texts.second,
        ),
    ]  # fmt: skip
    assert len({first, *others}) == 5
    assert stored(installation, first).version == 1


def test_a_suggestion_must_change_something(installation: Installation) -> None:
    table = make_table(installation)
    say_it = {"quote": "Mukaan voi tulla", "words": ""}
    same = refusal_of(
        say, installation, table, table.actors[0], replacement="Mukaan  voi tulla", **say_it
    )
    assert same is Reason.NO_CHANGE
    other = say(installation, table, table.actors[0], replacement="Mukaan pääsee", **say_it)
    deletion = say(installation, table, table.actors[0], replacement="", **say_it)
    assert stored(installation, other).replacement == "Mukaan pääsee"
    assert stored(installation, deletion).replacement == ""
    no_place = refusal_of(
        submit, installation, table.actors[0], table,
        kind=ContributionKind.SUGGESTION, words=Words(replacement="Uusi"),
    )  # fmt: skip
    assert no_place is Reason.TEXT_INVALID
    edit = refusal_of(
        contributions.edit, installation, table.actors[0], other,
        Words(replacement="Mukaan voi tulla"), new_id(),
    )  # fmt: skip
    assert edit is Reason.NO_CHANGE


def test_a_suggestion_stays_in_one_part_of_the_text(installation: Installation) -> None:
    table = make_table(installation)
    _revision, text = drafted(installation, table, table.section_id)
    parts = layout(text)
    last_point = [one for one in parts if one.kind is Kind.POINT][-1]
    first_line = next(one for one in parts if one.part == "body")
    across = Range(last_point.end - 5, first_line.start + 5)
    reason = refusal_of(
        submit, installation, table.actors[0], table, kind=ContributionKind.SUGGESTION,
        section_id=table.section_id, place=across, words=Words(replacement="Muut sanat"),
    )  # fmt: skip
    assert reason is Reason.ACROSS_PARTS
    comment = submit(
        installation, table.actors[0], table, kind=ContributionKind.COMMENT,
        section_id=table.section_id, place=across, words=Words(words="Tässä on toistoa."),
    )  # fmt: skip
    assert stored(installation, comment).start == across.start


def test_nothing_and_too_much_are_refused(installation: Installation) -> None:
    table = make_table(installation)
    assert refusal_of(say, installation, table, table.actors[0], "  ") is Reason.EMPTY
    assert refusal_of(say, installation, table, table.actors[0], "x" * 20_001) is Reason.TOO_LONG
    with installation.database.read() as session:
        assert session.scalar(select(func.count(Contribution.id))) == 0


def test_edit_and_withdraw_keep_what_was(installation: Installation) -> None:
    table = make_table(installation)
    actor, other = table.actors
    made = say(installation, table, actor, "Ensin näin.", quote="kerran viikossa")
    contributions.edit(installation, actor, made, Words("Sitten näin."), new_id())
    assert stored(installation, made).words == "Sitten näin."
    assert stored(installation, made).quote == "kerran viikossa"
    assert (
        refusal_of(contributions.edit, installation, other, made, Words("Toisen."), new_id())
        is Reason.NOT_FOUND
    )
    contributions.withdraw(installation, actor, made, new_id())
    contributions.withdraw(installation, actor, made, new_id())
    withdrawn = stored(installation, made)
    assert withdrawn.state is ContributionState.WITHDRAWN
    assert withdrawn.words == "Sitten näin."
    assert (
        refusal_of(contributions.edit, installation, actor, made, Words("Vielä."), new_id())
        is Reason.NOT_POSSIBLE_NOW
    )
    assert acts(installation, made) == [
        Act.CONTRIBUTION_MADE, Act.CONTRIBUTION_EDITED, Act.CONTRIBUTION_WITHDRAWN,
    ]  # fmt: skip


def test_after_the_last_day_words_come_as_late(installation: Installation, clock: SetClock) -> None:
    table = make_table(installation)
    made = say(installation, table, table.actors[0])
    clock.advance(days=22)
    actor = now_actor(installation, table)
    assert refusal_of(say, installation, table, actor) is Reason.ROUND_CLOSED
    assert (
        refusal_of(contributions.edit, installation, actor, made, Words("Muu."), new_id())
        is Reason.ROUND_CLOSED
    )
    late = say(installation, table, actor, "Ehdinkö vielä?", late=True)
    assert stored(installation, late).state is ContributionState.LATE
    assert stored(installation, late).number == 2


def test_a_text_that_was_never_frozen_or_is_elsewhere_takes_nothing(
    installation: Installation,
) -> None:
    table = make_table(installation)
    other = make_table(installation)
    elsewhere = refusal_of(say, installation, other, table.actors[0])
    assert elsewhere is Reason.NOT_FOUND
    assert (
        refusal_of(submit, installation, table.actors[0], table, revision_id=new_id())
        is Reason.NOT_FOUND
    )


def test_nothing_to_say_is_an_answer_until_something_is_said(installation: Installation) -> None:
    table = make_table(installation)
    actor = table.actors[0]

    def rows() -> int:
        with installation.database.read() as session:
            return session.scalar(select(func.count(NothingToSay.id))) or 0

    readiness.say_nothing(installation, actor, table.section_id)
    readiness.say_nothing(installation, actor, table.section_id)
    assert rows() == 1
    say(installation, table, actor)
    assert rows() == 0
    assert (
        refusal_of(readiness.say_nothing, installation, actor, table.section_id)
        is Reason.NOT_POSSIBLE_NOW
    )
    readiness.say_nothing(installation, actor, table.round.texts.second)
    readiness.unsay_nothing(installation, actor, table.round.texts.second)
    assert rows() == 0


def test_ready_mails_one_receipt_and_can_be_undone(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation)
    actor = table.actors[0]

    def receipts() -> list[Message]:
        with installation.database.read() as session:
            return list(session.scalars(select(Message).where(Message.kind == MessageKind.RECEIPT)))

    readiness.say_ready(installation, actor)
    readiness.say_ready(installation, actor)
    assert [message.context for message in receipts()] == [
        {"invitation": actor.invitation_id, "link": actor.link_id}
    ]
    say(installation, table, actor, "Vielä tämä.")
    with installation.database.read() as session:
        invitation = session.get_one(Invitation, actor.invitation_id)
        assert invitation.state is InvitationState.READY
    clock.advance(minutes=5)
    readiness.undo_ready(installation, actor)
    readiness.say_ready(installation, actor)
    assert len(receipts()) == 2


def ask(installation: Installation, table: Table) -> dict[str, str]:
    """Give the round's template questions of sections by kind, adding what is missing."""
    editor, phase_id = table.round.editor, table.round.phase_id
    made = {}
    for kind, options in (
        (QuestionKind.CHOICE, [{"fi": "Kyllä"}, {"fi": "Ei"}]),
        (QuestionKind.FREE, []),
    ):
        made[kind.value] = questions.ask(
            installation, editor, phase_id,
            questions.QuestionWords(
                kind, QuestionScope.SECTION, {"fi": f"Kysymys {kind.value}?"}, options
            ),
            new_id(),
        )  # fmt: skip
    return made


def test_an_answer_in_a_reopened_round_is_in_time_whatever_came_late_before(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation)
    asked = ask(installation, table)

    def answer(words: str, *, late: bool = False) -> None:
        choices.answer_questions(
            installation,
            now_actor(installation, table),
            choices.Answers(section_id=table.section_id, words={asked["free"]: words}),
            late=late,
        )

    clock.advance(days=22)
    answer("Myöhässä.", late=True)
    answer("Myöhässä.", late=True)
    editor, phase_id = table.round.editor, table.round.phase_id
    phases.close(installation, editor, phase_id, new_id())
    last = local_day(clock.now(), "Europe/Helsinki") + timedelta(days=7)
    phases.reopen(installation, editor, phase_id, last, "Moni pyysi.", new_id())
    answer("Nyt ajoissa.")
    answer("Nyt ajoissa, korjattuna.")

    with installation.database.read() as session:
        rows = session.scalars(select(Contribution).order_by(Contribution.number)).all()
    assert [(row.state, row.words) for row in rows] == [
        (ContributionState.LATE, "Myöhässä."),
        (ContributionState.RECEIVED, "Nyt ajoissa, korjattuna."),
    ]


def test_answers_to_questions_are_figures_and_contributions(installation: Installation) -> None:
    table = make_table(installation)
    actor = table.actors[0]
    asked = ask(installation, table)

    def answer(option: int | None, words: str) -> None:
        choices.answer_questions(
            installation,
            actor,
            choices.Answers(
                section_id=table.section_id,
                options={asked["choice"]: option},
                words={asked["free"]: words},
                name_shown=NameShown.NAME,
            ),
        )

    answer(0, "Kyllä ymmärtää.")
    answer(1, "Kyllä ymmärtää.")
    answer(1, "Melkein kaiken.")
    with installation.database.read() as session:
        choice = session.scalars(select(Choice)).one()
        said = session.scalars(select(Contribution)).one()
        assert session.scalar(select(func.count(Question.id))) is not None
    assert (choice.question_id, choice.option) == (asked["choice"], 1)
    assert said.kind is ContributionKind.QUESTION_ANSWER
    assert (said.words, said.version, said.question_id) == ("Melkein kaiken.", 2, asked["free"])
    answer(None, "")
    with installation.database.read() as session:
        assert session.scalars(select(Choice)).all() == []
        assert session.scalars(select(Contribution)).one().words == "Melkein kaiken."
    with pytest.raises(Refused):
        answer(7, "")
