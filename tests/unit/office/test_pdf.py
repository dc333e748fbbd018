"""PDF files: tagged, the same bytes for the same words, and nothing typed is markup."""

from datetime import UTC, datetime

import pytest

from reviewtool.office.pdf import Part, write_pdf

MOMENT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


def document(*paragraphs: str) -> bytes:
    return write_pdf(
        "Pyyntö",
        "Vastaa 2.10. mennessä.",
        [
            Part(
                "Mitä pyydetään", paragraphs, "Kysymykset", ("Mitä puuttuu?",), (("Kuka", "Katri"),)
            )
        ],
        language="fi",
        foot="Käsikirja",
        made_at=MOMENT,
    )


def test_a_document_is_tagged_and_made_again_the_same() -> None:
    made = document("Lue tekstit.")
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made, "it claims PDF/UA, which the typesetter checks"
    assert made == document("Lue tekstit.")


@pytest.mark.parametrize(
    "typed",
    ["#panic()", "*_$#[]{}<>@`\\", "= Otsikko", "// ei kommentti", '"', "a" * 3000, "\u200b", ""],
)
def test_what_is_typed_is_never_markup(typed: str) -> None:
    assert document(typed).startswith(b"%PDF")


def test_a_sign_without_a_letter_form_costs_the_claim_but_not_the_document() -> None:
    made = document("Kiitos 😀 漢字")
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" not in made
