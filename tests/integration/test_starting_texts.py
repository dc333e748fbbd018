"""Starting texts: credit, what was taken over, and that it follows a section's lineage."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.actors import VISITOR
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.starting_texts import Inheritance
from reviewtool.models.trace import TraceRow
from reviewtool.queries.imports import Choices
from reviewtool.queries.starting_texts import inherited_texts, origin_of, source_of
from reviewtool.queries.tree import working_tree
from reviewtool.services.imports import import_file
from reviewtool.services.starting_texts import Credit, name_starting_text
from reviewtool.text.origins import Origin
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.texts import edit, make_section, working_text

FILE = """# Osallisuus

## Vertaistuki

Ryhmässä tavataan kerran viikossa kirjastossa.

Ohjaajat ovat koulutettuja vapaaehtoisia, joita työntekijä tukee.
"""
CREDIT = Credit("Naapurin käsikirja", "Naapurimaakunnan järjestöverkosto", "Lupa sähköpostilla")


def brought_in(installation: Installation) -> tuple[MadeHandbook, str]:
    made = make_handbook(installation)
    import_file(installation, made.administrator, made.id, "kirja.md", FILE.encode(), Choices())
    with installation.database.read() as session:
        lines = working_tree(session, made.id, "fi")
    return made, next(line.section_id for line in lines if line.title == "Vertaistuki")


def test_what_was_brought_in_is_inherited_whatever_is_written_later(
    installation: Installation,
) -> None:
    made, section_id = brought_in(installation)
    _id, text = working_text(installation, section_id)
    edit(installation, made.administrator, section_id, text.replace("kerran viikossa", "usein"))
    own = make_section(installation, made.administrator, made.id, "Oma teksti")
    name_starting_text(installation, made.administrator, made.id, CREDIT, [section_id])
    with installation.database.read() as session:
        source = source_of(session, made.id)
        taken = inherited_texts(session, made.id, [section_id, own], "fi")
        traced = session.scalars(
            select(TraceRow.payload).where(
                TraceRow.act.in_([Act.STARTING_TEXT_NAMED, Act.SECTIONS_INHERITED])
            )
        ).all()
    assert source is not None
    assert (source.title, source.sections) == ("Naapurin käsikirja", 1)
    assert taken == {section_id: [text]}
    _id, now = working_text(installation, section_id)
    assert origin_of(taken[section_id], now).words[Origin.CHANGED] == 1
    assert len(traced) == 2
    assert "Naapurin" not in "".join(traced)


def test_saying_the_same_again_changes_nothing_and_a_choice_can_be_taken_back(
    installation: Installation,
) -> None:
    made, section_id = brought_in(installation)
    for _ in range(2):
        name_starting_text(installation, made.administrator, made.id, CREDIT, [section_id])
    with installation.database.read() as session:
        assert session.scalar(select(func.count(Inheritance.id))) == 1
        source = source_of(session, made.id)
    assert source is not None
    assert source.version == 1
    name_starting_text(installation, made.administrator, made.id, CREDIT, [])
    with installation.database.read() as session:
        assert inherited_texts(session, made.id, [section_id], "fi") == {}


@pytest.mark.parametrize(
    ("credit", "reason"),
    [
        (Credit("", "A", "B"), Reason.EMPTY),
        (Credit("A", " ", "B"), Reason.EMPTY),
        (Credit("A", "B", ""), Reason.EMPTY),
        (Credit("A", "B", "C" * 1001), Reason.TOO_LONG),
        (Credit("A", "B", "C", None, "javascript:alert(1)"), Reason.BAD_ADDRESS),
    ],
)
def test_credit_and_permission_are_asked_for(
    installation: Installation, credit: Credit, reason: Reason
) -> None:
    made = make_handbook(installation)
    with pytest.raises(Refused) as refused:
        name_starting_text(installation, made.administrator, made.id, credit, [])
    assert refused.value.reason is reason


def test_only_editors_name_it_and_only_for_their_own_sections(
    installation: Installation,
) -> None:
    made, section_id = brought_in(installation)
    other = make_handbook(installation, title="Toinen")
    with pytest.raises(Refused) as refused:
        name_starting_text(installation, VISITOR, made.id, CREDIT, [])
    assert refused.value.reason is Reason.NOT_ALLOWED
    with pytest.raises(Refused) as refused:
        name_starting_text(installation, other.administrator, other.id, CREDIT, [section_id])
    assert refused.value.reason is Reason.NOT_FOUND


def test_a_file_that_begins_with_a_new_text_puts_it_before_what_follows_there(
    installation: Installation,
) -> None:
    made = make_handbook(installation)
    file = FILE + "\n# Kokemus\n\n## Kokemustoiminta\n\nKokemus on tietoa.\n"
    titles = []
    for content in (file, "# Johdanto\n\nTervetuloa lukemaan.\n\n" + file):
        import_file(
            installation, made.administrator, made.id, "kirja.md", content.encode(), Choices()
        )
        with installation.database.read() as session:
            titles.append([line.title for line in working_tree(session, made.id, "fi")])
    assert titles[1] == ["Johdanto", *titles[0]]
