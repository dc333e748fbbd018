"""Notes between editors: kept, changed by the same form, seen by nobody else, never counted."""

import pytest

from reviewtool.domain.contributions import MOST_CHARACTERS, TurnVisibility
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.queries.answers import notes_of
from reviewtool.queries.openness import open_by_section
from reviewtool.services.turns import add_note
from tests.factories.answers import MadeBench, answer, make_bench, said
from tests.factories.handbooks import make_editor, make_handbook


@pytest.fixture
def bench(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft."""
    return make_bench(installation)


def words_of(installation: Installation, bench: MadeBench, contribution_id: str) -> list[str]:
    with installation.database.read() as session:
        notes = notes_of(session, bench.editor, bench.handbook.id, [contribution_id])
    assert {note.visibility for note in notes[contribution_id]} <= {TurnVisibility.EDITORS}
    return [note.words for note in notes[contribution_id]]


def test_the_same_form_again_changes_the_note(installation: Installation, bench: MadeBench) -> None:
    one, other = said(installation, bench), said(installation, bench)
    request_id = new_id()
    first = add_note(installation, bench.editor, one, " Kysytään. ", request_id)
    assert add_note(installation, bench.editor, one, "Kysytään.", request_id) == first
    assert add_note(installation, bench.editor, one, "Kysytty jo.", request_id) == first
    assert words_of(installation, bench, one) == ["Kysytty jo."]
    assert add_note(installation, bench.editor, one, "Kysytty jo.", new_id()) != first
    assert len(words_of(installation, bench, one)) == 2
    add_note(installation, bench.editor, other, "Toiseen.", request_id)
    assert words_of(installation, bench, other) == ["Toiseen."]
    assert words_of(installation, bench, one) == ["Kysytty jo.", "Kysytty jo."]


def test_a_note_is_no_contribution(installation: Installation, bench: MadeBench) -> None:
    one = said(installation, bench)
    answer(installation, bench, [one])
    add_note(installation, bench.editor, one, "Tästä puhuttiin kokouksessa.", new_id())
    with installation.database.read() as session:
        assert not open_by_section(session, bench.handbook.id)


@pytest.mark.parametrize(
    ("words", "reason"),
    [(" \n ", Reason.EMPTY), ("a" * (MOST_CHARACTERS + 1), Reason.TOO_LONG)],
)
def test_what_is_no_note(
    installation: Installation, bench: MadeBench, words: str, reason: Reason
) -> None:
    one = said(installation, bench)
    with pytest.raises(Refused) as refused:
        add_note(installation, bench.editor, one, words, new_id())
    assert refused.value.reason is reason
    assert words_of(installation, bench, one) == []


def test_only_editors_of_the_handbook_write_and_read(
    installation: Installation, bench: MadeBench
) -> None:
    one = said(installation, bench)
    stranger = make_editor(installation, make_handbook(installation).id)
    with pytest.raises(Refused):
        add_note(installation, stranger, one, "Hei", new_id())
    with installation.database.read() as session, pytest.raises(Refused):
        notes_of(session, stranger, bench.handbook.id, [one])
