"""Sections with texts, and frozen drafts, made by the use cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Revision, SectionText
from reviewtool.services.drafts import freeze_draft
from reviewtool.services.sections import save_text
from reviewtool.services.structure import add_section
from reviewtool.text.document import compose

BODY = """Ryhmässä tavataan kerran viikossa. Mukaan voi tulla ilman ilmoittautumista.

Ohjaajina toimivat **koulutetut vapaaehtoiset**, joita järjestön työntekijä tukee."""
POINTS = ("Vertaistuki vahvistaa arjen taitoja.", "Ryhmä on avoin kaikille.")
SOURCES = ("[Järjestöbarometri](https://example.org/barometri), 2018",)


@dataclass(frozen=True)
class MadeTexts:
    """A small tree: a chapter, and an area with two activities and a story."""

    chapter: str
    area: str
    first: str
    second: str
    story: str


def make_section(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    title: str = "Vertaistuki",
    *,
    kind: SectionKind = SectionKind.ACTIVITY,
    points: Sequence[str] = POINTS,
    body: str = BODY,
    sources: Sequence[str] = SOURCES,
    parent_id: str | None = None,
    language: str = "fi",
) -> str:
    """Make a section with a text; points and sources are inline Markdown, the body is blocks."""
    section_id = add_section(installation, actor, handbook_id, kind, title, parent_id)
    edit(installation, actor, section_id, compose(title, points, body, sources), language=language)
    return section_id


def make_texts(
    installation: Installation, actor: Actor, handbook_id: str, *, body: str = BODY
) -> MadeTexts:
    """Make the small tree of MadeTexts; body: of its activities."""
    chapter = make_section(
        installation, actor, handbook_id, "Johdanto", kind=SectionKind.CHAPTER,
        points=(), sources=(), body="Käsikirja kertoo järjestöjen työstä.",
    )  # fmt: skip
    area = make_section(
        installation, actor, handbook_id, "Osallisuus", kind=SectionKind.AREA,
        points=(), sources=(), body="Osallisuus syntyy yhdessä tekemisestä.",
    )  # fmt: skip
    first, second = (
        make_section(installation, actor, handbook_id, title, parent_id=area, body=body)
        for title in ("Vertaistuki", "Vapaaehtoistoiminta")
    )
    story = make_section(
        installation, actor, handbook_id, "Henkilötarina: Marja", kind=SectionKind.STORY,
        points=(), sources=(), body="Marja löysi ryhmän kirjastosta.", parent_id=area,
    )  # fmt: skip
    return MadeTexts(chapter, area, first, second, story)


def working_text(
    installation: Installation, section_id: str, language: str = "fi"
) -> tuple[str, str]:
    """Read (revision id, canonical text) of a section's working text."""
    with installation.database.read() as session:
        row = session.execute(
            select(Revision.id, Revision.text)
            .join(SectionText, SectionText.working_revision_id == Revision.id)
            .where(SectionText.section_id == section_id, SectionText.language == language)
        ).one()
    return row.id, row.text


def edit(
    installation: Installation,
    actor: Actor,
    section_id: str,
    text: str,
    *,
    note: str = "",
    language: str = "fi",
) -> str:
    """Save a whole text over the working one; gives the new revision's id."""
    base, _text = working_text(installation, section_id, language)
    return save_text(
        installation, actor, section_id, language, base_revision_id=base, text=text, note=note
    ).revision_id


def reword(installation: Installation, actor: Actor, section_id: str, old: str, new: str) -> str:
    """Replace words of the working text; gives the new revision's id."""
    _base, text = working_text(installation, section_id)
    assert old in text, text
    return edit(installation, actor, section_id, text.replace(old, new, 1))


def make_draft(installation: Installation, actor: Actor, handbook_id: str) -> str:
    """Freeze the working texts; gives the draft's id."""
    return freeze_draft(installation, actor, handbook_id).id
