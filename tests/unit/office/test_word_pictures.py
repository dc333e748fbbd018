"""Pictures in Word files: kept where they stand, with their captions; others are told."""

import hashlib
from io import BytesIO

import docx
from docx.document import Document

from reviewtool.office.handbook import read_handbook
from reviewtool.office.outline import Outline
from reviewtool.office.stream import LeftoverReason
from tests.factories.pictures import picture
from tests.unit.office.samples import saved

CONTENT = picture("PNG", (200, 120))
KEY = hashlib.sha256(CONTENT).hexdigest()


def add(document: Document, content: bytes = CONTENT, alt: str = "Kaksi ihmistä") -> None:
    shape = document.add_picture(BytesIO(content))
    shape._inline.docPr.set("descr", alt)


def started() -> Document:
    document = docx.Document()
    document.add_heading("Johdanto", 1)
    document.add_paragraph("Ensimmäinen.")
    return document


def read(document: Document) -> Outline:
    return read_handbook(saved(document), "kirja.docx")


def figure(caption: str = "") -> str:
    line = f"::caption {caption}\n" if caption else ""
    return f"::figure {KEY}\n{line}::alt Kaksi ihmistä\n::end"


def test_a_picture_stands_where_it_stood_with_its_caption_and_description() -> None:
    document = started()
    add(document)
    document.add_paragraph("Ryhmä koolla", style="Caption")
    document.add_paragraph("Toinen.")
    outline = read(document)
    (section,) = outline.sections
    assert section.body == f"Ensimmäinen.\n\n{figure('Ryhmä koolla')}\n\nToinen."
    assert outline.pictures == {KEY: CONTENT}
    assert outline.leftovers == ()


def test_a_caption_may_stand_above_or_only_begin_as_captions_do() -> None:
    document = started()
    document.add_paragraph("Yllä oleva teksti", style="Caption")
    add(document)
    document.add_paragraph("Kuvassa oleva ryhmä jatkoi.")
    add(document)
    document.add_paragraph("Kuvio 2. Alla oleva teksti")
    (section,) = read(document).sections
    assert section.body == (
        f"Ensimmäinen.\n\n{figure('Yllä oleva teksti')}\n\nKuvassa oleva ryhmä jatkoi.\n\n"
        f"{figure('Kuvio 2. Alla oleva teksti')}"
    )


def test_a_caption_without_a_picture_is_a_paragraph() -> None:
    document = started()
    document.add_paragraph("Kuva 1. Puuttuva kuva", style="Caption")
    (section,) = read(document).sections
    assert section.body == "Ensimmäinen.\n\nKuva 1. Puuttuva kuva"


def test_a_picture_in_a_box_follows_the_box_and_one_in_a_table_is_left_over() -> None:
    document = started()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.paragraphs[0].add_run("Laatikko").bold = True
    run = cell.add_paragraph("Sisältö.").add_run()
    run.add_picture(BytesIO(CONTENT))._inline.docPr.set("descr", "Kaksi ihmistä")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).paragraphs[0].add_run().add_picture(BytesIO(CONTENT))._inline.docPr.set(
        "descr", "Taulukossa"
    )
    outline = read(document)
    (section,) = outline.sections
    assert section.body == (f"Ensimmäinen.\n\n::box Laatikko\n\nSisältö.\n\n::end\n\n{figure()}")
    assert [(left.reason, left.text.strip(" |")) for left in outline.leftovers] == [
        (LeftoverReason.TABLE, "Taulukossa")
    ]


def test_a_picture_of_a_kind_that_texts_do_not_show_is_left_over() -> None:
    document = started()
    add(document, picture("GIF", mode="P", colour=0), "Liikkuva")
    add(document, picture("PNG", (20, 20)), "Viiva")
    outline = read(document)
    assert [(left.reason, left.text) for left in outline.leftovers] == [
        (LeftoverReason.IMAGE, "Liikkuva"),
        (LeftoverReason.IMAGE, "Viiva"),
    ]
    assert outline.pictures == {}


def test_a_picture_before_the_first_heading_is_left_over_as_a_picture() -> None:
    document = docx.Document()
    add(document)
    document.add_heading("Johdanto", 1)
    document.add_paragraph("Teksti.")
    outline = read(document)
    assert [(left.reason, left.text) for left in outline.leftovers] == [
        (LeftoverReason.IMAGE, "Kaksi ihmistä")
    ]
    assert outline.pictures == {}
