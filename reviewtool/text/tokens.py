"""The units that are compared: words, white space, signs; never half a word or half an emoji.

Two forms of text: MARKUP is our canonical Markdown, whose marks are units without width; PLAIN
is any other string. Finnish compounds that end or begin with a hyphen ("tuki- ja", "-palvelut")
are one unit with it.
"""

import re
from enum import Enum
from functools import lru_cache

import regex

# Characters of which none joins another: here the quick patterns see what the full ones see.
_JOINING = re.compile(
    "[^\x00-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u205e\u20a0-\u20bf]"
)

_MARKS = (
    r"(?m:^(?: {0,4}(?:-|1\.) |#{1,3} |> ?|::[a-z]+(?: |$)))"
    r"|\*\*|_|\[|\]\((?:[^()\s]|\([^()\s]*\))*\)"
)


def _pattern(word: str, other: str, marks: str) -> str:
    words = rf"{word}+(?:-(?![\w-]))?"
    return rf"{marks}{words}|[^\S\n]+|\n+|(?<!\w)-{words}|{other}"


_ESCAPED = r"\\[!-/:-@\[-`{-~]|"
_PLAIN_WORD, _MARKUP_WORD = r"\w", r"[^\W_]"
_FULL_PLAIN_WORD, _FULL_MARKUP_WORD = r"[\w\p{M}\u200c\u200d]", r"[[\w\p{M}\u200c\u200d]--[_]]"


class Form(Enum):
    """What a text is written in."""

    MARKUP = "markup"
    PLAIN = "plain"


_TOKENS = {
    Form.PLAIN: re.compile(_pattern(_PLAIN_WORD, r"[^\w\s]", "")),
    Form.MARKUP: re.compile(_pattern(_MARKUP_WORD, r"[^\w\s]", f"{_ESCAPED}{_MARKS}|")),
}
_FULL_TOKENS = {
    Form.PLAIN: regex.compile(_pattern(_FULL_PLAIN_WORD, r"\X", "")),
    Form.MARKUP: regex.compile(
        _pattern(_FULL_MARKUP_WORD, r"\X", f"{_ESCAPED}{_MARKS}|"), regex.VERSION1
    ),
}
_MARK = re.compile(rf"(?:{_MARKS})\Z")
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"\w+")
_UNITS = re.compile(r"\n+|[^\n]+")


def tokenize(
    text: str, form: Form = Form.MARKUP, start: int = 0, end: int | None = None
) -> list[str]:
    """Return the units of ``text[start:end]``; joined together they are it again.

    What stands before ``start`` is seen: a hyphen is only a list marker where a line begins.
    """
    stop = len(text) if end is None else end
    if _JOINING.search(text, start, stop):
        return list(_FULL_TOKENS[form].findall(text, start, stop))
    return _TOKENS[form].findall(text, start, stop)


def paragraphs(text: str) -> list[str]:
    """Return the lines of ``text`` and the runs of line ends between them, alternating."""
    return _UNITS.findall(text)


@lru_cache(maxsize=4096)
def is_mark(token: str) -> bool:
    """Say whether a unit of the MARKUP form is markup only."""
    return _MARK.match(token) is not None


def has_word(token: str) -> bool:
    """Say whether ``token`` holds a letter or digit."""
    return _WORD.search(token) is not None


def count_words(text: str) -> int:
    """Return the number of runs of letters and digits in ``text``."""
    return len(_WORDS.findall(text))


def shown(text: str, start: int, end: int, form: Form) -> str:
    """Return what a reader sees of ``text[start:end]``: in MARKUP without marks and escapes."""
    if form is Form.PLAIN or start >= end:
        return text[start:end]
    kept = []
    for token in tokenize(text, form, start, end):
        if not is_mark(token):
            kept.append(token[1:] if len(token) > 1 and token[0] == "\\" else token)
    return "".join(kept)


def visible_part(text: str) -> str:
    """Return what a reader sees of a piece of MARKUP text that begins where a line begins."""
    return shown(text, 0, len(text), Form.MARKUP)
