"""HTML of the visual editor, or of a paste, as our Markdown subset.

The HTML is parsed and sanitised by nh3 (ammonia) first; this reader then sees well-formed markup of
known elements only, and writes escaped words, so that nothing but our own constructs survives.
"""

import re
from html.parser import HTMLParser

import nh3

from reviewtool.text.blocks import (
    NUMBER_FORMS,
    Block,
    Box,
    Figure,
    Heading,
    Item,
    Numbers,
    Paragraph,
    Quote,
    boxed,
    read_blocks,
    write_blocks,
)
from reviewtool.text.characters import clean, squeeze, without_controls
from reviewtool.text.inline import PLAIN, Scanned, Style, safe_href, settle, write

_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_BREAKS = {
    "p",
    "div",
    "section",
    "article",
    "table",
    "tr",
    "dl",
    "dt",
    "dd",
    "pre",
    "hr",
    "main",
    "header",
    "footer",
    "nav",
    "address",
    "center",
    "caption",
    "details",
    "summary",
}
_STYLES = {"b", "strong", "i", "em", "a", "span"}
_TAGS = (
    _BREAKS
    | _STYLES
    | set(_HEADINGS)
    | {"ul", "ol", "li", "blockquote", "aside", "figure", "figcaption", "img", "br", "td", "th"}
)
_ATTRIBUTES = {
    "a": {"href", "data-aside"},
    "span": {"style", "class", "data-aside"},
    "b": {"style"},
    "p": {"class", "data-aside"},
    "figure": {"data-figure", "data-alt", "data-numbers"},
    "figcaption": {"class"},
}
_BOLD = re.compile(r"font-weight:\s*(bold|[6-9]00)")
_ITALIC = re.compile(r"font-style:\s*(italic|oblique)")
_FIELDS = {
    "figure-alt": "alt",
    "figure-date": "date",
    "figure-credit": "source",
    "figure-value": "value",
    "figure-label": "label",
}
_ROW = ("value", "label")
_FILE = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.chars: list[str] = []
        self.styles: list[Style] = []
        self.style: list[tuple[str, Style]] = []
        self.lists: list[bool] = []
        self.item = False
        self.level = 0
        self.quote: list[str] | None = None
        self.box: list[Block] | None = None
        self.box_title = ""
        self.titled = False
        self.figure: dict[str, str] | None = None
        self.rows: list[dict[str, str]] | None = None
        self.field = ""
        self.aside = 0

    # words ------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        if self.aside:
            return
        style = self.style[-1][1] if self.style else PLAIN
        self.chars.append(data)
        self.styles.extend([style] * len(data))

    def flush(self) -> None:
        """Close the block whose words were being read."""
        words = "".join(self.chars)
        inline = write(settle(Scanned(words, [], self.styles)))
        self.chars, self.styles = [], []
        if not inline:
            return
        if self.figure is not None:
            self.told(self.figure, inline)
        elif self.titled:
            self.box_title = f"{self.box_title} {inline}".strip()
        elif self.quote is not None:
            self.quote.append(inline)
        elif self.lists:
            self.listed(inline)
        elif self.level:
            self.add(Heading(self.level, inline))
        else:
            self.add(Paragraph(inline))

    def told(self, figure: dict[str, str], inline: str) -> None:
        """Words in a figure: of the field whose element they stand in, else of its caption."""
        name = self.field or "caption"
        if self.rows is None:
            name = "caption" if name in _ROW else name
        elif name == "alt":
            name = "caption"
        elif name in _ROW:
            self.rows = self.rows or [{}]
            figure = self.rows[-1]
        figure[name] = f"{figure.get(name, '')} {inline}".strip()

    def listed(self, inline: str) -> None:
        """Words in a list: the first of an item make it, the following ones join it."""
        target = self.blocks if self.box is None else self.box
        last = target[-1] if target else None
        if not self.item and isinstance(last, Item):
            target[-1] = Item(last.ordered, last.depth, f"{last.text} {inline}")
        else:
            self.add(Item(self.lists[-1], len(self.lists) - 1, inline))
        self.item = False

    def add(self, block: Block) -> None:
        outside = self.box is None or isinstance(block, Figure | Numbers)
        (self.blocks if outside or self.box is None else self.box).append(block)

    # structure --------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if self.aside or "data-aside" in values:
            self.aside += tag not in ("br", "img", "hr")
            return
        if tag in _STYLES:
            self.styled(tag, values)
        elif tag == "br":
            if self.lists or self.level or self.figure is not None or self.titled:
                self.handle_data(" ")
            else:
                self.flush()
        elif tag in ("td", "th"):
            if "".join(self.chars).strip():
                self.handle_data(" | ")
        elif tag == "img":
            pass
        else:
            self.flush()
            self.opened(tag, values)

    def styled(self, tag: str, values: dict[str, str]) -> None:
        style = self.style[-1][1] if self.style else PLAIN
        css = values.get("style", "")
        weightless = tag == "b" and "normal" in css
        if (tag in ("b", "strong") and not weightless) or _BOLD.search(css):
            style = style._replace(bold=True)
        if tag in ("i", "em") or _ITALIC.search(css):
            style = style._replace(italic=True)
        if tag == "a":
            style = style._replace(href=safe_href(values.get("href", "")))
        self.style.append((tag, style))
        name = values.get("class", "")
        if self.figure is not None and name.startswith("figure-"):
            self.flush()
            self.field = _FIELDS.get(name, "caption")
            if self.field == "alt":
                self.figure["alt"] = ""

    def opened(self, tag: str, values: dict[str, str]) -> None:
        if self.rows is not None and tag in ("li", "tr"):
            self.rows.append({})
        elif tag in ("ul", "ol"):
            self.lists.append(tag == "ol")
        elif tag == "li":
            self.item = True
        elif tag in _HEADINGS:
            self.level = _HEADINGS[tag]
        elif tag == "blockquote":
            self.quote = []
        elif tag == "aside" and self.box is None:
            self.box, self.box_title = [], ""
        elif tag == "p" and values.get("class") == "box-title":
            self.titled = self.box is not None
        elif tag == "figure":
            self.figured(values)

    def figured(self, values: dict[str, str]) -> None:
        """Begin a figure of ours or a number graphic; any other figure is only its words."""
        file, form, alt = (values.get(f"data-{name}", "") for name in ("figure", "numbers", "alt"))
        if not _FILE.match(file) and form not in NUMBER_FORMS:
            return
        if self.figure is not None:
            self.close_figure(self.figure)
        if form in NUMBER_FORMS:
            self.figure, self.rows = {"form": form}, []
            return
        self.figure = {"file": file}
        if squeeze(alt):
            self.figure["alt"] = write([(squeeze(alt), PLAIN)])

    def handle_endtag(self, tag: str) -> None:
        if self.aside:
            self.aside -= 1
            return
        if tag in _STYLES:
            if self.figure is not None and tag == "span":
                self.flush()
                self.field = ""
            if self.style:
                self.style.pop()
            return
        if tag in ("td", "th"):
            return
        self.flush()
        self.closed(tag)

    def closed(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.item = False
        elif tag in _HEADINGS:
            self.level = 0
        elif tag == "blockquote" and self.quote is not None:
            if self.quote:
                self.add(Quote(tuple(self.quote)))
            self.quote = None
        elif tag == "p":
            self.titled = False
        elif tag == "aside" and self.box is not None:
            inner = boxed(self.box)
            self.box, title = None, self.box_title
            if inner or title:
                self.add(Box(title, inner))
        elif tag == "figure" and self.figure is not None:
            self.close_figure(self.figure)

    def close_figure(self, fields: dict[str, str]) -> None:
        if self.rows is None:
            self.add(Figure(**fields))
        else:
            rows = [(row.get("value", ""), row.get("label", "")) for row in self.rows]
            kept = tuple(row for row in rows if any(row))
            self.add(Numbers(rows=kept, **fields))
        self.figure = self.rows = None


def from_html(html: str) -> str:
    """Return HTML (a fragment, sanitised here) as block Markdown of our subset.

    Headings become inner headings, table rows paragraphs, line breaks new paragraphs; pictures
    without a file of ours, scripts, styles and unknown links are dropped, their words kept.
    Raises TextError when the HTML is too long.
    """
    safe = nh3.clean(
        without_controls(html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        filter_style_properties={"font-weight", "font-style"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    reader.flush()
    return write_blocks(read_blocks(clean(write_blocks(reader.blocks))))
