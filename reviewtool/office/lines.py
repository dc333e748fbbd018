"""Styled words on their way from a file into a text: cleaning, splitting, spelling."""

import re
import unicodedata
from collections.abc import Iterable

from reviewtool.text.inline import Scanned, Style, settle, write

Run = tuple[str, Style]
Line = tuple[Run, ...]

# A break that the writer made by hand, and one that only wraps a line of the file.
HARD, SOFT = "\n", "\v"

_DROPPED = re.compile(
    "[\x00-\x08\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_NO_BREAK_HYPHEN = re.compile("\u2011")
_SPACES = re.compile("[^\\S\n\v]+")
# Bullets that people type by hand, with the private codes of the Symbol and Wingdings fonts.
_BULLET = re.compile(
    "[\u2022\u00b7\u25aa\u25ab\u25cf\u25cb\u25e6\u2023\u2043\u25a0\uf0b7\uf0a7]\\s*"
)
_DASH = re.compile("(?:[-\u2013\u2014*]\\s+|o\t\\s*)")


def plain(line: Iterable[Run]) -> str:
    """The words of a line without styles, breaks as spaces."""
    return " ".join("".join(text for text, _ in tidy(line)).split())


def plain_words(text: str) -> str:
    """A string's words with invisible characters dropped and white space made single."""
    return plain(((text, Style()),))


def tidy(line: Iterable[Run]) -> Line:
    """Drop invisible characters, make every space (also the no-break one) a single usual one."""
    out: list[Run] = []
    for text, style in line:
        text = _NO_BREAK_HYPHEN.sub("-", _DROPPED.sub("", text))
        text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
        if text and out and out[-1][1] == style:
            out[-1] = (out[-1][0] + text, style)
        elif text:
            out.append((text, style))
    return tuple(out)


def markdown(line: Iterable[Run]) -> str:
    """The line as inline Markdown in the spelling of the text engine."""
    words: list[str] = []
    styles: list[Style] = []
    for text, style in tidy(line):
        words.append(text.replace(HARD, " ").replace(SOFT, " "))
        styles.extend([style] * len(text))
    visible = "".join(words)
    start = len(visible) - len(visible.lstrip())
    scanned = Scanned(visible[start:], list(range(len(visible) - start)), styles[start:])
    return write(settle(scanned))


def unstyled(line: Iterable[Run], *, bold_only: bool = False) -> Line:
    """The line without bold (and italic), keeping its links; for headings and titles."""
    return tuple(
        (text, style._replace(bold=False, italic=style.italic and bold_only))
        for text, style in line
    )


def is_bold(line: Iterable[Run]) -> bool:
    """Whether every visible character is bold, and there is one."""
    shown = [style.bold for text, style in line if text.strip()]
    return bool(shown) and all(shown)


def split(line: Line, separator: str, count: int = -1) -> list[Line]:
    """Cut a line at each of the characters in `separator` (at most `count` times)."""
    parts: list[list[Run]] = [[]]
    for text, style in line:
        rest = text
        while rest:
            at = min((i for char in separator if (i := rest.find(char)) >= 0), default=-1)
            if at < 0 or 0 <= count < len(parts):
                parts[-1].append((rest, style))
                break
            if at:
                parts[-1].append((rest[:at], style))
            parts.append([])
            rest = rest[at + 1 :]
    return [tuple(part) for part in parts]


def drop_start(line: Line, length: int) -> Line:
    """The line without its first `length` characters."""
    out: list[Run] = []
    for text, style in line:
        cut = min(length, len(text))
        length -= cut
        if text[cut:]:
            out.append((text[cut:], style))
    return tuple(out)


def bullet_length(line: Line, *, dashes: bool) -> int:
    """How many characters a hand-typed bullet takes at the start; 0 when there is none."""
    text = "".join(text for text, _ in line)
    blank = len(text) - len(text.lstrip())
    match = _BULLET.match(text, blank) or (_DASH.match(text, blank) if dashes else None)
    return match.end() if match else 0
