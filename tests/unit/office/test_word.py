"""What Word files hold beside plain paragraphs: nothing shown is lost, nothing deleted is back."""

import docx
import pytest

from reviewtool.office.handbook import read_handbook
from reviewtool.office.outline import Outline, SectionOutline
from reviewtool.office.stream import LeftoverReason
from tests.unit.office.samples import paragraph, raw_word, run, saved, wrapped

HEADING = paragraph("Luku", "Heading1")
STYLES = wrapped(
    "styles",
    '<w:style w:type="paragraph" w:styleId="Otsikko1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Alue"><w:name w:val="Alueen nimi"/>'
    '<w:basedOn w:val="Otsikko1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="Rubrik 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Luettelokappale"><w:name w:val="List Paragraph"/>'
    "</w:style>"
    '<w:style w:type="character" w:styleId="Vahva"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr>'
    "</w:style>",
)
NUMBERING = wrapped(
    "numbering",
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>',
)


def numbered(depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>'


def read(body: str, **parts: str) -> Outline:
    """The outline of a raw body; `parts`: name of the part -> its XML, related by its name."""
    return read_handbook(
        raw_word(
            body,
            {f"word/{name}.xml": content for name, content in parts.items()},
            {name: (name.rstrip("0123456789"), f"{name}.xml") for name in parts}
            | {"link": ("hyperlink", "https://www.kyla.example/paja")},
        ),
        "kirja.docx",
    )


def only(outline: Outline) -> SectionOutline:
    assert len(outline.sections) == 1
    return outline.sections[0]


def left(outline: Outline) -> list[tuple[LeftoverReason, str]]:
    return [(one.reason, one.text) for one in outline.leftovers]


def test_headings_by_outline_level_by_style_and_by_localised_name() -> None:
    outline = read(
        paragraph("Alue", "Alue")
        + paragraph("Paja", "Rubrik2")
        + paragraph("Yksi", "Luettelokappale", numbered(0))
        + paragraph("Kaksi", "Luettelokappale", numbered(0))
        + paragraph("Teksti.")
        + paragraph("Lähteet", "", '<w:outlineLvl w:val="2"/>')
        + paragraph("Muistio."),
        styles=STYLES,
        numbering=NUMBERING,
    )
    area, activity = outline.sections
    assert (area.kind, activity.kind) == ("area", "activity")
    assert activity.points == ("Yksi", "Kaksi")
    assert activity.sources == ("Muistio.",)


def test_nested_and_numbered_lists() -> None:
    body = "".join(
        paragraph(words, "", numbered(depth)) for words, depth in [("A", 0), ("B", 1), ("C", 0)]
    )
    outline = read(HEADING + paragraph("Alku.") + body, numbering=NUMBERING)
    assert only(outline).body == "Alku.\n\n- A\n  1. B\n- C"


def test_insertions_stay_and_deletions_go() -> None:
    outline = read(
        HEADING
        + f'<w:p>{run("Paja ")}<w:ins w:id="1">{run("on ")}</w:ins>'
        + '<w:del w:id="2"><w:r><w:delText>oli </w:delText></w:r></w:del>'
        + f'<w:moveTo w:id="3">{run("auki")}</w:moveTo>'
        + f'<w:moveFrom w:id="4">{run("kiinni")}</w:moveFrom>{run(".")}</w:p>'
        + f'<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>{run("Ovi ")}</w:p>'
        + paragraph("aukeaa.")
    )
    assert only(outline).body == "Paja on auki.\n\nOvi aukeaa."


def test_bold_italic_links_and_fields() -> None:
    outline = read(
        HEADING
        + "<w:p>"
        + run("lihava", "<w:b/>")
        + run(" ja ")
        + run("vino", "<w:i/>")
        + run(" sekä ")
        + run("tyyli", '<w:rStyle w:val="Vahva"/>')
        + run(" mutta ")
        + run("ei", '<w:b w:val="0"/>')
        + f'<w:hyperlink r:id="link">{run(" linkki")}</w:hyperlink></w:p>'
        + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + '<w:r><w:instrText> HYPERLINK "https://kyla.example/" </w:instrText></w:r>'
        + f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("kylä")}'
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        + f'<w:p><w:fldSimple w:instr=" HYPERLINK javascript:x ">{run("kuva 1")}'
        + "</w:fldSimple></w:p>",
        styles=STYLES,
    )
    assert only(outline).body == (
        "**lihava** ja _vino_ sekä **tyyli** mutta ei [linkki](https://www.kyla.example/paja)"
        "\n\n[kylä](https://kyla.example/)\n\nkuva 1"
    )
    assert left(outline) == [(LeftoverReason.LINK, "javascript:x")]


