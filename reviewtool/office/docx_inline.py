"""The inside of a Word paragraph: runs with their styles, fields, links, and what hangs on them.

python-docx isn't used for reading: its paragraphs leave tracked insertions out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reviewtool.office.docx_styles import ParagraphKind, Styles
from reviewtool.office.lines import HARD, Run
from reviewtool.office.stream import LeftoverReason
from reviewtool.office.xmlnames import attribute, child, children, descendants, local
from reviewtool.text.inline import Style, safe_href

Found = tuple[LeftoverReason, str]

_DROPPED = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "Fallback", "rt"})
_DRAWINGS = frozenset({"drawing", "pict", "object"})
_FIELD_LINK = re.compile(r"""\s*HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]+)"|\s*HYPERLINK\s+([^\s\\"]+)""")
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0E0: "→", 0xF0FC: "✓", 0xF0D8: "▸", 0xF02D: "-"}
_PRIVATE_USE = range(0xE000, 0xF900)


@dataclass
class Field:
    """A field that is open: its code so far, and whether its result has begun."""

    code: str = ""
    shown: bool = False


@dataclass
class Notes:
    """Texts that a document keeps apart: footnotes, endnotes and comments by their ids.

    `part_words`: the words of another part (a diagram's data) by relationship id; `picture`: the
    key of a picture that can be kept, "" for another.
    """

    targets: dict[str, str] = field(default_factory=dict)
    footnotes: dict[str, str] = field(default_factory=dict)
    endnotes: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    part_words: Callable[[str], str] = field(default=lambda _: "")
    picture: Callable[[str], str] = field(default=lambda _: "")


class InlineReader:
    """Reads paragraphs one after another; fields may go on from one to the next."""

    def __init__(self, styles: Styles, notes: Notes, *, keep_pictures: bool = False) -> None:
        self._styles = styles
        self._notes = notes
        self._keep_pictures = keep_pictures
        self.pictures: list[tuple[str, str]] = []
        """(key, description) of the pictures in the paragraph that was read last."""
        self._fields: list[Field] = []
        self._runs: list[Run] = []
        self._found: list[Found] = []
        self._kind = ParagraphKind()
        self._href = ""

    def read(self, paragraph: Element, kind: ParagraphKind) -> tuple[list[Run], list[Found]]:
        """The paragraph's runs, and what was found in it that is no text of it."""
        if kind.heading is not None:
            self._fields.clear()
        self._runs, self._found, self._kind, self._href = [], [], kind, ""
        self.pictures = []
        self._walk(paragraph)
        # A code that never got its result would swallow the rest of the document.
        self._fields = [field for field in self._fields if field.shown]
        return self._runs, self._found

    def in_contents(self) -> bool:
        """Whether a table of contents is being shown."""
        return any(field.code.strip().startswith("TOC") for field in self._fields)

    def _walk(self, parent: Element) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element)
            elif name == "hyperlink":
                self._hyperlink(element)
            elif name == "fldSimple":
                with_link = _field_target(attribute(element, "instr"))
                self._linked(element, with_link)
            elif name in ("oMath", "oMathPara"):
                words = "".join(part.text or "" for part in descendants(element, "t"))
                self._found.append((LeftoverReason.EQUATION, words))
            elif name == "AlternateContent":
                self._walk(_chosen(element))
            elif name not in _DROPPED:
                self._walk(element)

    def _hyperlink(self, element: Element) -> None:
        self._linked(element, self._notes.targets.get(attribute(element, "id"), ""))

    def _linked(self, element: Element, target: str) -> None:
        before, self._href = self._href, safe_href(target) or self._href
        if target and not safe_href(target):
            self._found.append((LeftoverReason.LINK, target))
        self._walk(element)
        self._href = before

    def _run(self, run: Element) -> None:
        properties = child(run, "rPr")
        hidden = self._styles.run_toggle(properties, "vanish", False)
        style = Style(
            self._styles.run_toggle(properties, "b", self._kind.bold),
            self._styles.run_toggle(properties, "i", False),
            self._href or self._field_href(),
        )
        for element in run:
            text = self._text(element)
            unhyphenated = text.replace("\u00ad", "")
            if hidden and unhyphenated.strip():
                self._found.append((LeftoverReason.HIDDEN, unhyphenated))
            elif text and all(field.shown for field in self._fields):
                self._runs.append((text, style))

    def _text(self, element: Element) -> str:
        """The text of an element of a run; what is no text is taken note of."""
        name = local(element)
        if name == "t":
            return element.text or ""
        if name in ("tab", "ptab"):
            return "\t"
        if name in ("br", "cr"):
            return " " if attribute(element, "type") in ("page", "column") else HARD
        if name == "noBreakHyphen":
            return "-"
        if name == "sym":
            return self._symbol(element)
        if name == "ruby":
            return "".join(
                part.text or "" for base in children(element, "rubyBase") for part in base.iter()
            )
        self._aside(element, name)
        return ""

    def _aside(self, element: Element, name: str) -> None:
        if name in ("fldChar", "instrText"):
            self._field(element, name)
        elif name in _DRAWINGS:
            self._found.extend(self._drawing(element))
        elif name == "AlternateContent":
            for inner in _chosen(element):
                self._aside(inner, local(inner))
        elif name == "footnoteReference":
            self._note(LeftoverReason.FOOTNOTE, self._notes.footnotes, element)
        elif name == "endnoteReference":
            self._note(LeftoverReason.FOOTNOTE, self._notes.endnotes, element)
        elif name == "commentReference":
            self._note(LeftoverReason.COMMENT, self._notes.comments, element)

    def _note(self, reason: LeftoverReason, notes: dict[str, str], element: Element) -> None:
        words = notes.pop(attribute(element, "id"), "")
        if words:
            self._found.append((reason, words))

    def _symbol(self, element: Element) -> str:
        code = attribute(element, "char")
        try:
            number = int(code, 16)
        except ValueError:
            return ""
        if number in _PRIVATE_USE:
            known = _SYMBOLS.get(number | 0xF000, "")
            if not known:
                font = attribute(element, "font")
                self._found.append((LeftoverReason.SYMBOL, f"{font} {code}".strip()))
            return known
        return chr(number) if number <= 0x10FFFF else ""

    def _field(self, element: Element, name: str) -> None:
        if name == "instrText":
            if self._fields:
                self._fields[-1].code += element.text or ""
            return
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(Field())
        elif self._fields and kind == "separate":
            self._fields[-1].shown = True
            target = _field_target(self._fields[-1].code)
            if target and not safe_href(target):
                self._found.append((LeftoverReason.LINK, target))
        elif self._fields and kind == "end":
            self._fields.pop()

    def _field_href(self) -> str:
        targets = (_field_target(field.code) for field in reversed(self._fields))
        return next((href for target in targets if (href := safe_href(target))), "")

    def _drawing(self, drawing: Element) -> Iterator[Found]:
        described = next(descendants(drawing, "docPr"), None)
        words = attribute(described, "descr") or attribute(described, "title")
        boxes = list(_text_boxes(drawing))
        for box in boxes:
            yield LeftoverReason.TEXT_BOX, words_of(box, self._styles, self._notes)
        for reference in (*descendants(drawing, "relIds"), *descendants(drawing, "chart")):
            part = attribute(reference, "dm") or attribute(reference, "id")
            yield LeftoverReason.DIAGRAM, self._notes.part_words(part) or words
        pictures = [*descendants(drawing, "blip"), *descendants(drawing, "imagedata")]
        if local(drawing) == "object":
            yield LeftoverReason.EMBEDDED, words
        elif pictures and not self._kept(pictures, words):
            yield LeftoverReason.IMAGE, words

    def _kept(self, pictures: list[Element], words: str) -> bool:
        """Keep a drawing that is one picture, of a kind that texts can show."""
        if not self._keep_pictures or len(pictures) != 1:
            return False
        relation = attribute(pictures[0], "embed") or attribute(pictures[0], "id")
        key = self._notes.picture(relation)
        if key:
            self.pictures.append((key, words))
        return bool(key)


