"""Splitting and merging: texts, lineage, and every contribution where its words stand."""

import pytest
from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.proposals import ProposalAct, Proposed, StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause, SectionKind
from reviewtool.domain.splitting import pieces
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer, Evidence
from reviewtool.models.contributions import Contribution
from reviewtool.models.phases import PhaseSection
from reviewtool.models.proposals import StructureChange
from reviewtool.models.sections import Lineage, Revision, Section, SectionText
from reviewtool.models.stories import Episode, Story
from reviewtool.queries.merge import Show, bench
from reviewtool.queries.openness import open_by_section
from reviewtool.queries.structure import related_sections
from reviewtool.services import merging
from reviewtool.services._structure_changes import Decision
from reviewtool.services.answers import Answering, answer
from reviewtool.services.combining import Combination, combine_sections
from reviewtool.services.drafts import freeze_draft
from reviewtool.services.proposals import propose_as_editor
from reviewtool.services.relations import relate
from reviewtool.services.splitting import Split, split_section
from reviewtool.services.structure import restore_section
from reviewtool.text.anchors import Status
from reviewtool.text.document import parse
from tests.factories.answers import MadeBench, make_bench, said, suggested, take
from tests.factories.contributions import make_table, say
from tests.factories.texts import make_section, working_text

KEPT_WORDS, MOVED_WORDS = "kerran viikossa", "järjestön työntekijä tukee"


