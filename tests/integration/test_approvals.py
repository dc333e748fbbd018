"""Approvals sign exact texts: recorded once, kept with their history, never made of silence."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.actors import Actor
from reviewtool.domain.approvals import Capacity, Decision, Standing
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.trace import TraceRow
from reviewtool.queries.approvals import Decided, decisions
from reviewtool.queries.publication import publication_readiness
from reviewtool.services.approvals import Wish, decide
from reviewtool.services.carries import carry, object_to_carry
from reviewtool.services.corrections import correct_draft
from reviewtool.text.document import compose
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.mail import newest, opened, part, write
from tests.factories.people import link_actor
from tests.factories.rounds import MadeRound, make_round


@pytest.fixture
def approval(installation: Installation) -> MadeRound:
    """Give an open approval phase with two approvers."""
    return make_round(installation, key="approval", people=2, open_to_all=False)


@pytest.fixture
def approver(installation: Installation, approval: MadeRound) -> Actor:
    """Give the first approver's link."""
    return link_actor(installation, approval.people[0])


def given(installation: Installation, approval: MadeRound) -> list[Decided]:
    """Read the decisions against the texts that are shown now."""
    shown = {
        line.section_id: line.text_hash for line in approval_lines(installation, approval.phase_id)
    }
    with installation.database.read() as session:
        return decisions(session, approval.editor, approval.phase_id, shown, "fi")


def correct(installation: Installation, approval: MadeRound, section_id: str) -> str:
    """Correct one text of the approved draft; gives the new revision's id."""
    line = next(
        one
        for one in approval_lines(installation, approval.phase_id)
        if one.section_id == section_id
    )
    correct_draft(
        installation,
        approval.editor,
        approval.draft_id,
        section_id,
        "fi",
        base_revision_id=line.revision_id,
        text=compose("Vertaistuki", ["Korjattu kohta."], "Korjattu teksti.", ()),
        reason="Kirjoitusvirhe.",
    )
    return next(
        one.revision_id
        for one in approval_lines(installation, approval.phase_id)
        if one.section_id == section_id
    )


