"""Stories: whose they are, with consent; tied to activities; begun by an import."""

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import VISITOR
from reviewtool.domain.files import Upload
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.pictures import Picture
from reviewtool.models.trace import TraceRow
from reviewtool.queries.imports import Choices
from reviewtool.queries.stories import stories_of, told_of
from reviewtool.queries.tree import working_tree
from reviewtool.services.imports import import_file
from reviewtool.services.pictures import add_picture
from reviewtool.services.stories import StoryWords, describe_story
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.pictures import picture
from tests.factories.texts import MadeTexts, edit, make_texts, working_text

SAID = StoryWords(person="Marja", pseudonym=True, role="eläkeläinen")


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def texts(installation: Installation, handbook: MadeHandbook) -> MadeTexts:
    """Give its texts, the story with an episode."""
    made = make_texts(installation, handbook.administrator, handbook.id)
    _id, text = working_text(installation, made.story)
    with_episode = text.replace("kirjastosta.", "kirjastosta.\n\n## Vertaistuki\n\nRyhmässä.")
    edit(installation, handbook.administrator, made.story, with_episode)
    return made


def test_a_story_is_told_and_an_episode_leads_to_its_activity_and_back(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    words = StoryWords("Marja", True, "eläkeläinen", episodes={"Vertaistuki": texts.first})
    request_id = new_id()
    for _press in range(2):
        describe_story(installation, handbook.administrator, texts.story, words, request_id)
    describe_story(installation, handbook.administrator, texts.story, words)
    with installation.database.read() as session:
        story = stories_of(session, [texts.story])[texts.story]
        revision_id, _text = working_text(installation, texts.story)
        told = told_of(session, [texts.first, texts.second], {texts.story: revision_id})
        acts = session.scalars(
            select(TraceRow.payload).where(TraceRow.object_id == texts.story)
        ).all()
    assert (story.person, story.role, len(story.episodes)) == ("Marja", "eläkeläinen", 1)
    assert list(told) == [texts.first]
    assert [(one.title, one.heading, one.line) for one in told[texts.first]] == [
        ("Henkilötarina: Marja", "Vertaistuki", 2)
    ]
    described = [act for act in acts if "story-described" in act]
    assert len(described) == 1
    assert "Marja" not in described[0]


def test_a_story_that_is_not_shown_is_told_of_nowhere(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    words = StoryWords(episodes={"Vertaistuki": texts.first})
    describe_story(installation, handbook.administrator, texts.story, words)
    with installation.database.read() as session:
        assert told_of(session, [texts.first], {}) == {}


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (StoryWords(person="Marja Oma", pseudonym=False), "consent"),
        (StoryWords(picture_id="x" * 16, picture_alt="Nainen"), "consent"),
        (StoryWords(picture_id="x" * 16, consent="Suostui 1.2."), "picture_alt"),
    ],
)
def test_a_name_of_ones_own_and_a_picture_ask_for_consent(
    installation: Installation,
    handbook: MadeHandbook,
    texts: MadeTexts,
    words: StoryWords,
    field: str,
) -> None:
    with pytest.raises(Refused) as refused:
        describe_story(installation, handbook.administrator, texts.story, words)
    assert (refused.value.reason, refused.value.details) == (Reason.EMPTY, {"field": field})


def test_only_the_handbooks_own_pictures_and_activities_are_taken(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    other = make_handbook(installation, title="Toinen")
    theirs = make_texts(installation, other.administrator, other.id)
    file_id = add_picture(installation, other.administrator, other.id, Upload("k.png", picture()))
    for words in (
        StoryWords(episodes={"Vertaistuki": theirs.first}),
        StoryWords(episodes={"Vertaistuki": texts.chapter}),
        StoryWords(picture_id=file_id, picture_alt="Nainen", consent="Suostui."),
    ):
        with pytest.raises(Refused) as refused:
            describe_story(installation, handbook.administrator, texts.story, words)
        assert refused.value.reason is Reason.NOT_FOUND
    with pytest.raises(Refused):
        describe_story(installation, VISITOR, texts.story, SAID)
    with pytest.raises(Refused):
        describe_story(installation, handbook.administrator, texts.first, SAID)


def test_a_picture_taken_back_is_gone_with_its_bytes(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    file_id = add_picture(installation, editor, handbook.id, Upload("k.png", picture()))
    shown = StoryWords(picture_id=file_id, picture_alt="Nainen", consent="Suostui 1.2.2026.")
    describe_story(installation, editor, texts.story, shown)
    with installation.database.read() as session:
        assert session.scalars(select(Picture.file_id)).all() == [file_id]
    describe_story(installation, editor, texts.story, SAID)
    with installation.database.read() as session:
        assert session.scalars(select(Picture.file_id)).all() == []


FILE = """# Käsikirja

## Osa-alue

### Vertaistuki

- Kohta yksi

Teksti.

### Arjen apu

- Kohta yksi

Teksti.

### Henkilötarina: Kaarlo

Alku.

#### Vertaistuki

Ryhmässä.

#### Arjen apu kotona

Kirjeitä.
"""


def test_an_imported_story_begins_with_its_person_and_its_sure_episodes(
    installation: Installation, handbook: MadeHandbook
) -> None:
    for _time in range(2):
        import_file(
            installation,
            handbook.administrator,
            handbook.id,
            "kirja.md",
            FILE.encode(),
            Choices(),
        )
    with installation.database.read() as session:
        tree = working_tree(session, handbook.id, "fi")
        ids = {line.title: line.section_id for line in tree}
        story_id = ids["Henkilötarina: Kaarlo"]
        story = stories_of(session, [story_id])[story_id]
    assert (story.person, story.pseudonym, story.consent) == ("Kaarlo", False, "")
    assert [(one.heading, one.activity_id) for one in story.episodes] == [
        ("Vertaistuki", ids["Vertaistuki"])
    ]
