"""W3C Web Annotation selectors (TextQuote and TextPosition) of passages.

Part of the engine's published interface (docs/text-engine.md), for other programs: no page of the
product needs them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from reviewtool.text.anchors import Passage, passage_at
from reviewtool.text.errors import TextError
from reviewtool.text.layout import layout

Selector = dict[str, Any]


def visible_text(text: str) -> tuple[str, list[int]]:
    """Return the visible words of a text, lines joined by ``\\n``, and where each one stands."""
    words: list[str] = []
    positions: list[int] = []
    for line in layout(text):
        if words:
            words.append("\n")
            positions.append(line.start)
        words.append(line.visible)
        positions.extend(line.positions)
    return "".join(words), positions


def write_selectors(passage: Passage) -> list[Selector]:
    """Return the selectors of a passage; TextPosition counts code points of the canonical text."""
    return [
        {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
        {
            "type": "TextQuoteSelector",
            "exact": passage.quote,
            "prefix": passage.prefix,
            "suffix": passage.suffix,
        },
    ]


def read_selectors(text: str, selectors: Sequence[Mapping[str, Any]]) -> Passage:
    """Return the passage of a canonical text that selectors name.

    A position is believed when its words are the quote (or no quote is given); else the quote is
    looked for, and has to be told apart by its context. Raises TextError when that fails.
    """
    by_type = {str(s.get("type")): s for s in selectors}
    quote = by_type.get("TextQuoteSelector")
    place = by_type.get("TextPositionSelector")
    if place is not None:
        start, end = int(place["start"]), int(place["end"])
        if 0 <= start <= end <= len(text):
            found = passage_at(text, start, end)
            if quote is None or found.quote == quote.get("exact"):
                return found
    if quote is None:
        raise TextError("the selectors name no passage of this text")
    return _by_quote(text, quote)


def _by_quote(text: str, quote: Mapping[str, Any]) -> Passage:
    words, positions = visible_text(text)
    exact = str(quote.get("exact", ""))
    before, after = str(quote.get("prefix", "")), str(quote.get("suffix", ""))
    hits: list[tuple[int, int]] = []
    at = words.find(exact) if exact else -1
    while at >= 0:
        end = at + len(exact)
        score = words[:at].endswith(before) + words[end:].startswith(after)
        hits.append((score, at))
        at = words.find(exact, at + 1)
    hits.sort(reverse=True)
    if not hits or (len(hits) > 1 and hits[0][0] == hits[1][0]):
        raise TextError("the quoted words don't stand in this text, or more than once")
    first = positions[hits[0][1]]
    last = positions[hits[0][1] + len(exact) - 1]
    return passage_at(text, first, last + (2 if text[last] == "\\" else 1))
