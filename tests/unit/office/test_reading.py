"""Reading beside a form: the words are there, and no hostile file does more than be refused."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from email.message import EmailMessage
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from reviewtool.office.errors import UnreadableFile, UnreadableReason
from reviewtool.office.pdf import Part, write_pdf
from reviewtool.office.reading import DOCX, MAIL, PDF, TEXT, PieceKind, ReadFile, read_words
from tests.unit.office.samples import as_word, zipped


def words(read: ReadFile) -> list[str]:
    return [piece.words for page in read.pages for piece in page.pieces]


def a_pdf(*paragraphs: str) -> bytes:
    return write_pdf(
        "Lausunto", "", [Part("Kunnan lausunto", paragraphs)],
        language="fi", foot="", made_at=datetime(2026, 9, 14, tzinfo=UTC),
    )  # fmt: skip


def bare_pdf(content: bytes, *, pages: int = 1, filtered: bool = False) -> bytes:
    """Spell a PDF by hand: every page draws the same content stream."""
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + pages))
    how = "/Filter /FlateDecode " if filtered else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {how}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
    ]
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    out, places = b"%PDF-1.4\n", []
    for number, spelled in enumerate([*objects, *[page] * pages], start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + spelled + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(places) + 1
    return (
        out + f"xref\n0 {size}\n0000000000 65535 f \n".encode() + table
        + f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    )  # fmt: skip


def refused(content: bytes, kind: str) -> UnreadableReason:
    with pytest.raises(UnreadableFile) as error:
        read_words(content, kind)
    return error.value.reason


def test_a_pdf_is_read_page_by_page() -> None:
    read = read_words(bare_pdf(b"BT /F1 12 Tf 20 100 Td (Vertaistuki) Tj ET", pages=3), PDF)
    assert [page.number for page in read.pages] == [1, 2, 3]
    assert words(read) == ["Vertaistuki"] * 3
    assert not read.cut


def test_letters_of_a_pdf_are_the_ones_that_it_shows() -> None:
    said = " ".join(words(read_words(a_pdf("Ryhmän ohjaajille tarvitaan koulutusta."), PDF)))
    assert "Ryhmän ohjaajille tarvitaan koulutusta." in said


def test_lines_of_a_pdf_that_go_on_are_joined() -> None:
    long = "Ryhmiin voi tulla ilman ajanvarausta. " * 12
    (page,) = read_words(a_pdf(long, "Lyhyt.", "Toinen lyhyt."), PDF).pages
    *_title, joined = [piece.words for piece in page.pieces]
    assert "ajanvarausta. Ryhmiin voi tulla" in joined.replace("\n", "|")
    assert "Lyhyt.\nToinen lyhyt." in joined


def test_a_pdf_with_a_password_is_told_from_one_that_only_forbids_printing() -> None:
    def locked(user: str) -> bytes:
        writer, out = PdfWriter(clone_from=PdfReader(BytesIO(a_pdf("Sanat.")))), BytesIO()
        writer.encrypt(user, "omistaja", algorithm="RC4-128")
        writer.write(out)
        return out.getvalue()

    assert refused(locked("salasana"), PDF) is UnreadableReason.ENCRYPTED
    assert "Sanat." in " ".join(words(read_words(locked(""), PDF)))


def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    bomb = zlib.compress(b"BT (x) Tj ET " * 40_000_000, 9)
    assert len(bomb) < 2_000_000
    reason = refused(bare_pdf(bomb, filtered=True), PDF)
    assert reason in (UnreadableReason.UNZIPS_TOO_BIG, UnreadableReason.DAMAGED)


def test_of_very_many_pages_the_first_are_shown() -> None:
    read = read_words(bare_pdf(b"BT /F1 12 Tf 20 100 Td (Sivu) Tj ET", pages=260), PDF)
    assert (len(read.pages), read.cut) == (200, True)


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"%PDF-1.7", a_pdf("Sanat.")[:900]])
def test_a_broken_pdf_is_refused(content: bytes) -> None:
    assert refused(content, PDF) in (UnreadableReason.DAMAGED, UnreadableReason.EMPTY)


def test_a_scanned_pdf_says_that_it_has_no_words() -> None:
    assert refused(bare_pdf(b"0 0 10 10 re f"), PDF) is UnreadableReason.EMPTY


def test_a_word_file_is_read_as_paragraphs() -> None:
    blocks = [("heading", 1, "Lausunto"), ("paragraph", "Teksti on <selkeä>."), ("bullet", "Yksi")]
    read = read_words(as_word(blocks), DOCX)  # type: ignore[arg-type]
    assert [(piece.kind, piece.words) for piece in read.pages[0].pieces] == [
        (PieceKind.HEADING, "Lausunto"),
        (PieceKind.PARAGRAPH, "Teksti on <selkeä>."),
        (PieceKind.ITEM, "Yksi"),
    ]


def test_what_is_no_word_file_is_refused() -> None:
    assert refused(zipped({"a.txt": "x"}), DOCX) is not UnreadableReason.EMPTY


def test_a_text_keeps_its_lines() -> None:
    read = read_words("Hei\nmoi\n\n\nToinen \xe4".encode("latin-1"), TEXT)
    assert words(read) == ["Hei\nmoi", "Toinen ä"]


def test_a_long_text_is_cut() -> None:
    read = read_words(b"sana " * 100_000, TEXT)
    assert read.cut
    assert len(words(read)[0]) == 400_000


def a_mail(html: bool) -> bytes:
    message = EmailMessage()
    message["From"] = "Seppo Salo <seppo@example.org>"
    message["Subject"] = "Lausunto käsikirjasta"
    if html:
        body = "<style>p {}</style><p>Teksti on &lt;selkeä&gt;.</p><script>x()</script><p>Hyvä.</p>"
        message.set_content(body, subtype="html")
    else:
        message.set_content("Teksti on <selkeä>.\n\nHyvä.")
    return message.as_bytes()


@pytest.mark.parametrize("html", [False, True])
def test_a_mail_shows_who_wrote_and_what(html: bool) -> None:
    head, *body = words(read_words(a_mail(html), MAIL))
    assert "Seppo Salo <seppo@example.org>" in head
    assert "Lausunto käsikirjasta" in head
    assert [one.strip() for one in body] == ["Teksti on <selkeä>.", "Hyvä."]
