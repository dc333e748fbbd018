"""Proposals about the structure stand in the one ledger, with what they ask for."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, ContributionSection
from reviewtool.models.proposals import Proposal
from reviewtool.services.proposals import Words, propose, propose_as_editor
from tests.factories.contributions import make_table


def test_a_participant_proposes_a_merger_once(installation: Installation) -> None:
    table = make_table(installation, people=1)
    texts, actor, request = table.round.texts, table.actors[0], new_id()
    proposed = Proposed(ProposalAct.MERGE, texts.first, (texts.second, texts.first), "Arjen tuki")

    said = Words("Ihmiset eivät erota näitä.")
    first = propose(installation, actor, proposed, said, request)
    assert propose(installation, actor, proposed, said, request) == first

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
    assert count == 1


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
