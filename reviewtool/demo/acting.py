"""What guests of a round do, each act at a moment of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reviewtool.demo.finding import place_of
from reviewtool.demo.script import Entry, says_nothing
from reviewtool.demo.stage import Stage
from reviewtool.demo.structure import proposed
from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind, NameShown
from reviewtool.domain.files import Upload
from reviewtool.models.sections import Revision
from reviewtool.office.tables import write_xlsx
from reviewtool.queries.tree import draft_tree
from reviewtool.services import attachments
from reviewtool.services.contributions import Submission, Words, submit
from reviewtool.services.proposals import propose
from reviewtool.services.readiness import say_nothing


def kind_of(entry: Entry) -> ContributionKind:
    """Give the kind of a contribution; thanks for the whole are a comment."""
    return (
        ContributionKind.COMMENT if entry["kind"] == "nothing" else ContributionKind(entry["kind"])
    )


@dataclass(frozen=True)
class Scene:
    """A round while it is played: its texts as they were frozen, and its questions by key."""

    stage: Stage
    phase: str
    texts: dict[str, str]
    """Section id -> text of the round's draft."""
    questions: dict[str, str]

    @classmethod
    def of(cls, stage: Stage, phase: str, draft_id: str) -> Scene:
        """Read the texts of a draft and the questions of a round."""
        with stage.installation.database.read() as session:
            lines = draft_tree(session, draft_id, "fi")
            texts = {
                line.section_id: session.get_one(Revision, line.revision_id).text for line in lines
            }
        return cls(stage, phase, texts, stage.questions(phase))

    def guest(self, person: str) -> Actor:
        """Give the actor of somebody's link in this round."""
        return self.stage.guest(self.phase, person)

    def shown(self, person: str) -> NameShown:
        """Tell how somebody consented to be shown."""
        consents = self.stage.script.people[person].consent
        return NameShown.NAME if consents else NameShown.ORGANISATION

    def words(self, entry: Entry) -> Words:
        """Give what an entry says, as a form's fields."""
        return Words(
            words=entry.get("text", ""),
            replacement=entry.get("replacement"),
            target_group=entry.get("target_group", ""),
            activity=entry.get("activity", ""),
            effect=entry.get("effect", ""),
            publish_consent=entry.get("publish_consent", False),
            name_shown=self.shown(entry["author"]),
        )

    def section(self, entry: Entry) -> str | None:
        """Give the section that an entry is about; None for the whole."""
        return self.stage.sections[entry["section"]] if entry["section"] else None

    def say(self, entry: Entry) -> None:
        """Let an entry's author say it by their own link."""
        section_id = self.section(entry)
        if section_id and says_nothing(entry):
            say_nothing(self.stage.installation, self.guest(entry["author"]), section_id)
            return
        if "proposal" in entry:
            self.stage.contributions[entry["key"]] = propose(
                self.stage.installation,
                self.guest(entry["author"]),
                proposed(self.stage, entry, section_id),
                self.words(entry),
                self.stage.request(),
            )
            return
        text = self.texts[section_id] if section_id else ""
        submission = Submission(
            kind_of(entry),
            self.words(entry),
            section_id,
            place=place_of(text, entry.get("quote", "")),
            question_id=self.questions[entry["question"]] if "question" in entry else None,
            language=entry["language"],
            also=frozenset(self.stage.sections[title] for title in entry.get("also", ())),
        )
        self.stage.contributions[entry["key"]] = submit(
            self.stage.installation, self.guest(entry["author"]), submission, self.stage.request()
        )
        if "table" in entry:
            self._attach(entry)

    def _attach(self, entry: Entry) -> None:
        """Let the author attach the figures that the words speak of."""
        table = Upload(entry["table_name"], write_xlsx(entry["table"], "1"))
        attachments.attach(
            self.stage.installation,
            self.guest(entry["author"]),
            self.stage.contributions[entry["key"]],
            [table],
            self.stage.request(),
        )


@dataclass(frozen=True)
class Cue:
    """An act and its moment."""

    at: datetime
    act: Callable[[], None]


def play(stage: Stage, cues: list[Cue]) -> None:
    """Let all acts happen in the order of their moments."""
    for cue in sorted(cues, key=lambda cue: cue.at):
        stage.clock.at = cue.at
        cue.act()


def spread(first: datetime, last: datetime, number: int, of: int) -> datetime:
    """Give the moment of an act among many: mixed over the days, at hours when people write.

    The golden ratio scatters them evenly and in the same way each time.
    """
    days = max((last - first).days, 1)
    place = (number * 0.6180339887 + 0.5 / of) % 1
    at = first + timedelta(days=int(place * days))
    return at.replace(hour=8, minute=0) + timedelta(minutes=(number * 37) % (13 * 60))
