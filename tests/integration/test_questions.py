"""Questions that ask for an example, or about words of one text, and what answers them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from reviewtool.domain.contributions import ContributionKind, QuestionKind, QuestionScope
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, ContributionSection
from reviewtool.queries.contributions import lines_of
from reviewtool.queries.merge import bench
from reviewtool.queries.placing import spots
from reviewtool.services import contributions, questions
from reviewtool.services.choices import Answers, answer_questions
from reviewtool.services.contributions import Words
from tests.factories.contributions import Table, drafted, make_table

PASSAGE = "kerran viikossa"


def ask(
    installation: Installation,
    table: Table,
    kind: QuestionKind = QuestionKind.EXAMPLE,
    *,
    section_id: str | None = None,
    quote: str = "",
) -> str:
    words = questions.QuestionWords(
        kind, QuestionScope.SECTION, {"fi": "Miten teillä?"}, (), section_id, quote
    )
    return questions.ask(installation, table.round.editor, table.round.phase_id, words, new_id())


def answer(
    installation: Installation,
    table: Table,
    question_id: str,
    words: Words | str,
    also: Sequence[str] = (),
    *,
    section_id: str | None = None,
) -> None:
    example = isinstance(words, Words)
    answer_questions(
        installation,
        table.actors[0],
        Answers(
            section_id=section_id or table.section_id,
            words={} if example else {question_id: words},
            examples={question_id: words} if example else {},
            also={question_id: also},
        ),
    )


def said(installation: Installation) -> list[Contribution]:
    with installation.database.read() as session:
        return list(session.scalars(select(Contribution).order_by(Contribution.number)))


def named(installation: Installation, contribution_id: str) -> set[str]:
    with installation.database.read() as session:
        query = select(ContributionSection.section_id)
        return set(
            session.scalars(query.where(ContributionSection.contribution_id == contribution_id))
        )


def test_a_question_for_an_example_is_answered_by_one_example(installation: Installation) -> None:
    table = make_table(installation)
    question_id = ask(installation, table)
    answer(installation, table, question_id, Words(activity="Kahvila torilla."))
    whole = Words(target_group="Eläkeläiset", activity="Kahvila torilla.", publish_consent=True)
    answer(installation, table, question_id, whole)
    answer(installation, table, question_id, Words())
    (made,) = said(installation)
    assert (made.kind, made.question_id) == (ContributionKind.EXAMPLE, question_id)
    assert (made.target_group, made.activity) == ("Eläkeläiset", "Kahvila torilla.")
    assert made.publish_consent
    assert made.version == 2
    with pytest.raises(Refused):
        answer(installation, table, question_id, "Ei esimerkki vaan sanoja.")


def test_an_example_is_meant_for_several_texts(installation: Installation) -> None:
    table = make_table(installation)
    actor, other = table.actors
    first, second = table.round.texts.first, table.round.texts.second
    question_id = ask(installation, table)
    example = Words(activity="Kahvila torilla.")
    answer(installation, table, question_id, example, [first, second])
    (made,) = said(installation)
    assert named(installation, made.id) == {second}
    revision_id, text = drafted(installation, table, second)
    with installation.database.read() as session:
        # Everybody reads it at both texts, and the editors find it at both.
        (spot,) = spots(session, other, second, revision_id, text)
        assert (spot.id, spot.place) == (made.id, None)
        (line,) = lines_of(session, actor, [made.id]).values()
        assert [one.section_id for one in line.also_for] == [second]
        page = bench(session, table.round.editor, table.round.handbook.id, second, "fi")
        assert [item.entry.id for item in page.items] == [made.id]
    contributions.edit(installation, actor, made.id, example, new_id(), also=frozenset())
    assert named(installation, made.id) == set()
    with pytest.raises(Refused) as refused:
        answer(installation, table, question_id, example, [table.round.handbook.id])
    assert refused.value.reason is Reason.NOT_FOUND


def test_a_question_about_words_is_answered_at_them(installation: Installation) -> None:
    table = make_table(installation)
    question_id = ask(
        installation, table, QuestionKind.FREE, section_id=table.section_id, quote=PASSAGE
    )
    answer(installation, table, question_id, "Meillä kahdesti.")
    (made,) = said(installation)
    _, text = drafted(installation, table, table.section_id)
    assert made.start is not None
    assert text[made.start : made.end] == PASSAGE
    assert made.quote == PASSAGE
    elsewhere = table.round.texts.second
    with pytest.raises(Refused) as refused:
        answer(installation, table, question_id, "Muualta.", section_id=elsewhere)
    assert refused.value.reason is Reason.NOT_FOUND


@pytest.mark.parametrize(
    ("quote", "tied", "reason"),
    [
        ("sanat, joita ei ole", True, Reason.NO_SUCH_WORDS),
        ("a", True, Reason.NO_SUCH_WORDS),
        (PASSAGE, False, Reason.SECTION_MISSING),
    ],
)
def test_a_question_asks_about_words_that_stand_in_a_text_once(
    installation: Installation, quote: str, tied: bool, reason: Reason
) -> None:
    table = make_table(installation)
    section_id = table.section_id if tied else None
    with pytest.raises(Refused) as refused:
        ask(installation, table, section_id=section_id, quote=quote)
    assert refused.value.reason is reason
