"""The words by which a handbook's parts are known in Finnish, Swedish and English headings."""

import re
from enum import StrEnum


class Named(StrEnum):
    """What a heading's own words say that it begins."""

    SOURCES = "sources"
    POINTS = "points"
    STORY = "story"
    STORIES = "stories"
    AREA = "area"
    CHAPTER = "chapter"
    NOTHING = "nothing"


_SOURCES = frozenset(
    {
        *("lähteenä käytetty", "lähteinä käytetty", "lähteinä on käytetty", "käytetyt lähteet"),
        *("lähteet", "lähde", "lähdeluettelo", "lähteitä", "lähteet ja lisätietoa"),
        *("lisätietoa ja lähteet", "lähteet ja lisätiedot", "kirjallisuus", "kirjallisuutta"),
        *("lähteet ja kirjallisuus", "lähteet ja viitteet", "viitteet"),
        *("källor", "källa", "källförteckning", "använda källor", "källor som använts"),
        *("som källa har använts", "som källor har använts", "som källa använts", "litteratur"),
        *("källor och mer information", "referenser", "källhänvisningar"),
        *("sources", "source", "sources used", "references", "bibliography", "literature"),
        *("sources and further reading",),
    }
)
_SOURCES_USED = re.compile(r"lähte[ei]nä(?: on)? käytett\w+(?: [\w-]+){0,2}\Z")
_POINTS = frozenset({"ydinkohdat", "ydinkohtia", "kärnpunkter", "kärnpunkterna", "key points"})
_STORIES = frozenset({"henkilötarinat", "personberättelser", "personal stories"})
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s+)?(.*)\Z", re.DOTALL)
_STORY = re.compile(r"(?:henkilötarina|personberättelse|personal story)\s*[:–—-]\s*\S")
_AREA = re.compile(r"(?:osa-alue|delområde|area)\s*(?:\d{1,3}|[ivx]{1,4})?\s*[.:–—-]\s*\S")
_CHAPTER = re.compile(r"(?:luku|kapitel|chapter)\s*(?:\d{1,3}|[ivx]{1,4})\s*[.:–—-]\s*\S")
# A label that goes on in the same paragraph: "Lähteet: ...".
_LABEL = re.compile(r"(?:lähteet|lähteenä käytetty|lähteinä käytetty|källor|sources)\s*:\s+(?=\S)")


def named(words: str) -> Named:
    """What a heading (or a paragraph that stands as one) begins; its number doesn't count."""
    match = _NUMBER.match(words.strip().lower())
    key = (match[1] if match else "").strip()
    bare = key.rstrip(" :.")
    if bare in _SOURCES or _SOURCES_USED.match(bare):
        return Named.SOURCES
    if bare in _POINTS:
        return Named.POINTS
    if bare in _STORIES:
        return Named.STORIES
    for pattern, found in ((_STORY, Named.STORY), (_AREA, Named.AREA), (_CHAPTER, Named.CHAPTER)):
        if pattern.match(key):
            return found
    return Named.NOTHING


def sources_label_length(words: str) -> int:
    """How many characters a label such as "Sources: " takes at the start; 0 when there is none."""
    match = _LABEL.match(words.lower())
    return match.end() if match else 0
