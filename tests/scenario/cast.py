"""Everybody who plays, the texts that they work on, and what is known of it all."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewtool.domain.sections import SectionKind
from reviewtool.queries.tree import TreeLine, working_tree
from tests.scenario.office import Editor, administrator
from tests.scenario.participants import Approver, Participant
from tests.scenario.stage import Stage

NGOS = (
    ("Anna Kallio", "anna@tukikeskus.example.org", "Tukikeskus ry", "järjestö", "Espoo", "fi"),
    ("Börje Lindholm", "borje@folkhalsan.example.org", "Närstöd rf", "förening", "Hanko", "sv"),
    ("Erkki Vaitonen", "erkki@hiljaiset.example.org", "Hiljaiset ry", "järjestö", "Lohja", "fi"),
)
"""Rows of the spreadsheet of the NGO round; the third will never answer."""

COORDINATORS = (
    ("Kerttu Koivu", "kerttu@espoo.example.org", "Espoon kaupunki", "kunta", "Espoo", "fi"),
    ("Sven Holm", "sven@hanko.example.org", "Hangon kaupunki", "kunta", "Hanko", "sv"),
    ("Lauri Lahti", "lauri@lohja.example.org", "Lohjan kaupunki", "kunta", "Lohja", "fi"),
)
GUNILLA = ("Gunilla Ek", "gunilla@hanko.example.org", "Hangon kaupunki", "kunta", "Hanko", "sv")
SILENT = ("Silja Hiljanen", "silja@vihti.example.org", "Vihdin kunta", "kunta", "Vihti", "fi")
SIGNED_UP = ("Ilmo Saarinen", "ilmo@arkiapu.example.org", "Arkiapu ry")
IN_THE_ROOM = ("Ville Vieras", "Vieras ry")
INTERVIEWED = ("Vilja Virtanen", "vilja@vihti.example.org")
ON_THE_PHONE = ("Pirkko Puhelin", "pirkko@kotiapu.example.org", "Kotiapu ry")


@dataclass
class Cast:
    """The people, each at their own browser."""

    stage: Stage
    aino: Editor
    tuuli: Editor
    ville: Participant
    vilja: Participant
    anna: Participant
    borje: Participant
    ilmo: Participant
    kerttu: Participant
    sven: Participant
    gunilla: Participant

    @classmethod
    def gather(cls, stage: Stage) -> Cast:
        """Let everybody sit down."""
        return cls(
            stage,
            aino=administrator(stage),
            tuuli=Editor(stage, "Tuuli Toimittaja", "tuuli@kumaja.example.org"),
            ville=Participant(stage, IN_THE_ROOM[0], ""),
            vilja=Participant(stage, *INTERVIEWED),
            anna=_participant(stage, NGOS[0]),
            borje=_participant(stage, NGOS[1]),
            ilmo=Participant(stage, *SIGNED_UP[:2]),
            kerttu=_participant(stage, COORDINATORS[0]),
            sven=_participant(stage, COORDINATORS[1]),
            gunilla=_participant(stage, GUNILLA),
        )


def _participant(stage: Stage, row: tuple[str, ...]) -> Participant:
    return Participant(stage, row[0], row[1], row[-1])


def approver(stage: Stage, row: tuple[str, ...]) -> Approver:
    """Let somebody sit down who is asked to approve."""
    return Approver(stage, row[0], row[1], row[-1])


@dataclass
class Book:
    """The handbook: its texts by kind in reading order, its drafts, and what was said on it."""

    handbook_id: str
    titles: dict[str, str]
    chapters: list[str]
    areas: list[str]
    activities: list[str]
    stories: list[str]
    phases: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """Contributions by the name that the scenario gives them."""

    @classmethod
    def of(cls, stage: Stage, handbook_id: str) -> Book:
        """Look at which texts were brought in."""
        lines = _lines(stage, handbook_id)

        def those(kind: SectionKind) -> list[str]:
            return [line.section_id for line in lines if line.kind is kind]

        return cls(
            handbook_id,
            {line.section_id: line.title for line in lines},
            those(SectionKind.CHAPTER),
            those(SectionKind.AREA),
            those(SectionKind.ACTIVITY),
            those(SectionKind.STORY),
        )

    def look_again(self, stage: Stage) -> None:
        """See which texts have come since."""
        for line in _lines(stage, self.handbook_id):
            self.titles[line.section_id] = line.title

    def called(self, title: str) -> str:
        """Give the text of a title."""
        return next(one for one, known in self.titles.items() if known == title)


def _lines(stage: Stage, handbook_id: str) -> list[TreeLine]:
    with stage.installation.database.read() as session:
        return working_tree(session, handbook_id, "fi")
