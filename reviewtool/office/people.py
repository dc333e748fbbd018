"""The table of people to invite: its columns found by name, its rows with what is wrong in each."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from reviewtool.office.addresses import address_key, address_of
from reviewtool.office.errors import Place, Unit, UnreadableFile, UnreadableReason
from reviewtool.office.limits import DEFAULT_LIMITS, Limits
from reviewtool.office.lines import plain_words
from reviewtool.office.people_words import HEADERS, KINDS, LANGUAGES, Column
from reviewtool.office.tables import Row, read_rows

_HEADER_WITHIN = 10
_LONGEST_CELL = 300


class ProblemReason(StrEnum):
    """What is wrong with, or notable about, a row."""

    MISSING_NAME = "missing name"
    MISSING_ADDRESS = "missing address"
    BAD_ADDRESS = "bad address"
    SEVERAL_ADDRESSES = "several addresses"
    DUPLICATE = "duplicate"
    SHARED_BOX = "shared box"
    UNKNOWN_KIND = "unknown kind"
    UNKNOWN_MUNICIPALITY = "unknown municipality"
    UNKNOWN_LANGUAGE = "unknown language"
    TOO_LONG = "too long"


@dataclass(frozen=True)
class Problem:
    """One remark on a row: the column, what stands in it, other rows concerned, a likely cure."""

    reason: ProblemReason
    column: Column
    value: str = ""
    rows: tuple[int, ...] = ()
    suggestion: str = ""


@dataclass(frozen=True)
class PersonRow:
    """One row as understood; `number` as the spreadsheet shows it.

    `address` is "" where there is no good one; `kind` and `language` are the codes of the product
    ("ngo", "fi"), "" where nothing or something unknown stands; the others are as typed. `cells`
    holds all cells as they stand.
    """

    number: int
    cells: tuple[str, ...]
    name: str = ""
    address: str = ""
    organisation: str = ""
    kind: str = ""
    municipality: str = ""
    language: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class PeopleTable:
    """The rows of a table, and how its header was understood.

    `unknown_headers`: (column counted from 1, words) of columns that mean nothing here;
    `missing_columns`: those that the table doesn't have.
    """

    rows: tuple[PersonRow, ...]
    header_row: int
    unknown_headers: tuple[tuple[int, str], ...]
    missing_columns: tuple[Column, ...]


def fold_name(words: str) -> str:
    """Names for comparing: compatibility forms, case and white space don't matter."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def read_people(
    data: bytes,
    file_name: str,
    municipalities: Collection[str] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> PeopleTable:
    """Read the table of people to invite from .xlsx or .csv.

    `municipalities`: the known names in Finnish and Swedish; none known, none is asked for.
    Raises UnreadableFile, with NO_HEADER where no row near the top names a column of addresses.
    """
    rows = read_rows(data, file_name, limits)
    header, columns = _find_header(rows)
    known = {fold_name(name): name for name in municipalities}
    people = [
        _person(row, columns, known)
        for row in rows[rows.index(header) + 1 :]
        if any(index < len(row.cells) and row.cells[index] for index in columns)
    ]
    if not people:
        raise UnreadableFile(UnreadableReason.EMPTY, Place(Unit.ROW, header.number))
    unknown = (
        (index + 1, words)
        for index, words in enumerate(header.cells)
        if words and index not in columns
    )
    found = set(columns.values())
    if {Column.FIRST_NAME, Column.LAST_NAME} & found:
        found.add(Column.NAME)
    asked = [one for one in Column if one not in (Column.FIRST_NAME, Column.LAST_NAME)]
    missing = tuple(column for column in asked if column not in found)
    return PeopleTable(tuple(_with_repeats(people)), header.number, tuple(unknown), missing)


def _find_header(rows: Sequence[Row]) -> tuple[Row, dict[int, Column]]:
    best: tuple[Row, dict[int, Column]] | None = None
    for row in rows[:_HEADER_WITHIN]:
        columns: dict[int, Column] = {}
        for index, words in enumerate(row.cells):
            column = HEADERS.get(fold_name(words).strip(" :*."))
            if column is not None and column not in columns.values():
                columns[index] = column
        if Column.ADDRESS in columns.values() and (best is None or len(columns) > len(best[1])):
            best = row, columns
    if best is None:
        raise UnreadableFile(UnreadableReason.NO_HEADER, Place(Unit.ROW, rows[0].number))
    return best


