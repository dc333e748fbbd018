"""What has been answered: it stays as it was answered, also where its round opens again."""

import pytest
from sqlalchemy import update

from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.services import contributions
from reviewtool.services.answers import Answering, answer
from reviewtool.services.contributions import Words
from tests.factories.contributions import make_table, say


def test_what_has_its_published_answer_is_changed_and_withdrawn_no_more(
    installation: Installation,
) -> None:
    table = make_table(installation)
    actor, editor = table.actors[0], table.round.editor
    made = say(installation, table, actor, "Ensin näin.")
    reason = "Asia on jo tekstissä toisin sanoin."
    answer(installation, editor, [made], Answering(AnswerKind.NOT_TAKEN, reason), new_id())
    contributions.edit(installation, actor, made, Words("Tarkennan vielä."), new_id())
    with installation.database.write() as session:
        session.execute(update(Answer).values(state=AnswerState.PUBLISHED))
    with pytest.raises(Refused) as edited:
        contributions.edit(installation, actor, made, Words("Toisin."), new_id())
    with pytest.raises(Refused) as withdrawn:
        contributions.withdraw(installation, actor, made, new_id())
    assert edited.value.reason is withdrawn.value.reason is Reason.ANSWERED
    with installation.database.read() as session:
        assert session.get_one(Contribution, made).words == "Tarkennan vielä."
