"""What stands in the texts besides words: pictures, number graphics, a box, a story's person."""

from __future__ import annotations

from reviewtool.demo.drawings import an_old_smith, around_a_table
from reviewtool.demo.script import Entry
from reviewtool.demo.stage import Stage
from reviewtool.domain.figures import Graphic, places
from reviewtool.domain.files import Upload
from reviewtool.queries.stories import stories_of
from reviewtool.services.figures import put_graphic
from reviewtool.services.pictures import add_picture
from reviewtool.services.sections import save_text
from reviewtool.services.stories import StoryWords, describe_story
from reviewtool.text.blocks import BARS, LARGE, Figure, Numbers
from reviewtool.text.document import compose, parse
from reviewtool.text.inline import escape


def illustrate(stage: Stage) -> None:
    """Put the script's figures, numbers and boxes into the working texts."""
    script = stage.script.illustrations
    for entry in script["figure"]:
        content = around_a_table()
        file_id = add_picture(
            stage.installation, stage.editor(), stage.handbook_id, Upload("poyta.png", content)
        )
        words = {name: escape(entry[name]) for name in ("caption", "alt", "date", "source")}
        _put(stage, entry["section"], entry["after"], Figure(file_id, **words))
    for entry in script["numbers"]:
        rows = tuple((escape(value), escape(label)) for value, label in entry["rows"])
        words = {name: escape(entry[name]) for name in ("caption", "date", "source")}
        form = BARS if entry["bars"] else LARGE
        _put(stage, entry["section"], entry["after"], Numbers(form, rows, **words))
    for entry in script["box"]:
        _box(stage, entry["section"], entry["title"], entry["lines"])
    for entry in script["story"]:
        _tell(stage, entry)


def _tell(stage: Stage, entry: Entry) -> None:
    """Say whose a story is; its episodes were tied when it was brought in."""
    section_id = stage.sections[entry["section"]]
    upload = Upload("henkilo.png", an_old_smith())
    file_id = add_picture(stage.installation, stage.editor(), stage.handbook_id, upload)
    with stage.installation.database.read() as session:
        begun = stories_of(session, [section_id])[section_id]
    words = StoryWords(
        person=entry["person"],
        role=entry["role"],
        consent=entry["consent"],
        picture_id=file_id,
        picture_alt=entry["alt"],
        episodes={one.heading: one.activity_id for one in begun.episodes},
    )
    describe_story(stage.installation, stage.editor(), section_id, words, stage.request())


def _put(stage: Stage, section: str, after: str, graphic: Graphic) -> None:
    section_id = stage.sections[section]
    base, text, _ = stage.working(section_id)
    place = next(number for number, words in places(text) if words.startswith(after))
    put_graphic(
        stage.installation,
        stage.editor(),
        section_id,
        "fi",
        base_revision_id=base,
        graphic=graphic,
        place=place,
        request_id=stage.request(),
    )


def _box(stage: Stage, section: str, title: str, lines: list[str]) -> None:
    section_id = stage.sections[section]
    base, text, _ = stage.working(section_id)
    document = parse(text)
    inner = "\n".join(f"- {escape(line)}" for line in lines)
    body = f"{document.body}\n\n::box {escape(title)}\n\n{inner}\n\n::end"
    save_text(
        stage.installation,
        stage.editor(),
        section_id,
        "fi",
        base_revision_id=base,
        text=compose(document.title, document.points, body, document.sources),
        note="Muistilista lisätty",
        request_id=stage.request(),
    )
