"""The words of a POST that failed: kept on the page, to be sent again with one press (rule 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import request

from reviewtool.infra.i18n import LazyText, lazy

NEVER = frozenset({"csrf_token", "password"})

LABELS: dict[str, LazyText] = {
    "words": lazy("What you want to say"),
    "replacement": lazy("Your suggestion"),
    "target_group": lazy("For whom"),
    "activity": lazy("What is done"),
    "effect": lazy("What has come of it"),
    "reason": lazy("The reason"),
    "note": lazy("The note"),
    "text": lazy("The text"),
    "name": lazy("Name"),
    "address": lazy("E-mail address"),
}
WRITTEN = lazy("What you wrote")
HASH = re.compile("[0-9a-f]{64}")
"""The fingerprint of a text, which a page puts into its form."""
SHORT = 40
"""Longer values without white space are words too: nobody's ids are that long."""


@dataclass(frozen=True)
class KeptField:
    """One field of a failed form; shown for what was typed, hidden for what the page put in."""

    name: str
    value: str
    label: str
    shown: bool

    @property
    def rows(self) -> int:
        """Tell how many lines of a text area the words need."""
        return min(20, 3 + self.value.count("\n") + len(self.value) // 80)


def kept_fields() -> list[KeptField]:
    """List the fields of a failed POST, without its CSRF token and passwords."""
    if request.method != "POST":
        return []
    return [
        KeptField(
            name=name,
            value=value.replace("\r\n", "\n"),
            label=str(LABELS.get(name, WRITTEN)),
            shown=_is_typed(name, value),
        )
        for name, values in request.form.lists()
        for value in values
        if name not in NEVER
    ]


def file_fields() -> list[str]:
    """List the names of the file fields of a failed POST: files have to be chosen again."""
    return list(request.files) if request.method == "POST" else []


def _is_typed(name: str, value: str) -> bool:
    if name in ("ticket", "keep", "request_id", "quote", "next") or not value.strip():
        return False
    if HASH.fullmatch(value):
        return False
    return name in LABELS or len(value) > SHORT or any(char.isspace() for char in value.strip())
