"""The figures and numbers of a handbook's working texts: where, how old, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.days import local_day
from reviewtool.domain.figures import Graphic, graphics_of, is_old
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.facts import found
from reviewtool.queries.sections import editing
from reviewtool.text.blocks import Figure


class Lack(StrEnum):
    """What a figure lacks."""

    ALT = "alt"
    DATE = "date"
    SOURCE = "source"


@dataclass(frozen=True)
class FigureLine:
    """A figure or number graphic, with the text that it stands in.

    index: which of the text's figures, from 0; heading: the inner heading above it.
    """

    section_id: str
    title: str
    index: int
    graphic: Graphic
    heading: str
    old: bool
    lacks: tuple[Lack, ...]

    @property
    def is_picture(self) -> bool:
        """Tell a picture from a number graphic."""
        return isinstance(self.graphic, Figure)


@dataclass(frozen=True)
class FigureList:
    """All figures of a handbook, in its reading order of texts, and when one is old."""

    years: int
    lines: tuple[FigureLine, ...]

    @property
    def old(self) -> tuple[FigureLine, ...]:
        """Give those that have grown old."""
        return tuple(line for line in self.lines if line.old)

    @property
    def lacking(self) -> tuple[FigureLine, ...]:
        """Give those that lack something."""
        return tuple(line for line in self.lines if line.lacks)


def figures_of_handbook(
    session: Session, actor: Actor, handbook_id: str, now: datetime
) -> FigureList:
    """List a handbook's figures with what is the matter with them; 2 queries. Raises Refused."""
    editing(actor, handbook_id)
    handbook = found(session.get(Handbook, handbook_id))
    year = local_day(now, handbook.time_zone).year
    rows = session.execute(
        select(Section.id, Revision.title, Revision.text)
        .join(SectionText, SectionText.section_id == Section.id)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(
            Section.handbook_id == handbook_id,
            Section.dropped_at.is_(None),
            SectionText.language == handbook.language,
            or_(Revision.text.contains("\n::figure "), Revision.text.contains("\n::numbers ")),
        )
        .order_by(Revision.title, Section.id)
    )
    lines = [
        FigureLine(
            row.id,
            row.title,
            placed.index,
            placed.graphic,
            placed.heading,
            is_old(placed.graphic.date, year, handbook.figure_years),
            _lacks(placed.graphic),
        )
        for row in rows
        for placed in graphics_of(row.text)
    ]
    return FigureList(handbook.figure_years, tuple(lines))


def _lacks(graphic: Graphic) -> tuple[Lack, ...]:
    parts = [(Lack.DATE, graphic.date), (Lack.SOURCE, graphic.source)]
    if isinstance(graphic, Figure):
        parts.insert(0, (Lack.ALT, graphic.alt))
    return tuple(lack for lack, words in parts if not words)
