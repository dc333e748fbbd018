"""Splitting: what becomes of a text's other languages, and of the episodes of a story."""

import pytest
from sqlalchemy import select

from reviewtool.domain.sections import Cause, SectionKind
from reviewtool.domain.splitting import pieces
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Revision, SectionText
from reviewtool.queries.stories import stories_of
from reviewtool.queries.structure import left_whole
from reviewtool.services._revisions import add_revision
from reviewtool.services.combining import Combination, combine_sections
from reviewtool.services.splitting import Split, preview_split, split_section
from reviewtool.services.stories import StoryWords, describe_story
from reviewtool.text.document import parse
from tests.factories.answers import MadeBench, make_bench
from tests.factories.texts import make_section, working_text


@pytest.fixture
def made(installation: Installation) -> MadeBench:
    """Give a handbook with an activity and an editor."""
    return make_bench(installation)


def say_in_swedish(installation: Installation, made: MadeBench, section_id: str, text: str) -> None:
    with installation.database.write() as session:
        add_revision(
            session, made.editor, installation.clock.now(), section_id=section_id, language="sv",
            text=text, cause=Cause.EDIT, expected_version=None,
        )  # fmt: skip


def make_plain(
    installation: Installation, made: MadeBench, title: str, body: str, kind: SectionKind
) -> str:
    return make_section(
        installation, made.editor, made.handbook.id, title,
        points=(), body=body, sources=(), kind=kind,
    )  # fmt: skip


def texts_in(installation: Installation, language: str) -> dict[str, str]:
    with installation.database.read() as session:
        rows = session.execute(
            select(SectionText.section_id, Revision.text)
            .join(Revision, Revision.id == SectionText.working_revision_id)
            .where(SectionText.language == language)
        )
        return {row.section_id: row.text for row in rows}


def merge(
    installation: Installation,
    made: MadeBench,
    sections: tuple[str, ...],
    heir_id: str | None,
    text: str,
) -> str:
    with installation.database.read() as session:
        found = session.execute(
            select(SectionText.section_id, SectionText.version).where(
                SectionText.section_id.in_(sections), SectionText.language == "fi"
            )
        )
        versions = {row.section_id: row.version for row in found}
    plan = Combination({one: versions[one] for one in sections}, heir_id, text)
    return combine_sections(installation, made.editor, "fi", plan, new_id())


FINNISH = "Alku.\n\n## Talous\n\nRahasta.\n\n## Velka\n\nVeloista."


@pytest.mark.parametrize(
    ("swedish", "kept", "moved"),
    [
        (
            "# Rådgivning\n\nBörjan.\n\n## Ekonomi\n\nOm pengar.\n\n## Skuld\n\nOm skulder.",
            "Om pengar.",
            ("Skuld", "Om skulder."),
        ),
        ("# Rådgivning\n\nBörjan.\n\n## Ekonomi och skuld\n\nOm båda.", "Om båda.", None),
    ],
)
def test_other_languages_are_split_by_their_headings_or_stay_whole_and_are_told_of(
    installation: Installation,
    made: MadeBench,
    swedish: str,
    kept: str,
    moved: tuple[str, str] | None,
) -> None:
    section_id = make_plain(installation, made, "Neuvonta", FINNISH, SectionKind.ACTIVITY)
    say_in_swedish(installation, made, section_id, swedish)
    _, text = working_text(installation, section_id)
    goes = tuple({1} if "Vel" in one.words else {0} for one in pieces(text))
    plan = Split(("Velkaneuvonta",), goes, 2)
    tried = preview_split(installation, made.editor, section_id, "fi", plan)
    assert (tried.along, tried.whole) == ((("sv",), ()) if moved else ((), ("sv",)))
    (new,) = split_section(installation, made.editor, section_id, "fi", plan, new_id())
    texts = texts_in(installation, "sv")
    with installation.database.read() as session:
        whole = left_whole(session, made.editor, made.handbook.id, new)
    assert kept in texts[section_id]
    if moved is None:
        assert new not in texts
        assert [(one.section_id, one.new_id, one.language) for one in whole] == [
            (section_id, new, "sv")
        ]
        say_in_swedish(installation, made, new, "# Skuld\n\nOm skulder.")
        with installation.database.read() as session:
            assert left_whole(session, made.editor, made.handbook.id) == []
    else:
        assert parse(texts[new]).title == moved[0]
        assert moved[1] in texts[new]
        assert moved[1] not in texts[section_id]
        assert whole == []


def test_the_episodes_of_a_story_go_with_their_headings_and_come_back(
    installation: Installation, made: MadeBench
) -> None:
    words = "## Ryhmä\n\nTulin ryhmään.\n\n## Neuvonta\n\nSain neuvon."
    kind = SectionKind.STORY
    story = make_plain(installation, made, "Kaarlo", words, kind)
    tied = {"Ryhmä": made.section_id, "Neuvonta": made.section_id}
    describe_story(installation, made.editor, story, StoryWords("Kaarlo", episodes=tied))
    _, text = working_text(installation, story)
    goes = tuple({1} if "neuvo" in one.words.lower() else {0} for one in pieces(text))
    plan = Split(("Kaarlon neuvo",), goes, 2)
    (new,) = split_section(installation, made.editor, story, "fi", plan, new_id())

    def told(*sections: str) -> list[tuple[str, list[str]]]:
        with installation.database.read() as session:
            found = stories_of(session, sections)
        return [
            (found[one].person, [line.heading for line in found[one].episodes]) for one in sections
        ]

    assert told(story, new) == [("Kaarlo", ["Ryhmä"]), ("Kaarlo", ["Neuvonta"])]
    assert merge(installation, made, (story, new), story, f"# Kaarlo\n\n{words}") == story
    assert told(story) == [("Kaarlo", ["Neuvonta", "Ryhmä"])]
    apart = make_plain(installation, made, "Aino", words, kind)
    heir = merge(installation, made, (story, apart), None, f"# Kaksi\n\n{words}")
    assert told(heir) == [("Kaarlo", ["Neuvonta", "Ryhmä"])]
