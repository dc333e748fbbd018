"""What came after the end: admitted or left out with a reason that its author is told."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from reviewtool.queries.contributions import own_of_handbook
from reviewtool.queries.late import late_decision, waiting_late
from reviewtool.queries.openness import open_by_section
from reviewtool.services.late import admit, leave_out
from tests.factories.contributions import Table, make_table, now_actor, say, stored


@pytest.fixture
def table(installation: Installation) -> Table:
    return make_table(installation)


def test_a_late_one_counts_once_admitted_and_its_author_is_told_either_way(
    installation: Installation, table: Table, clock: SetClock
) -> None:
    clock.advance(days=22)
    actor, editor = now_actor(installation, table), table.round.editor
    handbook_id = table.round.handbook.id
    one = say(installation, table, actor, "Myöhässä.", late=True)
    with installation.database.read() as session:
        assert waiting_late(session, editor, handbook_id) == 1
        assert open_by_section(session, handbook_id) == {}
        with pytest.raises(Refused):
            waiting_late(session, actor, handbook_id)
    with pytest.raises(Refused) as refused:
        leave_out(installation, editor, one, " ", new_id())
    assert refused.value.reason is Reason.REASON_MISSING
    with pytest.raises(Refused) as refused:
        admit(installation, actor, one, "Otetaan.", new_id())
    assert refused.value.reason is Reason.NOT_ALLOWED
    request_id = new_id()
    for _press in range(2):
        leave_out(installation, editor, one, "Luonnos on jo vahvistettu.", request_id)
    assert stored(installation, one).state is ContributionState.LEFT_OUT
    assert _told(installation, table) == [("Luonnos on jo vahvistettu.", False)]
    with installation.database.read() as session:
        assert open_by_section(session, handbook_id) == {}
        assert waiting_late(session, editor, handbook_id) == 0
    admit(installation, editor, one, "Ehtii sittenkin.", new_id())
    assert stored(installation, one).state is ContributionState.RECEIVED
    assert _told(installation, table) == [("Ehtii sittenkin.", True)]
    with installation.database.read() as session:
        assert open_by_section(session, handbook_id) == {table.section_id: 1}
        decided = late_decision(session, editor, handbook_id, one)
        mails = session.scalars(
            select(Message.person_id).where(Message.kind == MessageKind.LATE_DECIDED)
        ).all()
    assert decided is not None
    assert decided.reason == "Ehtii sittenkin."
    assert mails == [actor.person_id] * 2
    with pytest.raises(Refused) as refused:
        leave_out(installation, editor, one, "Eipä sittenkään.", new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def _told(installation: Installation, table: Table) -> list[tuple[str, bool]]:
    """Give what the author reads on their own page; others never read it."""
    with installation.database.read() as session:
        others = own_of_handbook(session, now_actor(installation, table, 1))
        own = own_of_handbook(session, now_actor(installation, table))
    assert others == []
    return [(line.late.reason, line.late.admitted) for line in own if line.late]
