"""The tree of sections changes without losing anything."""

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import VISITOR
from reviewtool.domain.proposals import StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.installation import Installation
from reviewtool.models.proposals import StructureChange
from reviewtool.models.sections import Relation, Revision
from reviewtool.queries.tree import working_tree
from reviewtool.services.moving import (
    Direction,
    Where,
    move_section,
    place_section,
    put_section,
)
from reviewtool.services.relations import relate, unrelate
from reviewtool.services.structure import (
    add_section,
    drop_section,
    rename_section,
    restore_section,
)
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.texts import MadeTexts, make_texts, working_text


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def texts(installation: Installation, handbook: MadeHandbook) -> MadeTexts:
    """Give its small tree."""
    return make_texts(installation, handbook.administrator, handbook.id)


def outline(installation: Installation, handbook: MadeHandbook) -> list[str]:
    """Write the tree as its titles, indented."""
    with installation.database.read() as session:
        lines = working_tree(session, handbook.id, "fi")
    return [f"{'  ' * line.depth}{line.title}" for line in lines]


def test_sections_stand_in_the_order_of_adding(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    assert outline(installation, handbook) == [
        "Johdanto",
        "Osallisuus",
        "  Vertaistuki",
        "  Vapaaehtoistoiminta",
        "  Henkilötarina: Marja",
    ]


def test_a_form_sent_again_adds_once_and_with_another_title_another(
    installation: Installation, handbook: MadeHandbook
) -> None:
    for title in ("Johdanto", "Johdanto", "Liite"):
        add_section(
            installation, handbook.administrator, handbook.id, SectionKind.CHAPTER, title,
            request_id="one-form",
        )  # fmt: skip
    assert outline(installation, handbook) == ["Johdanto", "Liite"]


def test_a_section_moves_up_down_in_and_out(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    assert move_section(installation, editor, texts.second, Direction.UP)
    assert move_section(installation, editor, texts.story, Direction.IN)
    assert move_section(installation, editor, texts.second, Direction.OUT)
    assert outline(installation, handbook) == [
        "Johdanto",
        "Osallisuus",
        "  Vertaistuki",
        "    Henkilötarina: Marja",
        "Vapaaehtoistoiminta",
    ]
    assert not move_section(installation, editor, texts.second, Direction.DOWN)
    assert not move_section(installation, editor, texts.chapter, Direction.UP)
    assert not move_section(installation, editor, texts.chapter, Direction.OUT)


def test_a_section_cannot_be_put_beneath_itself(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    with pytest.raises(Refused) as refused:
        place_section(installation, handbook.administrator, texts.area, texts.first)
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
    place_section(installation, handbook.administrator, texts.first, texts.chapter)
    assert outline(installation, handbook)[:2] == ["Johdanto", "  Vertaistuki"]


def test_dropping_takes_what_stands_beneath_and_restoring_brings_it_back(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    before = outline(installation, handbook)
    assert len(drop_section(installation, editor, texts.area)) == 4
    assert outline(installation, handbook) == ["Johdanto"]
    assert len(restore_section(installation, editor, texts.area)) == 4
    assert outline(installation, handbook) == before


def test_what_was_dropped_before_stays_dropped(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts, clock
) -> None:
    editor = handbook.administrator
    drop_section(installation, editor, texts.story)
    clock.advance(minutes=1)
    drop_section(installation, editor, texts.area)
    restore_section(installation, editor, texts.area)
    assert "  Henkilötarina: Marja" not in outline(installation, handbook)


def test_renaming_is_a_revision_of_the_text(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    _revision, before = working_text(installation, texts.first)
    rename_section(installation, handbook.administrator, texts.first, "fi", "Vertais*tuki*")
    _revision, after = working_text(installation, texts.first)
    assert outline(installation, handbook)[2] == "  Vertais*tuki*"
    assert after.split("\n", 1)[1] == before.split("\n", 1)[1]
    with installation.database.read() as session:
        titles = session.scalars(
            select(Revision.title)
            .where(Revision.section_id == texts.first)
            .order_by(Revision.number)
        ).all()
    assert titles[-2:] == ["Vertaistuki", "Vertais*tuki*"]


def test_a_relation_is_kept_once_whichever_way_it_is_said(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    relate(installation, editor, texts.first, texts.story)
    relate(installation, editor, texts.story, texts.first)
    with installation.database.read() as session:
        assert len(session.scalars(select(Relation)).all()) == 1
    unrelate(installation, editor, texts.story, texts.first)
    with installation.database.read() as session:
        assert session.scalars(select(Relation)).all() == []


def test_nobody_else_changes_the_tree(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    stranger = make_handbook(installation, title="Toinen").administrator
    for actor in (VISITOR, stranger):
        with pytest.raises(Refused) as refused:
            drop_section(installation, actor, texts.area)
        assert refused.value.reason is Reason.NOT_ALLOWED
        with pytest.raises(Refused):
            add_section(installation, actor, handbook.id, SectionKind.AREA, "Oma")


def test_a_title_is_needed_and_bounded(installation: Installation, handbook: MadeHandbook) -> None:
    for title, reason in (("  ", Reason.EMPTY), ("a" * 400, Reason.TOO_LONG)):
        with pytest.raises(Refused) as refused:
            add_section(installation, handbook.administrator, handbook.id, SectionKind.AREA, title)
        assert refused.value.reason is reason


def test_a_section_is_put_before_after_and_under_another(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    assert put_section(installation, editor, texts.story, texts.first, Where.BEFORE)
    assert not put_section(installation, editor, texts.story, texts.first, Where.BEFORE)
    assert put_section(installation, editor, texts.first, texts.chapter, Where.UNDER)
    assert put_section(installation, editor, texts.second, texts.area, Where.AFTER)
    assert outline(installation, handbook) == [
        "Johdanto",
        "  Vertaistuki",
        "Osallisuus",
        "  Henkilötarina: Marja",
        "Vapaaehtoistoiminta",
    ]
    with pytest.raises(Refused) as refused:
        put_section(installation, editor, texts.area, texts.story, Where.AFTER)
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def test_each_change_is_written_down_once(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    rename_section(installation, editor, texts.first, "fi", "Vertaisryhmät")
    move_section(installation, editor, texts.first, Direction.DOWN)
    place_section(installation, editor, texts.first, texts.chapter)
    relate(installation, editor, texts.first, texts.story)
    drop_section(installation, editor, texts.first)
    with installation.database.read() as session:
        rows = session.scalars(
            select(StructureChange).where(StructureChange.section_id == texts.first)
        ).all()
        acts = {row.act: row for row in rows}
    assert len(rows) == len(acts) == 5
    renamed, moved = acts[StructureAct.RENAME], acts[StructureAct.MOVE]
    assert (renamed.old_title, renamed.title) == ("Vertaistuki", "Vertaisryhmät")
    assert (moved.old_parent_id, moved.parent_id) == (texts.area, texts.chapter)
    assert {StructureAct.ADD, StructureAct.RELATE, StructureAct.DROP} <= set(acts)
