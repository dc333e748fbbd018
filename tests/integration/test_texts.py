"""Who reads which revision: editors all of theirs, others what was frozen for them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import SYSTEM, VISITOR, Actor
from reviewtool.domain.links import Purpose
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Revision
from reviewtool.queries.texts import text_of, texts_of
from reviewtool.services.publication import publish
from tests.factories.contributions import drafted, make_table
from tests.factories.handbooks import make_editor
from tests.factories.texts import make_draft, reword


def may_read(installation: Installation, actor: Actor, revision_id: str) -> bool:
    with installation.database.read() as session:
        several = texts_of(session, actor, [revision_id])
        if several:
            assert several == {revision_id: text_of(session, actor, revision_id)}
            return True
        with pytest.raises(Refused) as refused:
            text_of(session, actor, revision_id)
        assert refused.value.reason is Reason.NOT_FOUND
    return False


def newest(installation: Installation, section_id: str) -> str:
    with installation.database.read() as session:
        return (
            session.scalars(
                select(Revision.id)
                .where(Revision.section_id == section_id)
                .order_by(Revision.number.desc())
            ).first()
            or ""
        )


def test_each_reads_as_far_as_they_are_shown(installation: Installation) -> None:
    table, elsewhere = make_table(installation), make_table(installation)
    editor, handbook = table.round.editor, table.round.handbook
    first, _text = drafted(installation, table, table.section_id)
    reword(installation, editor, table.section_id, "kerran viikossa", "iltaisin")
    second = newest(installation, table.section_id)
    make_draft(installation, editor, handbook.id)
    reword(installation, editor, table.section_id, "iltaisin", "aamuisin")
    working = newest(installation, table.section_id)
    participant = table.actors[0]
    readers = {
        "participant": participant,
        "approver of the round's draft": replace(participant, purpose=Purpose.APPROVE),
        "of another round": elsewhere.actors[0],
        "editor": make_editor(installation, handbook.id),
        "another editor": elsewhere.round.editor,
        "visitor": VISITOR,
        "system": SYSTEM,
    }

    def seen() -> dict[str, list[bool]]:
        return {
            name: [may_read(installation, actor, one) for one in (first, second, working)]
            for name, actor in readers.items()
        }

    before = seen()
    assert before == {
        "participant": [True, False, False],
        "approver of the round's draft": [True, False, False],
        "of another round": [False, False, False],
        "editor": [True, True, True],
        "another editor": [False, False, False],
        "visitor": [False, False, False],
        "system": [True, True, True],
    }
    draft_id = make_draft(installation, editor, handbook.id)
    publish(installation, editor, handbook.id, draft_id, "Kokeilua varten.")
    assert seen() == {name: [True, True, True] for name in readers}
    reword(installation, editor, table.section_id, "aamuisin", "öisin")
    later = newest(installation, table.section_id)
    make_draft(installation, editor, handbook.id)
    assert not may_read(installation, VISITOR, later)
    assert not may_read(installation, participant, later)


def test_a_revision_of_another_section_is_not_taken_for_one_of_this(
    installation: Installation,
) -> None:
    table = make_table(installation)
    revision_id, _text = drafted(installation, table, table.round.texts.second)
    with installation.database.read() as session, pytest.raises(Refused):
        text_of(session, table.actors[0], revision_id, section_id=table.section_id)
