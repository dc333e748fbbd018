"""Whether material is used was a mark once: it became an answer, and goes back to a mark."""

from sqlalchemy import select, text

from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import ContributionKind
from reviewtool.infra import schema
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.services import answers
from tests.factories.answers import make_bench, said
from tests.factories.texts import make_draft, reword


def test_marks_become_answers_and_marks_again(installation: Installation) -> None:
    bench = make_bench(installation)
    told, later = (said(installation, bench, kind=ContributionKind.FEATURE) for _ in range(2))
    answers.mark_used(installation, bench.editor, [told, later], False, new_id(), "Ei mahdu.")
    reword(installation, bench.editor, bench.section_id, "koulutetut", "kokeneet")
    make_draft(installation, bench.editor, bench.handbook.id)
    marks = text('SELECT "used" FROM contribution WHERE id IN (:a, :b)')
    schema.downgrade(installation.database, "0025")
    with installation.database.read() as session:
        assert [bool(one) for one in session.scalars(marks, {"a": told, "b": later})] == [False] * 2
        assert session.scalar(text("SELECT count(*) FROM answer")) == 0
    with installation.database.write() as session:
        row = {"a": later, "at": "2030-01-01 00:00:00+00:00"}
        session.execute(
            text('UPDATE contribution SET "used" = true, created_at = :at WHERE id = :a'), row
        )
    schema.upgrade(installation.database)
    with installation.database.read() as session:
        rows = {one.contribution_id: one for one in session.scalars(select(Answer))}
    assert rows[told].kind is AnswerKind.NOT_USED
    assert rows[told].state is AnswerState.PUBLISHED
    assert rows[told].published_draft_id is not None
    assert rows[later].kind is AnswerKind.USED
    assert rows[later].state is AnswerState.DRAFT
