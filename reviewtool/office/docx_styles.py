"""Styles and numbering of a Word file: what is a heading, a list item, a title, a quote, bold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reviewtool.office.xmlnames import attribute, child, children, is_on

# Names of built-in styles as Word stores them and as Word, LibreOffice and Google write them in
# Finnish, Swedish and English. Word's own files keep the English name with a localised id.
_HEADING = re.compile(r"(?:heading|otsikko|rubrik|överskrift)\s*([1-9])\Z")
_TITLE = frozenset({"title", "asiakirjan otsikko", "pääotsikko", "dokumentrubrik"})
_QUOTES = frozenset(
    {
        *("quote", "intense quote", "block text", "quotations", "block quotation"),
        *("lainaus", "erottuva lainaus", "citat", "starkt citat"),
    }
)
_CAPTIONS = frozenset(
    {
        *("caption", "figure", "illustration", "kuvaotsikko", "kuvan otsikko", "kuvateksti"),
        *("beskrivning", "bildtext", "figurtext"),
    }
)
_CONTENTS = re.compile(
    r"(?:toc|sisluet|sisällysluettelo|innehåll|contents|innehållsförteckning)\s*"
    r"(?:heading|otsikko|rubrik|[1-9])?\Z"
)
_LISTS = (
    (
        re.compile(r"(?:list bullet|merkitty luettelo|punktlista|luettelomerkit)\s*([1-9])?\Z"),
        False,
    ),
    (re.compile(r"(?:list number|numeroitu luettelo|numrerad lista)\s*([1-9])?\Z"), True),
)
_UNORDERED_FORMATS = frozenset({"bullet", "none"})
_LONGEST_CHAIN = 20


@dataclass(frozen=True)
class _Style:
    name: str
    based_on: str
    properties: Element | None
    characters: Element | None


@dataclass(frozen=True)
class ParagraphKind:
    """What a paragraph is by its style and numbering.

    `heading`: None, or 0 for a title and 1 to 9; `item`: None, or (ordered, depth from 0);
    `bold`: the style itself is, as those that people make for small headings are. Italics of a
    whole style are its look and no emphasis, as are the looks of quotes and captions.
    """

    heading: int | None = None
    item: tuple[bool, int] | None = None
    quote: bool = False
    contents: bool = False
    bold: bool = False
    caption: bool = False


@dataclass
class Styles:
    """Looks up paragraphs' and runs' styles; both parts may be missing."""

    styles: dict[str, _Style] = field(default_factory=dict)
    formats: dict[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def read(cls, styles: Element | None, numbering: Element | None) -> "Styles":
        """From the roots of word/styles.xml and word/numbering.xml."""
        known = {}
        for element in children(styles, "style"):
            based_on = child(element, "basedOn")
            name = child(element, "name")
            known[attribute(element, "styleId")] = _Style(
                attribute(name, "val").split(",")[0].strip().lower(),
                attribute(based_on, "val"),
                child(element, "pPr"),
                child(element, "rPr"),
            )
        return cls(known, _number_formats(numbering))

    def chain(self, style_id: str) -> Iterator[_Style]:
        """The style and those it is based on, nearest first."""
        for _ in range(_LONGEST_CHAIN):
            style = self.styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.based_on

    def paragraph(self, properties: Element | None) -> ParagraphKind:
        """What the paragraph with these properties (w:pPr) is."""
        style_id = attribute(child(properties, "pStyle"), "val")
        chain = list(self.chain(style_id))
        names = [style.name for style in chain] or [style_id.lower()]
        if any(_CONTENTS.match(name) for name in names):
            return ParagraphKind(contents=True)
        heading = self._heading(properties, chain, names)
        quote = any(name in _QUOTES for name in names)
        caption = any(name in _CAPTIONS for name in names)
        return ParagraphKind(
            heading=heading,
            item=None if heading is not None else self._item(properties, chain, names),
            quote=quote,
            bold=not quote and not caption and self._bold(chain),
            caption=caption,
        )

    def run_toggle(self, properties: Element | None, name: str, inherited: bool) -> bool:
        """Whether bold ("b") or italic ("i") is on for a run with these properties (w:rPr)."""
        direct = child(properties, name)
        if direct is not None:
            return is_on(direct)
        for style in self.chain(attribute(child(properties, "rStyle"), "val")):
            toggle = child(style.characters, name)
            if toggle is not None:
                return is_on(toggle)
        return inherited

    def _bold(self, chain: list[_Style]) -> bool:
        toggles = (child(style.characters, "b") for style in chain)
        return next((is_on(toggle) for toggle in toggles if toggle is not None), False)

    def _heading(
        self, properties: Element | None, chain: list[_Style], names: list[str]
    ) -> int | None:
        if any(name in _TITLE for name in names):
            return 0
        for holder in (properties, *(style.properties for style in chain)):
            level = attribute(child(holder, "outlineLvl"), "val")
            if level.isdigit():
                return int(level) + 1 if int(level) < 9 else None
        matches = (_HEADING.match(name) for name in names)
        return next((int(match[1]) for match in matches if match), None)

    def _item(
        self, properties: Element | None, chain: list[_Style], names: list[str]
    ) -> tuple[bool, int] | None:
        named = next(
            (
                (ordered, int(match[1] or 1) - 1)
                for name in names
                for pattern, ordered in _LISTS
                if (match := pattern.match(name))
            ),
            None,
        )
        number, depth = _numbering_of((properties, *(style.properties for style in chain)))
        if not number:
            return named
        if number == "0":
            return None
        if named and not depth:
            depth = named[1]
        default = "decimal" if named and named[0] else "bullet"
        shown = self.formats.get((number, depth), self.formats.get((number, 0), default))
        return shown not in _UNORDERED_FORMATS, depth


def _numbering_of(holders: tuple[Element | None, ...]) -> tuple[str, int]:
    """(id of the numbering, depth) of the nearest holder that names them; "" for none."""
    number, depth = "", ""
    for holder in holders:
        numbering = child(holder, "numPr")
        depth = depth or attribute(child(numbering, "ilvl"), "val")
        number = number or attribute(child(numbering, "numId"), "val")
    return number, int(depth) if depth.isdigit() else 0


def _number_formats(numbering: Element | None) -> dict[tuple[str, int], str]:
    """(id of a numbering, depth) -> the format's name, such as "bullet" or "decimal"."""
    abstract: dict[str, dict[int, str]] = {}
    for element in children(numbering, "abstractNum"):
        abstract[attribute(element, "abstractNumId")] = _levels(element)
    formats: dict[tuple[str, int], str] = {}
    for element in children(numbering, "num"):
        number = attribute(element, "numId")
        levels = dict(abstract.get(attribute(child(element, "abstractNumId"), "val"), {}))
        for override in children(element, "lvlOverride"):
            levels |= _levels(override)
        formats |= {(number, depth): shown for depth, shown in levels.items()}
    return formats


def _levels(element: Element) -> dict[int, str]:
    found = {}
    for level in children(element, "lvl"):
        depth = attribute(level, "ilvl")
        if depth.isdigit():
            found[int(depth)] = attribute(child(level, "numFmt"), "val")
    return found
