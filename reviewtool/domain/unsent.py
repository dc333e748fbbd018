"""Unsent words: what a participant has half written; theirs alone until they send it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from reviewtool.domain.contributions import MOST_CHARACTERS

Fields = Mapping[str, str]
"""The fields of a half-filled form, by name."""

FORM = re.compile(r"[A-Za-z0-9_-]{1,40}(:[A-Za-z0-9_-]{1,60}){0,2}")
"""The key of a form of a link: what it is about, and which form of it (SECTION:box)."""

NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
MOST_FIELDS = 80
MOST_KEPT = 5 * MOST_CHARACTERS
"""How many characters are kept of one form; longer ones stay on the device."""

KEPT_AFTER = timedelta(days=30)
"""How long after the round, and after the last word, unsent words are kept."""

NEVER = frozenset({"csrf_token", "request_id", "ticket", "keep", "late", "mark", "quiet"})
"""Fields that belong to the page and its session, never to what is written."""

_WRITTEN = ("words", "target_group", "activity", "effect", "title")
_OF_QUESTIONS = ("words-", "option-", "target_group-", "activity-", "effect-")

_IN_WORDS = ("words-", "target_group-", "activity-", "effect-")


def kept(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the fields of a form that are kept: no tokens, no odd names, not too many."""
    fields = {
        name: value.replace("\r\n", "\n")
        for name, value in pairs
        if name not in NEVER and NAME.fullmatch(name)
    }
    return dict(list(fields.items())[:MOST_FIELDS])


def is_written(fields: Fields) -> bool:
    """Tell whether anything is written: a form that was only opened is nothing."""
    if any(fields.get(name, "").strip() for name in _WRITTEN):
        return True
    if any(value.strip() for name, value in fields.items() if name.startswith(_OF_QUESTIONS)):
        return True
    replacement = fields.get("replacement")
    return replacement is not None and replacement.split() != fields.get("quote", "").split()


def same_words(one: Fields, other: Fields) -> bool:
    """Tell whether two say the same; how a passage is pointed at makes no difference."""
    return _words(one) == _words(other)


def words_shown(fields: Fields) -> list[str]:
    """Give what was written, part by part, for showing it to its writer."""
    names = (*_WRITTEN, "replacement")
    parts = [fields[name] for name in names if fields.get(name, "").strip()]
    return parts + [
        value for name, value in fields.items() if name.startswith(_IN_WORDS) and value.strip()
    ]


def _words(fields: Fields) -> dict[str, str]:
    return {
        name: value.strip()
        for name, value in fields.items()
        if (name in _WRITTEN or name == "replacement" or name.startswith(_OF_QUESTIONS))
        and value.strip()
    }
