"""A file that can't be read is refused with its reason and its place."""

import zipfile
from io import BytesIO

import pytest

from reviewtool.office.errors import UnreadableFile, UnreadableReason
from reviewtool.office.handbook import read_handbook
from reviewtool.office.limits import Limits
from tests.unit.office.samples import W, paragraph, raw_word, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
GOOD = raw_word(paragraph("Luku", "Heading1") + paragraph("Sana."))


def refusal(data: bytes, name: str, limits: Limits | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_handbook(data, name, limits or Limits())
    return caught.value


@pytest.mark.parametrize(
    ("data", "name", "reason", "found"),
    [
        (b"", "a.docx", UnreadableReason.EMPTY, ""),
        (b" \r\n\n", "a.md", UnreadableReason.EMPTY, ""),
        (b"# L\n", "a.docx", UnreadableReason.NOT_WHAT_IT_SAYS, "text"),
        (b"%PDF-1.7", "a.docx", UnreadableReason.NOT_WHAT_IT_SAYS, "pdf"),
        (b"{\\rtf1 x}", "a.docx", UnreadableReason.NOT_WHAT_IT_SAYS, "rtf"),
        (GOOD, "a.md", UnreadableReason.NOT_WHAT_IT_SAYS, "zip"),
        (GOOD, "a.odt", UnreadableReason.UNKNOWN_KIND, "odt"),
        (b"x", "kirja", UnreadableReason.UNKNOWN_KIND, ""),
        (OLE, "a.doc", UnreadableReason.OLD_FORMAT, "doc"),
        (OLE, "a.docx", UnreadableReason.OLD_FORMAT, ""),
        (GOOD, "a.docm", UnreadableReason.MACROS, "docm"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", UnreadableReason.ENCRYPTED, ""),
        (GOOD[:300], "a.docx", UnreadableReason.DAMAGED, ""),
        (zipped({"a.txt": "x"}), "a.docx", UnreadableReason.NOT_WHAT_IT_SAYS, "zip"),
        (zipped({"mimetype": "odt", "content.xml": "x"}), "a.docx",
         UnreadableReason.NOT_WHAT_IT_SAYS, "odt"),
    ],
)  # fmt: skip
def test_the_reason_and_what_was_found(
    data: bytes, name: str, reason: UnreadableReason, found: str
) -> None:
    error = refusal(data, name)
    assert (error.reason, error.found) == (reason, found)


def test_a_macro_inside() -> None:
    data = raw_word(paragraph("Sana."), {"word/vbaProject.bin": "x"})
    assert refusal(data, "a.docx").reason is UnreadableReason.MACROS


def test_damaged_xml_names_its_part() -> None:
    error = refusal(raw_word("<w:p>"), "a.docx")
    assert (error.reason, error.place.name) == (UnreadableReason.DAMAGED, "word/document.xml")


def test_a_damaged_part_is_found_by_its_checksum() -> None:
    name = "word/document.xml"
    with zipfile.ZipFile(BytesIO(GOOD)) as package:
        info = package.getinfo(name)
    start = info.header_offset + 30 + len(name)
    middle = start + info.compress_size // 2
    data = GOOD[:middle] + bytes([GOOD[middle] ^ 0xFF]) + GOOD[middle + 1 :]
    error = refusal(data, "a.docx")
    assert (error.reason, error.place.name) == (UnreadableReason.DAMAGED, name)


def test_entities_are_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>'
        "</w:document>"
    )
    error = refusal(raw_word("", {"word/document.xml": bomb}), "a.docx")
    assert (error.reason, error.place.name) == (UnreadableReason.ENTITIES, "word/document.xml")


def test_limits_of_size_and_of_what_unzips() -> None:
    error = refusal(GOOD, "a.docx", Limits(size=100))
    assert (error.reason, error.limit) == (UnreadableReason.TOO_BIG, 100)
    bomb = raw_word(paragraph("Sana."), {"word/media/a.bin": "0" * 2_000_000})
    error = refusal(bomb, "a.docx", Limits(unzipped=1_000_000))
    assert (error.reason, error.limit) == (UnreadableReason.UNZIPS_TOO_BIG, 1_000_000)
    error = refusal(bomb, "a.docx", Limits(ratio_from=1_000_000))
    assert error.reason is UnreadableReason.UNZIPS_TOO_BIG
    assert read_handbook(bomb, "a.docx").leftovers
    error = refusal(GOOD, "a.docx", Limits(xml_part=200))
    assert (error.reason, error.limit) == (UnreadableReason.UNZIPS_TOO_BIG, 200)
    error = refusal(b"# L\n" + b"sana " * 50, "a.md", Limits(text=200))
    assert (error.reason, error.limit) == (UnreadableReason.TOO_BIG, 200)


def test_deep_nesting_is_refused_and_not_read_in_part() -> None:
    nested = "<w:sdt><w:sdtContent>" * 3_000 + "</w:sdtContent></w:sdt>" * 3_000
    assert refusal(raw_word(nested), "a.docx").reason is UnreadableReason.TOO_DEEP
    error = refusal(b"# L\n\n" + b">" * 300 + b" x\n", "a.md")
    assert (error.reason, error.place.number) == (UnreadableReason.TOO_DEEP, 3)


def test_bytes_that_are_no_text_name_their_line() -> None:
    error = refusal(b"# L\n\nab\x81\x8d\n", "a.md")
    assert (error.reason, error.place.number) == (UnreadableReason.CHARACTER_SET, 3)
    error = refusal(b"# L\nab\x00\x01\n", "a.md")
    assert (error.reason, error.place.number) == (UnreadableReason.CHARACTER_SET, 2)


def test_a_word_file_without_words() -> None:
    assert refusal(raw_word(paragraph(" ")), "a.docx").reason is UnreadableReason.EMPTY
