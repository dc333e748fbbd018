"""Proposals about the structure stand in the one ledger, with what they ask for."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.proposals import ProposalAct, Proposed, StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, ContributionSection
from reviewtool.models.proposals import Proposal, StructureChange
from reviewtool.services._gate import open_items
from reviewtool.services.moving import place_section
from reviewtool.services.proposals import Decision, Words, propose, propose_as_editor
from reviewtool.services.structure import rename_section
from tests.factories.contributions import make_table


def test_a_participant_proposes_a_merger_once(installation: Installation) -> None:
    table = make_table(installation, people=1)
    texts, actor, request = table.round.texts, table.actors[0], new_id()
    proposed = Proposed(ProposalAct.MERGE, texts.first, (texts.second, texts.first), "Arjen tuki")

    said = Words("Ihmiset eivät erota näitä.")
    first = propose(installation, actor, proposed, said, request)
    assert propose(installation, actor, proposed, said, request) == first
    other = Words("Nämä on usein sama ryhmä.")
    assert propose(installation, actor, proposed, other, request) != first

    with installation.database.read() as session:
        contribution = session.get_one(Contribution, first)
        row = session.get_one(Proposal, first)
        others = session.scalars(
            select(ContributionSection.section_id).where(
                ContributionSection.contribution_id == first
            )
        ).all()
        count = session.scalar(select(func.count()).select_from(Proposal))
    assert contribution.kind is ContributionKind.PROPOSAL
    assert (contribution.section_id, contribution.phase_id) == (texts.first, table.round.phase_id)
    assert (row.act, row.title, others) == (ProposalAct.MERGE, "Arjen tuki", [texts.second])
    assert count == 2, "other words under the same form are never passed over"


@pytest.mark.parametrize(
    ("proposed", "reason"),
    [
        (Proposed(ProposalAct.ADD), Reason.TITLE_MISSING),
        (Proposed(ProposalAct.RENAME, title="Uusi nimi"), Reason.SECTION_MISSING),
        (Proposed(ProposalAct.DROP, "0" * 16), Reason.NOT_FOUND),
    ],
)
def test_what_is_missing_is_named(
    installation: Installation, proposed: Proposed, reason: Reason
) -> None:
    table = make_table(installation, people=1)
    with pytest.raises(Refused) as refused:
        propose_as_editor(
            installation, table.round.editor, table.round.phase_id, proposed, "", new_id()
        )
    assert refused.value.reason is reason


def test_a_wish_that_stands_already_is_answered_and_changes_nothing(
    installation: Installation,
) -> None:
    table = make_table(installation, people=1)
    texts, editor, phase_id = table.round.texts, table.round.editor, table.round.phase_id

    def wish(proposed: Proposed) -> Decision:
        return Decision(
            propose_as_editor(installation, editor, phase_id, proposed, "", new_id()), "On jo."
        )

    renaming = wish(Proposed(ProposalAct.RENAME, texts.first, title="Vertaistuki"))
    moving = wish(Proposed(ProposalAct.MOVE, texts.first, parent_id=texts.area))
    for _press in range(2):
        rename_section(installation, editor, texts.first, "fi", "Vertaistuki", new_id(), renaming)
        place_section(installation, editor, texts.first, texts.area, new_id(), moving)
    with installation.database.read() as session:
        answers = session.execute(select(Answer.kind, Answer.version)).all()
        acts = session.scalars(select(StructureChange.act)).all()
    assert [tuple(one) for one in answers] == [(AnswerKind.TAKEN, 1)] * 2
    assert StructureAct.RENAME not in acts
    assert StructureAct.MOVE not in acts


def test_another_name_than_the_proposed_one_is_taken_in_other_words(
    installation: Installation,
) -> None:
    table = make_table(installation, people=1)
    texts, editor = table.round.texts, table.round.editor
    proposed = Proposed(ProposalAct.RENAME, texts.first, title="Vertaisryhmät")
    one = propose(installation, table.actors[0], proposed, Words(), new_id())
    rename_section(
        installation, editor, texts.first, "fi", "Rinnalla", new_id(), Decision(one, "Lyhyempi.")
    )
    with installation.database.read() as session:
        given = session.scalars(select(Answer)).one()
        assert open_items(session, table.round.handbook.id) == ()
    assert given.kind is AnswerKind.TAKEN_IN_OTHER_WORDS
