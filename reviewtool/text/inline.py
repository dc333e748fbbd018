"""Inline Markdown: bold ``**``, italic ``_``, links ``[words](address)`` and escapes.

``scan`` reads any string; ``write`` gives each styled line its only spelling: link outside bold
outside italic, and a space is styled only where both its neighbours are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from reviewtool.text.characters import clean, extends, squeeze


class Style(NamedTuple):
    """How a character is shown."""

    bold: bool = False
    italic: bool = False
    href: str = ""


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Scanned:
    """The visible characters of an inline string, each with its index there and its style.

    The index of an escaped character is that of its backslash, so that a range never cuts one.
    """

    visible: str
    positions: list[int]
    styles: list[Style]


_LEX = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<bold>\*\*|__)|(?P<italic>[*_])|(?P<open>\[)"
    r"|(?P<close>\]\((?P<href>(?:[^()\s]|\([^()\s]*\))*)\))|(?P<text>[^\\*_\[\]]+|.)",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[\\*_\[\]]")
_SCHEME = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@[^\s@]+)", re.IGNORECASE)
_UNSAFE_IN_HREF = re.compile(r"[()<>\"\\`\[\]\s^{|}]")
MAX_HREF = 2000
# What would make a paragraph read as something else when it stands first on its line.
_BLOCK_START = re.compile(r"#{1,6}(?= |$)|[-+](?= |$)|>|::|(?P<number>\d{1,9})[.)](?= |$)")


def safe_href(href: str) -> str:
    """Return ``href`` in the spelling of links, or "" when it is no http, https or mailto one."""
    href = clean(href).strip()
    if len(href) > MAX_HREF or not _SCHEME.match(href):
        return ""
    scheme, _, rest = href.partition(":")
    rest = _UNSAFE_IN_HREF.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), rest)
    return f"{scheme.lower()}:{rest}"


def _pairs(raw: str, lexed: Sequence[re.Match[str]], group: str) -> set[int]:
    """Indexes of the delimiters of one kind that open or close something."""
    found: set[int] = set()
    pending: dict[str, int] = {}
    for index, match in enumerate(lexed):
        if match.lastgroup != group:
            continue
        spelling = match[0]
        if spelling in pending:
            if raw[match.start() - 1] != " ":
                found |= {pending.pop(spelling), index}
        elif raw[match.end() : match.end() + 1] not in (" ", ""):
            pending[spelling] = index
    return found


def _links(lexed: Sequence[re.Match[str]]) -> dict[int, str]:
    """Indexes of the brackets of links; the opening ones with their address."""
    found: dict[int, str] = {}
    opening = -1
    for index, match in enumerate(lexed):
        if match.lastgroup == "open":
            opening = index
        elif match["close"] is not None and opening >= 0:
            found[opening] = safe_href(match["href"])
            found[index] = ""
            opening = -1
    return found


def _lex(raw: str) -> list[re.Match[str]]:
    return list(_LEX.finditer(raw))


def scan(raw: str) -> Scanned:
    """Read an inline string; whatever doesn't fit the grammar is visible as it stands."""
    if not _SPECIAL.search(raw):
        return Scanned(raw, list(range(len(raw))), [PLAIN] * len(raw))
    lexed = _lex(raw)
    marks = _pairs(raw, lexed, "bold") | _pairs(raw, lexed, "italic")
    links = _links(lexed)
    style = PLAIN
    chars: list[str] = []
    positions: list[int] = []
    styles: list[Style] = []
    for index, match in enumerate(lexed):
        kind = match.lastgroup
        if index in links:
            style = style._replace(href=links[index])
        elif index in marks and kind == "bold":
            style = style._replace(bold=not style.bold)
        elif index in marks:
            style = style._replace(italic=not style.italic)
        else:
            words = match[0][1:] if kind == "escape" else match[0]
            chars.append(words)
            positions.extend(range(match.start(), match.start() + len(words)))
            styles.extend([style] * len(words))
    return Scanned("".join(chars), positions, styles)


def settle(scanned: Scanned) -> list[tuple[str, Style]]:
    """Return runs of (words, style), white space and the style of spaces in their only form."""
    if scanned.visible.isspace():
        return []
    chars: list[tuple[str, Style]] = []
    for char, style in zip(scanned.visible, scanned.styles, strict=True):
        if squeeze(char) == "":
            if chars and chars[-1][0] != " ":
                chars.append((" ", style))
        elif chars and chars[-1][0] != " " and extends(char):
            chars.append((char, chars[-1][1]))
        else:
            chars.append((char, style))
    if chars and chars[-1][0] == " ":
        chars.pop()
    for index, (char, _) in enumerate(chars):
        if char == " ":
            both = _between(chars[index - 1][1], chars[index + 1][1])
            chars[index] = (" ", both)
    return [
        ("".join(char for char, _ in run), style)
        for style, run in groupby(chars, key=lambda pair: pair[1])
    ]


def _between(before: Style, after: Style) -> Style:
    """Return the style of a space: what its neighbours share, as far as ``write`` nests it."""
    if before.href != after.href:
        return PLAIN
    if before.bold != after.bold:
        return Style(href=before.href)
    return before._replace(italic=before.italic and after.italic)


def write(runs: Sequence[tuple[str, Style]]) -> str:
    """Return the only spelling of settled runs."""
    out: list[str] = []
    for href, linked in groupby(runs, key=lambda run: run[1].href):
        inner: list[str] = []
        for bold, strong in groupby(linked, key=lambda run: run[1].bold):
            words = "".join(
                f"_{_escape(text)}_" if style.italic else _escape(text) for text, style in strong
            )
            inner.append(f"**{words}**" if bold else words)
        out.append(f"[{''.join(inner)}]({href})" if href else "".join(inner))
    return "".join(out)


def _escape(words: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", words)


def canonical_inline(raw: str) -> str:
    """Return an inline string (one line) in its only spelling; white space alone is empty."""
    if not _SPECIAL.search(raw):
        words = squeeze(raw)
        return "" if words.isspace() else words
    return write(settle(scan(squeeze(raw))))


def escape(words: str) -> str:
    """Return inline Markdown that shows exactly ``words``, wherever it is put."""
    return escape_start(_escape(squeeze(clean(words))))


def escape_start(inline: str) -> str:
    """Keep an inline string from reading as a marker where it begins a line."""
    match = _BLOCK_START.match(inline)
    if match is None:
        return inline
    cut = match.end("number") if match["number"] else 0
    return f"{inline[:cut]}\\{inline[cut:]}"


def visible(inline: str) -> str:
    """Return the visible words of an inline string."""
    return scan(inline).visible