def words_of(parent: Element, styles: Styles, notes: Notes) -> str:
    """All visible words under an element, a line a paragraph; with what hangs on them."""
    lines = []
    for paragraph in _outer(parent, "p"):
        reader = InlineReader(styles, notes)
        runs, found = reader.read(paragraph, styles.paragraph(child(paragraph, "pPr")))
        text = "".join(text for text, _ in runs).replace(HARD, " ")
        lines.append(" ".join(text.replace("\u00ad", "").split()))
        lines.extend(words for _, words in found)
    return "\n".join(line for line in lines if line)


def is_mark_deleted(paragraph: Element) -> bool:
    """Whether the paragraph's end was deleted with tracking, so that it runs into the next."""
    mark = child(child(paragraph, "pPr"), "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def _text_boxes(drawing: Element) -> Iterator[Element]:
    return _outer(drawing, "txbxContent")


def _outer(parent: Element, name: str) -> Iterator[Element]:
    """Descendants of that name that stand in no other of them, alternatives counted once."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found not in _DROPPED:
            yield from _outer(element, name)


def _chosen(alternatives: Element) -> Element:
    chosen = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    if chosen is not None:
        return chosen
    return fallback if fallback is not None else alternatives


def _field_target(code: str) -> str:
    match = _FIELD_LINK.match(code)
    return (match[1] or match[2]) if match else ""
