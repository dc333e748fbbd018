"""Interviews: noted with consent, read by the person, mended as they ask, used or not used."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
    NameShown,
    TurnVisibility,
)
from reviewtool.domain.interviews import NoteMove, NoteState, NoteWish
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, ContributionVersion, Turn
from reviewtool.models.interviews import Interview
from reviewtool.models.messages import Message
from reviewtool.queries.interviews import (
    FullInterview,
    disputed_interviews,
    full_interview,
    interviews_of_phase,
    interviews_phase,
)
from reviewtool.queries.own_interviews import OwnInterview, own_interviews
from reviewtool.services import answers, interview_notes, interviews, phases
from tests.factories.interviews import (
    DAY,
    HELD,
    VILJA,
    MadeInterview,
    make_interview,
    note,
    note_on,
    person_of,
)
from tests.factories.mail import newest, opened, part, write
from tests.factories.texts import make_draft, reword
from tests.web.queries import count_queries


@pytest.fixture
def made(installation: Installation) -> MadeInterview:
    """Give an interview with two notes, which have been sent to its person."""
    made = make_interview(installation)
    interviews.send(installation, made.editor, made.id, new_id())
    return made


def full(installation: Installation, made: MadeInterview) -> FullInterview:
    with installation.database.read() as session:
        return full_interview(session, made.editor, made.bench.handbook.id, made.id)


def own(installation: Installation, person: Actor) -> OwnInterview:
    with installation.database.read() as session:
        (one,) = own_interviews(session, person)
        return one


def dispute(
    installation: Installation,
    made: MadeInterview,
    wish: NoteWish = NoteWish.CORRECT,
    words: str = "Sanoin kolme, en kaksi.",
) -> None:
    person = person_of(installation, made)
    interview_notes.dispute(installation, person, made.notes[0], wish, words, new_id())


def settle(
    installation: Installation,
    made: MadeInterview,
    move: NoteMove,
    words: str = "",
    reply: str = "",
    version: int = 1,
) -> None:
    interview_notes.settle(
        installation, made.editor, made.notes[0], move, version, words, reply, new_id()
    )


def mails(installation: Installation) -> int:
    with installation.database.read() as session:
        return (
            session.scalar(
                select(func.count())
                .select_from(Message)
                .where(Message.kind == MessageKind.INTERVIEW_NOTES)
            )
            or 0
        )


def test_a_note_is_the_persons_contribution_with_their_consent(
    installation: Installation, made: MadeInterview
) -> None:
    said = note_on(installation, made.bench.section_id, "koulutetut", "Myös kokeneet.")
    (note_id,) = interviews.add_notes(installation, made.editor, made.id, [said], new_id())
    with installation.database.read() as session:
        row = session.get_one(Contribution, note_id)
        assert (row.kind, row.channel) == (ContributionKind.INTERVIEW_NOTE, Channel.INTERVIEW)
        assert (row.quote, row.said_on) == ("koulutetut", DAY)
        assert (row.name_shown, row.publish_consent) == (NameShown.ORGANISATION, True)
        assert row.recorded_by_id == made.editor.person_id
        assert row.author_id == person_of(installation, made).person_id
    line = full(installation, made).line
    assert (line.name, line.organisation) == ("Vilja Virtanen", "Porvoon kaupunki")
    assert (line.notes, line.waiting, line.disputed) == (3, 3, 0)


def test_pressing_twice_notes_once_and_other_words_are_noted_beside(
    installation: Installation, made: MadeInterview
) -> None:
    request = new_id()
    first = note(made.bench.section_id, "Ensin näin.")
    for _press in range(2):
        interviews.add_notes(installation, made.editor, made.id, [first], request)
    other = note(made.bench.section_id, "Sitten näin.")
    interviews.add_notes(installation, made.editor, made.id, [other], request)
    words = [one.entry.words for one in full(installation, made).notes]
    assert words.count("Ensin näin.") == words.count("Sitten näin.") == 1


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (replace(HELD, held_on=DAY + timedelta(days=400)), Reason.DATES_WRONG),
        (replace(HELD, role="x" * 301), Reason.TOO_LONG),
    ],
)
def test_what_an_interview_cant_be(
    installation: Installation, made: MadeInterview, held: interviews.Held, reason: Reason
) -> None:
    with pytest.raises(Refused) as refused:
        interviews.hold(installation, made.editor, made.phase_id, VILJA, held, new_id())
    assert refused.value.reason is reason


def test_interviews_are_held_in_their_own_phases_only(
    installation: Installation, made: MadeInterview
) -> None:
    with pytest.raises(Refused):
        interviews.hold(installation, made.editor, made.bench.phase_id, VILJA, HELD, new_id())


def test_other_consent_follows_to_the_notes_and_asks_the_person_again(
    installation: Installation, made: MadeInterview
) -> None:
    interview_notes.confirm(installation, person_of(installation, made), made.id, new_id())
    named = replace(HELD, consent=NameShown.NAME, quotable=False)
    interviews.change(installation, made.editor, made.id, HELD, named, new_id())
    with installation.database.read() as session:
        row = session.get_one(Contribution, made.notes[0])
        assert (row.name_shown, row.publish_consent) == (NameShown.NAME, False)
        assert session.get_one(Interview, made.id).confirmed_at is None


def test_a_colleagues_change_is_not_overwritten(
    installation: Installation, made: MadeInterview
) -> None:
    first = replace(HELD, role="kehittämispäällikkö")
    interviews.change(installation, made.editor, made.id, HELD, first, new_id())
    second = replace(HELD, role="suunnittelija")
    with pytest.raises(Refused) as refused:
        interviews.change(installation, made.editor, made.id, HELD, second, new_id())
    assert refused.value.reason is Reason.EDIT_CONFLICT
    assert full(installation, made).line.role == "kehittämispäällikkö"


def test_nothing_is_sent_without_notes_or_an_address(installation: Installation) -> None:
    silent = make_interview(installation, words=())
    nowhere = make_interview(
        installation, bench=silent.bench, speaker=replace(VILJA, name="Ville Vuori", address="")
    )
    for made in (silent, nowhere):
        with pytest.raises(Refused):
            interviews.send(installation, made.editor, made.id, new_id())
    assert mails(installation) == 0


def test_the_person_reads_the_notes_and_says_that_they_are_right(
    installation: Installation, made: MadeInterview
) -> None:
    person = person_of(installation, made)
    seen = own(installation, person)
    assert [one.line.words for one in seen.notes] == [
        "Ryhmiä on kunnassa kaksi.",
        "Yhteystieto puuttuu.",
    ]
    assert seen.can_confirm
    interview_notes.confirm(installation, person, made.id, new_id())
    assert own(installation, person).confirmed_at is not None
    interviews.add_notes(
        installation, made.editor, made.id, [note(made.bench.section_id, "Lisää.")], new_id()
    )
    assert own(installation, person).can_confirm, "a new note is to be read too"


def test_what_is_disputed_waits_for_the_editors(
    installation: Installation, made: MadeInterview
) -> None:
    request, person = new_id(), person_of(installation, made)
    for _press in range(2):
        interview_notes.dispute(
            installation, person, made.notes[0], NoteWish.CORRECT, "Sanoin kolme.", request
        )
    first = full(installation, made).notes[0]
    assert first.state is NoteState.DISPUTED
    assert [(turn.words, turn.own) for turn in first.turns] == [("Sanoin kolme.", True)]
    with installation.database.read() as session:
        (turn,) = session.scalars(select(Turn)).all()
        assert turn.visibility is TurnVisibility.AUTHOR
        (waiting,) = disputed_interviews(session, made.editor, made.bench.handbook.id)
    assert (waiting.name, waiting.count) == ("Vilja Virtanen", 1)
    with pytest.raises(Refused):
        interview_notes.confirm(installation, person, made.id, new_id())


def test_a_correction_keeps_the_earlier_words_and_tells_the_person(
    installation: Installation, made: MadeInterview, clock: SetClock
) -> None:
    dispute(installation, made)
    clock.at += timedelta(hours=1)
    settle(installation, made, NoteMove.CORRECT, "Ryhmiä on kunnassa kolme.", "Korjattu, kiitos.")
    with installation.database.read() as session:
        row = session.get_one(Contribution, made.notes[0])
        assert (row.words, row.version) == ("Ryhmiä on kunnassa kolme.", 2)
        assert (row.name_shown, row.publish_consent) == (NameShown.ORGANISATION, True)
        (before,) = session.scalars(select(ContributionVersion)).all()
        assert before.content["words"] == "Ryhmiä on kunnassa kaksi."
        assert disputed_interviews(session, made.editor, made.bench.handbook.id) == ()
    letter = write(installation, newest(installation, MessageKind.INTERVIEW_NOTES))
    assert letter is not None
    text = part(opened(letter), "plain")
    assert "Ryhmiä on kunnassa kolme." in text
    assert "Korjattu, kiitos." in text
    assert "Yhteystieto puuttuu." not in text


def test_two_editors_dont_overwrite_each_others_correction(
    installation: Installation, made: MadeInterview
) -> None:
    dispute(installation, made)
    settle(installation, made, NoteMove.CORRECT, "Kolme.")
    with pytest.raises(Refused) as refused:
        settle(installation, made, NoteMove.CORRECT, "Neljä.")
    assert refused.value.reason is Reason.EDIT_CONFLICT


@pytest.mark.parametrize(
    ("move", "words", "reason"),
    [
        (NoteMove.CORRECT, "", Reason.EMPTY),
        (NoteMove.CORRECT, "Ryhmiä on kunnassa kaksi.", Reason.NO_CHANGE),
        (NoteMove.KEEP, "", Reason.REASON_MISSING),
    ],
)
def test_what_settles_nothing(
    installation: Installation, made: MadeInterview, move: NoteMove, words: str, reason: Reason
) -> None:
    dispute(installation, made)
    with pytest.raises(Refused) as refused:
        settle(installation, made, move, words)
    assert refused.value.reason is reason


def test_a_note_is_taken_out_only_as_its_person_asks_and_leaves_a_mark(
    installation: Installation, made: MadeInterview
) -> None:
    with pytest.raises(Refused):
        settle(installation, made, NoteMove.WITHDRAW)
    dispute(installation, made, NoteWish.WITHDRAW, "")
    settle(installation, made, NoteMove.WITHDRAW)
    with installation.database.read() as session:
        row = session.get_one(Contribution, made.notes[0])
        assert row.state is ContributionState.WITHDRAWN
        assert row.words == "Ryhmiä on kunnassa kaksi."
    assert full(installation, made).line.notes == 1
    with pytest.raises(Refused):
        dispute(installation, made)


def test_the_person_is_heard_after_the_phase_has_closed(
    installation: Installation, made: MadeInterview
) -> None:
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    phases.close(installation, made.editor, made.phase_id, new_id())
    dispute(installation, made)
    assert full(installation, made).line.disputed == 1


def test_nobody_else_reads_or_disputes_a_note(
    installation: Installation, made: MadeInterview
) -> None:
    other = make_interview(
        installation,
        bench=made.bench,
        speaker=replace(VILJA, name="Ville Vuori", address="ville@kunta.example.org"),
    )
    interviews.send(installation, other.editor, other.id, new_id())
    stranger = person_of(installation, other)
    assert {one.line.id for one in own(installation, stranger).notes} == set(other.notes)
    with pytest.raises(Refused):
        interview_notes.dispute(
            installation, stranger, made.notes[0], NoteWish.WITHDRAW, "", new_id()
        )
    with pytest.raises(Refused):
        interview_notes.confirm(installation, stranger, made.id, new_id())


def test_the_mark_is_told_with_the_next_draft(
    installation: Installation, made: MadeInterview
) -> None:
    person = person_of(installation, made)
    answers.mark_used(installation, made.editor, [made.notes[0]], True, new_id())
    answers.mark_used(installation, made.editor, [made.notes[1]], False, new_id(), "Ei kuulu.")
    assert [one.line.answer for one in own(installation, person).notes] == [None, None]
    reword(installation, made.editor, made.bench.section_id, "koulutetut", "kokeneet")
    make_draft(installation, made.editor, made.bench.handbook.id)
    told = [one.line.answer for one in own(installation, person).notes]
    assert [(one.kind, one.reason) for one in told if one] == [
        (AnswerKind.USED, ""),
        (AnswerKind.NOT_USED, "Ei kuulu."),
    ]
    line = full(installation, made).line
    assert (line.used, line.unused, line.waiting) == (1, 1, 0)


def test_lists_ask_the_same_for_few_and_for_many(
    installation: Installation, made: MadeInterview
) -> None:
    def asked() -> tuple[int, int, int]:
        numbers = []
        handbook_id, person = made.bench.handbook.id, person_of(installation, made)
        with installation.database.read() as session:
            phase = interviews_phase(session, made.editor, handbook_id, made.phase_id)
            for read in (
                lambda: interviews_of_phase(session, made.editor, phase),
                lambda: full_interview(session, made.editor, handbook_id, made.id),
                lambda: own_interviews(session, person),
            ):
                with count_queries(installation) as counted:
                    read()
                numbers.append(counted.number)
        return tuple(numbers)  # type: ignore[return-value]

    few = asked()
    words = tuple(f"Kirjaus {number}." for number in range(40))
    interviews.add_notes(
        installation, made.editor, made.id,
        [note(made.bench.section_id, one) for one in words], new_id(),
    )  # fmt: skip
    for number in range(5):
        speaker = replace(VILJA, name=f"Vieras {number}", address=f"v{number}@kunta.example.org")
        make_interview(installation, bench=made.bench, speaker=speaker)
    assert asked() == few == (1, 5, 3)
