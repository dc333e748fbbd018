"""Publishing a draft: what has to stand before, and what is said of what doesn't."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.approvals import Decision
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.messages import Message
from reviewtool.services import phases
from reviewtool.services.answers import Answering, answer
from reviewtool.services.publication import publish
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.people import link_actor
from tests.factories.rounds import make_round


def test_publishing_lists_what_is_missing_and_silence_stays_silence(
    installation: Installation,
) -> None:
    approval = make_round(installation, key="approval", people=2, open_to_all=False)
    approver, second = (link_actor(installation, person) for person in approval.people)
    lines = approval_lines(installation, approval.phase_id)
    decide_all(installation, approver, lines[1:])
    decide_all(installation, second, lines[1:2], Decision.CHANGES_REQUESTED, "Lisää lähde.")
    with pytest.raises(Refused) as refused:
        publish(installation, approval.editor, approval.handbook.id, approval.draft_id)
    assert {(missing.reason, missing.id) for missing in refused.value.missing} == {
        (Reason.PHASE_OPEN, approval.phase_id),
        (Reason.APPROVALS_MISSING, lines[0].section_id),
        (Reason.OBJECTION_OPEN, lines[1].section_id),
        (Reason.UNANSWERED, lines[1].section_id),
    }

    decide_all(installation, second, lines[:2])
    phases.close(installation, approval.editor, approval.phase_id, new_id())
    with pytest.raises(Refused) as refused:
        publish(installation, approval.editor, approval.handbook.id, approval.draft_id)
    assert [(one.reason, one.id) for one in refused.value.missing] == [
        (Reason.UNANSWERED, lines[1].section_id)
    ], "the request for changes waits for its answer"
    with installation.database.read() as session:
        asked = session.scalars(select(Contribution.id)).one()
    noted = Answering(AnswerKind.NOT_TAKEN, "Lähde on jo luvussa 1.")
    answer(installation, approval.editor, [asked], noted, new_id())
    publish(installation, approval.editor, approval.handbook.id, approval.draft_id)
    with installation.database.read() as session:
        shown = session.scalars(select(Answer)).one()
        told = session.scalars(select(Message).where(Message.kind == MessageKind.ANSWERS)).one()
    assert (shown.state, shown.published_draft_id) == (AnswerState.PUBLISHED, approval.draft_id)
    assert told.person_id == second.person_id
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Approval)) == len(lines) + 2