@pytest.fixture
def made(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft, with an editor."""
    return make_bench(installation)


def version_of(installation: Installation, section_id: str) -> int:
    with installation.database.read() as session:
        return session.scalars(
            select(SectionText.version).where(SectionText.section_id == section_id)
        ).one()


def split(installation: Installation, made: MadeBench, request_id: str = "") -> str:
    """Move the second key point and the second paragraph of the body to a new section."""
    _, text = working_text(installation, made.section_id)
    goes = tuple(
        {1} if "tukee" in one.words or "avoin" in one.words else {0} for one in pieces(text)
    )
    plan = Split(("Ohjaajat",), goes, version_of(installation, made.section_id))
    (new,) = split_section(
        installation, made.editor, made.section_id, "fi", plan, request_id or new_id()
    )
    return new


def merge(
    installation: Installation,
    made: MadeBench,
    sections: tuple[str, ...],
    heir_id: str | None,
    text: str,
    decision: Decision | None = None,
) -> str:
    versions = {one: version_of(installation, one) for one in sections}
    return combine_sections(
        installation, made.editor, "fi", Combination(versions, heir_id, text), new_id(), decision
    )


def shown(installation: Installation, made: MadeBench, section_id: str) -> dict[str, Status | None]:
    """Tell of each contribution on a section's bench where its passage stands."""
    with installation.database.read() as session:
        page = bench(session, made.editor, made.handbook.id, section_id, "fi", show=Show.ALL)
    return {item.entry.id: item.place.status if item.place else None for item in page.items}


def test_a_split_makes_two_texts_and_a_lineage(installation: Installation, made: MadeBench) -> None:
    request_id = new_id()
    new = split(installation, made, request_id)
    kept, moved = (parse(working_text(installation, one)[1]) for one in (made.section_id, new))
    assert MOVED_WORDS not in kept.body
    assert (moved.title, moved.points) == ("Ohjaajat", ("Ryhmä on avoin kaikille.",))
    with installation.database.read() as session:
        assert session.scalars(select(Lineage.to_section_id)).all() == [new]
        old, section = session.get_one(Section, made.section_id), session.get_one(Section, new)
        assert (section.parent_id, section.position) == (old.parent_id, old.position + 1)
        causes = session.scalars(select(Revision.cause).where(Revision.cause == Cause.SPLIT)).all()
        assert len(causes) == 2
        acts = session.scalars(select(StructureChange.act)).all()
        assert acts.count(StructureAct.SPLIT) == 1


def test_a_second_press_splits_nothing_more(installation: Installation, made: MadeBench) -> None:
    _, text = working_text(installation, made.section_id)
    goes = tuple({1} if "tukee" in one.words else {0} for one in pieces(text))
    plan, request_id = Split(("Ohjaajat",), goes, 2), new_id()
    first, again = (
        split_section(installation, made.editor, made.section_id, "fi", plan, request_id)
        for _ in range(2)
    )
    assert first == again


def test_contributions_of_every_kind_go_with_their_words(
    installation: Installation, made: MadeBench
) -> None:
    stays = said(installation, made, quote=KEPT_WORDS)
    goes = said(installation, made, quote=MOVED_WORDS)
    whole = said(installation, made)
    example = said(
        installation, made, kind=ContributionKind.EXAMPLE, quote="koulutetut vapaaehtoiset"
    )
    feature = said(installation, made, kind=ContributionKind.FEATURE, quote="Ryhmä on avoin")
    note = said(installation, made, kind=ContributionKind.INTERVIEW_NOTE)
    suggestion = suggested(installation, made, "koulutetut", "kokeneet")
    gone = said(installation, made, quote="Mukaan voi tulla")
    before = shown(installation, made, made.section_id)
    assert set(before) == {stays, goes, whole, example, feature, note, suggestion, gone}

    new = split(installation, made)

    assert shown(installation, made, made.section_id) == {
        stays: Status.EXACT,
        whole: None,
        note: None,
        gone: Status.EXACT,
    }
    moved = shown(installation, made, new)
    assert set(moved) == {goes, example, feature, suggestion}
    assert not {None, Status.REMOVED} & set(moved.values())
    with installation.database.read() as session:
        assert open_by_section(session, made.handbook.id) == {made.section_id: 4, new: 4}
        rows = session.scalars(select(Contribution.section_id)).all()
    assert set(rows) == {made.section_id}, "they keep what they were said of"


def test_a_suggestion_is_taken_into_the_heir_of_its_text(
    installation: Installation, made: MadeBench
) -> None:
    one = suggested(installation, made, "koulutetut", "kokeneet")
    new = split(installation, made)
    version = version_of(installation, new)
    taken = merging.take(installation, made.editor, [one], version, new_id())
    assert taken.taken == (one,)
    assert "**kokeneet vapaaehtoiset**" in working_text(installation, new)[1]
    assert "koulutetut" not in working_text(installation, made.section_id)[1]


def test_evidence_stands_after_a_split_and_a_merger(
    installation: Installation, made: MadeBench
) -> None:
    one = suggested(installation, made, "koulutetut", "kokeneet")
    take(installation, made, [one])
    answer(installation, made.editor, [one], Answering(AnswerKind.TAKEN), new_id())
    new = split(installation, made)
    other = make_section(
        installation, made.editor, made.handbook.id, "Arki", body="Autetaan arjessa."
    )
    _, text = working_text(installation, other)
    joined = text.replace(
        "::sources", "Ohjaajina toimivat **kokeneet vapaaehtoiset**.\n\n::sources"
    )
    merge(installation, made, (other, new), other, joined)
    assert freeze_draft(installation, made.editor, made.handbook.id).id


def test_what_is_said_of_an_earlier_text_after_the_split_goes_where_its_words_stand(
    installation: Installation,
) -> None:
    table = make_table(installation, people=1)
    made = MadeBench(
        table.round.handbook, table.round.editor, table.section_id, table.round.draft_id
    )
    new = split(installation, made)
    later = say(installation, table, table.actors[0], quote=MOVED_WORDS)
    stays = say(installation, table, table.actors[0], quote=KEPT_WORDS)
    assert shown(installation, made, new) == {later: Status.EXACT}
    assert shown(installation, made, made.section_id) == {stays: Status.EXACT}


def test_merged_sections_bring_all_that_was_said(
    installation: Installation, made: MadeBench
) -> None:
    other = make_section(
        installation, made.editor, made.handbook.id, "Ystävätoiminta", body="Ystävä käy kylässä."
    )
    on_heir = said(installation, made, quote=KEPT_WORDS)
    on_merged = said(installation, made, quote="Ystävä käy", section_id=other)
    removed = said(installation, made, quote="kylässä", section_id=other)
    whole = said(installation, made, section_id=other)
    _, text = working_text(installation, made.section_id)
    joined = text.replace("::sources", "Ystävä käy.\n\n::sources")

    assert merge(installation, made, (made.section_id, other), made.section_id, joined) == (
        made.section_id
    )

    places = shown(installation, made, made.section_id)
    assert places[on_heir] is Status.EXACT
    assert places[on_merged] not in (None, Status.REMOVED)
    assert places[removed] is Status.REMOVED
    assert places[whole] is None
    with installation.database.read() as session:
        assert session.get_one(Section, other).dropped_at is not None
        assert open_by_section(session, made.handbook.id) == {made.section_id: 4}

    restore_section(installation, made.editor, other)
    assert set(shown(installation, made, other)) == {on_merged, removed, whole}
    assert set(shown(installation, made, made.section_id)) == {on_heir}


def test_merging_into_a_new_section_answers_the_proposal(
    installation: Installation, made: MadeBench
) -> None:
    other = make_section(installation, made.editor, made.handbook.id, "Ystävätoiminta")
    proposed = Proposed(ProposalAct.MERGE, made.section_id, (other,), "Arjen tuki")
    wish = propose_as_editor(
        installation, made.editor, made.phase_id, proposed, "Samat kävijät.", new_id()
    )
    _, text = working_text(installation, other)
    joined = text.replace("# Ystävätoiminta", "# Arjen tuki")
    heir = merge(
        installation, made, (other, made.section_id), None, joined, Decision(wish, "Tehdään näin.")
    )
    with installation.database.read() as session:
        given = session.scalars(select(Answer).where(Answer.contribution_id == wish)).one()
        where = session.scalars(select(Evidence.section_id)).all()
        dropped = session.scalars(select(Section.id).where(Section.dropped_at.is_not(None))).all()
    assert (given.kind, given.reason, where) == (AnswerKind.TAKEN, "Tehdään näin.", [heir])
    assert set(dropped) == {other, made.section_id}
    assert set(shown(installation, made, heir)) == {wish}


@pytest.mark.parametrize("stale", [True, False])
def test_a_text_that_was_saved_meanwhile_is_not_lost(
    installation: Installation, made: MadeBench, stale: bool
) -> None:
    other = make_section(installation, made.editor, made.handbook.id, "Ystävätoiminta")
    versions = {made.section_id: 2, other: 1 if stale else 2}
    _, text = working_text(installation, other)
    combination = Combination(versions, other, text)
    if stale:
        with pytest.raises(Refused) as refused:
            combine_sections(installation, made.editor, "fi", combination, new_id())
        assert refused.value.reason is Reason.TEXT_CHANGED
    else:
        assert combine_sections(installation, made.editor, "fi", combination, new_id()) == other


def test_a_split_that_leaves_a_text_empty_is_refused(
    installation: Installation, made: MadeBench
) -> None:
    _, text = working_text(installation, made.section_id)
    plan = Split(("Ohjaajat",), tuple({1} for _ in pieces(text)), 2)
    with pytest.raises(Refused) as refused:
        split_section(installation, made.editor, made.section_id, "fi", plan, new_id())
    assert refused.value.reason is Reason.EMPTY


def test_relations_and_episodes_lead_to_the_merged_text(
    installation: Installation, made: MadeBench
) -> None:
    other = make_section(installation, made.editor, made.handbook.id, "Ystävätoiminta")
    third = make_section(installation, made.editor, made.handbook.id, "Perhekahvila")
    story = make_section(
        installation, made.editor, made.handbook.id, "Marjan tarina", kind=SectionKind.STORY
    )
    relate(installation, made.editor, other, third)
    relate(installation, made.editor, other, made.section_id)
    with installation.database.write() as session:
        session.add(Story(section_id=story))
        session.flush()
        session.add(Episode(story_id=story, heading="Ystävä", activity_id=other))
    _, text = working_text(installation, made.section_id)
    merge(installation, made, (made.section_id, other), made.section_id, text)
    with installation.database.read() as session:
        related = related_sections(session, made.editor, made.handbook.id, made.section_id, "fi")
        assert {one.section_id for one in related if not one.dropped} == {third}
        assert session.scalars(select(Episode.activity_id)).all() == [made.section_id]


def test_a_planned_phase_asks_about_both_halves(
    installation: Installation, made: MadeBench
) -> None:
    phase_id = made.handbook.phases["coordinators-round"]
    with installation.database.write() as session:
        session.add(PhaseSection(phase_id=phase_id, section_id=made.section_id))
    new = split(installation, made)
    with installation.database.read() as session:
        asked = session.scalars(
            select(PhaseSection.section_id).where(PhaseSection.phase_id == phase_id)
        )
        assert set(asked) == {made.section_id, new}
