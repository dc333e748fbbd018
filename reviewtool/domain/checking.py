"""What a check of the stored data can find, and the check of a trace chain."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.domain.trace import GENESIS, chain_hash


class Fault(StrEnum):
    """What can be wrong with stored data."""

    SETTING = "setting"
    SCHEMA_BEHIND = "schema-behind"
    ORPHAN = "orphan"
    TRACE_MISSING = "trace-missing"
    TRACE_SEQUENCE = "trace-sequence"
    TRACE_HASH = "trace-hash"
    TRACE_COLUMN = "trace-column"
    TRACE_HEAD = "trace-head"
    TEXT_HASH = "text-hash"
    TEXT_FORM = "text-form"
    TEXT_TITLE = "text-title"
    TEXT_TRACED = "text-traced"
    REVISION_NUMBERS = "revision-numbers"
    WORKING_TEXT = "working-text"
    DRAFT_ITEM = "draft-item"
    DRAFT_EMPTY = "draft-empty"
    DRAFT_TRACED = "draft-traced"
    DRAFT_NUMBERS = "draft-numbers"
    PASSAGE_RANGE = "passage-range"
    PASSAGE_WORDS = "passage-words"
    EVIDENCE_RANGE = "evidence-range"
    CONTRIBUTION_NUMBERS = "contribution-numbers"
    APPROVAL_TEXT = "approval-text"
    APPROVAL_TRACED = "approval-traced"
    CARRY_TEXT = "carry-text"
    FILE_CONTENT = "file-content"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: what, in which table, at which row."""

    fault: Fault
    table: str = ""
    id: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Link:
    """One row of a trace chain as it is stored."""

    id: str
    sequence: int
    act: str
    object_id: str
    payload: str
    previous_hash: str
    hash: str


def chain_findings(
    links: Iterable[Link], length: int, head: str, handbook_id: str
) -> Iterator[Finding]:
    """Go through a chain, in the order of its sequence, and tell where it is broken.

    length, head: what the chain's head says of it. Each break is told once: the row after a
    changed one is judged by the hash that is stored, not by the one that should be.
    """
    previous, expected = GENESIS, 1
    for link in links:
        if link.sequence != expected:
            missing = (
                str(expected)
                if link.sequence == expected + 1
                else (f"{expected}-{link.sequence - 1}")
            )
            yield Finding(Fault.TRACE_SEQUENCE, "trace_row", link.id, missing)
        elif link.previous_hash != previous:
            yield Finding(Fault.TRACE_HASH, "trace_row", link.id, str(link.sequence))
        if chain_hash(link.previous_hash, link.payload) != link.hash:
            yield Finding(Fault.TRACE_HASH, "trace_row", link.id, str(link.sequence))
        elif not _says(link):
            yield Finding(Fault.TRACE_COLUMN, "trace_row", link.id, str(link.sequence))
        previous, expected = link.hash, link.sequence + 1
    if length != expected - 1 or head != previous:
        yield Finding(Fault.TRACE_HEAD, "trace_head", handbook_id, f"{expected - 1} / {length}")


def _says(link: Link) -> bool:
    payload = json.loads(link.payload)
    return (payload.get("act"), payload.get("object"), payload.get("sequence")) == (
        link.act,
        link.object_id,
        link.sequence,
    )
