"""Easy-language summaries: as participants read them, and as editors write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.sections import LANGUAGES
from reviewtool.models.easy import EasySummary
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Section
from reviewtool.queries.facts import found
from reviewtool.queries.sections import editing


@dataclass(frozen=True)
class About:
    """What a summary is of: a round's request, or a text."""

    handbook_id: str
    phase_id: str | None = None
    section_id: str | None = None


@dataclass(frozen=True)
class EasyLine:
    """A summary in one language."""

    language: str
    words: str


def easy_line(session: Session, actor: Actor, about: About, language: str) -> EasyLine | None:
    """Read a summary for a participant, in their language or else one that there is; 1 query."""
    facts = Facts(handbook_id=about.handbook_id, phase_id=actor.phase_id)
    if not may(actor, Action.READ_ROUND, facts):
        return None
    written = _written(session, about)
    order = [language, *LANGUAGES]
    return next((EasyLine(one, written[one][0]) for one in order if one in written), None)


def written_easy(session: Session, actor: Actor, about: About) -> dict[str, tuple[str, int]]:
    """Read the summaries for their editor: (words, version) by language; 2 queries.

    Raises Refused: not found (of another handbook), not allowed.
    """
    editing(actor, about.handbook_id)
    check_about(session, about)
    return _written(session, about)


def check_about(session: Session, about: About) -> None:
    """Check that the phase or text is of the handbook. Raises Refused (not found)."""
    if about.section_id is not None:
        owner = select(Section.handbook_id).where(Section.id == about.section_id)
    else:
        owner = select(Phase.handbook_id).where(Phase.id == about.phase_id)
    found(session.scalar(owner.where(owner.selected_columns[0] == about.handbook_id)))


def _written(session: Session, about: About) -> dict[str, tuple[str, int]]:
    rows = session.scalars(select(EasySummary).where(of(about)))
    return {row.language: (row.words, row.version) for row in rows}


def of(about: About) -> ColumnElement[bool]:
    """Give the condition on the summaries of one request or text."""
    if about.section_id is not None:
        return EasySummary.section_id == about.section_id
    return EasySummary.phase_id == about.phase_id


def seen(written: Mapping[str, tuple[str, int]]) -> str:
    """Spell which versions were read, so that nobody's words are overwritten unseen (rule 10)."""
    return " ".join(f"{language}:{written[language][1]}" for language in sorted(written))
