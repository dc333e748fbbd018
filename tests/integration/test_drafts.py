"""Drafts: frozen behind the gate, never changed, corrected by number."""

import pytest
from sqlalchemy import select

from reviewtool.domain.phases import PhaseState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.phases import Phase
from reviewtool.queries.tree import draft_tree
from reviewtool.services.corrections import correct_draft
from reviewtool.services.drafts import freeze_draft
from reviewtool.services.moving import Direction as Way
from reviewtool.services.moving import move_section
from reviewtool.services.structure import drop_section
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.texts import MadeTexts, make_draft, make_texts, reword, working_text


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def texts(installation: Installation, handbook: MadeHandbook) -> MadeTexts:
    """Give its small tree."""
    return make_texts(installation, handbook.administrator, handbook.id)


def items(installation: Installation, draft_id: str) -> dict[str, str]:
    """Read a draft as section -> revision."""
    with installation.database.read() as session:
        rows = session.execute(
            select(DraftItem.section_id, DraftItem.revision_id).where(
                DraftItem.draft_id == draft_id
            )
        ).all()
    return {row.section_id: row.revision_id for row in rows}


def test_a_draft_keeps_texts_and_tree_as_they_stood(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    first = freeze_draft(installation, editor, handbook.id)
    frozen = items(installation, first.id)
    reword(installation, editor, texts.first, "viikossa", "kuussa")
    move_section(installation, editor, texts.second, Way.UP)
    drop_section(installation, editor, texts.story)
    second = freeze_draft(installation, editor, handbook.id)
    assert (first.label, second.label) == ("1", "2")
    assert items(installation, first.id) == frozen
    with installation.database.read() as session:
        titles = [line.title for line in draft_tree(session, first.id, "fi")]
        later = [line.title for line in draft_tree(session, second.id, "fi")]
    assert titles[2:] == ["Vertaistuki", "Vapaaehtoistoiminta", "Henkilötarina: Marja"]
    assert later[2:] == ["Vapaaehtoistoiminta", "Vertaistuki"]


def test_without_texts_or_changes_there_is_nothing_to_freeze(installation: Installation) -> None:
    handbook = make_handbook(installation)
    editor = handbook.administrator
    with pytest.raises(Refused) as refused:
        freeze_draft(installation, editor, handbook.id)
    assert refused.value.reason is Reason.NOTHING_TO_FREEZE
    make_texts(installation, editor, handbook.id)
    freeze_draft(installation, editor, handbook.id)
    with pytest.raises(Refused) as refused:
        freeze_draft(installation, editor, handbook.id)
    assert refused.value.reason is Reason.NOTHING_TO_FREEZE


def test_pressing_freeze_twice_freezes_once(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    both = [freeze_draft(installation, handbook.administrator, handbook.id, "r") for _ in range(2)]
    assert both[0] == both[1]


def test_a_correction_changes_one_section_of_the_draft_and_nothing_else(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    draft = make_draft(installation, editor, handbook.id)
    base, text = working_text(installation, texts.first)
    made = correct_draft(
        installation, editor, draft, texts.first, "fi", base_revision_id=base,
        text=text.replace("viikossa", "kuussa"), reason="Väärä tieto",
    )  # fmt: skip
    before, after = items(installation, draft), items(installation, made.draft.id)
    assert made.draft.label == "1.1"
    assert {one for one in before if before[one] != after[one]} == {texts.first}
    assert working_text(installation, texts.first)[0] == after[texts.first]
    with installation.database.read() as session:
        assert session.get_one(Draft, made.draft.id).reason == "Väärä tieto"


def test_a_correction_is_joined_with_what_has_been_written_since(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    draft = make_draft(installation, editor, handbook.id)
    base, text = working_text(installation, texts.first)
    reword(installation, editor, texts.first, "avoin kaikille", "avoin aikuisille")
    made = correct_draft(
        installation, editor, draft, texts.first, "fi", base_revision_id=base,
        text=text.replace("viikossa", "kuussa"), reason="Väärä tieto",
    )  # fmt: skip
    _working, now = working_text(installation, texts.first)
    assert made.in_working_text
    assert "kerran kuussa" in now
    assert "avoin aikuisille" in now


def test_a_correction_that_clashes_with_later_work_leaves_that_as_it_is(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    draft = make_draft(installation, editor, handbook.id)
    base, text = working_text(installation, texts.first)
    reword(installation, editor, texts.first, "viikossa", "vuodessa")
    working, _text = working_text(installation, texts.first)
    made = correct_draft(
        installation, editor, draft, texts.first, "fi", base_revision_id=base,
        text=text.replace("viikossa", "kuussa"), reason="Väärä tieto",
    )  # fmt: skip
    assert not made.in_working_text
    assert working_text(installation, texts.first)[0] == working


def test_open_phases_look_at_the_correction_and_closed_ones_stay(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    draft = make_draft(installation, editor, handbook.id)
    states = {"ngo-round": PhaseState.OPEN, "coordinators-round": PhaseState.CLOSED}
    with installation.database.write() as session:
        for key, state in states.items():
            phase = session.get_one(Phase, handbook.phases[key])
            phase.draft_id, phase.state = draft, state
    base, text = working_text(installation, texts.first)
    made = correct_draft(
        installation, editor, draft, texts.first, "fi", base_revision_id=base,
        text=text.replace("viikossa", "kuussa"), reason="Väärä tieto",
    )  # fmt: skip
    with installation.database.read() as session:
        looks_at = {key: session.get_one(Phase, handbook.phases[key]).draft_id for key in states}
    assert looks_at == {"ngo-round": made.draft.id, "coordinators-round": draft}


@pytest.mark.parametrize(
    ("words", "reason", "refusal"),
    [("kuussa", "  ", Reason.REASON_MISSING), ("viikossa", "Syy", Reason.NO_CHANGE)],
)
def test_a_correction_has_a_reason_and_a_change(
    installation: Installation, words: str, reason: str, refusal: Reason
) -> None:
    handbook = make_handbook(installation)
    editor = handbook.administrator
    texts = make_texts(installation, editor, handbook.id)
    draft = make_draft(installation, editor, handbook.id)
    base, text = working_text(installation, texts.first)
    with pytest.raises(Refused) as refused:
        correct_draft(
            installation, editor, draft, texts.first, "fi", base_revision_id=base,
            text=text.replace("viikossa", words), reason=reason,
        )  # fmt: skip
    assert refused.value.reason is refusal
