"""Tables are read from what spreadsheet programs write, and written without formulas."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from reviewtool.office.errors import UnreadableFile, UnreadableReason
from reviewtool.office.limits import Limits
from reviewtool.office.tables import read_rows, write_xlsx
from tests.unit.office.samples import as_csv, zipped


def cells(data: bytes, name: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_rows(data, name)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_character_sets(delimiter: str, charset: str) -> None:
    text = delimiter.join(["Nimi", "Kunta"]) + "\r\n\r\n" + delimiter.join([" Åsa ", '"a, b;\tc"'])
    rows = read_rows(text.encode(charset), "a.csv")
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("Nimi", "Kunta")),
        (3, ("Åsa", "a, b;\tc")),
    ]


def test_the_line_that_excel_names_its_delimiter_by() -> None:
    assert cells(b"sep=|\r\na|b;c\r\n", "a.csv") == [("a", "b;c")]


def test_an_excel_file_with_empty_rows_dates_and_numbers() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Tyhjä"
    hidden = book.create_sheet("Piilossa")
    hidden["A1"], hidden.sheet_state = "salaa", "hidden"
    sheet = book.create_sheet("Kutsuttavat")
    sheet["B2"], sheet["C2"], sheet["D4"] = "Nimi", 12.0, date(2019, 12, 13)
    sheet["E4"] = datetime(2019, 12, 13, 15, 30)  # noqa: DTZ001 - spreadsheets have no zones
    out = BytesIO()
    book.save(out)
    rows = read_rows(out.getvalue(), "a.xlsx")
    assert [(row.number, [cell for cell in row.cells if cell]) for row in rows] == [
        (2, ["Nimi", "12"]),
        (4, ["2019-12-13", "2019-12-13 15:30:00"]),
    ]


TYPED = ["=1+1", "+358 50", "-x", "@nimi", "'=x", "'hei", "tavallinen", "\tsarkain", 'a;b\n"c"']


def test_what_people_typed_is_never_a_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(write_xlsx([["Otsikko"], TYPED])))
    assert isinstance(book.active, Worksheet)
    written = next(iter(book.active.iter_rows(min_row=2)))
    assert [cell.value for cell in written] == TYPED
    assert {cell.data_type for cell in written} == {"s"}


@given(
    st.lists(st.text("'=+-@ab ;\"\n", min_size=1).filter(lambda text: text == text.strip() != ""))
)
def test_what_was_written_is_read_again(row: list[str]) -> None:
    table = [["otsikko"], row] if row else [["otsikko"]]
    assert cells(as_csv(table), "a.csv") == [tuple(one) for one in table]


def test_numbers_and_times_are_written_as_such() -> None:
    row = [1, 2.5, True, None, date(2020, 5, 4), datetime(2020, 5, 4, 9, 0, tzinfo=UTC)]
    assert cells(write_xlsx([["a"], row]), "a.xlsx")[1] == (
        *("1", "2.5", "True", "", "2020-05-04"),
        "2020-05-04 09:00:00",
    )


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b" \n", "a.csv", UnreadableReason.EMPTY),
        (b";;\n;;\n", "a.csv", UnreadableReason.EMPTY),
        (b"a;b", "a.xlsx", UnreadableReason.NOT_WHAT_IT_SAYS),
        (write_xlsx([["a"]]), "a.csv", UnreadableReason.NOT_WHAT_IT_SAYS),
        (write_xlsx([["a"]]), "a.xlsm", UnreadableReason.MACROS),
        (write_xlsx([["a"]])[:-40], "a.xlsx", UnreadableReason.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", UnreadableReason.OLD_FORMAT),
        (b"x", "a.ods", UnreadableReason.UNKNOWN_KIND),
        (zipped({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<x"}), "a.xlsx",
         UnreadableReason.DAMAGED),
        (zipped({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]>"
                 "<x>&a;</x>"}), "a.xlsx", UnreadableReason.ENTITIES),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes, name: str, reason: UnreadableReason) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_rows(data, name)
    assert caught.value.reason is reason


def test_too_many_rows_name_the_row() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_rows(b"a\n\nb\nc\n", "a.csv", Limits(rows=2))
    assert (caught.value.reason, caught.value.place.number) == (UnreadableReason.TOO_MANY_ROWS, 4)
