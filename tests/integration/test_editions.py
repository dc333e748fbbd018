"""Editions: their numbers, and corrections of what the public reads."""

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import SYSTEM, VISITOR, Actor
from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra import schema
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.drafts import DraftItem
from reviewtool.models.messages import Message
from reviewtool.models.sections import Revision
from reviewtool.queries.editions import editions_of
from reviewtool.queries.handbooks import handbook_line
from reviewtool.queries.publication import publication_readiness, published_lines
from reviewtool.queries.texts import text_of
from reviewtool.services import phases, processes
from reviewtool.services.answers import Answering, answer
from reviewtool.services.corrections import Corrected, correct_draft
from reviewtool.services.people import erase_person
from reviewtool.services.publication import publish
from reviewtool.services.structure import drop_section
from tests.factories.contributions import make_table, say
from tests.factories.handbooks import make_handbook
from tests.factories.texts import make_draft, make_texts, reword


def test_correcting_what_is_published_reaches_readers_and_keeps_its_first_date_and_reason(
    installation: Installation, clock: SetClock
) -> None:
    made = make_handbook(installation)
    editor = made.administrator
    section_id = make_texts(installation, editor, made.id).first
    draft_id = make_draft(installation, editor, made.id)
    publish(installation, editor, made.id, draft_id, "Kiireellinen.")
    first_day = clock.now()
    clock.advance(days=40)
    processes.begin_next_run(installation, editor, made.id, "single-round", new_id())
    corrected = _correct(installation, editor, draft_id, section_id, "viikossa", "kuussa")
    assert (corrected.draft.label, corrected.edition) == ("1.1", "1.1")
    with installation.database.read() as session:
        line = handbook_line(session, made.id, clock.now())
        assert line is not None
        assert (line.edition, line.published_at, line.published_note) == (
            "1.1", first_day, "Kiireellinen.",
        )  # fmt: skip
        assert (line.corrected_at, line.published_draft_id) == (clock.now(), corrected.draft.id)
        lines = published_lines(session, VISITOR, made.id)
        (read,) = [one for one in lines if one.section_id == section_id]
        assert "kerran kuussa" in text_of(session, VISITOR, read.revision_id)
    # The run that has only begun isn't published by it: it can't be left behind unplayed.
    with pytest.raises(Refused) as refused:
        processes.begin_next_run(installation, editor, made.id, "single-round", new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def test_a_new_draft_is_the_next_edition_also_where_a_text_was_only_dropped(
    installation: Installation, clock: SetClock
) -> None:
    made = make_handbook(installation)
    editor, texts = made.administrator, make_texts(installation, made.administrator, made.id)
    draft_id = make_draft(installation, editor, made.id)
    publish(installation, editor, made.id, draft_id, "Ensin.")
    drop_section(installation, editor, texts.second, new_id())
    second = make_draft(installation, editor, made.id)
    unpublished = _correct(installation, editor, second, texts.first, "viikossa", "kuussa")
    assert unpublished.edition == "", "what readers don't read yet is no edition"
    clock.advance(days=1)
    publish(installation, editor, made.id, unpublished.draft.id, "Sitten.")
    old = _correct(installation, editor, draft_id, texts.first, "viikossa", "vuodessa")
    assert old.edition == "", "an older edition stays what it was"
    with installation.database.read() as session:
        assert [one.label for one in editions_of(session, VISITOR, made.id)] == ["2", "1"]


def _correct(
    installation: Installation, editor: Actor, draft_id: str, section_id: str, old: str, new: str
) -> Corrected:
    with installation.database.read() as session:
        revision = session.scalars(
            select(Revision)
            .join(DraftItem, DraftItem.revision_id == Revision.id)
            .where(DraftItem.draft_id == draft_id, DraftItem.section_id == section_id)
        ).one()
    return correct_draft(
        installation, editor, draft_id, section_id, "fi", base_revision_id=revision.id,
        text=revision.text.replace(old, new), reason="Kirjoitusvirhe.",
    )  # fmt: skip


def test_editions_published_before_they_were_numbered_keep_the_numbers_that_were_read(
    installation: Installation, clock: SetClock
) -> None:
    made = make_handbook(installation)
    editor = made.administrator
    section_id = make_texts(installation, editor, made.id).first
    for _ in range(2):
        draft_id = make_draft(installation, editor, made.id)
        publish(installation, editor, made.id, draft_id, "Julki.")
        clock.advance(days=1)
        reword(installation, editor, section_id, "viikossa", "viikossa ja")
    schema.downgrade(installation.database, "0024")
    schema.upgrade(installation.database)
    with installation.database.read() as session:
        assert [one.label for one in editions_of(session, VISITOR, made.id)] == ["1.1", "1"]


def test_who_took_part_is_told_of_an_edition_once_and_the_editors_know_how_many_before(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=3)
    editor, handbook_id = table.round.editor, table.round.handbook.id
    speaking, _silent, erased = table.actors
    said = [say(installation, table, one, "Hyvä.") for one in (speaking, erased)]
    answer(installation, editor, said, Answering(AnswerKind.NOTED), new_id())
    phases.close(installation, editor, table.round.phase_id, new_id())
    erase_person(installation, SYSTEM, erased.person_id or "")
    reword(installation, editor, table.section_id, "kerran viikossa", "iltaisin")
    draft_id = make_draft(installation, editor, handbook_id)

    def told() -> list[str]:
        with installation.database.read() as session:
            kind = Message.kind == MessageKind.PUBLISHED
            return list(session.scalars(select(Message.person_id).where(kind)))

    with installation.database.read() as session:
        ready = publication_readiness(session, editor, handbook_id, clock.now())
    assert ready.told == 1
    publish(installation, editor, handbook_id, draft_id, "Kiireellinen.")
    assert told() == [speaking.person_id]
    _correct(installation, editor, draft_id, table.section_id, "iltaisin", "aamuisin")
    assert told() == [speaking.person_id], "a correction is no news for all"
