"""Contributions on texts, as editors record them: suggestions, comments, features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import Channel, ContributionKind
from reviewtool.domain.passages import Range
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import SectionText
from reviewtool.services import answers, merging
from reviewtool.services._contributions import Words
from reviewtool.services.recording import Said, Speaker, record
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.texts import make_draft, make_section, working_text

DAY = date(2026, 9, 10)


@dataclass(frozen=True)
class MadeBench:
    """A handbook with one text in a frozen draft, a phase to speak in, and an editor."""

    handbook: MadeHandbook
    editor: Actor
    section_id: str
    draft_id: str

    @property
    def phase_id(self) -> str:
        """Give the NGO round's id."""
        return self.handbook.phases["ngo-round"]


def make_bench(installation: Installation, **text: object) -> MadeBench:
    """Make a handbook whose draft 1 has one text."""
    handbook = make_handbook(installation)
    editor = make_editor(installation, handbook.id)
    section_id = make_section(installation, editor, handbook.id, **text)  # type: ignore[arg-type]
    draft_id = make_draft(installation, editor, handbook.id)
    return MadeBench(handbook, editor, section_id, draft_id)


def said(
    installation: Installation,
    bench: MadeBench,
    words: str = "Tämä kaipaa esimerkin.",
    *,
    kind: ContributionKind = ContributionKind.COMMENT,
    quote: str | None = None,
    replacement: str | None = None,
    section_id: str | None = None,
    whole: bool = False,
    name: str = "Outi Männikkö",
    address: str = "",
    organisation: str = "Tukikeskus ry",
    language: str = "fi",
) -> str:
    """Record one contribution on the bench's text; gives its id.

    quote: words of the working text that it is about; whole: it is about the whole handbook.
    """
    section_id = None if whole else section_id or bench.section_id
    place = None
    revision_id = None
    if section_id is not None:
        revision_id, text = working_text(installation, section_id)
        if quote is not None:
            start = text.index(quote)
            place = Range(start, start + len(quote))
    recorded = record(
        installation,
        bench.editor,
        bench.phase_id,
        Speaker(name, address=address, organisation=organisation, language=language),
        Channel.EMAIL,
        DAY,
        [Said(kind, Words(words, replacement), section_id, revision_id, place)],
        new_id(),
    )
    return recorded.contribution_ids[0]


def suggested(
    installation: Installation, bench: MadeBench, quote: str, replacement: str, **more: object
) -> str:
    """Record a suggestion for words of the working text; gives its id."""
    return said(
        installation,
        bench,
        str(more.pop("words", "")),
        kind=ContributionKind.SUGGESTION,
        quote=quote,
        replacement=replacement,
        **more,  # type: ignore[arg-type]
    )


def take(installation: Installation, bench: MadeBench, ids: Sequence[str]) -> merging.Taken:
    """Take suggestions into the text as it stands now."""
    version = text_version(installation, bench.section_id)
    return merging.take(installation, bench.editor, ids, version, new_id())


def answer(
    installation: Installation,
    bench: MadeBench,
    ids: Sequence[str],
    kind: AnswerKind = AnswerKind.NOT_TAKEN,
    reason: str = "Teksti on jo pitkä.",
    **more: object,
) -> answers.Answered:
    """Answer contributions."""
    answering = answers.Answering(kind, reason, **more)  # type: ignore[arg-type]
    return answers.answer(installation, bench.editor, ids, answering, new_id())


def text_version(installation: Installation, section_id: str, language: str = "fi") -> int:
    """Read the version that guards a section's text."""

    with installation.database.read() as session:
        return session.scalars(
            select(SectionText.version).where(
                SectionText.section_id == section_id, SectionText.language == language
            )
        ).one()
