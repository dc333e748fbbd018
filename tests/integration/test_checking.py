"""A check finds whatever was changed behind the product's back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import SYSTEM, VISITOR
from reviewtool.domain.checking import Fault, Finding
from reviewtool.domain.contributions import Channel, ContributionKind
from reviewtool.domain.files import Upload
from reviewtool.domain.refusals import Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import DraftItem
from reviewtool.models.files import Blob
from reviewtool.models.sections import Revision, SectionText
from reviewtool.models.trace import TraceHead, TraceRow
from reviewtool.services.checking import check
from reviewtool.services.contributions import Words
from reviewtool.services.corrections import correct_draft
from reviewtool.services.recording import Said, Speaker, record
from reviewtool.text.fingerprint import text_hash
from tests.factories.answers import DAY, make_bench, said
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.people import link_actor
from tests.factories.rounds import make_round
from tests.factories.texts import MadeTexts, make_draft, make_texts, reword


@pytest.fixture
def made(installation: Installation) -> MadeHandbook:
    return make_handbook(installation)


@pytest.fixture
def texts(installation: Installation, made: MadeHandbook) -> MadeTexts:
    texts = make_texts(installation, made.administrator, made.id)
    make_draft(installation, made.administrator, made.id)
    reword(installation, made.administrator, texts.first, "kerran", "kaksi kertaa")
    return texts


def faults(installation: Installation) -> dict[Fault, list[Finding]]:
    found: dict[Fault, list[Finding]] = {}
    for finding in check(installation, SYSTEM):
        found.setdefault(finding.fault, []).append(finding)
    return found


def change(installation: Installation, act: Callable[[Session], None]) -> None:
    with installation.database.write() as session:
        act(session)


def test_an_untouched_handbook_has_no_findings(
    installation: Installation, texts: MadeTexts
) -> None:
    assert check(installation, SYSTEM) == []


def test_only_administration_checks(installation: Installation) -> None:
    with pytest.raises(Refused):
        check(installation, VISITOR)


def test_one_changed_character_of_a_text_is_found(
    installation: Installation, texts: MadeTexts
) -> None:
    with installation.database.read() as session:
        row = session.scalars(
            select(Revision).where(Revision.section_id == texts.first).order_by(Revision.number)
        ).all()[-1]
    changed = row.text.replace("viikossa", "viikosta")
    change(
        installation,
        lambda session: session.execute(
            update(Revision).where(Revision.id == row.id).values(text=changed)
        ),
    )
    assert faults(installation) == {
        Fault.TEXT_HASH: [Finding(Fault.TEXT_HASH, "revision", row.id)],
    }


def test_a_text_changed_together_with_its_hash_is_found_by_the_trace(
    installation: Installation, texts: MadeTexts
) -> None:
    with installation.database.read() as session:
        head = session.scalars(
            select(SectionText).where(SectionText.section_id == texts.first)
        ).one()
        row = session.get_one(Revision, head.working_revision_id)
    changed = row.text.replace("viikossa", "viikosta")
    forged = text_hash(row.section_id, row.language, changed)
    change(
        installation,
        lambda session: session.execute(
            update(Revision).where(Revision.id == row.id).values(text=changed, text_hash=forged)
        ),
    )
    assert [finding.id for finding in faults(installation)[Fault.TEXT_TRACED]] == [row.id]


def test_a_text_that_is_not_canonical_and_another_title_are_found(
    installation: Installation, texts: MadeTexts
) -> None:
    def spoil(session: Session) -> None:
        working = session.scalars(select(SectionText)).all()
        by_section = {head.section_id: head.working_revision_id for head in working}
        spelled = session.get_one(Revision, by_section[texts.story])
        spelled.text += "\n\n\n"
        session.get_one(Revision, by_section[texts.chapter]).title = "Jotain muuta"

    change(installation, spoil)
    found = faults(installation)
    assert len(found[Fault.TEXT_FORM]) == len(found[Fault.TEXT_TITLE]) == 1


def middle_row(installation: Installation, made: MadeHandbook) -> TraceRow:
    with installation.database.read() as session:
        rows = session.scalars(
            select(TraceRow).where(TraceRow.handbook_id == made.id).order_by(TraceRow.sequence)
        ).all()
    assert len(rows) > 5
    return rows[3]


def test_a_changed_row_of_the_trace_is_found(
    installation: Installation, made: MadeHandbook, texts: MadeTexts
) -> None:
    row = middle_row(installation, made)
    payload = row.payload.replace('"actor_kind":"account"', '"actor_kind":"accounT"')
    assert payload != row.payload
    change(
        installation,
        lambda session: session.execute(
            update(TraceRow).where(TraceRow.id == row.id).values(payload=payload)
        ),
    )
    assert faults(installation) == {
        Fault.TRACE_HASH: [Finding(Fault.TRACE_HASH, "trace_row", row.id, "4")]
    }


def test_another_act_in_the_column_of_a_trace_row_is_found(
    installation: Installation, made: MadeHandbook, texts: MadeTexts
) -> None:
    row = middle_row(installation, made)
    change(
        installation,
        lambda session: session.execute(
            update(TraceRow).where(TraceRow.id == row.id).values(act=Act.PERSON_ERASED)
        ),
    )
    assert [finding.id for finding in faults(installation)[Fault.TRACE_COLUMN]] == [row.id]


def test_a_deleted_row_of_the_trace_is_found(
    installation: Installation, made: MadeHandbook, texts: MadeTexts
) -> None:
    row = middle_row(installation, made)
    change(
        installation,
        lambda session: session.execute(delete(TraceRow).where(TraceRow.id == row.id)),
    )
    assert [finding.detail for finding in faults(installation)[Fault.TRACE_SEQUENCE]] == ["4"]


def test_a_trace_cut_at_its_end_and_one_without_head_are_found(
    installation: Installation, made: MadeHandbook, texts: MadeTexts
) -> None:
    def cut(session: Session) -> None:
        head = session.get_one(TraceHead, made.id)
        session.execute(
            delete(TraceRow).where(
                TraceRow.handbook_id == made.id, TraceRow.sequence == head.length
            )
        )

    change(installation, cut)
    assert set(faults(installation)) == {Fault.TRACE_HEAD}
    change(installation, lambda session: session.execute(delete(TraceHead)))
    assert Fault.TRACE_MISSING in faults(installation)


def test_a_draft_with_a_text_of_another_section_is_found(
    installation: Installation, texts: MadeTexts
) -> None:
    def mix(session: Session) -> None:
        items = session.scalars(
            select(DraftItem).where(DraftItem.section_id.in_((texts.first, texts.second)))
        ).all()
        items[0].revision_id = items[1].revision_id

    change(installation, mix)
    assert len(faults(installation)[Fault.DRAFT_ITEM]) == 1


@pytest.mark.only("sqlite", reason="PostgreSQL can't be told to leave its foreign keys unchecked")
def test_a_row_that_lost_its_owner_is_found(installation: Installation, texts: MadeTexts) -> None:
    with installation.database.writing.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.execute(text("DELETE FROM person"))
        connection.commit()
    tables = {finding.table for finding in faults(installation)[Fault.ORPHAN]}
    assert {"revision", "account", "membership"} <= tables


def test_a_wrong_setting_is_found(installation: Installation) -> None:
    wrong = replace(installation.settings, time_zone="Helsinki/Europe")
    found = faults(replace(installation, settings=wrong))
    assert "REVIEWTOOL_TIME_ZONE" in found[Fault.SETTING][0].detail


def test_a_frozen_text_exchanged_for_another_of_its_revisions_is_found(
    installation: Installation, texts: MadeTexts
) -> None:
    def exchange(session: Session) -> None:
        item = session.scalars(select(DraftItem).where(DraftItem.section_id == texts.first)).one()
        head = session.scalars(
            select(SectionText).where(SectionText.section_id == texts.first)
        ).one()
        item.revision_id = head.working_revision_id

    change(installation, exchange)
    assert set(faults(installation)) == {Fault.DRAFT_TRACED}


def test_a_correction_beside_a_clashing_working_text_is_no_fault(
    installation: Installation, made: MadeHandbook, texts: MadeTexts
) -> None:
    with installation.database.read() as session:
        item = session.scalars(select(DraftItem).where(DraftItem.section_id == texts.first)).one()
        frozen = session.get_one(Revision, item.revision_id)
    corrected = correct_draft(
        installation, made.administrator, item.draft_id, texts.first, "fi",
        base_revision_id=frozen.id, text=frozen.text.replace("kerran", "joskus"),
        reason="Virhe.",
    )  # fmt: skip
    assert not corrected.in_working_text
    assert check(installation, SYSTEM) == []


@pytest.fixture
def approval_id(installation: Installation) -> str:
    """Give an approval of one text."""
    phase = make_round(installation, key="approval", open_to_all=False)
    approver = link_actor(installation, phase.people[0])
    decide_all(installation, approver, approval_lines(installation, phase.phase_id)[:1])
    with installation.database.read() as session:
        return session.scalars(select(Approval.id)).one()


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        ("text_hash", Fault.APPROVAL_TEXT),
        ("decision", Fault.APPROVAL_TRACED),
        ("capacity", Fault.APPROVAL_TRACED),
    ],
)
def test_one_changed_character_of_an_approval_is_found(
    installation: Installation, approval_id: str, column: str, fault: Fault
) -> None:
    assert check(installation, SYSTEM) == []
    changed = text(
        f"UPDATE approval SET {column} = 'x' || substr({column}, 2) WHERE id = :id"  # noqa: S608
    )
    change(installation, lambda session: session.execute(changed, {"id": approval_id}))
    assert approval_id in {finding.id for finding in faults(installation)[fault]}


def test_an_approval_that_was_removed_is_found(
    installation: Installation, approval_id: str
) -> None:
    change(
        installation,
        lambda session: session.execute(delete(Approval).where(Approval.id == approval_id)),
    )
    assert [finding.id for finding in faults(installation)[Fault.APPROVAL_TRACED]] == [approval_id]


def test_gaps_in_numbers_and_passages_outside_their_text_are_found(
    installation: Installation,
) -> None:
    bench = make_bench(installation)
    first = said(installation, bench, quote="kerran viikossa")
    second = said(installation, bench, quote="koulutetut")
    assert check(installation, SYSTEM) == []

    def spoil(session: Session) -> None:
        session.get_one(Contribution, first).end = 100_000
        session.get_one(Contribution, second).quote = "koulutetuT"
        session.get_one(Contribution, second).number = 7

    change(installation, spoil)
    found = faults(installation)
    assert [finding.id for finding in found[Fault.PASSAGE_RANGE]] == [first]
    assert [finding.id for finding in found[Fault.PASSAGE_WORDS]] == [second]
    assert [finding.id for finding in found[Fault.CONTRIBUTION_NUMBERS]] == [bench.handbook.id]


def test_a_changed_file_is_found(installation: Installation) -> None:
    bench = make_bench(installation)
    recorded = record(
        installation, bench.editor, bench.phase_id, Speaker("Outi Männikkö"), Channel.EMAIL, DAY,
        [Said(ContributionKind.COMMENT, Words("Hyvä."))], new_id(),
        [Upload("viesti.txt", b"Hei!")],
    )  # fmt: skip
    assert recorded.numbers == (1,)
    assert check(installation, SYSTEM) == []
    change(installation, lambda session: session.execute(update(Blob).values(content=b"Hei?")))
    assert set(faults(installation)) == {Fault.FILE_CONTENT}
