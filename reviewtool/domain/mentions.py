"""Where a title is mentioned in running text, in its Finnish or Swedish forms too.

Words are compared by their beginnings: a title's word is cut where its forms part, and a word of
the text fits if it begins alike and goes on no longer than an ending does. That finds
"vertaistuessa" for "Vertaistuki"; it may find a word too many, which costs the reader a glance.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_LEGAL_FORM = re.compile(r"[\s,]+(?:ry|r\.y\.|rf|r\.f\.|rp|sr|oy|ab|osk|ay|ky)\.?$", re.IGNORECASE)
_SHORTEST = 3
_LONGEST_ENDING = 7
_SHORT_ENDING = 4
"""Of the shortest words, which begin too many others."""
AROUND = 60


@dataclass(frozen=True)
class Mention:
    """A place where a text says a title: the words before it, it, and the words after."""

    before: str
    words: str
    after: str


def mentions(title: str, text: str) -> list[Mention]:
    """Find where a plain text mentions a title, in any of its forms."""
    wanted = [match[0].casefold() for match in _WORD.finditer(title)]
    if not wanted:
        return []
    found = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in found]
    out: list[Mention] = []
    at = 0
    while at <= len(words) - len(wanted):
        if all(fits(mine, words[at + step]) for step, mine in enumerate(wanted)):
            out.append(_mention(text, found[at].start(), found[at + len(wanted) - 1].end()))
            at += len(wanted)
        else:
            at += 1
    return out


def fits(title_word: str, word: str) -> bool:
    """Tell whether a word of a text may be a form of a title's word; both folded."""
    if title_word == word:
        return True
    stem = title_word[: _kept(title_word)]
    ending = _LONGEST_ENDING if len(title_word) > _SHORTEST else _SHORT_ENDING
    return len(stem) >= _SHORTEST and word.startswith(stem) and len(word) - len(stem) <= ending


def _kept(word: str) -> int:
    """Count the letters that all forms of a word begin with."""
    if word.endswith("nen"):
        return len(word) - 3
    if len(word) <= _SHORTEST:
        return len(word)
    if len(word) <= 5:
        return len(word) - 1
    return len(word) - 2


def _mention(text: str, start: int, end: int) -> Mention:
    before = _squeezed(text[max(0, start - AROUND) : start])
    after = _squeezed(text[end : end + AROUND])
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Mention(before, text[start:end], after)


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def mentioned(title: str, texts: Sequence[str]) -> bool:
    """Tell whether any of some texts mentions a title."""
    return any(mentions(title, text) for text in texts)


def named(organisation: str, text: str) -> list[Mention]:
    """Find where a plain text names an organisation, with or without its legal form.

    A name with a capital letter isn't found in words without one: "Tuki ry" is no kind of "tuki".
    """
    name = _LEGAL_FORM.sub("", organisation.strip())
    found = mentions(name, text)
    if not name[:1].isupper():
        return found
    return [mention for mention in found if mention.words[:1].isupper()]
