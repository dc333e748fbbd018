"""A passage placed by hand is the new origin of its anchor (rule 4)."""

import pytest

from reviewtool.domain.passages import Range, WholeLine
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.queries.suggestions import suggestions_of
from reviewtool.services.placing import place
from tests.factories.answers import make_bench, suggested, take
from tests.factories.texts import make_section, reword, working_text


def test_a_lost_suggestion_is_taken_where_a_person_placed_it(installation: Installation) -> None:
    bench = make_bench(installation)
    one = suggested(installation, bench, "koulutetut", "kokeneet")
    reword(installation, bench.editor, bench.section_id, "Ohjaajina toimivat", "Meillä on")
    reword(installation, bench.editor, bench.section_id, "koulutetut vapaaehtoiset", "ohjaajia")
    assert take(installation, bench, [one]).revision_id is None
    revision_id, text = working_text(installation, bench.section_id)
    start = text.index("ohjaajia")
    place(
        installation,
        bench.editor,
        one,
        revision_id,
        Range(start, start + len("ohjaajia")),
        new_id(),
    )
    with installation.database.read() as session:
        (suggestion,) = suggestions_of(session, [one])
    assert suggestion.revision_id == revision_id
    assert take(installation, bench, [one]).taken == (one,)
    assert "Meillä on **kokeneet**" in working_text(installation, bench.section_id)[1]


def test_places_that_are_not_there_or_elsewhere_are_refused(installation: Installation) -> None:
    bench, other = make_bench(installation), make_bench(installation)
    one = suggested(installation, bench, "koulutetut", "kokeneet")
    revision_id, _ = working_text(installation, bench.section_id)
    with pytest.raises(Refused) as refused:
        place(installation, bench.editor, one, revision_id, WholeLine(99), new_id())
    assert refused.value.reason is Reason.PASSAGE_GONE
    foreign, _ = working_text(installation, other.section_id)
    with pytest.raises(Refused) as refused:
        place(installation, bench.editor, one, foreign, WholeLine(1), new_id())
    assert refused.value.reason is Reason.NOT_FOUND


def test_a_passage_may_be_placed_in_another_section(installation: Installation) -> None:
    bench = make_bench(installation)
    one = suggested(installation, bench, "koulutetut", "kokeneet")
    section_id = make_section(installation, bench.editor, bench.handbook.id, "Toinen teksti")
    revision_id, _ = working_text(installation, section_id)
    place(installation, bench.editor, one, revision_id, WholeLine(2), new_id())
    with installation.database.read() as session:
        (suggestion,) = suggestions_of(session, [one])
    assert suggestion.revision_id == revision_id


def test_a_suggestion_is_placed_in_one_part_of_the_text(installation: Installation) -> None:
    bench = make_bench(installation)
    one = suggested(installation, bench, "koulutetut", "kokeneet")
    revision_id, text = working_text(installation, bench.section_id)
    across = Range(text.index("\n\n::body") - 5, text.index("viikossa"))
    with pytest.raises(Refused) as refused:
        place(installation, bench.editor, one, revision_id, across, new_id())
    assert refused.value.reason is Reason.ACROSS_PARTS
