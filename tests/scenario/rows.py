"""What the process left behind, checked straight from the rows, without the product's own rules."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import SYSTEM
from reviewtool.infra.installation import Installation
from reviewtool.models import Base
from reviewtool.services.archive_reading import read_archive
from reviewtool.services.archive_writing import write_archive
from reviewtool.services.checking import check

TAKING = ("taken", "taken-in-part", "taken-in-other-words")
APPROVING = ("approved", "approved-with-comments")


def rows(session: Session, table: str) -> list[dict[str, Any]]:
    """Read all rows of a table, with plain values."""
    of = Base.metadata.tables[table]
    found = session.execute(select(of).order_by(*of.primary_key.columns)).mappings()
    return [{str(key): value for key, value in row.items()} for row in found]


def by_id(session: Session, table: str) -> dict[str, dict[str, Any]]:
    """Read all rows of a table by their ids."""
    return {row["id"]: row for row in rows(session, table)}


def every_contribution_is_answered(session: Session) -> None:
    """Each has one answer that its author has been shown; a withdrawn one needs none."""
    answers = {row["contribution_id"]: row for row in rows(session, "answer")}
    received = [row for row in rows(session, "contribution") if row["state"] != "withdrawn"]
    assert len(received) > 15
    for row in received:
        answer = answers[row["id"]]
        assert answer["state"] == "published", row["words"]
        assert answer["published_at"] is not None


def what_was_taken_stands_in_the_text(session: Session) -> None:
    """Every taken one has evidence, and the words that it names are in the published text."""
    revisions, evidence = by_id(session, "revision"), rows(session, "evidence")
    published = published_texts(session)
    taken = [row for row in rows(session, "answer") if row["kind"] in TAKING]
    assert len(taken) >= 7
    for answer in taken:
        own = [row for row in evidence if row["answer_id"] == answer["id"]]
        assert own
        for row in own:
            if row["kind"] == "structure":
                assert row["section_id"] in published, answer["reason"]
                continue
            new = revisions[row["to_revision_id"]]["text"][row["new_start"] : row["new_end"]]
            assert new.strip()
            assert new in published[row["section_id"]], new


def published_texts(session: Session) -> dict[str, str]:
    """Give what the public reads, by section."""
    (publication,) = rows(session, "publication")
    revisions = by_id(session, "revision")
    return {
        row["section_id"]: revisions[row["revision_id"]]["text"]
        for row in rows(session, "draft_item")
        if row["draft_id"] == publication["draft_id"]
    }


def every_approval_is_of_its_text(session: Session) -> None:
    """An approval's hash is its revision's; every published text has one, given or carried."""
    revisions, carries = by_id(session, "revision"), rows(session, "carry")
    approvals = rows(session, "approval")
    for row in approvals:
        revision = revisions[row["revision_id"]]
        assert row["text_hash"] == revision["text_hash"]
        assert row["section_id"] == revision["section_id"]
    for row in carries:
        assert row["to_hash"] == revisions[row["to_revision_id"]]["text_hash"]
        assert row["note"]
    held = {
        row["text_hash"]
        for row in approvals
        if row["decision"] in APPROVING and row["superseded_at"] is None
    }
    held |= {row["to_hash"] for row in carries if row["from_hash"] in held}
    (publication,) = rows(session, "publication")
    items = [
        row for row in rows(session, "draft_item") if row["draft_id"] == publication["draft_id"]
    ]
    assert {revisions[row["revision_id"]]["text_hash"] for row in items} <= held


def nobody_silent_approves(session: Session, decided: Mapping[str, int]) -> None:
    """Everybody who was asked has just as many decisions that stand as they made; silence none.

    decided: by name, on how many texts. Each stands on a press of one's own: it has a link and
    the words that were confirmed.
    """
    names = {row["id"]: row["name"] for row in rows(session, "person")}
    kinds = {row["id"]: row["kind"] for row in rows(session, "phase")}
    asked = [row for row in rows(session, "invitation") if kinds[row["phase_id"]] == "approval"]
    counted = {names[row["person_id"]]: 0 for row in asked}
    for row in rows(session, "approval"):
        assert row["link_id"]
        assert row["statement"]
        if row["superseded_at"] is None:
            counted[names[row["person_id"]]] += 1
    assert counted == decided


def the_trace_holds(session: Session, private: Sequence[str]) -> None:
    """Each row's hash is over the one before it and its own payload; nothing private is in it."""
    (head,) = rows(session, "trace_head")
    chain = sorted(rows(session, "trace_row"), key=lambda row: row["sequence"])
    assert [row["sequence"] for row in chain] == list(range(1, len(chain) + 1))
    for before, row in zip([None, *chain], chain, strict=False):
        assert row["previous_hash"] == (before["hash"] if before else "0" * 64)
        linked = f"{row['previous_hash']}\n{row['payload']}"
        assert row["hash"] == sha256(linked.encode()).hexdigest()
        for words in private:
            assert words not in row["payload"]
    assert (head["length"], head["hash"]) == (len(chain), chain[-1]["hash"])


def nothing_is_wrong(installation: Installation) -> None:
    """`reviewtool check` finds nothing."""
    assert check(installation, SYSTEM) == []


def the_archive_lives_on(installation: Installation, empty: Installation, handbook_id: str) -> None:
    """Restored into an empty installation and written again, the archive is the same."""
    written = _archive(installation, handbook_id)
    assert read_archive(empty, SYSTEM, io.BytesIO(written)).handbook_id == handbook_id
    assert _archive(empty, handbook_id) == written
    assert check(empty, SYSTEM) == []


def _archive(installation: Installation, handbook_id: str) -> bytes:
    file = io.BytesIO()
    write_archive(installation, SYSTEM, handbook_id, file)
    return file.getvalue()
