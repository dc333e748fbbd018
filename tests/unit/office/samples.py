"""Small handbooks as Word and as Markdown from the same blocks, and the words in outlines."""

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

import docx
from docx.document import Document

from reviewtool.office.outline import Outline
from reviewtool.text.blocks import Box, Figure, Quote, read_blocks
from reviewtool.text.inline import visible

# A block: ("title", words), ("heading", level, words), ("text", words), ("bold", words),
# ("bullet", words), ("number", words), ("box", title, words), ("quote", words)
SampleBlock = tuple[str, *tuple[object, ...]]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Give the rows as Excel in Finland writes them: semicolons and a byte order mark."""
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def as_markdown(blocks: Sequence[SampleBlock]) -> bytes:
    """The blocks as Markdown: `#` is the title, `##` the first level."""
    lines = []
    for kind, *rest in blocks:
        words = str(rest[-1])
        if kind == "title":
            lines.append(f"# {words}\n")
        elif kind == "heading":
            lines.append(f"\n{'#' * (int(str(rest[0])) + 1)} {words}\n")
        elif kind == "bold":
            lines.append(f"\n**{words}**\n")
        elif kind in ("bullet", "number"):
            lines.append(f"{'-' if kind == 'bullet' else '1.'} {words}")
        elif kind == "box":
            lines.append(f"\n> **{rest[0]}**\n>\n> {words}\n")
        elif kind == "quote":
            lines.append(f"\n> {words}\n")
        else:
            lines.append(f"\n{words}\n")
    return "\n".join(lines).encode()


def as_word(blocks: Sequence[SampleBlock]) -> bytes:
    """The same blocks as a Word file made by python-docx."""
    document = docx.Document()
    styles = {"bullet": "List Bullet", "number": "List Number", "quote": "Quote"}
    for kind, *rest in blocks:
        words = str(rest[-1])
        if kind == "title":
            document.add_heading(words, 0)
        elif kind == "heading":
            document.add_heading(words, int(str(rest[0])))
        elif kind == "bold":
            document.add_paragraph().add_run(words).bold = True
        elif kind == "box":
            cell = document.add_table(rows=1, cols=1).cell(0, 0)
            cell.paragraphs[0].add_run(str(rest[0])).bold = True
            cell.add_paragraph(words)
        else:
            document.add_paragraph(words, style=styles.get(kind))
    return saved(document)


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def raw_word(
    body: str,
    parts: Mapping[str, str] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """A Word file from the XML of its body; `relations`: id -> (kind, target)."""
    outside = {"hyperlink": 'TargetMode="External"'}
    related = "".join(
        f'<Relationship Id="{key}" Type="x/{kind}" Target="{target}" {outside.get(kind, "")}/>'
        for key, (kind, target) in (relations or {}).items()
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relationships(
            '<Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relationships(related),
        "word/document.xml": wrapped("document", f"<w:body>{body}</w:body>"),
        **(parts or {}),
    }
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def wrapped(name: str, inside: str) -> str:
    """A root element of a Word part with the namespaces that the samples use."""
    return (
        f'<w:{name} xmlns:w="{W}" xmlns:r="{R}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        f'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{inside}</w:{name}>"
    )


def paragraph(words: str, style: str = "", properties: str = "") -> str:
    """The XML of a paragraph of plain words."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{run(words)}</w:p>"


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def _relationships(inside: str) -> str:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{inside}</Relationships>'


def words_in(outline: Outline) -> Counter[str]:
    """How often each word is shown in the outline or its left-overs."""
    texts = [outline.title, *(left.text for left in outline.leftovers)]
    for section in outline.sections:
        texts += [section.title, section.points_heading, section.sources_heading]
        texts += [visible(line) for line in (*section.points, *section.sources)]
        texts.append(body_words(section.body))
    return Counter(re.findall(r"\w+", " ".join(texts)))


def body_words(body: str) -> str:
    """The visible words of a body."""
    out = []
    for block in read_blocks(body):
        if isinstance(block, Quote):
            out += [visible(text) for text in block.paragraphs]
        elif isinstance(block, Box):
            out.append(visible(block.title))
            out += [
                " ".join(map(visible, inner.paragraphs))
                if isinstance(inner, Quote)
                else visible(inner.text)
                for inner in block.blocks
            ]
        elif not isinstance(block, Figure):
            out.append(visible(block.text))
    return "\n".join(out)
