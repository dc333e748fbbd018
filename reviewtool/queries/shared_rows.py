"""In which handbooks a person or an organisation has a part: these rows are shared by all."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from reviewtool.models.contributions import Contribution
from reviewtool.models.deputies import Deputy
from reviewtool.models.handbooks import Membership
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.people import Account
from reviewtool.models.phases import Convener, Phase


def person_handbooks(session: Session, ids: Collection[str]) -> set[str]:
    """List the handbooks in which persons take part, speak or have a role; 1 query."""
    invited = (
        select(Phase.handbook_id)
        .join(Invitation, Invitation.phase_id == Phase.id)
        .where(Invitation.person_id.in_(ids))
    )
    member = select(Membership.handbook_id).where(Membership.person_id.in_(ids))
    said = select(Contribution.handbook_id).where(Contribution.author_id.in_(ids))
    deputy = select(Deputy.handbook_id).where(Deputy.person_id.in_(ids) | Deputy.deputy_id.in_(ids))
    return set(session.scalars(union(invited, member, said, deputy)))


def organisation_handbooks(session: Session, ids: Collection[str]) -> set[str]:
    """List the handbooks in which organisations are asked, speak or convene; 1 query."""
    invited = (
        select(Phase.handbook_id)
        .join(Invitation, Invitation.phase_id == Phase.id)
        .where(Invitation.organisation_id.in_(ids))
    )
    asked = (
        select(Phase.handbook_id)
        .join(Assignment, Assignment.phase_id == Phase.id)
        .where(Assignment.organisation_id.in_(ids))
    )
    convening = (
        select(Phase.handbook_id)
        .join(Convener, Convener.phase_id == Phase.id)
        .where(Convener.organisation_id.in_(ids))
    )
    said = select(Contribution.handbook_id).where(Contribution.organisation_id.in_(ids))
    return set(session.scalars(union(invited, asked, convening, said)))


def has_sign_in(session: Session, person_id: str) -> bool:
    """Tell whether a person has an account, or a role in a handbook; 1 query."""
    account = select(Account.person_id).where(Account.person_id == person_id)
    member = select(Membership.person_id).where(Membership.person_id == person_id)
    return session.scalar(union(account, member).limit(1)) is not None
