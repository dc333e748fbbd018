"""Reading Word files (.docx) into a stream of blocks, from the XML itself."""

import hashlib
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reviewtool.office.docx_inline import Found, InlineReader, Notes, is_mark_deleted, words_of
from reviewtool.office.docx_styles import ParagraphKind, Styles
from reviewtool.office.errors import Place, Unit, UnreadableFile, UnreadableReason
from reviewtool.office.limits import DEFAULT_LIMITS, Limits
from reviewtool.office.lines import Run, is_bold, plain, plain_words
from reviewtool.office.package import Package
from reviewtool.office.pictures import is_picture
from reviewtool.office.stream import (
    Block,
    Frame,
    Heading,
    Item,
    LeftoverReason,
    Paragraph,
    Picture,
    Stream,
    Unplaced,
)
from reviewtool.office.xmlnames import attribute, child, children, descendants, local

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_ONLY_NUMBERS = re.compile(r"[\W\d_]*\Z")


def read_docx(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Stream:
    """Read a Word file. Raises UnreadableFile, naming the part of the file where it can."""
    package = Package(data, limits, "word/")
    try:
        return _Document(package).stream()
    except RecursionError as error:
        raise UnreadableFile(UnreadableReason.TOO_DEEP) from error


class _Document:
    """One Word file: its parts, and how far in its body the reading has come."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = (target for kind, target, _ in package.relationships("").values()
                if kind == "officeDocument")  # fmt: skip
        self._main = next(main, "word/document.xml")
        self._relations = package.relationships(self._main)
        self._styles = Styles.read(self._root("styles"), self._root("numbering"))
        self._notes = Notes(
            targets={key: to for key, (_, to, outside) in self._relations.items() if outside},
            part_words=self._part_words,
            picture=self._picture,
        )
        # Notes may hold links and text boxes of their own, not notes: read with none known.
        bare = Notes()
        self._notes.footnotes = self._texts("footnotes", "footnote", bare)
        self._notes.endnotes = self._texts("endnotes", "endnote", bare)
        self._notes.comments = self._texts("comments", "comment", bare)
        self._pictures: dict[str, bytes] = {}
        self._inline = InlineReader(self._styles, self._notes, keep_pictures=True)
        self._paragraphs = 0
        self._tables = 0
        self._carried: list[Run] = []

    def stream(self) -> Stream:
        body = child(self._package.xml(self._main), "body")
        if body is None:
            raise UnreadableFile(UnreadableReason.DAMAGED, Place(Unit.PART, name=self._main))
        blocks = [*self._blocks(body), *self._rest(), *self._margins()]
        return Stream(tuple(_joined_frames(blocks)), pictures=self._pictures)

    def _root(self, kind: str) -> Element | None:
        targets = (to for known, to, outside in self._relations.values()
                   if known == kind and not outside)  # fmt: skip
        target = next(targets, "")
        return self._package.xml(target) if target in self._package.names else None

    def _texts(self, part: str, name: str, bare: Notes) -> dict[str, str]:
        """id -> words of the notes in a part; separators (of a type) have no words of their own."""
        return {
            attribute(note, "id"): words_of(note, self._styles, bare)
            for note in children(self._root(part), name)
            if attribute(note, "type") in ("", "normal")
        }

    def _part_words(self, relation: str) -> str:
        _, target, outside = self._relations.get(relation, ("", "", True))
        if outside or target not in self._package.names:
            return ""
        texts = (item.text or "" for item in descendants(self._package.xml(target), "t"))
        return plain_words(" ".join(texts))

    def _picture(self, relation: str) -> str:
        """Take note of a picture that can be kept, by its bytes; "" for another."""
        kind, target, outside = self._relations.get(relation, ("", "", True))
        if kind != "image" or outside or target not in self._package.names:
            return ""
        content = self._package.read(target)
        if not is_picture(content):
            return ""
        key = hashlib.sha256(content).hexdigest()
        self._pictures[key] = content
        return key

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "sdt" and _is_contents(element):
                content = child(element, "sdtContent")
                if content is not None:
                    words = words_of(content, self._styles, self._notes)
                    place = Place(Unit.PARAGRAPH, self._paragraphs + 1)
                    yield Unplaced(LeftoverReason.CONTENTS, words, place)
            elif name in _WRAPPERS:
                yield from self._blocks(element)
            elif name == "AlternateContent":
                chosen = child(element, "Choice")
                yield from self._blocks(chosen if chosen is not None else element)
            elif name == "altChunk":
                place = Place(Unit.PARAGRAPH, self._paragraphs + 1)
                yield Unplaced(LeftoverReason.EMBEDDED, "", place)
            elif name in ("oMath", "oMathPara"):
                words = "".join(part.text or "" for part in descendants(element, "t"))
                place = Place(Unit.PARAGRAPH, self._paragraphs)
                yield Unplaced(LeftoverReason.EQUATION, words, place)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        self._paragraphs += 1
        place = Place(Unit.PARAGRAPH, self._paragraphs)
        kind = self._styles.paragraph(child(element, "pPr"))
        in_contents = kind.contents or (self._inline.in_contents() and kind.heading is None)
        runs, found = self._inline.read(element, kind)
        in_contents = in_contents or (self._inline.in_contents() and kind.heading is None)
        if is_mark_deleted(element):
            self._carried.extend(runs)
            yield from (Picture(key, alt, place) for key, alt in self._inline.pictures)
            yield from _unplaced(found, place)
            return
        line = (*self._carried, *runs)
        self._carried = []
        if in_contents and plain(line):
            yield Unplaced(LeftoverReason.CONTENTS, plain(line), place)
        elif plain(line):
            yield _block(kind, line, place)
        for key, alt in self._inline.pictures:
            yield Picture(key, alt, place)
        yield from _unplaced(found, place)

    def _table(self, table: Element) -> Iterator[Block]:
        self._tables += 1
        place = Place(Unit.TABLE, self._tables)
        rows = [list(_cells(row)) for row in _rows(table)]
        cells = [cell for row in rows for cell in row]
        nested = any(True for cell in cells for _ in descendants(cell, "tbl"))
        if nested or not (len(cells) == 1 or self._is_titled_column(rows)):
            lines = [
                " | ".join(plain_words(words_of(cell, self._styles, self._notes)) for cell in row)
                for row in rows
            ]
            if any(line.strip(" |") for line in lines):
                yield Unplaced(LeftoverReason.TABLE, "\n".join(lines), place)
            return
        inside = [block for cell in cells for block in self._blocks(cell)]
        kept = tuple(block for block in inside if not isinstance(block, Unplaced | Picture))
        if kept:
            yield Frame(True, kept, place)
        # A box holds no pictures: they follow it.
        yield from (block for block in inside if isinstance(block, Unplaced | Picture))

    def _is_titled_column(self, rows: list[list[Element]]) -> bool:
        """One column of two cells whose first holds one line: a box with its title above."""
        if [len(row) for row in rows] != [1, 1]:
            return False
        return "\n" not in words_of(rows[0][0], self._styles, Notes(comments={}))

    def _rest(self) -> Iterator[Block]:
        """Words that a deleted last paragraph mark left over, and comments without a place."""
        if plain(self._carried):
            place = Place(Unit.PARAGRAPH, self._paragraphs)
            yield _block(ParagraphKind(), tuple(self._carried), place)
        for words in self._notes.comments.values():
            if words:
                yield Unplaced(LeftoverReason.COMMENT, words, Place())

    def _margins(self) -> Iterator[Block]:
        """Headers and footers, each text once; page numbers alone are no text."""
        seen = set()
        for kind, target, outside in self._relations.values():
            if kind not in ("header", "footer") or outside or target not in self._package.names:
                continue
            words = words_of(self._package.xml(target), self._styles, Notes())
            if words not in seen and not _ONLY_NUMBERS.match(words):
                seen.add(words)
                yield Unplaced(LeftoverReason.HEADER, words, Place(Unit.PART, name=target))


def _block(kind: ParagraphKind, line: tuple[Run, ...], place: Place) -> Block:
    if kind.heading is not None:
        return Heading(kind.heading, line, place)
    if kind.item is not None:
        return Item(*kind.item, line, place)
    paragraph = Paragraph(line, place, kind.caption)
    return Frame(False, (paragraph,), place) if kind.quote else paragraph


def _joined_frames(blocks: list[Block]) -> Iterator[Block]:
    """Quoted paragraphs that follow one another are one quote; a bold one begins another."""
    quoted: list[Block] = []
    for block in (*blocks, None):
        goes_on = isinstance(block, Frame) and not block.boxed and not _begins_bold(block)
        if quoted and not goes_on:
            yield Frame(False, tuple(quoted), quoted[0].place)
            quoted = []
        if isinstance(block, Frame) and not block.boxed:
            quoted.extend(block.blocks)
        elif block is not None:
            yield block


def _begins_bold(frame: Frame) -> bool:
    first = frame.blocks[0]
    return isinstance(first, Paragraph) and is_bold(first.line)


def _unplaced(found: list[Found], place: Place) -> Iterator[Unplaced]:
    return (Unplaced(reason, words, place) for reason, words in found)


def _is_contents(sdt: Element) -> bool:
    gallery = next(descendants(sdt, "docPartGallery"), None)
    return attribute(gallery, "val") == "Table of Contents"


def _rows(table: Element) -> Iterator[Element]:
    """A table's rows, also those in content controls, without those deleted with tracking."""
    for element in table:
        if local(element) == "tr":
            if child(child(element, "trPr"), "del") is None:
                yield element
        elif local(element) in _WRAPPERS:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in _WRAPPERS:
            yield from _cells(element)
