"""Reading a file beside a form: the words of a PDF, Word, text or mail file as paragraphs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum
from html import unescape
from pathlib import Path

from reviewtool.office.charsets import decode
from reviewtool.office.errors import UnreadableFile, UnreadableReason
from reviewtool.office.limits import DEFAULT_LIMITS, Limits

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"
MAIL = "message/rfc822"
READABLE = frozenset({PDF, DOCX, TEXT, MAIL})
"""Media types whose words can be shown."""

MOST_CHARACTERS = 400_000
_PATIENCE = 20
"""Seconds after which the reading of a PDF is given up; it has less of processor time."""

_FULL = 0.8
"""From which share of the longest line on a line of a PDF counts as going on in the next."""
_HYPHENS = ("-", "\u2010", "\u00ad")

_PROGRAM = Path(__file__).with_name("pdf_words.py")
_REFUSED = {
    "encrypted": UnreadableReason.ENCRYPTED,
    "too-big": UnreadableReason.UNZIPS_TOO_BIG,
}


class PieceKind(StrEnum):
    """What a paragraph is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ASIDE = "aside"
    """A table, a note or a comment: words that stand beside the running text."""


@dataclass(frozen=True)
class Piece:
    """A paragraph of a file."""

    kind: PieceKind
    words: str


@dataclass(frozen=True)
class ReadPage:
    """A page of a PDF by its number from 1, or all of a file that has no pages (0)."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ReadFile:
    """A file's words; cut: there were more than are shown."""

    pages: tuple[ReadPage, ...]
    cut: bool = False


def read_words(content: bytes, media_type: str, limits: Limits = DEFAULT_LIMITS) -> ReadFile:
    """Read the words of a file of one of the READABLE kinds. Raises UnreadableFile."""
    if media_type == PDF:
        read = _pdf(content)
    elif media_type == DOCX:
        read = _one_page(_word(content, limits))
    elif media_type == MAIL:
        read = _one_page(_mail(content))
    elif media_type == TEXT:
        read = _one_page(_paragraphs(decode(content)[0]))
    else:
        raise UnreadableFile(UnreadableReason.UNKNOWN_KIND, found=media_type)
    if not any(page.pieces for page in read.pages):
        raise UnreadableFile(UnreadableReason.EMPTY)
    return read


def _pdf(content: bytes) -> ReadFile:
    try:
        done = subprocess.run(  # noqa: S603 (our own program; the file is its input only)
            [sys.executable, "-I", str(_PROGRAM)],
            input=content,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(UnreadableReason.UNZIPS_TOO_BIG) from error
    if done.returncode != 0:  # ended by its limits
        raise UnreadableFile(UnreadableReason.UNZIPS_TOO_BIG)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise UnreadableFile(_REFUSED.get(answer["refused"], UnreadableReason.DAMAGED))
    pages = enumerate(answer["pages"], start=1)
    return ReadFile(
        tuple(ReadPage(number, tuple(_paragraphs(_unwrapped(words)))) for number, words in pages),
        answer["cut"],
    )


def _unwrapped(words: str) -> str:
    """Join the lines of a page that go on: those that are nearly as long as its longest."""
    lines = [line.strip() for line in words.split("\n")]
    longest = max(map(len, lines))
    out: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if line and len(before) > _FULL * longest:
            out.append(line if before.endswith(_HYPHENS) else f" {line}")
        else:
            out.append(f"\n{line}")
    return "".join(out).strip("\n")


def _one_page(pieces: Iterable[Piece]) -> ReadFile:
    kept: list[Piece] = []
    left = MOST_CHARACTERS
    for piece in pieces:
        if left <= 0:
            return ReadFile((ReadPage(0, tuple(kept)),), cut=True)
        kept.append(Piece(piece.kind, piece.words[:left]))
        left -= len(piece.words)
    return ReadFile((ReadPage(0, tuple(kept)),), cut=left < 0)


def _paragraphs(words: str) -> Iterator[Piece]:
    """Cut words at empty lines; single line ends stay, as whoever wrote them set them."""
    for part in words.replace("\x00", "").split("\n\n"):
        if part.strip():
            yield Piece(PieceKind.PARAGRAPH, part.strip("\n"))


def _word(content: bytes, limits: Limits) -> Iterator[Piece]:
    # Imported here so that starting the web process doesn't load the readers of Office files.
    from reviewtool.office.docx import read_docx
    from reviewtool.office.lines import plain
    from reviewtool.office.stream import Block, Frame, Heading, Item, Picture, Unplaced

    def pieces(blocks: Iterable[Block]) -> Iterator[Piece]:
        for block in blocks:
            if isinstance(block, Frame):
                yield from pieces(block.blocks)
            elif isinstance(block, Unplaced):
                yield Piece(PieceKind.ASIDE, block.text)
            elif isinstance(block, Picture):
                yield Piece(PieceKind.ASIDE, plain(block.caption) or block.alt)
            elif isinstance(block, Heading):
                yield Piece(PieceKind.HEADING, plain(block.line))
            elif isinstance(block, Item):
                yield Piece(PieceKind.ITEM, plain(block.line))
            else:
                yield Piece(PieceKind.PARAGRAPH, plain(block.line))

    return (piece for piece in pieces(read_docx(content, limits).blocks) if piece.words.strip())


def _mail(content: bytes) -> Iterator[Piece]:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)  # what the default policy makes
    try:
        head = [str(message[name]) for name in ("From", "Date", "Subject") if message[name]]
        body = message.get_body(("plain", "html"))
        words = body.get_content() if body is not None else ""
    except (LookupError, ValueError, UnicodeError) as error:
        raise UnreadableFile(UnreadableReason.DAMAGED) from error
    if head:
        yield Piece(PieceKind.HEADING, "\n".join(head))
    if body is not None and body.get_content_subtype() == "html":
        words = _without_tags(words)
    yield from _paragraphs(str(words).replace("\r\n", "\n"))


def _without_tags(html: str) -> str:
    # Imported here for the same reason as the readers of Office files.
    import nh3

    breaks = html.replace("</p>", "</p>\n\n").replace("<br", "\n<br")
    return unescape(nh3.clean(breaks, tags=set()))
