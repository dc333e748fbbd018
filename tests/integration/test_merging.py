"""Taking suggestions into working texts, with what each of them changed kept as evidence."""

from itertools import permutations

import pytest
from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.merging import Choice
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Revision, RevisionContribution, RevisionHunk
from reviewtool.services import answers, merging
from reviewtool.services.sections import undo_revision
from tests.factories.answers import (
    MadeBench,
    answer,
    make_bench,
    said,
    suggested,
    take,
    text_version,
)
from tests.factories.texts import reword, working_text


@pytest.fixture
def bench(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft."""
    return make_bench(installation)


def test_taking_makes_one_revision_with_causes_and_hunks(
    installation: Installation, bench: MadeBench
) -> None:
    _, before = working_text(installation, bench.section_id)
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    b = suggested(installation, bench, "avoin kaikille", "avoin ja maksuton")
    taken = take(installation, bench, [a, b])
    revision_id, text = working_text(installation, bench.section_id)
    assert taken.revision_id == revision_id
    assert set(taken.taken) == {a, b}
    assert text == before.replace("kerran viikossa", "joka tiistai").replace(
        "avoin kaikille", "avoin ja maksuton"
    )
    with installation.database.read() as session:
        revision = session.get_one(Revision, revision_id)
        assert revision.cause is Cause.TAKE
        causes = session.scalars(
            select(RevisionContribution.contribution_id).where(
                RevisionContribution.revision_id == revision_id
            )
        )
        assert set(causes) == {a, b}
        hunks = session.scalars(select(RevisionHunk)).all()
        words = {(h.contribution_id, text[h.new_start : h.new_end]) for h in hunks}
    assert {one for one, _ in words} == {a, b}
    assert any("tiistai" in shown for one, shown in words if one == a)
    assert any("maksuton" in shown for one, shown in words if one == b)


def test_any_order_gives_the_same_text_and_complete_evidence(installation: Installation) -> None:
    changes = [
        ("kerran viikossa", "joka tiistai"),
        ("avoin kaikille", "avoin ja maksuton"),
        ("koulutetut", "kokeneet"),
    ]
    texts = set()
    for order in list(permutations(range(3)))[::2]:
        bench = make_bench(installation)
        ids = [suggested(installation, bench, old, new) for old, new in changes]
        for number in order:
            assert take(installation, bench, [ids[number]]).taken == (ids[number],)
        texts.add(working_text(installation, bench.section_id)[1])
        answer(installation, bench, ids, AnswerKind.TAKEN, "")
        found = answers.evidence_of(installation, bench.editor, ids)
        assert all(found[one] for one in ids)
    bench = make_bench(installation)
    ids = [suggested(installation, bench, old, new) for old, new in changes]
    take(installation, bench, ids)
    texts.add(working_text(installation, bench.section_id)[1])
    assert len(texts) == 1


def test_a_clash_changes_nothing_until_a_person_settles_it(
    installation: Installation, bench: MadeBench
) -> None:
    before = working_text(installation, bench.section_id)
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    b = suggested(installation, bench, "kerran viikossa", "kahdesti kuussa")
    result = take(installation, bench, [a, b])
    assert result.revision_id is None
    (clash,) = result.clashes
    assert set(clash.theirs) == {a, b}
    assert working_text(installation, bench.section_id) == before
    version = text_version(installation, bench.section_id)
    settled = merging.resolve(
        installation,
        bench.editor,
        [a, b],
        {clash.key: Choice(contribution_id=b)},
        version,
        new_id(),
    )
    assert settled.taken == (b,)
    assert "kahdesti kuussa" in working_text(installation, bench.section_id)[1]


def test_whoever_suggested_the_chosen_words_is_taken_where_a_clash_is_settled_too(
    installation: Installation, bench: MadeBench
) -> None:
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    b = suggested(installation, bench, "kerran viikossa", "kahdesti kuussa")
    same = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    (clash,) = take(installation, bench, [a, b, same]).clashes
    settled = merging.resolve(
        installation,
        bench.editor,
        [a, b, same],
        {clash.key: Choice(contribution_id=a)},
        text_version(installation, bench.section_id),
        new_id(),
    )
    assert set(settled.taken) == {a, same}
    answer(installation, bench, [a, same], AnswerKind.TAKEN, "")
    found = answers.evidence_of(installation, bench.editor, [a, b, same])
    assert found[a]
    assert found[same] == found[a]
    assert not found[b]


def test_a_colleagues_edit_meanwhile_is_never_overwritten(
    installation: Installation, bench: MadeBench
) -> None:
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    version = text_version(installation, bench.section_id)
    reword(installation, bench.editor, bench.section_id, "koulutetut", "kokeneet")
    with pytest.raises(Refused) as refused:
        merging.take(installation, bench.editor, [a], version, new_id())
    assert refused.value.reason is Reason.EDIT_CONFLICT
    take(installation, bench, [a])
    text = working_text(installation, bench.section_id)[1]
    assert "kokeneet" in text
    assert "joka tiistai" in text


def test_pressing_twice_takes_once(installation: Installation, bench: MadeBench) -> None:
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    version = text_version(installation, bench.section_id)
    request = new_id()
    first = merging.take(installation, bench.editor, [a], version, request)
    again = merging.take(installation, bench.editor, [a], version, request)
    assert first.revision_id == again.revision_id == working_text(installation, bench.section_id)[0]


def test_what_stands_already_makes_no_revision_but_counts_as_evidence(
    installation: Installation, bench: MadeBench
) -> None:
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    b = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    take(installation, bench, [a])
    result = take(installation, bench, [b])
    assert (result.revision_id, result.contained) == (None, (b,))
    (stretch,) = answers.evidence_of(installation, bench.editor, [b])[b]
    _, text = working_text(installation, bench.section_id)
    assert text[stretch.new_start : stretch.new_end] == "joka tiistai"


def test_undoing_a_taken_suggestion_takes_its_evidence_away(
    installation: Installation, bench: MadeBench
) -> None:
    _, before = working_text(installation, bench.section_id)
    a = suggested(installation, bench, "kerran viikossa", "joka tiistai")
    taken = take(installation, bench, [a])
    reword(installation, bench.editor, bench.section_id, "koulutetut", "kokeneet")
    undo_revision(installation, bench.editor, taken.revision_id or "")
    assert working_text(installation, bench.section_id)[1] == before.replace(
        "koulutetut", "kokeneet"
    )
    assert answers.evidence_of(installation, bench.editor, [a])[a] == ()


def test_withdrawn_or_placeless_ones_are_refused(
    installation: Installation, bench: MadeBench
) -> None:
    comment = said(installation, bench, quote="koulutetut")
    with pytest.raises(Refused) as refused:
        take(installation, bench, [comment])
    assert refused.value.reason is Reason.PASSAGE_GONE
    with pytest.raises(Refused) as refused:
        take(installation, bench, ["0" * 16])
    assert refused.value.reason is Reason.NOT_FOUND
