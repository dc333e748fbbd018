"""Captions of pictures in a file: the paragraph that stands by a picture and says what it is."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reviewtool.office.lines import plain
from reviewtool.office.stream import Block, Paragraph, Picture

_NUMBERED = re.compile(
    r"(?:kuva|kuvio|bild|figur|figure|picture)(?:\s+\d{1,3})?\s*[.:]\s+\S", re.IGNORECASE
)
LONGEST = 400


def captioned(blocks: Sequence[Block]) -> list[Block]:
    """Give pictures their captions: the paragraph after one, else one before it, that is set as a
    caption; after it also one that begins as captions do ("Kuva 2. ...").
    """
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if isinstance(last, Picture) and not last.caption and _is_caption(block):
            assert isinstance(block, Paragraph)
            out[-1] = replace(last, caption=block.line)
        else:
            out.append(block)
    return _from_above(out)


def _from_above(blocks: Sequence[Block]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            isinstance(block, Picture)
            and not block.caption
            and isinstance(last, Paragraph)
            and last.caption
        ):
            out[-1] = replace(block, caption=last.line)
        else:
            out.append(block)
    return out


def _is_caption(block: Block) -> bool:
    if not isinstance(block, Paragraph) or len(plain(block.line)) > LONGEST:
        return False
    return block.caption or bool(_NUMBERED.match(plain(block.line)))