def test_what_is_recorded_says_who_what_and_in_which_capacity(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    line = approval_lines(installation, approval.phase_id)[0]
    decide_all(
        installation, approver, [line], capacity=Capacity.BOARD, detail="Lautakunta 1.10. § 4"
    )
    with installation.database.read() as session:
        row = session.scalars(select(Approval)).one()
        assert (row.person_id, row.section_id, row.text_hash) == (
            approver.person_id,
            line.section_id,
            line.text_hash,
        )
        assert "Lautakunta 1.10. § 4" in row.statement
        assert row.statement.endswith("§ 4; päätös on sen pöytäkirjassa.")
        assert row.link_id == approver.link_id
        traced = session.scalars(select(TraceRow).where(TraceRow.object_id == row.id)).one()
        assert line.text_hash in traced.payload
        assert "Lautakunta" not in traced.payload
        kinds = session.scalars(select(Message.kind).where(Message.person_id == row.person_id))
        assert MessageKind.APPROVAL_RECEIPT in set(kinds)


def test_the_words_of_a_decision_are_traced_as_a_contribution(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    lines = approval_lines(installation, approval.phase_id)[:1]
    decide_all(installation, approver, lines, Decision.WITH_COMMENTS, "Hyvä, mutta pitkä.")
    with installation.database.read() as session:
        said = session.scalars(select(Contribution.id)).one()
        rows = session.scalars(select(TraceRow).where(TraceRow.object_id == said)).all()
    assert [row.act for row in rows] == [Act.CONTRIBUTION_MADE]
    assert "pitkä" not in rows[0].payload


def test_another_capacity_under_the_same_form_is_recorded(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    lines, request_id = approval_lines(installation, approval.phase_id)[:1], new_id()
    decide_all(installation, approver, lines, request_id=request_id)
    decide_all(
        installation, approver, lines, capacity=Capacity.BOARD, detail="Lautakunta",
        request_id=request_id,
    )  # fmt: skip
    assert [one.capacity for one in given(installation, approval)] == [Capacity.BOARD]


def test_a_changed_text_records_nothing_at_all(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    lines = approval_lines(installation, approval.phase_id)
    correct(installation, approval, approval.texts.first)
    with pytest.raises(Refused) as refused:
        decide_all(installation, approver, lines)
    assert refused.value.reason is Reason.TEXT_CHANGED
    assert [missing.id for missing in refused.value.missing] == [approval.texts.first]
    assert given(installation, approval) == []


def test_pressing_twice_records_once(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    lines = approval_lines(installation, approval.phase_id)
    request_id = new_id()
    first = decide_all(installation, approver, lines, request_id=request_id)
    assert decide_all(installation, approver, lines, request_id=request_id) == first
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Approval)) == len(lines)


def test_a_decision_can_be_changed_and_its_history_stays(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    line = approval_lines(installation, approval.phase_id)[0]
    decide_all(installation, approver, [line])
    decide_all(
        installation, approver, [line], Decision.CHANGES_REQUESTED, "Täsmentäkää kohderyhmää."
    )
    now = given(installation, approval)
    assert [decided.decision for decided in now] == [Decision.CHANGES_REQUESTED]
    assert now[0].words == "Täsmentäkää kohderyhmää."
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Approval)) == 2
        said = session.scalars(select(Contribution)).one()
        assert (said.section_id, said.author_id) == (line.section_id, approver.person_id)


@pytest.mark.parametrize("decision", [Decision.CHANGES_REQUESTED, Decision.WITH_COMMENTS])
def test_asking_for_changes_needs_words(
    installation: Installation, approval: MadeRound, approver: Actor, decision: Decision
) -> None:
    with pytest.raises(Refused) as refused:
        decide_all(
            installation, approver, approval_lines(installation, approval.phase_id)[:1], decision
        )
    assert refused.value.reason is Reason.EMPTY


def test_a_board_has_to_be_named(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    lines = approval_lines(installation, approval.phase_id)
    with pytest.raises(Refused):
        decide_all(installation, approver, lines, capacity=Capacity.BOARD)


def test_after_the_last_day_nothing_is_recorded(
    installation: Installation, approval: MadeRound, clock: SetClock
) -> None:
    lines = approval_lines(installation, approval.phase_id)
    clock.advance(days=40)
    late = link_actor(installation, approval.people[0])
    with pytest.raises(Refused) as refused:
        decide_all(installation, late, lines)
    assert refused.value.reason is Reason.ROUND_CLOSED


def test_a_participants_link_of_another_phase_approves_nothing(
    installation: Installation, approval: MadeRound
) -> None:
    other = make_round(installation, people=1)
    stranger = link_actor(installation, other.people[0])
    line = approval_lines(installation, approval.phase_id)[0]
    with pytest.raises(Refused):
        decide(
            installation,
            stranger,
            [Wish(line.section_id, line.text_hash, Decision.APPROVED)],
            capacity=Capacity.EXPERT,
            capacity_detail="",
            language="fi",
            request_id=new_id(),
        )


def test_who_has_decided_on_every_text_is_ready(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    lines = approval_lines(installation, approval.phase_id)
    decide_all(installation, approver, lines[:-1])
    assert _state(installation, approver) is InvitationState.CAME_IN
    decide_all(installation, approver, lines[-1:], Decision.NO_POSITION)
    assert _state(installation, approver) is InvitationState.READY


def test_a_sitting_gets_one_receipt_and_the_last_text_sends_it(
    installation: Installation, clock: SetClock, approval: MadeRound, approver: Actor
) -> None:
    lines = approval_lines(installation, approval.phase_id)
    decide_all(installation, approver, lines[:1])
    (first,) = _receipts(installation)
    assert first.not_before > clock.now(), "it waits for the next decision"
    clock.advance(minutes=2)
    decide_all(installation, approver, lines[1:-1])
    assert [one.not_before for one in _receipts(installation)] == [first.not_before]
    decide_all(installation, approver, lines[-1:])
    assert [one.not_before for one in _receipts(installation)] == [clock.now()]
    told = write(installation, first.id)
    assert told is not None
    words = part(opened(told), "plain")
    assert all(line.title in words for line in lines)
    with installation.database.write() as session:
        session.get_one(Message, first.id).state = MessageState.SENT
    decide_all(installation, approver, lines[:1], Decision.NO_POSITION)
    assert len(_receipts(installation)) == 2, "what is changed later gets its own"


def _receipts(installation: Installation) -> list[Message]:
    with installation.database.read() as session:
        query = select(Message).where(Message.kind == MessageKind.APPROVAL_RECEIPT)
        return list(session.scalars(query.order_by(Message.created_at)))


def test_the_same_words_with_another_decision_stay_one_contribution(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    line = approval_lines(installation, approval.phase_id)[:1]
    decide_all(installation, approver, line, Decision.CHANGES_REQUESTED, "Lisää lähde.")
    decide_all(installation, approver, line, Decision.WITH_COMMENTS, "Lisää lähde.")
    decide_all(installation, approver, line, Decision.WITH_COMMENTS, "Lisää toinenkin.")
    with installation.database.read() as session:
        words = session.scalars(select(Contribution.words).order_by(Contribution.number)).all()
    assert words == ["Lisää lähde.", "Lisää toinenkin."]


def _state(installation: Installation, actor: Actor) -> InvitationState:
    with installation.database.read() as session:
        return session.get_one(Invitation, actor.invitation_id).state


def test_unchanged_texts_keep_theirs_and_a_changed_one_needs_a_carry(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    decide_all(installation, approver, approval_lines(installation, approval.phase_id))
    revision_id = correct(installation, approval, approval.texts.first)
    standings = {d.section_id: d.standing for d in given(installation, approval)}
    assert standings.pop(approval.texts.first) is Standing.EARLIER_TEXT
    assert set(standings.values()) == {Standing.CURRENT}

    count = carry(
        installation,
        approval.editor,
        approval.phase_id,
        approval.texts.first,
        to_revision_id=revision_id,
        note="Vain kirjoitusvirhe korjattiin.",
    )
    assert count == 1
    carried = _of(installation, approval, approval.texts.first)
    assert carried.standing is Standing.CARRIED
    assert carried.holds
    with installation.database.read() as session:
        told = session.scalars(
            select(Message.person_id).where(Message.kind == MessageKind.APPROVAL_CARRIED)
        ).all()
    assert told == [approver.person_id]

    assert carried.carry_id is not None
    object_to_carry(installation, approver, carried.carry_id, "Merkitys muuttui.")
    objected = _of(installation, approval, approval.texts.first)
    assert objected.standing is Standing.EARLIER_TEXT
    assert objected.objection == "Merkitys muuttui."


def test_an_objection_keeps_a_text_from_the_public_until_its_giver_decides_anew(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    first = approval.texts.first
    for person in approval.people:
        decide_all(
            installation,
            link_actor(installation, person),
            approval_lines(installation, approval.phase_id),
        )
    revision_id = correct(installation, approval, first)
    carry(
        installation, approval.editor, approval.phase_id, first,
        to_revision_id=revision_id, note="Vain kirjoitusvirhe korjattiin.",
    )  # fmt: skip
    assert _open_objections(installation, approval) == []
    carried = next(
        one
        for one in given(installation, approval)
        if one.section_id == first and one.invitation_id == approver.invitation_id
    )
    object_to_carry(installation, approver, carried.carry_id or "", "Merkitys muuttui.")
    assert _open_objections(installation, approval) == [first]
    line = next(
        one for one in approval_lines(installation, approval.phase_id) if one.section_id == first
    )
    decide_all(installation, approver, [line])
    assert _open_objections(installation, approval) == []


def _open_objections(installation: Installation, approval: MadeRound) -> list[str]:
    """List the texts that can't be published for an objection."""
    with installation.database.read() as session:
        ready = publication_readiness(
            session, approval.editor, approval.handbook.id, installation.clock.now()
        )
    return [one.id for one in ready.missing if one.reason is Reason.OBJECTION_OPEN]


def test_who_decided_on_a_text_is_told_when_it_changes_unless_that_is_carried(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    first = approval.texts.first
    decide_all(installation, approver, approval_lines(installation, approval.phase_id))
    revision_id = correct(installation, approval, first)
    message_id = newest(installation, MessageKind.APPROVAL_LAPSED)
    told = write(installation, message_id)
    assert told is not None
    with installation.database.read() as session:
        messages = session.scalars(
            select(Message).where(Message.kind == MessageKind.APPROVAL_LAPSED)
        ).all()
    assert [one.person_id for one in messages] == [approver.person_id]
    assert messages[0].not_before > installation.clock.now(), "an editor can carry first"
    carry(
        installation, approval.editor, approval.phase_id, first,
        to_revision_id=revision_id, note="Vain kirjoitusvirhe korjattiin.",
    )  # fmt: skip
    assert write(installation, message_id) is None, "the notice of the carry tells it"


def _of(installation: Installation, approval: MadeRound, section_id: str) -> Decided:
    return next(d for d in given(installation, approval) if d.section_id == section_id)


def test_only_the_approver_objects(
    installation: Installation, approval: MadeRound, approver: Actor
) -> None:
    decide_all(installation, approver, approval_lines(installation, approval.phase_id))
    revision_id = correct(installation, approval, approval.texts.first)
    carry(
        installation,
        approval.editor,
        approval.phase_id,
        approval.texts.first,
        to_revision_id=revision_id,
        note="Vain kirjoitusvirhe korjattiin.",
    )
    carry_id = _of(installation, approval, approval.texts.first).carry_id
    assert carry_id is not None
    with pytest.raises(Refused):
        object_to_carry(installation, link_actor(installation, approval.people[1]), carry_id, "")


def test_silence_cannot_be_carried(installation: Installation, approval: MadeRound) -> None:
    revision_id = correct(installation, approval, approval.texts.first)
    with pytest.raises(Refused) as refused:
        carry(
            installation,
            approval.editor,
            approval.phase_id,
            approval.texts.first,
            to_revision_id=revision_id,
            note="Vain kirjoitusvirhe korjattiin.",
        )
    assert refused.value.reason is Reason.APPROVALS_MISSING
