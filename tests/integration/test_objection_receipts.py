"""Who objects to an editor's carrying a decision over gets a receipt of the objection."""

from datetime import timedelta

from sqlalchemy import select

from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Carry
from reviewtool.models.messages import Message
from reviewtool.services.carries import carry, object_to_carry
from reviewtool.services.corrections import correct_draft
from reviewtool.text.document import compose
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.mail import newest, opened, part, write
from tests.factories.people import link_actor
from tests.factories.rounds import MadeRound, make_round


def _carry_over_a_correction(installation: Installation, made: MadeRound) -> str:
    """Correct the first text, and carry its approvals over; gives the carry's id."""
    section_id = made.texts.first
    old, *_others = [
        one for one in approval_lines(installation, made.phase_id) if one.section_id == section_id
    ]
    correct_draft(
        installation, made.editor, made.draft_id, section_id, "fi",
        base_revision_id=old.revision_id,
        text=compose("Vertaistuki", ["Korjattu kohta."], "Korjattu teksti.", ()),
        reason="Kirjoitusvirhe.",
    )  # fmt: skip
    new, *_others = [
        one for one in approval_lines(installation, made.phase_id) if one.section_id == section_id
    ]
    carry(
        installation, made.editor, made.phase_id, section_id,
        to_revision_id=new.revision_id, note="Vain kirjoitusvirhe korjattiin.",
    )  # fmt: skip
    with installation.database.read() as session:
        return session.scalars(select(Carry.id)).one()


def test_who_objects_gets_a_receipt_at_once_with_their_words(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, key="approval", people=1, open_to_all=False)
    approver = link_actor(installation, made.people[0])
    decide_all(installation, approver, approval_lines(installation, made.phase_id))
    with installation.database.write() as session:
        first = newest(installation, MessageKind.APPROVAL_RECEIPT)
        session.get_one(Message, first).state = MessageState.SENT
    clock.at += timedelta(hours=1)
    carry_id = _carry_over_a_correction(installation, made)
    for _press in range(2):
        object_to_carry(installation, approver, carry_id, "Merkitys muuttui.")
    with installation.database.read() as session:
        posted = session.scalars(
            select(Message).where(Message.kind == MessageKind.APPROVAL_RECEIPT, Message.id != first)
        ).one()
        assert posted.not_before == clock.now()
    letter = write(installation, posted.id)
    assert letter is not None
    for form in ("plain", "html"):
        body = " ".join(part(opened(letter), form).split())
        assert "Vastauksesi ei koske muutettua tekstiä." in body
        assert "Merkitys muuttui." in body
