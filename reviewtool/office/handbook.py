"""Bringing in a handbook from a Word or Markdown file."""

from dataclasses import replace

from reviewtool.office.charsets import WINDOWS, decode
from reviewtool.office.errors import Place, UnreadableFile, UnreadableReason
from reviewtool.office.limits import DEFAULT_LIMITS, Limits
from reviewtool.office.outline import Leftover, Outline
from reviewtool.office.package import check_size, content_kind, extension, refuse_binary
from reviewtool.office.stream import LeftoverReason, Stream, Unplaced
from reviewtool.office.structure import outline_of

_MARKDOWN = frozenset({"md", "markdown"})
_MACRO_KINDS = frozenset({"docm", "dotm"})

__all__ = ["Leftover", "Outline", "read_handbook"]


def read_handbook(data: bytes, file_name: str, limits: Limits = DEFAULT_LIMITS) -> Outline:
    """Read a .docx or .md file into the outline of a handbook, the same from both.

    Raises UnreadableFile (a reason and a place) for a file that isn't what its name says, is too
    big, damaged, encrypted, of an old format, holds macros or entities, or has no words; and
    TextError when one section is too long to be a text.
    """
    kind = extension(file_name)
    check_size(data, limits)
    if kind == "docx":
        stream = _word(data, limits)
    elif kind in _MARKDOWN:
        stream = _markdown(data, limits)
    elif kind in _MACRO_KINDS:
        raise UnreadableFile(UnreadableReason.MACROS, found=kind)
    elif content_kind(data) == "ole":
        raise UnreadableFile(UnreadableReason.OLD_FORMAT, found=kind)
    else:
        raise UnreadableFile(UnreadableReason.UNKNOWN_KIND, found=kind)
    outline = outline_of(stream)
    if not outline.sections and not outline.title and not outline.leftovers:
        raise UnreadableFile(UnreadableReason.EMPTY)
    return outline


def _word(data: bytes, limits: Limits) -> Stream:
    # Imported here so that starting the web process doesn't load the readers of Office files.
    from reviewtool.office.docx import read_docx

    return read_docx(data, limits)


def _markdown(data: bytes, limits: Limits) -> Stream:
    # Imported here for the same reason.
    from reviewtool.office.markdown import read_markdown

    refuse_binary(data)
    check_size(data, replace(limits, size=min(limits.size, limits.text)))
    text, charset = decode(data)
    stream = read_markdown(text)
    if charset != WINDOWS:
        return stream
    guessed = Unplaced(LeftoverReason.CHARACTER_SET, charset, Place())
    return Stream((*stream.blocks, guessed), stream.title)