def test_a_field_without_an_end_swallows_nothing() -> None:
    outline = read(
        HEADING
        + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
        + paragraph("Teksti.")
        + paragraph("Toinen", "Heading1")
        + paragraph("Lisää.")
    )
    assert [one.body for one in outline.sections] == ["Teksti.", "Lisää."]


def test_characters_that_nobody_sees_are_normalised() -> None:
    outline = read(
        HEADING
        + f"<w:p>{run('a&#xAD;va&#xA0;ruus')}<w:r><w:softHyphen/><w:tab/><w:t>x</w:t>"
        + "<w:noBreakHyphen/><w:t>y</w:t><w:br/><w:t>z</w:t></w:r></w:p>"
    )
    assert only(outline).body == "ava ruus x-y z"


def test_notes_comments_and_margins_are_left_over_with_their_place() -> None:
    outline = read(
        HEADING
        + f'<w:p>{run("Teksti")}<w:r><w:footnoteReference w:id="2"/></w:r>'
        + f'<w:r><w:commentReference w:id="0"/></w:r>{run(".")}</w:p>',
        footnotes=wrapped(
            "footnotes",
            f'<w:footnote w:type="separator" w:id="0">{paragraph("viiva")}</w:footnote>'
            f'<w:footnote w:id="2">{paragraph("Alaviitteen sanat.")}</w:footnote>',
        ),
        comments=wrapped("comments", f'<w:comment w:id="0">{paragraph("Onko näin?")}</w:comment>'),
        header1=wrapped("hdr", paragraph("Luonnos")),
        footer1=wrapped("ftr", paragraph("12")),
    )
    assert only(outline).body == "Teksti."
    assert left(outline) == [
        (LeftoverReason.FOOTNOTE, "Alaviitteen sanat."),
        (LeftoverReason.COMMENT, "Onko näin?"),
        (LeftoverReason.HEADER, "Luonnos"),
    ]
    assert outline.leftovers[0].place.heading == "Luku"
    assert outline.leftovers[0].place.number == 2


def test_pictures_and_text_boxes_are_left_over_once() -> None:
    picture = (
        '<w:r><w:drawing><wp:docPr id="1" descr="Paja ulkoa"/><a:blip r:embed="p"/>'
        "</w:drawing></w:r>"
    )
    box = f"<w:txbxContent>{paragraph('Laatikon sanat')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    outline = read(f"{HEADING}<w:p>{picture}{run('Teksti.')}{both}</w:p>")
    assert only(outline).body == "Teksti."
    assert left(outline) == [
        (LeftoverReason.IMAGE, "Paja ulkoa"),
        (LeftoverReason.TEXT_BOX, "Laatikon sanat"),
    ]


def test_hidden_words_equations_and_contents_are_left_over() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('Luku 3')}</w:sdtContent></w:sdt>"
    )
    outline = read(
        contents
        + HEADING
        + f"<w:p>{run('Teksti.')}{run('salaa', '<w:vanish/>')}"
        + "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>"
    )
    assert left(outline) == [
        (LeftoverReason.CONTENTS, "Luku 3"),
        (LeftoverReason.HIDDEN, "salaa"),
        (LeftoverReason.EQUATION, "a+b"),
    ]


def test_tables_of_more_cells_are_left_over_and_titled_columns_are_boxes() -> None:
    document = docx.Document()
    document.add_heading("Luku", 1)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["Vuosi", "Kävijät", "2019", "40"], strict=True):
        cell.text = words
    column = document.add_table(rows=2, cols=1)
    column.cell(0, 0).paragraphs[0].add_run("Tiesitkö").bold = True
    column.cell(1, 0).text = "Paja on auki."
    outline = read_handbook(saved(document), "kirja.docx")
    assert left(outline) == [(LeftoverReason.TABLE, "Vuosi | Kävijät\n2019 | 40")]
    assert outline.leftovers[0].place.number == 1
    assert only(outline).body == "::box Tiesitkö\n\nPaja on auki.\n\n::end"


@pytest.mark.parametrize("bullet", ["•\t", "· ", "– ", "-\t"])
def test_bullets_typed_by_hand_are_key_points(bullet: str) -> None:
    outline = read(
        paragraph("Alue", "Heading1")
        + paragraph("Paja", "Heading2")
        + paragraph(f"{bullet}Yksi")
        + paragraph(f"{bullet}Kaksi")
        + paragraph("Teksti.")
    )
    assert outline.sections[1].points == ("Yksi", "Kaksi")


def test_a_dialogue_is_no_list() -> None:
    outline = read(
        HEADING + paragraph("Hän kysyi.") + paragraph("– Tuletko?") + paragraph("– Tulen.")
    )
    assert only(outline).body == "Hän kysyi.\n\n– Tuletko?\n\n– Tulen."
