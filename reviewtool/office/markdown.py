"""Reading Markdown files (CommonMark with tables and footnotes) into a stream of blocks."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reviewtool.office.errors import Place, Unit, UnreadableFile, UnreadableReason
from reviewtool.office.lines import HARD, SOFT, Line, Run, plain, plain_words
from reviewtool.office.stream import (
    Block,
    Frame,
    Heading,
    Item,
    LeftoverReason,
    Paragraph,
    Stream,
    Unplaced,
)
from reviewtool.text.inline import PLAIN, Style, safe_href

# Deeper nesting than this is refused rather than read in part.
_MAX_NESTING = 60
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?: {4}|\t).*)*)\n?", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_ATTRIBUTES = re.compile(r"\s*\{(?:\s*[#.][\w-]+\s*)+\}\s*\Z")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(text: str) -> Stream:
    """Read decoded Markdown. Raises UnreadableFile (TOO_DEEP) for absurdly nested text."""
    text, front, title = _take_front_matter(text)
    text, notes = _take_footnotes(text)
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(
        ["table", "strikethrough"]
    )
    tokens = parser.parse(text)
    deepest = max(tokens, key=lambda token: token.level, default=None)
    if deepest is not None and deepest.level >= _MAX_NESTING - 2:
        line = deepest.map[0] + 1 if deepest.map else 0
        raise UnreadableFile(UnreadableReason.TOO_DEEP, Place(Unit.LINE, line))
    blocks = list(_Reader().blocks(SyntaxTreeNode(tokens)))
    return Stream((*front, *blocks, *notes), title)


def _take_front_matter(text: str) -> tuple[str, list[Block], str]:
    match = _FRONT_MATTER.match(text)
    if match is None or ":" not in match[1]:
        return text, [], ""
    found = _FRONT_TITLE.search(match[1])
    title = found[1].strip("\"'") if found else ""
    rest = _FRONT_TITLE.sub("", match[1], count=1) if found else match[1]
    words = plain_words(rest)
    place = Place(Unit.LINE, 1)
    front: list[Block] = [Unplaced(LeftoverReason.FRONT_MATTER, words, place)] if words else []
    return "\n" * match[0].count("\n") + text[match.end() :], front, title


def _take_footnotes(text: str) -> tuple[str, list[Block]]:
    """Cut out the footnotes' texts, leaving their lines blank so that line numbers stay true."""
    notes: list[Block] = []
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def cut(match: re.Match[str]) -> str:
        line = bisect_right(starts, match.start())
        words = plain_words(match[2])
        notes.append(Unplaced(LeftoverReason.FOOTNOTE, words, Place(Unit.LINE, line)))
        return "\n" * match[0].count("\n")

    cut_text = _FOOTNOTE.sub(cut, text)
    if notes:
        cut_text = _FOOTNOTE_MARK.sub("", cut_text)
    return cut_text, notes


