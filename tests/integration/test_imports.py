"""Bringing in a file, and bringing it in again after it has changed."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.files import Blob, File
from reviewtool.models.sections import Revision
from reviewtool.office.errors import UnreadableFile
from reviewtool.queries.imports import Change, Choices, preview
from reviewtool.queries.tree import working_tree
from reviewtool.services.imports import (
    confirm_import,
    discard_upload,
    import_file,
    upload,
)
from reviewtool.services.structure import rename_section
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.texts import reword, working_text

FILE = """# Järjestökäsikirja

## Johdanto

Käsikirja kertoo järjestöjen työstä.

## Osallisuus

Osallisuus syntyy yhdessä tekemisestä.

### Vertaistuki

- Vertaistuki vahvistaa arjen taitoja.
- Ryhmä on avoin kaikille.

Ryhmässä tavataan kerran viikossa. Mukaan voi tulla ilman ilmoittautumista.

Ohjaajina toimivat koulutetut vapaaehtoiset.

#### Lähteenä käytetty

- Järjestöbarometri 2018

### Vapaaehtoistoiminta

- Tehtäviä on monenlaisia.

Vapaaehtoinen saa koulutuksen ja tuen tehtäväänsä. Jokainen löytää paikkansa.

#### Lähteenä käytetty

- Kansalaisareena 2018
"""


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook that the file was brought into."""
    made = make_handbook(installation)
    bring_in(installation, made, FILE)
    return made


def bring_in(
    installation: Installation, handbook: MadeHandbook, text: str, **choices: frozenset[int]
):
    """Import a Markdown text."""
    return import_file(
        installation, handbook.administrator, handbook.id, "kirja.md", text.encode(),
        Choices(**choices),
    )  # fmt: skip


def tree(installation: Installation, handbook: MadeHandbook) -> dict[str, str]:
    """Read the standing sections: title -> id."""
    with installation.database.read() as session:
        lines = working_tree(session, handbook.id, "fi")
    return {line.title: line.section_id for line in lines}


def plan_of(installation: Installation, handbook: MadeHandbook, text: str):
    """Upload a text and read its preview."""
    file_id = upload(installation, handbook.administrator, handbook.id, "kirja.md", text.encode())
    with installation.database.read() as session:
        return preview(session, handbook.administrator, handbook.id, file_id)


def count(installation: Installation, table: type) -> int:
    """Count the rows of a table."""
    with installation.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_first_import_makes_sections_in_the_order_of_the_file(
    installation: Installation, handbook: MadeHandbook
) -> None:
    assert list(tree(installation, handbook)) == [
        "Johdanto", "Osallisuus", "Vertaistuki", "Vapaaehtoistoiminta",
    ]  # fmt: skip
    _id, text = working_text(installation, tree(installation, handbook)["Vertaistuki"])
    assert "- Vertaistuki vahvistaa arjen taitoja." in text
    assert "- Järjestöbarometri 2018" in text


def test_the_same_file_again_changes_nothing(
    installation: Installation, handbook: MadeHandbook
) -> None:
    before = count(installation, Revision)
    told = bring_in(installation, handbook, FILE)
    assert (told.added, told.changed, told.joined) == ((), (), ())
    assert count(installation, Revision) == before


def test_a_changed_file_makes_revisions_of_just_what_changed(
    installation: Installation, handbook: MadeHandbook
) -> None:
    before = count(installation, Revision)
    told = bring_in(installation, handbook, FILE.replace("kerran viikossa", "kerran kuussa"))
    assert told.changed == ("Vertaistuki",)
    assert count(installation, Revision) == before + 1


def test_edits_made_here_survive_the_unchanged_file(
    installation: Installation, handbook: MadeHandbook
) -> None:
    section = tree(installation, handbook)["Vertaistuki"]
    reword(installation, handbook.administrator, section, "koulutetut", "kokeneet")
    told = bring_in(installation, handbook, FILE)
    assert told.changed == ()
    assert "kokeneet" in working_text(installation, section)[1]


def test_edits_made_here_are_joined_with_those_of_the_file_and_stay_joined(
    installation: Installation, handbook: MadeHandbook
) -> None:
    section = tree(installation, handbook)["Vertaistuki"]
    reword(installation, handbook.administrator, section, "koulutetut", "kokeneet")
    changed = FILE.replace("kerran viikossa", "kerran kuussa")
    assert bring_in(installation, handbook, changed).joined == ("Vertaistuki",)
    _id, text = working_text(installation, section)
    assert "kokeneet" in text
    assert "kerran kuussa" in text
    assert bring_in(installation, handbook, changed).unchanged[2] == "Vertaistuki"
    assert working_text(installation, section)[1] == text


