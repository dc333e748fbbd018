"""Interviews with notes on a text, made by the use cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind, NameShown
from reviewtool.domain.passages import Range
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.interviews import Interview
from reviewtool.models.links import Link
from reviewtool.queries.actors import find_link
from reviewtool.services import interviews
from reviewtool.services._contributions import Words
from reviewtool.services.interviews import Held, Said, Speaker
from tests.factories.answers import MadeBench, make_bench
from tests.factories.texts import working_text

DAY = date(2026, 9, 10)
HELD = Held(DAY, "hyvinvointikoordinaattori", NameShown.ORGANISATION, quotable=True)
VILJA = Speaker(
    "Vilja Virtanen",
    address="vilja@kunta.example.org",
    organisation="Porvoon kaupunki",
    organisation_kind="municipality",
)


@dataclass(frozen=True)
class MadeInterview:
    """An interview in the interviews phase of a handbook with one text in a frozen draft."""

    bench: MadeBench
    id: str
    notes: tuple[str, ...]

    @property
    def editor(self) -> Actor:
        """Give the editor who noted it."""
        return self.bench.editor

    @property
    def phase_id(self) -> str:
        """Give the interviews phase."""
        return self.bench.handbook.phases["interviews"]


def note(section_id: str | None, words: str = "Ryhmiä on kunnassa kaksi.") -> Said:
    """Give a note on a whole text, or on the whole handbook."""
    return Said(ContributionKind.INTERVIEW_NOTE, Words(words), section_id)


def note_on(installation: Installation, section_id: str, quote: str, words: str) -> Said:
    """Give a note on words of a working text."""
    revision_id, text = working_text(installation, section_id)
    start = text.index(quote)
    place = Range(start, start + len(quote))
    return Said(ContributionKind.INTERVIEW_NOTE, Words(words), section_id, revision_id, place)


def make_interview(
    installation: Installation,
    *,
    bench: MadeBench | None = None,
    speaker: Speaker = VILJA,
    held: Held = HELD,
    words: tuple[str, ...] = ("Ryhmiä on kunnassa kaksi.", "Yhteystieto puuttuu."),
) -> MadeInterview:
    """Hold an interview, and note what was said on the bench's text."""
    bench = bench or make_bench(installation)
    phase_id = bench.handbook.phases["interviews"]
    interview_id = interviews.hold(installation, bench.editor, phase_id, speaker, held, new_id())
    notes: tuple[str, ...] = ()
    if words:
        said = [note(bench.section_id, one) for one in words]
        notes = interviews.add_notes(installation, bench.editor, interview_id, said, new_id())
    return MadeInterview(bench, interview_id, notes)


def person_of(installation: Installation, made: MadeInterview) -> Actor:
    """Give the interviewed person as the holder of the link that was mailed to them."""
    with installation.database.read() as session:
        link = session.scalars(
            select(Link)
            .join(Interview, Interview.invitation_id == Link.invitation_id)
            .where(Interview.id == made.id)
        ).one()
        found = find_link(session, link.id, link.generation, installation.clock.now(), 365)
    assert found is not None
    return found.actor
