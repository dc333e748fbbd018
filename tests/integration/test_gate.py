"""The freeze is refused while anything is open, and checks the evidence once more (rule 3)."""

import pytest
from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import ContributionKind, ContributionState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase
from reviewtool.queries.answers import phases_ahead
from reviewtool.services import answers
from reviewtool.services._gate import open_items
from reviewtool.services.answers import Answering
from reviewtool.services.drafts import before_freeze, freeze_draft
from reviewtool.services.sections import undo_revision
from tests.factories.answers import MadeBench, answer, make_bench, said, suggested, take
from tests.factories.texts import make_section, reword


@pytest.fixture
def bench(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft."""
    return make_bench(installation)


def still_open(installation: Installation, bench: MadeBench) -> tuple[Missing, ...]:
    with installation.database.read() as session:
        return open_items(session, bench.handbook.id)


def freeze(installation: Installation, bench: MadeBench) -> str:
    return freeze_draft(installation, bench.editor, bench.handbook.id).id


def test_what_has_no_answer_blocks_by_section_and_for_the_whole(
    installation: Installation, bench: MadeBench
) -> None:
    said(installation, bench)
    said(installation, bench)
    said(installation, bench, whole=True)
    shown = {(one.kind, one.count) for one in still_open(installation, bench)}
    assert shown == {("section", 2), ("handbook", 1)}
    with pytest.raises(Refused) as refused:
        freeze(installation, bench)
    assert refused.value.reason is Reason.UNANSWERED


def test_deferred_blocks_from_when_its_phase_opens(
    installation: Installation, bench: MadeBench
) -> None:
    phase_id = bench.handbook.phases["coordinators-round"]
    one = said(installation, bench)
    answer(installation, bench, [one], AnswerKind.DEFERRED, "", phase_id=phase_id)
    assert still_open(installation, bench) == ()
    with installation.database.write() as session:
        session.get_one(Phase, phase_id).state = PhaseState.OPEN
    assert len(still_open(installation, bench)) == 1
    answers.revise(
        installation, bench.editor, one, Answering(AnswerKind.NOT_TAKEN, "Ei nyt."), 1, new_id()
    )
    assert still_open(installation, bench) == ()


def set_state(installation: Installation, bench: MadeBench, key: str, state: PhaseState) -> None:
    with installation.database.write() as session:
        session.get_one(Phase, bench.handbook.phases[key]).state = state


def test_only_what_is_ahead_can_be_returned_to_and_what_was_left_behind_is_open_again(
    installation: Installation, bench: MadeBench
) -> None:
    def ahead() -> list[str]:
        keys = {phase_id: key for key, phase_id in bench.handbook.phases.items()}
        with installation.database.read() as session:
            offered = phases_ahead(session, bench.editor, bench.handbook.id)
        return [keys[phase_id] for phase_id, _title in offered]

    set_state(installation, bench, "ngo-round", PhaseState.CLOSED)
    # Draft 2 is being written now; the workshops before the round were never held.
    assert ahead() == ["coordinators-round", "interviews", "final", "approval", "publication"]
    one = said(installation, bench)
    behind = bench.handbook.phases["workshop-ngos"]
    with pytest.raises(Refused) as refused:
        answer(installation, bench, [one], AnswerKind.DEFERRED, "", phase_id=behind)
    assert refused.value.reason is Reason.PHASE_MISSING
    interviews = bench.handbook.phases["interviews"]
    answer(installation, bench, [one], AnswerKind.DEFERRED, "", phase_id=interviews)
    assert still_open(installation, bench) == ()
    set_state(installation, bench, "approval", PhaseState.OPEN)
    assert ahead() == ["publication"]
    assert len(still_open(installation, bench)) == 1


def test_what_was_deferred_is_answered_with_others_at_once_and_its_author_is_told(
    installation: Installation, bench: MadeBench
) -> None:
    one = said(installation, bench, "Kommentti", address="outi@example.org")
    answer(
        installation, bench, [one], AnswerKind.DEFERRED, "",
        phase_id=bench.handbook.phases["coordinators-round"],
    )  # fmt: skip
    freeze(installation, bench)
    set_state(installation, bench, "coordinators-round", PhaseState.OPEN)
    other = said(installation, bench, "Toinen", name="Eino", address="eino@example.org")
    answer(installation, bench, [one, other])
    draft_id = freeze(installation, bench)
    with installation.database.read() as session:
        mails = session.scalars(select(Message).where(Message.kind == MessageKind.ANSWERS)).all()
        rows = session.scalars(select(Answer)).all()
    told = [mail.person_id for mail in mails if mail.context["draft"] == draft_id]
    assert len(told) == 2
    assert {(row.kind, row.published_draft_id) for row in rows} == {
        (AnswerKind.NOT_TAKEN, draft_id)
    }
    with pytest.raises(Refused) as refused:
        answer(installation, bench, [one])
    assert refused.value.reason is Reason.ALREADY_DONE


def test_a_round_without_a_change_of_text_still_gets_its_answers_together(
    installation: Installation, bench: MadeBench
) -> None:
    with pytest.raises(Refused) as refused:
        freeze(installation, bench)
    assert refused.value.reason is Reason.NOTHING_TO_FREEZE
    one = said(installation, bench, address="outi@example.org")
    answer(installation, bench, [one])
    with installation.database.read() as session:
        ready = before_freeze(session, bench.editor, bench.handbook.id)
    assert (ready.answers, ready.mails) == (1, 1)
    freeze(installation, bench)
    with installation.database.read() as session:
        sent = session.scalars(select(Message).where(Message.kind == MessageKind.ANSWERS)).all()
    assert len(sent) == 1


def test_moved_blocks_in_its_new_section_until_answered_there(
    installation: Installation, bench: MadeBench
) -> None:
    other = make_section(installation, bench.editor, bench.handbook.id, "Toinen teksti")
    one = said(installation, bench)
    answer(installation, bench, [one], AnswerKind.MOVED, "", section_id=other)
    (item,) = still_open(installation, bench)
    assert item.id == other
    answers.revise(
        installation, bench.editor, one, Answering(AnswerKind.NOTED, "Kiitos."), 1, new_id()
    )
    assert still_open(installation, bench) == ()


def test_together_with_waits_for_the_other(installation: Installation, bench: MadeBench) -> None:
    one, other = said(installation, bench), said(installation, bench)
    answer(installation, bench, [one], AnswerKind.TOGETHER_WITH, "", other_id=other)
    assert still_open(installation, bench)[0].count == 2
    with installation.database.write() as session:
        session.get_one(Contribution, other).state = ContributionState.WITHDRAWN
    assert still_open(installation, bench)[0].count == 1


def test_features_block_until_marked_and_late_ones_when_admitted(
    installation: Installation, bench: MadeBench
) -> None:
    feature = said(installation, bench, kind=ContributionKind.FEATURE)
    late = said(installation, bench)
    with installation.database.write() as session:
        session.get_one(Contribution, late).state = ContributionState.LATE
    assert still_open(installation, bench)[0].count == 1
    answers.mark_used(installation, bench.editor, [feature], False, new_id(), "Ei mahdu.")
    assert still_open(installation, bench) == ()


def test_evidence_is_checked_again_at_the_freeze(
    installation: Installation, bench: MadeBench
) -> None:
    one = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    taken = take(installation, bench, [one])
    answer(installation, bench, [one], AnswerKind.TAKEN, "")
    reword(installation, bench.editor, bench.section_id, "koulutetut", "kokeneet")
    assert still_open(installation, bench) == ()
    undone = undo_revision(installation, bench.editor, taken.revision_id or "")
    (item,) = still_open(installation, bench)
    assert (item.reason, item.id) == (Reason.EVIDENCE_GONE, one)
    with pytest.raises(Refused):
        freeze(installation, bench)
    undo_revision(installation, bench.editor, undone.revision_id)
    assert still_open(installation, bench) == ()


def test_evidence_of_an_answer_shown_ahead_is_checked_too(
    installation: Installation, bench: MadeBench
) -> None:
    one = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    taken = take(installation, bench, [one])
    answer(installation, bench, [one], AnswerKind.TAKEN, "")
    answers.publish(installation, bench.editor, [one], new_id())
    assert still_open(installation, bench) == ()
    undo_revision(installation, bench.editor, taken.revision_id or "")
    assert [item.id for item in still_open(installation, bench)] == [one]


def test_the_freeze_publishes_the_answers_and_mails_each_person_once(
    installation: Installation, bench: MadeBench
) -> None:
    ids = [
        said(installation, bench, f"Kommentti {n}", address="outi@example.org") for n in range(3)
    ]
    answer(installation, bench, ids[:2])
    answer(installation, bench, ids[2:], AnswerKind.NOTED, "")
    reword(installation, bench.editor, bench.section_id, "koulutetut", "kokeneet")
    draft_id = freeze(installation, bench)
    with installation.database.read() as session:
        rows = session.scalars(select(Answer)).all()
        assert {row.state for row in rows} == {AnswerState.PUBLISHED}
        assert {row.published_draft_id for row in rows} == {draft_id}
        mails = session.scalars(select(Message).where(Message.kind == MessageKind.ANSWERS)).all()
    (mail,) = mails
    assert mail.context["draft"] == draft_id


def test_what_an_earlier_draft_showed_may_be_rewritten_later(
    installation: Installation, bench: MadeBench
) -> None:
    one = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    take(installation, bench, [one])
    answer(installation, bench, [one], AnswerKind.TAKEN, "")
    freeze(installation, bench)
    reword(installation, bench.editor, bench.section_id, "Ryhmässä tavataan joka tiistai.", "Tule.")
    assert still_open(installation, bench) == ()
    freeze(installation, bench)
