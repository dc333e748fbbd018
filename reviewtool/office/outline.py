"""The outline of a handbook: what reading a file gives, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from reviewtool.office.errors import Place
from reviewtool.office.stream import LeftoverReason

SectionKind = Literal["chapter", "area", "activity", "story"]


@dataclass(frozen=True)
class Leftover:
    """Something in the file that found no place: where, its visible words, and why."""

    place: Place = field(compare=False)
    text: str
    reason: LeftoverReason


@dataclass(frozen=True)
class SectionOutline:
    """One section as understood.

    `title`: plain words of the heading; `points`, `sources`: inline Markdown; `body`: block
    Markdown; `text`: the canonical text of the four. `parent`: index in `Outline.sections` of the
    area (or chapter) that it stands in, None at the top. `sources_heading`, `points_heading`: the
    words that the file has there, which the text keeps as a marker only. Equality leaves `place`
    out, so that the same handbook from two formats is equal.
    """

    kind: SectionKind
    title: str
    points: tuple[str, ...]
    body: str
    sources: tuple[str, ...]
    parent: int | None
    text: str
    place: Place = field(compare=False)
    sources_heading: str = ""
    points_heading: str = ""


@dataclass(frozen=True)
class Outline:
    """A handbook as understood; `title` is "" when the file names none."""

    title: str
    sections: tuple[SectionOutline, ...]
    leftovers: tuple[Leftover, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict, compare=False)
    """The pictures that texts name, by the SHA-256 that stands there for a file."""


def outline_to_json(outline: Outline) -> dict[str, Any]:
    """The outline as plain values for `--dry-run --json`.

    Keys: title; counts (kind -> number); areas (title, activities and stories by title);
    sections (number, kind, title, area, points, body, paragraphs, sources, headings of points and
    sources, place); leftovers (reason, text, place).
    """
    sections = outline.sections
    kinds: tuple[SectionKind, ...] = ("chapter", "area", "activity", "story")
    return {
        "title": outline.title,
        "counts": {kind: sum(one.kind == kind for one in sections) for kind in kinds},
        "areas": [
            {
                "title": section.title,
                "sections": [one.title for one in sections if one.parent == index],
            }
            for index, section in enumerate(sections)
            if section.kind == "area"
        ],
        "sections": [
            _section_to_json(number, section, outline)
            for number, section in enumerate(sections, start=1)
        ],
        "leftovers": [
            {"reason": left.reason.value, "text": left.text, "place": _place_to_json(left.place)}
            for left in outline.leftovers
        ],
    }


def _section_to_json(number: int, section: SectionOutline, outline: Outline) -> dict[str, Any]:
    parent = None if section.parent is None else outline.sections[section.parent].title
    return {
        "number": number,
        "kind": section.kind,
        "title": section.title,
        "area": parent,
        "key_points": list(section.points),
        "paragraphs": section.body.split("\n\n") if section.body else [],
        "sources": list(section.sources),
        "key_points_heading": section.points_heading,
        "sources_heading": section.sources_heading,
        "place": _place_to_json(section.place),
    }


def _place_to_json(place: Place) -> dict[str, Any]:
    return {
        "unit": place.unit.value,
        "number": place.number,
        "name": place.name,
        "heading": place.heading,
    }
