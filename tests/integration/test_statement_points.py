"""Points of a statement on marked passages: kept, seen by their own only, submitted as they are."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind, Sharing
from reviewtool.domain.passages import Range
from reviewtool.domain.refusals import Reason
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, NothingToSay
from reviewtool.models.statements import StatementPoint
from reviewtool.models.unsent import Unsent
from reviewtool.queries.contributions import one
from reviewtool.queries.statements import PointLine, drafts_on
from reviewtool.services import statement_points
from reviewtool.services.contributions import Submission, Words
from reviewtool.services.readiness import say_nothing
from reviewtool.services.unsent import keep_unsent
from reviewtool.text.anchors import Status
from tests.factories.contributions import Table, drafted, make_table, now_actor, say, stored
from tests.factories.statements import add_on_passage, add_point
from tests.integration.test_statements import begun, colleague, reason_of, submit
from tests.web.queries import count_queries

QUOTE = "kerran viikossa"
SUGGESTED = Words("Selkeämpi.", "joka viikko")
EXAMPLE = Words("Näin meillä.", None, "Perheet", "Kahvila", "Yksinäisyys väheni", True)


def point(installation: Installation, point_id: str) -> StatementPoint:
    with installation.database.read() as session:
        return session.get_one(StatementPoint, point_id)


def drafts(installation: Installation, table: Table, actor: Actor) -> list[PointLine]:
    revision_id, text = drafted(installation, table, table.section_id)
    with installation.database.read() as session:
        return drafts_on(session, actor, table.section_id, revision_id, text)


def test_points_become_contributions_with_the_same_passage_kind_and_words(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    sara = colleague(installation, table, holder, "Sara Kollega")
    personal = stored(installation, say(installation, table, table.actors[1], quote=QUOTE))
    say_nothing(installation, now_actor(installation, table), table.section_id)
    kinds = ContributionKind
    add_on_passage(installation, table, sara, QUOTE, Words("Missä?"), language="sv")
    clock.advance(minutes=1)
    add_on_passage(installation, table, sara, QUOTE, SUGGESTED, kinds.SUGGESTION)
    clock.advance(minutes=1)
    add_on_passage(installation, table, holder, QUOTE, EXAMPLE, kinds.EXAMPLE)
    made = [stored(installation, each) for each in submit(installation, holder)]
    said = [(each.kind, each.words, each.replacement, each.language) for each in made]
    assert said == [
        (kinds.COMMENT, "Missä?", None, "sv"),
        (kinds.SUGGESTION, "Selkeämpi.", "joka viikko", "fi"),
        (kinds.EXAMPLE, "Näin meillä.", None, "fi"),
    ]
    assert (made[2].target_group, made[2].activity, made[2].effect, made[2].publish_consent) == (
        "Perheet", "Kahvila", "Yksinäisyys väheni", True,
    )  # fmt: skip
    for each in made:
        for column in ("section_id", "revision_id", "start", "end", "quote", "prefix", "suffix"):
            assert getattr(each, column) == getattr(personal, column)
    with installation.database.read() as session:
        assert session.scalars(select(NothingToSay.section_id)).all() == []
        rows = session.execute(
            select(StatementPoint.words, StatementPoint.replacement, StatementPoint.effect)
        )
        assert {tuple(row) for row in rows} == {("", None, "")}
        line = one(session, holder, made[1].id)
    assert line is not None
    assert line.of_statement


def test_the_drafts_on_a_text_are_seen_by_who_works_on_the_statement_only(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, sharing=Sharing.EVERYONE)
    holder = begun(installation, table)
    sara = colleague(installation, table, holder, "Sara Kollega")
    first = add_on_passage(installation, table, sara, QUOTE, Words("Missä?"))
    clock.advance(minutes=1)
    second = add_point(installation, holder, table.section_id, "Koko tekstistä.")
    add_point(installation, holder, None, "Kokonaisuudesta.")
    for reader in (holder, sara):
        found = drafts(installation, table, reader)
        assert [each.id for each in found] == [first, second]
        assert found[0].place is not None
        assert (found[0].place.status, found[1].place) == (Status.EXACT, None)
        assert found[0].by == "Sara Kollega"
    for stranger in (table.actors[1], table.round.editor):
        assert drafts(installation, table, stranger) == []
    submit(installation, holder)
    assert drafts(installation, table, holder) == []


def test_a_draft_is_placed_in_a_later_text_and_never_on_other_words(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    add_on_passage(installation, table, holder, QUOTE, Words("Missä?"))
    gone = "Mukaan voi tulla"
    clock.advance(minutes=1)
    add_on_passage(installation, table, holder, gone, Words("Miten?"))
    _revision, text = drafted(installation, table, table.section_id)
    text = text.replace(QUOTE, "aina " + QUOTE).replace(gone, "Ovi on auki ja")
    with installation.database.read() as session:
        first, second = drafts_on(session, holder, table.section_id, "later", text)
    assert first.place is not None
    assert text[first.place.start : first.place.end] == QUOTE
    assert not first.is_apart
    assert second.place is not None
    assert second.is_apart or text[second.place.start : second.place.end] != QUOTE


def test_the_queries_stay_as_many_for_many_drafts(installation: Installation) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    add_on_passage(installation, table, holder, QUOTE, Words("Missä?"))
    with count_queries(installation) as few:
        drafts(installation, table, holder)
    for number in range(20):
        add_on_passage(installation, table, holder, QUOTE, Words(f"Missä {number}?"))
    with count_queries(installation) as many:
        drafts(installation, table, holder)
    assert few.number == many.number


def test_what_is_no_change_or_nothing_is_refused(installation: Installation) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    kind = ContributionKind.SUGGESTION
    add = lambda words: add_on_passage(installation, table, holder, QUOTE, words, kind)  # noqa: E731
    assert reason_of(lambda: add(Words("", QUOTE))) is Reason.NO_CHANGE
    assert reason_of(lambda: add(Words("Vain syy."))) is Reason.TEXT_INVALID
    whole = Submission(kind, SUGGESTED, table.section_id)
    assert reason_of(lambda: statement_points.add_point(installation, holder, whole, new_id())) is (
        Reason.TEXT_INVALID
    )
    nothing = lambda: add_on_passage(installation, table, holder, QUOTE, Words(" "))  # noqa: E731
    assert reason_of(nothing) is Reason.EMPTY
    revision_id, text = drafted(installation, table, table.section_id)
    outside = Submission(
        ContributionKind.COMMENT, Words("Missä?"), table.section_id, revision_id,
        Range(len(text), len(text) + 9),
    )  # fmt: skip
    assert reason_of(
        lambda: statement_points.add_point(installation, holder, outside, new_id())
    ) is (Reason.PASSAGE_GONE)
    asked = Submission(ContributionKind.PROPOSAL, Words("Uusi luku."))
    assert reason_of(lambda: statement_points.add_point(installation, holder, asked, new_id())) is (
        Reason.NOT_ALLOWED
    )
    with installation.database.read() as session:
        assert session.scalars(select(StatementPoint.id)).all() == []
        assert session.scalars(select(Contribution.id)).all() == []


def test_the_same_form_again_is_the_same_point_and_other_words_are_an_edit(
    installation: Installation,
) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    form = new_id()

    def press(words: str, quote: str = QUOTE) -> str:
        said = Words(words)
        return add_on_passage(installation, table, holder, quote, said, request_id=form)

    first = press("Missä?")
    assert press("Missä?") == first
    assert press("Missä tarkalleen?") == first
    again = point(installation, first)
    assert (again.words, again.version) == ("Missä tarkalleen?", 2)
    assert press("Missä?", "Mukaan voi tulla") != first


def test_a_suggestion_is_reworded_by_a_colleague_and_checked_again(
    installation: Installation,
) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    sara = colleague(installation, table, holder, "Sara Kollega")
    kind = ContributionKind.SUGGESTION
    own = add_on_passage(installation, table, holder, QUOTE, SUGGESTED, kind)

    def save(actor: Actor, words: Words, version: int) -> None:
        statement_points.save_point(installation, actor, own, words, version, new_id())

    save(sara, Words("Selkeämpi.", "viikoittain"), 1)
    assert point(installation, own).replacement == "viikoittain"
    assert reason_of(lambda: save(holder, Words("", "joskus"), 1)) is Reason.TEXT_CHANGED
    assert reason_of(lambda: save(holder, Words("", QUOTE), 2)) is Reason.NO_CHANGE
    assert reason_of(lambda: save(table.actors[1], Words("", "joskus"), 2)) is Reason.NOT_FOUND
    assert point(installation, own).version == 2


@pytest.mark.parametrize("form", ["say", "box"])
def test_the_private_copy_ends_when_the_point_is_written(
    installation: Installation, form: str
) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    key = f"{table.section_id}:{form}"
    keep_unsent(installation, holder, key, {"words": "Mis", "voice": "statement"}, "")
    said = Submission(ContributionKind.COMMENT, Words("Missä?"), table.section_id, form=key)
    statement_points.add_point(installation, holder, said, new_id())
    with installation.database.read() as session:
        assert session.scalars(select(Unsent.id)).all() == []
