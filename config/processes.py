"""Templates of processes: which phases a handbook goes through, as data in config/processes/.

A template is a TOML file: `title` and `[[phase]]` tables in order; words are given by language
(`title.fi`, `title.sv`, `title.en`). docs/adding-a-phase-kind.md tells what each key means.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from reviewtool.domain.contributions import WITH_OPTIONS, QuestionKind, QuestionScope, Sharing
from reviewtool.domain.phases import PhaseKind, RoundChannel
from reviewtool.domain.sections import LANGUAGES

FOLDER = Path(__file__).resolve().parent / "processes"

Localized = dict[str, str]
Kind = TypeVar("Kind", bound=StrEnum)


class ProcessTemplateError(ValueError):
    """A template can't be used; the message names the file, the place and the cure."""


@dataclass(frozen=True)
class QuestionTemplate:
    """A question of a round; `options` are the choices, or the steps of a scale."""

    kind: QuestionKind
    scope: QuestionScope
    words: Localized
    options: tuple[Localized, ...]


@dataclass(frozen=True)
class PhaseTemplate:
    """A phase as a new process begins with it: planned, without dates."""

    key: str
    kind: PhaseKind
    title: Localized
    request: Localized
    sharing: Sharing
    channel: RoundChannel
    open_to_all: bool
    reminder_days: tuple[int, ...]
    questions: tuple[QuestionTemplate, ...]


@dataclass(frozen=True)
class ProcessTemplate:
    """The phases of a process in their order."""

    name: str
    title: Localized
    phases: tuple[PhaseTemplate, ...]


def template_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """List the names of the templates that this installation has."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load_template(name: str, folder: Path = FOLDER) -> ProcessTemplate:
    """Read a template by its name. Raises ProcessTemplateError."""
    if name not in template_names(folder):
        known = ", ".join(template_names(folder))
        raise ProcessTemplateError(f"There is no process template {name!r}; there are: {known}.")
    path = folder / f"{name}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProcessTemplateError(f"{path.name}: not readable as TOML: {error}") from error
    phases = tuple(
        _phase(entry, f"{path.name}, phase {number}")
        for number, entry in enumerate(data.get("phase", []), 1)
    )
    keys = [phase.key for phase in phases]
    if not phases or len(set(keys)) != len(keys):
        raise ProcessTemplateError(f"{path.name}: give at least one phase, each its own key.")
    return ProcessTemplate(name, _words(data, "title", path.name), phases)


def _phase(entry: Mapping[str, Any], place: str) -> PhaseTemplate:
    return PhaseTemplate(
        key=str(entry.get("key", "")) or _missing("key", place),
        kind=_one_of(PhaseKind, entry.get("kind"), "kind", place),
        title=_words(entry, "title", place),
        request=_words(entry, "request", place, optional=True),
        sharing=_one_of(Sharing, entry.get("sharing", Sharing.NOBODY), "sharing", place),
        channel=_one_of(RoundChannel, entry.get("channel", RoundChannel.WEB), "channel", place),
        open_to_all=bool(entry.get("open_to_all", False)),
        reminder_days=tuple(int(day) for day in entry.get("reminder_days", ())),
        questions=tuple(
            _question(question, f"{place}, question {number}")
            for number, question in enumerate(entry.get("question", []), 1)
        ),
    )


def _question(entry: Mapping[str, Any], place: str) -> QuestionTemplate:
    kind = _one_of(QuestionKind, entry.get("kind"), "kind", place)
    options = tuple(
        _words({"option": option}, "option", place) for option in entry.get("options", [])
    )
    if (kind in WITH_OPTIONS) != bool(options):
        raise ProcessTemplateError(f"{place}: a choice or scale has options, the others have none.")
    return QuestionTemplate(
        kind=kind,
        scope=_one_of(QuestionScope, entry.get("scope"), "scope", place),
        words=_words(entry, "words", place),
        options=options,
    )


def _words(entry: Mapping[str, Any], key: str, place: str, *, optional: bool = False) -> Localized:
    words = {code: str(text).strip() for code, text in dict(entry.get(key, {})).items()}
    if not words and optional:
        return {}
    if set(words) != set(LANGUAGES) or not all(words.values()):
        raise ProcessTemplateError(f"{place}: give {key} in each of {', '.join(LANGUAGES)}.")
    return words


def _one_of(kind: type[Kind], value: Any, key: str, place: str) -> Kind:
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(member.value for member in kind)
        raise ProcessTemplateError(f"{place}: {key} is one of {known}, not {value!r}.") from error


def _missing(key: str, place: str) -> str:
    raise ProcessTemplateError(f"{place}: give {key}.")
