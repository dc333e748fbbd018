"""The step that tells approvers that a text which they decided on has changed (rule 5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseKind, PhaseState
from reviewtool.models.approvals import Approval
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision
from reviewtool.services._outbox import post

CARRY_FIRST = timedelta(minutes=30)
"""How long the mail waits, so that an editor can record the change as editorial: then another one
tells of it.
"""


def tell_of_change(session: Session, now: datetime, draft_id: str, revision: Revision) -> None:
    """Mail everybody whose decision was given to another text than the one that a draft has now.

    Only in approval phases that look at the draft and aren't closed; 1 query and 2 for each mail.
    """
    rows = session.execute(
        select(Approval.id, Invitation, Person.language, Phase.handbook_id, Link.id.label("link"))
        .join(Phase, Phase.id == Approval.phase_id)
        .join(Invitation, Invitation.id == Approval.invitation_id)
        .join(Person, Person.id == Invitation.person_id)
        .join(Link, (Link.invitation_id == Invitation.id) & Link.revoked_at.is_(None))
        .where(
            Phase.draft_id == draft_id,
            Phase.kind == PhaseKind.APPROVAL,
            Phase.state != PhaseState.CLOSED,
            Approval.section_id == revision.section_id,
            Approval.language == revision.language,
            Approval.superseded_at.is_(None),
            Approval.text_hash != revision.text_hash,
            Invitation.address_id.is_not(None),
        )
        .order_by(Approval.id, Link.created_at, Link.id)
    ).all()
    for row in rows:
        post(
            session,
            now,
            MessageKind.APPROVAL_LAPSED,
            f"approval-lapsed:{row.id}:{revision.id}",
            person_id=row.Invitation.person_id,
            address_id=row.Invitation.address_id,
            language=row.language,
            handbook_id=row.handbook_id,
            phase_id=row.Invitation.phase_id,
            context={"approval": row.id, "revision": revision.id, "link": row.link},
            not_before=now + CARRY_FIRST,
        )
        session.flush()
