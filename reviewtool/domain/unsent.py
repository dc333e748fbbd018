"""Unsent words: what somebody has half written behind a link; theirs alone until they send it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from reviewtool.domain.contributions import MOST_CHARACTERS

Fields = Mapping[str, str]
"""The fields of a half-filled form, by name."""

FORM = re.compile(r"[A-Za-z0-9_-]{1,40}(:[A-Za-z0-9_-]{1,60}){0,3}")
"""The key of a form of a link: what it is about, and which form of it (SECTION:box)."""

PLACELESS = frozenset(
    {
        "whole",
        "structure",
        "meeting",
        "workshop",
        "attend",
        "correction",
        "statement",
        "decline",
        "all",
    }
)
"""Forms about no single text."""

OF_NO_TEXT = frozenset({"attend", "decline", "all"})
"""Forms that say nothing about any text: how one takes part, and in what capacity."""

_ANOTHER = re.compile(r":of-[0-9]+$")

NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
MOST_FIELDS = 400
MOST_KEPT = 5 * MOST_CHARACTERS
"""How many characters are kept of one form; longer ones stay on the device."""

KEPT_AFTER = timedelta(days=30)
"""How long after the round, and after the last word, unsent words are kept."""

NEVER = frozenset({"csrf_token", "request_id", "ticket", "keep", "late", "mark", "quiet"})
"""Fields that belong to the page and its session, never to what is written."""

FINGERPRINTS = "hash-"
"""How the names of fields begin in which a page puts what it showed."""

_WRITTEN = (
    "words", "target_group", "activity", "effect", "title", "reason", "needs", "diet",
    "capacity_detail",
)  # fmt: skip
_OF_MANY = re.compile(r"(words|option|target_group|activity|effect)-.*|rows-[0-9]+-(place|words)")
_SHOWN_OF_MANY = re.compile(r"(words|target_group|activity|effect)-.*|rows-[0-9]+-words")


def plain_form(form: str) -> str:
    """Give the key of the form that words were written in, where they are the second such."""
    return _ANOTHER.sub("", form)


def another(form: str, number: int) -> str:
    """Give the key under which other words of the same form stand: of two doubles, now one."""
    return f"{plain_form(form)}:of-{number}"


def kept(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give the fields of a form that are kept: no tokens, no odd names, not too many."""
    fields = {
        name: value.replace("\r\n", "\n")
        for name, value in pairs
        if name not in NEVER and NAME.fullmatch(name) and not name.startswith(FINGERPRINTS)
    }
    return dict(list(fields.items())[:MOST_FIELDS])


def is_written(fields: Fields) -> bool:
    """Tell whether anything is written: a form that was only opened is nothing."""
    if any(fields.get(name, "").strip() for name in _WRITTEN):
        return True
    if any(value.strip() for name, value in fields.items() if _OF_MANY.fullmatch(name)):
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
        value for name, value in fields.items() if _SHOWN_OF_MANY.fullmatch(name) and value.strip()
    ]


def _words(fields: Fields) -> dict[str, str]:
    return {
        name: value.strip()
        for name, value in fields.items()
        if (name in _WRITTEN or name == "replacement" or _OF_MANY.fullmatch(name)) and value.strip()
    }
