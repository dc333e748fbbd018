"""The demonstration's script: what stands in content/, as plain values by their keys."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "content"

Entry = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody of the demonstration; consent: the name may be shown."""

    key: str
    name: str
    email: str
    organisation: str
    kind: str
    municipality: str
    language: str
    consent: bool
    role: str


class Script:
    """All that is played, read once from the content's files."""

    handbook_file = FOLDER / "handbook.md"
    starting_file = FOLDER / "starting_text.md"

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody, by key."""
        return {entry["key"]: Person(**entry) for entry in _read("people")["person"]}

    @cached_property
    def handbook(self) -> Entry:
        """Title and description of the handbook, by language."""
        entry: Entry = _read("process")["handbook"]
        return entry

    @cached_property
    def starting_text(self) -> Entry:
        """Whose handbook ours began from, with the permission."""
        entry: Entry = _read("process")["starting_text"]
        return entry

    @cached_property
    def phases(self) -> dict[str, Entry]:
        """The phases in their order, by key."""
        return {entry["key"]: entry for entry in _read("process")["phase"]}

    @cached_property
    def workshops(self) -> dict[str, Entry]:
        """The workshops before draft 1, by the key of their phase."""
        return {entry["key"]: entry for entry in _read("workshops")["workshop"]}

    @cached_property
    def ngo_round(self) -> Entry:
        """What was said in the NGO round, with answers (`contribution`), figures and own themes."""
        return _read("contributions")

    @cached_property
    def second_draft(self) -> Entry:
        """What led to draft 2: `taken_suggestions`, then `edit`."""
        return _read("draft2")

    @cached_property
    def verdicts(self) -> list[Entry]:
        """What contributors said of the answers that came with draft 2."""
        entries: list[Entry] = _read("verdicts")["verdict"]
        return entries

    @cached_property
    def easy(self) -> Entry:
        """Summaries in easy language: of a `request` by its phase, of a `text` by its title."""
        return _read("easy")

    @cached_property
    def illustrations(self) -> Entry:
        """What stands in the texts besides words: `figure`, `numbers`, `box`."""
        return _read("illustrations")

    @cached_property
    def coordinators(self) -> Entry:
        """The coordinators' round: `participant`, `transfer`, `contribution`, `figures`, …"""
        return _read("coordinators")

    @cached_property
    def interviews(self) -> Entry:
        """The interviews beside the coordinators' round (`interview`), and a `letter`."""
        return _read("interviews")

    @cached_property
    def structure(self) -> Entry:
        """What changes in the tree after draft 2: `relate`, `split`."""
        return _read("structure")

    @cached_property
    def asking(self) -> Entry:
        """Who is asked for what: `first`, `extension`, `double`, `box`, `unreached`."""
        return _read("asking")

    def of_role(self, *roles: str) -> list[Person]:
        """List the people of some roles."""
        return [person for person in self.people.values() if person.role in roles]


def says_nothing(entry: Entry) -> bool:
    """Tell whether an entry is a *nothing to say* about a text, which is no contribution."""
    return bool(entry["kind"] == "nothing" and entry["section"])


def _read(name: str) -> Entry:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
