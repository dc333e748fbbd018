"""The table of people to invite: columns in any order and language, each problem with its row."""

import pytest

from reviewtool.office.addresses import address_of
from reviewtool.office.errors import UnreadableFile, UnreadableReason
from reviewtool.office.people import PeopleTable, ProblemReason, read_people
from reviewtool.office.people_words import Column
from reviewtool.office.tables import write_xlsx
from tests.unit.office.samples import as_csv

MUNICIPALITIES = ("Espoo", "Esbo", "Hanko", "Hangö")


def people(*rows: list[str]) -> PeopleTable:
    table = read_people(as_csv(rows), "kutsuttavat.csv", MUNICIPALITIES)
    assert read_people(write_xlsx(rows), "kutsuttavat.xlsx", MUNICIPALITIES) == table
    return table


def problems(table: PeopleTable) -> list[tuple[int, ProblemReason]]:
    return [(row.number, problem.reason) for row in table.rows for problem in row.problems]


@pytest.mark.parametrize(
    "header",
    [
        ["Sähköposti", "Kunta", "Nimi", "Järjestö", "Tyyppi", "Kieli"],
        ["E-postadress", "Kommun", "Namn", "Förening", "Typ av organisation", "Språk"],
        ["E-MAIL *", "Municipality", "Full name", "Organisation", "Kind:", "Language"],
    ],
)
def test_columns_in_any_order_and_language(header: list[str]) -> None:
    table = people(
        ["Kutsuttavat syksyllä", "", "", "", "", ""],
        header,
        ["oona@paja.example", "Hangö", "Oona Kulku", "Pyöräpaja ry", "Yhdistys", "Svenska"],
    )
    row = table.rows[0]
    assert (table.header_row, row.number, row.problems) == (2, 3, ())
    assert (row.name, row.address) == ("Oona Kulku", "oona@paja.example")
    assert (row.organisation, row.kind, row.municipality) == ("Pyöräpaja ry", "ngo", "Hangö")
    assert row.language == "sv"
    assert table.unknown_headers == ()
    assert table.missing_columns == ()


def test_unknown_and_missing_columns_are_named() -> None:
    table = people(["Etunimi", "Sukunimi", "Puhelin", "Email"], ["Oona", "Kulku", "+358", "o@p.fi"])
    assert table.unknown_headers == ((3, "Puhelin"),)
    assert Column.NAME not in table.missing_columns
    assert Column.LANGUAGE in table.missing_columns
    assert table.rows[0].name == "Oona Kulku"
    assert table.rows[0].cells == ("Oona", "Kulku", "+358", "o@p.fi")


def test_each_problem_stands_at_its_row() -> None:
    table = people(
        ["Nimi", "Sähköposti", "Kunta", "Kieli", "Tyyppi"],
        ["", "a@p.fi", "", "", ""],
        ["B", "", "", "", ""],
        ["C", "c@p", "", "", ""],
        ["D", "d@p.fi; e@p.fi", "", "", ""],
        ["E", "e@p.fi", "Espo", "saksa", "kerho"],
    )
    assert problems(table) == [
        (2, ProblemReason.MISSING_NAME),
        (3, ProblemReason.MISSING_ADDRESS),
        (4, ProblemReason.BAD_ADDRESS),
        (5, ProblemReason.SEVERAL_ADDRESSES),
        (6, ProblemReason.UNKNOWN_KIND),
        (6, ProblemReason.UNKNOWN_LANGUAGE),
        (6, ProblemReason.UNKNOWN_MUNICIPALITY),
    ]
    municipality = table.rows[4].problems[-1]
    assert (municipality.value, municipality.suggestion) == ("Espo", "Espoo")


def test_a_repeated_address_is_a_duplicate_or_a_shared_box() -> None:
    table = people(
        ["Nimi", "Sähköposti"],
        ["Oona Kulku", "oona@p.fi"],
        ["oona  kulku", "OONA@p.fi"],
        ["Toimisto", "info@p.fi"],
        ["Kalle", "info@P.fi"],
        ["Kalle", "info@p.fi"],
        ["", "info@p.fi"],
    )
    found = {
        row.number: (one.reason, one.rows)
        for row in table.rows
        for one in row.problems
        if one.reason is not ProblemReason.MISSING_NAME
    }
    assert found == {
        3: (ProblemReason.DUPLICATE, (2,)),
        4: (ProblemReason.SHARED_BOX, (5,)),
        5: (ProblemReason.SHARED_BOX, (4,)),
        6: (ProblemReason.DUPLICATE, (5,)),
        7: (ProblemReason.DUPLICATE, (4,)),
    }


def test_no_municipality_is_asked_for_where_none_is_known() -> None:
    table = read_people(as_csv([["Nimi", "Email", "Kunta"], ["A", "a@p.fi", "Kylä"]]), "a.csv")
    assert problems(table) == []


def test_a_table_without_a_header_or_without_rows() -> None:
    for rows, reason in (
        ([["Oona", "oona@p.fi"]], UnreadableReason.NO_HEADER),
        ([["Nimi", "Sähköposti"]], UnreadableReason.EMPTY),
    ):
        with pytest.raises(UnreadableFile) as caught:
            read_people(as_csv(rows), "a.csv")
        assert (caught.value.reason, caught.value.place.number) == (reason, 1)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("oona@paja.example", "oona@paja.example"),
        (" Oona Kulku <Oona.K+kirja@Paja.Example> ", "Oona.K+kirja@paja.example"),
        ("mailto:oona@paja.example", "oona@paja.example"),
        ("oona@pyöräpaja.example", "oona@xn--pyrpaja-7wa4n.example"),
        ("o'neil@a-b.example", "o'neil@a-b.example"),
        ("", ""),
        ("oona", ""),
        ("oona@paja", ""),
        ("@paja.example", ""),
        ("oona@.example", ""),
        ("oona@paja..example", ""),
        ("oona@-paja.example", ""),
        ("oo na@paja.example", ""),
        ("oona.@paja.example", ""),
        ("öona@paja.example", ""),
        ("oona@1.2.3.4", ""),
        ("oona@paja.example\nBcc: x@y.example", ""),
        ("oona\r\n@paja.example", ""),
        ("a@b@paja.example", ""),
        ("oona@paja.example, kalle@paja.example", ""),
        ("o" * 65 + "@paja.example", ""),
        ("oona@" + "p" * 64 + ".example", ""),
        ("o@" + ".".join(["p" * 60] * 5) + ".example", ""),
    ],
)
def test_addresses(typed: str, address: str) -> None:
    assert address_of(typed) == address