def _person(row: Row, columns: Mapping[int, Column], known: Mapping[str, str]) -> PersonRow:
    typed = dict.fromkeys(Column, "")
    for index, column in columns.items():
        if index < len(row.cells):
            typed[column] = plain_words(row.cells[index])
    names = (typed[Column.NAME], typed[Column.FIRST_NAME], typed[Column.LAST_NAME])
    typed[Column.NAME] = names[0] or " ".join(part for part in names[1:] if part)
    address = address_of(typed[Column.ADDRESS])
    problems = [
        *_address_problems(typed[Column.ADDRESS], address),
        *_word_problems(typed, known),
        *(
            Problem(ProblemReason.TOO_LONG, column, words[:_LONGEST_CELL])
            for column, words in typed.items()
            if len(words) > _LONGEST_CELL
        ),
    ]
    return PersonRow(
        number=row.number,
        cells=row.cells,
        name=typed[Column.NAME],
        address=address,
        organisation=typed[Column.ORGANISATION],
        kind=KINDS.get(fold_name(typed[Column.KIND]), ""),
        municipality=typed[Column.MUNICIPALITY],
        language=LANGUAGES.get(fold_name(typed[Column.LANGUAGE]), ""),
        problems=tuple(problems),
    )


def _address_problems(typed: str, address: str) -> list[Problem]:
    if address:
        return []
    if not typed:
        return [Problem(ProblemReason.MISSING_ADDRESS, Column.ADDRESS)]
    several = typed.count("@") > 1
    reason = ProblemReason.SEVERAL_ADDRESSES if several else ProblemReason.BAD_ADDRESS
    return [Problem(reason, Column.ADDRESS, typed)]


def _word_problems(typed: Mapping[Column, str], known: Mapping[str, str]) -> list[Problem]:
    problems = []
    if not typed[Column.NAME]:
        problems.append(Problem(ProblemReason.MISSING_NAME, Column.NAME))
    for column, reason, words in (
        (Column.KIND, ProblemReason.UNKNOWN_KIND, KINDS),
        (Column.LANGUAGE, ProblemReason.UNKNOWN_LANGUAGE, LANGUAGES),
    ):
        if typed[column] and fold_name(typed[column]) not in words:
            problems.append(Problem(reason, column, typed[column]))
    municipality = typed[Column.MUNICIPALITY]
    folded = fold_name(municipality)
    if municipality and known and folded not in known:
        close = get_close_matches(folded, known, n=1, cutoff=0.75)
        suggestion = known[close[0]] if close else ""
        reason = ProblemReason.UNKNOWN_MUNICIPALITY
        column = Column.MUNICIPALITY
        problems.append(Problem(reason, column, municipality, suggestion=suggestion))
    return problems


def _with_repeats(people: Sequence[PersonRow]) -> list[PersonRow]:
    """Mark rows with one address: the same name again is a duplicate, another name a shared box.

    A row without a name counts as a repeat of the first row with its address.
    """
    rows_of: dict[str, list[PersonRow]] = defaultdict(list)
    for person in people:
        if person.address:
            rows_of[address_key(person.address)].append(person)
    remarks: dict[int, Problem] = {}
    for group in rows_of.values():
        names: dict[str, int] = {}
        for person in group:
            name = fold_name(person.name)
            first = names.get(name, group[0].number if not name else 0)
            if first and first != person.number:
                reason = ProblemReason.DUPLICATE
                remarks[person.number] = Problem(reason, Column.ADDRESS, person.address, (first,))
            else:
                names[name] = person.number
        sharing = sorted(names.values())
        for number in sharing if len(sharing) > 1 else ():
            others = tuple(other for other in sharing if other != number)
            reason = ProblemReason.SHARED_BOX
            remarks[number] = Problem(reason, Column.ADDRESS, group[0].address, others)
    return [
        replace(person, problems=(*person.problems, remarks[person.number]))
        if person.number in remarks
        else person
        for person in people
    ]
