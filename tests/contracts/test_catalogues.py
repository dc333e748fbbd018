"""Languages: everything that is said can be said in Finnish and Swedish, and in one way only."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

FOLDER = Path("reviewtool/translations")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy": None,
    "N_": None,
}
PLACE = re.compile(r"%\((\w+)\)[sd]")


@cache
def used() -> dict[object, str]:
    """Extract all message ids from code and templates: id -> where."""
    found: dict[object, str] = {}
    for folder, method in (
        ("reviewtool", [("**.py", "python")]),
        ("templates", [("**.html", "jinja2"), ("**.txt", "jinja2")]),
        ("config", [("**.py", "python")]),
        ("workers", [("**.py", "python")]),
    ):
        jinja = {"silent": "false", "extensions": "jinja2.ext.do"}
        options = {"**.html": jinja, "**.txt": jinja}
        for name, line, message, _comments, context in extract_from_dir(
            folder, method, options_map=options, keywords=KEYWORDS
        ):
            linked = ("config/", "workers/", "templates/", "migrations/")
            if folder == "reviewtool" and name.startswith(linked):
                continue  # the same file through its symbolic link
            key = (context, message) if context else message
            found.setdefault(key, f"{folder}/{name}:{line}")
    return found


@cache
def catalogue(language: str) -> dict[object, list[tuple[str, Message]]]:
    """Read the catalogue files of a language: id -> (file, message)."""
    entries: dict[object, list[tuple[str, Message]]] = defaultdict(list)
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    key = (message.context, message.id) if message.context else message.id
                    entries[key].append((path.name, message))
    return entries


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_everything_said_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = [f"{where}: {message}" for message, where in used().items() if message not in known]
    assert missing == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_translation_is_empty_fuzzy_or_unused(language: str) -> None:
    wrong = []
    for key, entries in catalogue(language).items():
        for name, message in entries:
            words = message.string if isinstance(message.string, tuple) else (message.string,)
            if not all(words) or message.fuzzy:
                wrong.append(f"{name}: empty: {key}")
        if key not in used():
            wrong.append(f"{entries[0][0]}: not used any more: {key}")
    assert wrong == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_same_words_are_said_in_the_same_way_everywhere(language: str) -> None:
    differing = {
        str(key): [(name, message.string) for name, message in entries]
        for key, entries in catalogue(language).items()
        if len({str(message.string) for _, message in entries}) > 1
    }
    assert differing == {}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_translations_keep_the_places_of_values(language: str) -> None:
    wrong = []
    for entries in catalogue(language).values():
        for name, message in entries:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            words = message.string if isinstance(message.string, tuple) else (message.string,)
            wanted = set(PLACE.findall(ids[-1]))
            if any(set(PLACE.findall(said)) - wanted for said in words) or (
                set(PLACE.findall(words[-1])) != wanted
            ):
                wrong.append(f"{name}: {ids[-1]} -> {words}")
    assert wrong == []


def test_the_tone_is_calm() -> None:
    loud = [
        f"{name}: {message.string}"
        for language in ("fi", "sv")
        for entries in catalogue(language).values()
        for name, message in entries
        if "!" in str(message.string)
    ]
    assert loud == []


def test_finnish_speaks_to_the_reader_without_the_pronoun() -> None:
    found = [
        f"{name}: {message.string}"
        for entries in catalogue("fi").values()
        for name, message in entries
        if re.search(r"\b(sinä|teidän|te)\b", str(message.string), re.I)
    ]
    assert found == []