class _Reader:
    """Walks the syntax tree; remembers the line that it is at."""

    def __init__(self) -> None:
        self.line = 0

    def place(self, node: SyntaxTreeNode) -> Place:
        if node.map:
            self.line = node.map[0] + 1
        return Place(Unit.LINE, self.line)

    def blocks(self, parent: SyntaxTreeNode, depth: int = 0) -> Iterator[Block]:
        for node in parent.children:
            yield from self.block(node, depth)

    def block(self, node: SyntaxTreeNode, depth: int) -> Iterator[Block]:
        place = self.place(node)
        if node.type == "heading":
            yield from self.heading(node, place)
        elif node.type in ("paragraph", "inline"):
            line, unplaced = _inline(node, place)
            yield Paragraph(line, place)
            yield from unplaced
        elif node.type in ("bullet_list", "ordered_list"):
            for item in node.children:
                yield from self.item(item, node.type == "ordered_list", depth)
        elif node.type == "blockquote":
            inside = list(self.blocks(node))
            yield Frame(False, tuple(b for b in inside if not isinstance(b, Unplaced)), place)
            yield from (block for block in inside if isinstance(block, Unplaced))
        elif node.type == "table":
            yield Unplaced(LeftoverReason.TABLE, _table(node, place), place)
        elif node.type == "html_block":
            yield from _html(node.content, place)
        elif node.type in ("code_block", "fence"):
            yield Paragraph(((node.content, PLAIN),), place)
        else:
            yield from self.blocks(node, depth)

    def heading(self, node: SyntaxTreeNode, place: Place) -> Iterator[Block]:
        line, unplaced = _inline(node, place)
        if line:
            text, style = line[-1]
            line = (*line[:-1], (_ATTRIBUTES.sub("", text), style))
        yield Heading(int(node.tag[1:]), line, place)
        yield from unplaced

    def item(self, item: SyntaxTreeNode, ordered: bool, depth: int) -> Iterator[Block]:
        """The first paragraph and those after it make one item; lists in it go one deeper."""
        words: list[Run] = []
        later: list[Block] = []
        place = self.place(item)
        for block in (b for child in item.children for b in self.block(child, depth + 1)):
            if isinstance(block, Paragraph) and not later:
                words.extend([(HARD, PLAIN)] if words else [])
                words.extend(block.line)
            elif isinstance(block, Heading) and not later:
                words.extend(block.line)
            else:
                later.append(block)
        yield Item(ordered, depth, tuple(words), place)
        yield from later


def _inline(node: SyntaxTreeNode, place: Place) -> tuple[Line, list[Block]]:
    runs: list[Run] = []
    unplaced: list[Block] = []
    _collect(node, PLAIN, runs, unplaced, place)
    return tuple(runs), unplaced


def _collect(
    node: SyntaxTreeNode, style: Style, runs: list[Run], unplaced: list[Block], place: Place
) -> None:
    kind = node.type
    if kind == "strong":
        style = style._replace(bold=True)
    elif kind == "em":
        style = style._replace(italic=True)
    elif kind == "link":
        target = str(node.attrs.get("href", ""))
        style = style._replace(href=safe_href(target))
        if target and not style.href:
            unplaced.append(Unplaced(LeftoverReason.LINK, target, place))
    if kind in ("text", "code_inline"):
        runs.append((node.content, style))
    elif kind == "softbreak":
        runs.append((SOFT, style))
    elif kind == "hardbreak" or (kind == "html_inline" and _BREAK.fullmatch(node.content)):
        runs.append((HARD, style))
    elif kind == "html_inline":
        unplaced.extend(_html(node.content, place))
    elif kind == "image":
        words = plain_words(node.content)
        unplaced.append(Unplaced(LeftoverReason.IMAGE, words or str(node.attrs["src"]), place))
    else:
        for child in node.children:
            _collect(child, style, runs, unplaced, place)


def _table(node: SyntaxTreeNode, place: Place) -> str:
    """A table's words: a line a row, " | " between its cells."""
    rows = [row for part in node.children for row in part.children]
    return "\n".join(
        " | ".join(plain(_inline(cell, place)[0]) for cell in row.children) for row in rows
    )


class _Visible(HTMLParser):
    """Collects the words, the comments, and the pictures of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.comments: list[str] = []
        self.pictures: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            known = dict(attrs)
            self.pictures.append(known.get("alt") or known.get("src") or "")


def _html(content: str, place: Place) -> Iterator[Block]:
    parser = _Visible()
    parser.feed(content)
    parser.close()
    found = [(LeftoverReason.HTML, " ".join(parser.words))]
    found += [(LeftoverReason.COMMENT, comment) for comment in parser.comments]
    found += [(LeftoverReason.IMAGE, picture) for picture in parser.pictures]
    for reason, text in found:
        words = plain_words(text)
        if words or reason is LeftoverReason.IMAGE:
            yield Unplaced(reason, words, place)