def test_a_clash_leaves_the_text_until_the_file_is_chosen(
    installation: Installation, handbook: MadeHandbook
) -> None:
    section = tree(installation, handbook)["Vertaistuki"]
    reword(installation, handbook.administrator, section, "kerran viikossa", "joka päivä")
    changed = FILE.replace("kerran viikossa", "kerran kuussa")
    assert bring_in(installation, handbook, changed).clashes == ("Vertaistuki",)
    assert "joka päivä" in working_text(installation, section)[1]
    told = bring_in(installation, handbook, changed, take_file=frozenset({2}))
    assert told.changed == ("Vertaistuki",)
    assert "kerran kuussa" in working_text(installation, section)[1]


def test_a_renamed_section_is_proposed_and_kept_only_when_confirmed(
    installation: Installation, handbook: MadeHandbook
) -> None:
    before = tree(installation, handbook)
    renamed = FILE.replace("### Vertaistuki", "### Vertaistukiryhmät")
    seen = plan_of(installation, handbook, renamed)
    assert [(one.outline.title, one.present_title) for one in seen.plan.proposals] == [
        ("Vertaistukiryhmät", "Vertaistuki")
    ]
    confirm_import(
        installation, handbook.administrator, handbook.id, seen.file_id,
        seen.plan.fingerprint, Choices(renamed=frozenset({2})),
    )  # fmt: skip
    assert tree(installation, handbook)["Vertaistukiryhmät"] == before["Vertaistuki"]


def test_a_section_renamed_here_is_known_by_the_title_that_the_file_gave_it(
    installation: Installation, handbook: MadeHandbook
) -> None:
    section = tree(installation, handbook)["Vertaistuki"]
    rename_section(installation, handbook.administrator, section, "fi", "Vertaisryhmät")
    seen = plan_of(installation, handbook, FILE)
    assert seen.plan.proposals == ()
    assert seen.plan.missing == ()
    assert seen.plan.count(Change.UNCHANGED) == 4


def test_a_denied_renaming_is_a_new_section_in_its_place(
    installation: Installation, handbook: MadeHandbook
) -> None:
    told = bring_in(
        installation, handbook, FILE.replace("### Vertaistuki", "### Vertaistukiryhmät")
    )
    assert told.added == ("Vertaistukiryhmät",)
    assert told.missing == ("Vertaistuki",)
    assert "Vertaistuki" in tree(installation, handbook)


def test_what_the_file_lacks_is_told_and_left(
    installation: Installation, handbook: MadeHandbook
) -> None:
    told = bring_in(installation, handbook, FILE.split("### Vapaaehtoistoiminta")[0])
    assert told.missing == ("Vapaaehtoistoiminta",)
    assert "Vapaaehtoistoiminta" in tree(installation, handbook)


def test_a_preview_changes_nothing_and_is_refused_when_the_texts_moved_on(
    installation: Installation, handbook: MadeHandbook
) -> None:
    before = count(installation, Revision)
    seen = plan_of(installation, handbook, FILE.replace("kerran viikossa", "kerran kuussa"))
    assert seen.plan.count(Change.CHANGED) == 1
    assert count(installation, Revision) == before
    section = tree(installation, handbook)["Vertaistuki"]
    reword(installation, handbook.administrator, section, "koulutetut", "kokeneet")
    with pytest.raises(Refused) as refused:
        confirm_import(
            installation, handbook.administrator, handbook.id, seen.file_id,
            seen.plan.fingerprint, Choices(),
        )  # fmt: skip
    assert refused.value.reason is Reason.TEXT_CHANGED


def test_confirming_twice_brings_in_once(
    installation: Installation, handbook: MadeHandbook
) -> None:
    seen = plan_of(installation, handbook, FILE.replace("kerran viikossa", "kerran kuussa"))
    arguments = (
        installation, handbook.administrator, handbook.id, seen.file_id,
        seen.plan.fingerprint, Choices(),
    )  # fmt: skip
    confirm_import(*arguments)
    with pytest.raises(Refused) as refused:
        confirm_import(*arguments)
    assert refused.value.reason is Reason.NOT_FOUND


def test_an_upload_is_cleared_when_unused_and_bytes_in_use_stay(
    installation: Installation, handbook: MadeHandbook, clock
) -> None:
    same = plan_of(installation, handbook, FILE)
    other = plan_of(installation, handbook, FILE + "\n\nLisää.\n")
    assert (count(installation, File), count(installation, Blob)) == (3, 2)
    discard_upload(installation, handbook.administrator, handbook.id, other.file_id)
    assert (count(installation, File), count(installation, Blob)) == (2, 1)
    clock.advance(days=2)
    plan_of(installation, handbook, FILE + "\n\nMuuta.\n")
    with installation.database.read() as session:
        assert session.get(File, same.file_id) is None


def test_a_file_that_is_not_what_it_says_leaves_nothing(
    installation: Installation, handbook: MadeHandbook
) -> None:
    files = count(installation, File)
    with pytest.raises(UnreadableFile):
        upload(installation, handbook.administrator, handbook.id, "kirja.docx", b"%PDF-1.7 no")
    assert count(installation, File) == files
