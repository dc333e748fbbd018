"""Answering: exactly the chosen ones, all or none, with evidence and history."""

import pytest
from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind, AnswerState, EvidenceKind
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer, AnswerVersion, Evidence
from reviewtool.services import answers
from reviewtool.services.answers import Answering, Place, Stretch
from tests.factories.answers import MadeBench, answer, make_bench, said, suggested, take
from tests.factories.texts import make_section, working_text


@pytest.fixture
def bench(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft."""
    return make_bench(installation)


def answer_of(installation: Installation, contribution_id: str) -> Answer | None:
    with installation.database.read() as session:
        return session.scalar(select(Answer).where(Answer.contribution_id == contribution_id))


def test_several_get_one_answer_and_nobody_else(
    installation: Installation, bench: MadeBench
) -> None:
    ids = [said(installation, bench, f"Kommentti {n}") for n in range(4)]
    given = answer(installation, bench, ids[:3])
    rows = [answer_of(installation, one) for one in ids]
    assert [row is not None for row in rows] == [True, True, True, False]
    assert {row.batch_id for row in rows if row} == {given.batch_id}
    assert all(row.state is AnswerState.DRAFT for row in rows if row)


def test_one_that_cannot_be_answered_stops_all(
    installation: Installation, bench: MadeBench
) -> None:
    ids = [said(installation, bench, f"Kommentti {n}") for n in range(3)]
    answer(installation, bench, [ids[1]])
    with pytest.raises(Refused) as refused:
        answer(installation, bench, ids)
    assert refused.value.reason is Reason.ALREADY_DONE
    assert [missing.id for missing in refused.value.missing] == [ids[1]]
    assert answer_of(installation, ids[0]) is None
    assert answer_of(installation, ids[2]) is None


def test_taken_without_words_in_the_text_is_refused_for_each(
    installation: Installation, bench: MadeBench
) -> None:
    merged = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    comment = said(installation, bench)
    take(installation, bench, [merged])
    with pytest.raises(Refused) as refused:
        answer(installation, bench, [merged, comment], AnswerKind.TAKEN, "")
    assert refused.value.reason is Reason.EVIDENCE_MISSING
    assert [missing.id for missing in refused.value.missing] == [comment]
    assert answer_of(installation, merged) is None
    answer(installation, bench, [merged], AnswerKind.TAKEN, "")
    with installation.database.read() as session:
        (row,) = session.scalars(select(Evidence)).all()
    _, text = working_text(installation, bench.section_id)
    assert "tiistai" in text[row.new_start : row.new_end]


def test_evidence_by_hand_is_a_paragraph_of_the_working_text(
    installation: Installation, bench: MadeBench
) -> None:
    comment = said(installation, bench)
    revision_id, text = working_text(installation, bench.section_id)
    start = text.index("Ryhmässä")
    stretch = Stretch(
        EvidenceKind.PARAGRAPH,
        bench.section_id,
        None,
        revision_id,
        new_start=start,
        new_end=text.index("\n", start),
    )
    answer(installation, bench, [comment], AnswerKind.TAKEN, "", evidence=(stretch,))
    outside = Stretch(
        EvidenceKind.PARAGRAPH, bench.section_id, None, revision_id, 0, 0, 0, len(text) + 1
    )
    with pytest.raises(Refused) as refused:
        answer(
            installation, bench, [said(installation, bench)], AnswerKind.TAKEN, "",
            evidence=(outside,),
        )  # fmt: skip
    assert refused.value.reason is Reason.EVIDENCE_MISSING


def test_a_revised_answer_keeps_what_was_said_before(
    installation: Installation, bench: MadeBench
) -> None:
    one = said(installation, bench)
    answer(installation, bench, [one], reason="Ei mahdu.")
    revised = Answering(AnswerKind.NOTED, "Kiitos.")
    answers.revise(installation, bench.editor, one, revised, 1, new_id())
    row = answer_of(installation, one)
    assert row is not None
    assert (row.kind, row.reason, row.version) == (AnswerKind.NOTED, "Kiitos.", 2)
    with installation.database.read() as session:
        (before,) = session.scalars(select(AnswerVersion)).all()
    assert (before.kind, before.reason, before.version) == (
        AnswerKind.NOT_TAKEN, "Ei mahdu.", 1
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        answers.revise(installation, bench.editor, one, revised, 1, new_id())
    assert refused.value.reason is Reason.EDIT_CONFLICT


def test_the_same_form_twice_answers_once_and_other_words_revise(
    installation: Installation, bench: MadeBench
) -> None:
    one = said(installation, bench)
    request = new_id()
    for reason in ("Ei mahdu.", "Ei mahdu.", "Ei mahdu tekstiin."):
        given = Answering(AnswerKind.NOT_TAKEN, reason)
        answers.answer(installation, bench.editor, [one], given, request)
    row = answer_of(installation, one)
    assert row is not None
    assert (row.reason, row.version) == ("Ei mahdu tekstiin.", 2)


def test_what_each_kind_points_at_must_be_there(
    installation: Installation, bench: MadeBench
) -> None:
    one, other = said(installation, bench), said(installation, bench, "Toinen")
    revision_id, text = working_text(installation, bench.section_id)
    elsewhere = make_section(installation, bench.editor, bench.handbook.id, "Toinen teksti")
    wrong = [
        (AnswerKind.ALREADY_IN_TEXT, {"place": Place(revision_id, 5, len(text) + 9)}),
        (AnswerKind.TOGETHER_WITH, {"other_id": one}),
        (AnswerKind.DEFERRED, {"phase_id": "0" * 16}),
        (AnswerKind.MOVED, {"section_id": bench.section_id}),
        (AnswerKind.NOT_TAKEN, {}),
    ]
    for kind, more in wrong:
        with pytest.raises(Refused):
            answer(installation, bench, [one], kind, "", **more)
    right = [
        (AnswerKind.ALREADY_IN_TEXT, {"place": Place(revision_id, 5, 20)}),
        (AnswerKind.TOGETHER_WITH, {"other_id": other}),
        (AnswerKind.DEFERRED, {"phase_id": bench.handbook.phases["coordinators-round"]}),
        (AnswerKind.MOVED, {"section_id": elsewhere}),
    ]
    for kind, more in right:
        answer(installation, bench, [said(installation, bench)], kind, "", **more)


def test_together_with_never_goes_round(installation: Installation, bench: MadeBench) -> None:
    a, b = said(installation, bench), said(installation, bench)
    answer(installation, bench, [a], AnswerKind.TOGETHER_WITH, "", other_id=b)
    with pytest.raises(Refused) as refused:
        answer(installation, bench, [b], AnswerKind.TOGETHER_WITH, "", other_id=a)
    assert refused.value.reason is Reason.OTHER_MISSING


def test_answers_are_published_one_by_one_when_asked(
    installation: Installation, bench: MadeBench
) -> None:
    a, b = said(installation, bench), said(installation, bench)
    answer(installation, bench, [a])
    with pytest.raises(Refused) as refused:
        answers.publish(installation, bench.editor, [a, b], new_id())
    assert refused.value.reason is Reason.UNANSWERED
    assert answers.publish(installation, bench.editor, [a], new_id()) == 1
    row = answer_of(installation, a)
    assert row is not None
    assert row.state is AnswerState.PUBLISHED


def test_features_are_marked_used_and_nothing_else_is(
    installation: Installation, bench: MadeBench
) -> None:
    feature = said(installation, bench, kind=ContributionKind.FEATURE)
    comment = said(installation, bench)
    with pytest.raises(Refused):
        answers.mark_used(installation, bench.editor, [feature, comment], True, new_id())
    answers.mark_used(installation, bench.editor, [feature], True, new_id())
    assert mark_of(installation, feature) == (AnswerKind.USED, "", AnswerState.DRAFT)
    assert answer_of(installation, comment) is None


def test_not_used_needs_a_reason_and_can_be_marked_anew(
    installation: Installation, bench: MadeBench
) -> None:
    feature = said(installation, bench, kind=ContributionKind.FEATURE)
    with pytest.raises(Refused) as refused:
        answers.mark_used(installation, bench.editor, [feature], False, new_id(), " ")
    assert refused.value.reason is Reason.REASON_MISSING
    answers.mark_used(installation, bench.editor, [feature], False, new_id(), "Ei lukuja vielä.")
    found = mark_of(installation, feature)
    assert found == (AnswerKind.NOT_USED, "Ei lukuja vielä.", AnswerState.DRAFT)
    answers.mark_used(installation, bench.editor, [feature], True, new_id())
    assert mark_of(installation, feature) == (AnswerKind.USED, "", AnswerState.DRAFT)


def mark_of(
    installation: Installation, contribution_id: str
) -> tuple[AnswerKind, str, AnswerState] | None:
    row = answer_of(installation, contribution_id)
    return (row.kind, row.reason, row.state) if row else None


def test_only_editors_of_the_handbook_answer(installation: Installation, bench: MadeBench) -> None:
    other = make_bench(installation)
    one = said(installation, bench)
    with pytest.raises(Refused) as refused:
        answer(installation, MadeBench(bench.handbook, other.editor, "", ""), [one])
    assert refused.value.reason is Reason.NOT_ALLOWED
