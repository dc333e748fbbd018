"""When two rows are taken for one person or one organisation, and when not."""

import pytest

from reviewtool.domain.doubles import (
    Candidate,
    Likeness,
    bare_name,
    organisation_doubles,
    person_doubles,
)


def person(name: str, address: str = "", organisation: str = "") -> Candidate:
    return Candidate(
        f"{name}/{address}/{organisation}",
        name,
        frozenset({address} - {""}),
        frozenset({organisation} - {""}),
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (person("Anna Kallio", "a@x"), person("Kallio Anna", "a@x"), Likeness.SAME_ADDRESS),
        (person("Anna Kallio", "a@x"), person("Anna Kalio", "a@x"), Likeness.SAME_ADDRESS),
        (person("Äijälä Öhman", "a@x"), person("aijala ohman", "b@x"), Likeness.SAME_NAME),
        (
            person("Anna Kallio", "a@x", "o"),
            person("Anna Kalliio", "b@x", "o"),
            Likeness.SIMILAR_NAME,
        ),
        # One box of two people, and namesakes by chance.
        (person("Anna Kallio", "a@x"), person("Bo Ek", "a@x"), None),
        (person("Anna Kallio", "a@x", "o"), person("Anna Kallas", "b@x", "p"), None),
    ],
)
def test_persons(one: Candidate, other: Candidate, expected: Likeness | None) -> None:
    found = person_doubles([one, person("Noora Muu", "n@x", "q"), other])
    assert [pair.likeness for pair in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Vertaispolku Vantaa ry", "Vertaispolku Vantaa r.y.", Likeness.SAME_NAME),
        ("Vertaispolku Vantaa ry", "vertaispolku vantaa", Likeness.SAME_NAME),
        ("Espoon mielenterveysyhdistys", "Espoon mielenterveys-yhdistys", Likeness.SIMILAR_NAME),
        ("Espoon Asukastuvat", "Vantaan Asukastuvat", None),
        ("Partio 12 ry", "Partio 13 ry", None),
    ],
)
def test_organisations(one: str, other: str, expected: Likeness | None) -> None:
    rows = [Candidate(name, name) for name in (one, other)]
    assert [pair.likeness for pair in organisation_doubles(rows)] == (
        [expected] if expected else []
    )


def test_a_name_that_is_only_a_legal_form_keeps_it() -> None:
    assert bare_name("R.y.") == "r.y."


def test_a_word_that_all_have_in_common_pairs_nobody() -> None:
    rows = [Candidate(str(n), f"Yhdistys {n} Espoon tuki") for n in range(3_000)]
    assert organisation_doubles(rows) == []
