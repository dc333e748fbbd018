"""Who reads which decisions of an approval phase, and on the texts of which language."""

from reviewtool.domain.actors import Actor
from reviewtool.infra.installation import Installation
from reviewtool.queries.approvals import approvers, decisions
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.people import link_actor
from tests.factories.rounds import make_round


def test_decisions_are_read_for_one_language_by_those_whom_they_concern(
    installation: Installation,
) -> None:
    approval = make_round(installation, key="approval", people=2, open_to_all=False)
    approver = link_actor(installation, approval.people[0])
    lines = approval_lines(installation, approval.phase_id)
    decide_all(installation, approver, lines)
    shown = {line.section_id: line.text_hash for line in lines}
    other = link_actor(installation, approval.people[1])
    stranger = make_round(installation, key="approval").editor
    with installation.database.read() as session:

        def count(actor: Actor, language: str) -> int:
            return len(decisions(session, actor, approval.phase_id, shown, language))

        assert count(approval.editor, "fi") == len(lines)
        assert count(approver, "fi") == len(lines)
        assert count(approval.editor, "sv") == 0, "a decision on another text"
        assert count(other, "fi") == 0
        assert count(stranger, "fi") == 0
        assert len(approvers(session, approval.editor, approval.phase_id)) == 2
        assert approvers(session, stranger, approval.phase_id) == []
        assert approvers(session, approver, approval.phase_id) == []
