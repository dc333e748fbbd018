"""What correcting one text of a frozen draft will do: for the page that asks first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.editions import next_number
from reviewtool.domain.people import AddressState
from reviewtool.domain.phases import PhaseKind, PhaseState
from reviewtool.models.approvals import Approval
from reviewtool.models.drafts import Draft
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address
from reviewtool.models.phases import Phase
from reviewtool.queries.drafts import DraftLine
from reviewtool.queries.editions import newest_publication
from reviewtool.queries.sections import editing


@dataclass(frozen=True)
class Effect:
    """Which edition readers get, and how many who decided on the text are mailed."""

    edition: str
    """Empty for a draft that the public doesn't read."""
    corrects: str
    """The edition that is corrected."""
    told: int


def effect_of_correction(
    session: Session,
    actor: Actor,
    handbook_id: str,
    draft: DraftLine,
    section_id: str,
    language: str,
) -> Effect:
    """Tell what correcting a text of a draft will do; 2 queries. Raises Refused (not allowed)."""
    editing(actor, handbook_id)
    newest = newest_publication(session, handbook_id)
    told = session.scalar(
        select(func.count(Invitation.person_id.distinct()))
        .select_from(Approval)
        .join(Phase, Phase.id == Approval.phase_id)
        .join(Draft, Draft.id == Phase.draft_id)
        .join(Invitation, Invitation.id == Approval.invitation_id)
        .join(Address, Address.id == Invitation.address_id)
        .where(
            Draft.handbook_id == handbook_id,
            Draft.number == draft.number,
            Phase.kind == PhaseKind.APPROVAL,
            Phase.state != PhaseState.CLOSED,
            Approval.section_id == section_id,
            Approval.language == language,
            Approval.superseded_at.is_(None),
            Address.state != AddressState.DEAD,
        )
    )
    if newest is None or newest.draft_number != draft.number:
        return Effect("", "", told or 0)
    after = next_number(newest.number, same_draft=True)
    return Effect(str(after), str(newest.number.edition), told or 0)
