"""Steps of merging doubles: invitations, addresses and tasks of two rows become one's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.people import AddressState
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Choice, Contribution, Support
from reviewtool.models.deputies import Deputy
from reviewtool.models.extensions import Extension
from reviewtool.models.invitations import Assignment, AssignmentSection, Invitation
from reviewtool.models.messages import Message
from reviewtool.models.people import Address, Person
from reviewtool.models.statements import StatementMember
from reviewtool.services._repointing import repoint
from reviewtool.services._unsent import keep_both

FURTHEST = (
    InvitationState.CANCELLED,
    InvitationState.UNCONFIRMED,
    InvitationState.PREPARED,
    InvitationState.PASSED_ON,
    InvitationState.DECLINED,
    InvitationState.INVITED,
    InvitationState.CAME_IN,
    InvitationState.READY,
)
"""States from the least to the one that counts where a person has two."""


def join_addresses(session: Session, kept: Person, merged: Person, *, account: bool) -> None:
    """Put one person's addresses under another's; the same one stands once.

    account: the other signs in; what comes along is confirmed by nobody, and lets nobody in.
    """
    own = {one.folded: one for one in _addresses(session, kept.id)}
    for address in _addresses(session, merged.id):
        twin = own.get(address.folded)
        if twin is None:
            address.person_id = kept.id
            if account and address.state is AddressState.OK:
                address.state = AddressState.UNCONFIRMED
            continue
        if address.state is AddressState.OK and not account:
            twin.state = AddressState.OK
        repoint(session, "address", address.id, twin.id)
        session.delete(address)
    session.flush()
    session.expire(kept)
    session.expire(merged)
    for address in _addresses(session, kept.id):
        others = select(Address.id).where(
            Address.folded == address.folded, Address.person_id != kept.id
        )
        alone = session.scalar(others.limit(1)) is None
        if alone and not kept.box:
            address.shared = False


def _addresses(session: Session, person_id: str) -> list[Address]:
    return list(
        session.scalars(
            select(Address).where(Address.person_id == person_id).order_by(Address.created_at)
        )
    )


def join_invitations(session: Session, kept_id: str, merged_id: str, now: datetime) -> None:
    """Make one invitation of two into the same phase; the links of both go on working."""
    own = {
        one.phase_id: one
        for one in session.scalars(select(Invitation).where(Invitation.person_id == kept_id))
    }
    for invitation in session.scalars(
        select(Invitation).where(Invitation.person_id == merged_id)
    ).all():
        twin = own.get(invitation.phase_id)
        if twin is None:
            invitation.person_id = kept_id
        else:
            _join_invitation(session, twin, invitation, now)
    session.flush()


def _join_invitation(session: Session, kept: Invitation, merged: Invitation, now: datetime) -> None:
    if FURTHEST.index(merged.state) > FURTHEST.index(kept.state):
        kept.state = merged.state
    for name in ("invited_at", "came_in_at", "ready_at"):
        moments = [one for one in (getattr(kept, name), getattr(merged, name)) if one is not None]
        setattr(kept, name, min(moments, default=None))
    if kept.organisation_id in (None, merged.organisation_id):
        kept.vouched = merged.vouched or (kept.vouched and kept.organisation_id is not None)
    kept.organisation_id = kept.organisation_id or merged.organisation_id
    kept.address_id = kept.address_id or merged.address_id
    kept.decline_reason = kept.decline_reason or merged.decline_reason
    kept.unreached_note = kept.unreached_note or merged.unreached_note
    kept.reply_mail = kept.reply_mail and merged.reply_mail
    if kept.passed_from_id in (None, merged.id):
        kept.passed_from_id = merged.passed_from_id if merged.passed_from_id != kept.id else None
    keep_both(session, kept.id, merged.id)
    _keep_newest_choices(session, kept.id, merged.id)
    _supersede_older(session, kept.id, merged.id, now)
    for message in session.scalars(
        select(Message).where(
            Message.phase_id == merged.phase_id, Message.person_id == merged.person_id
        )
    ):
        if message.context.get("invitation") == merged.id:
            message.context = {**message.context, "invitation": kept.id}
    kept_id, merged_id = kept.id, merged.id
    repoint(session, "invitation", merged_id, kept_id)
    session.execute(delete(Invitation).where(Invitation.id == merged_id))


def _keep_newest_choices(session: Session, kept_id: str, merged_id: str) -> None:
    """Of two answers to one question on one text the later counts."""
    newest: dict[tuple[str, str | None], Choice] = {}
    for choice in session.scalars(
        select(Choice)
        .where(Choice.invitation_id.in_((kept_id, merged_id)))
        .order_by(Choice.updated_at.desc(), Choice.id)
    ).all():
        key = (choice.question_id, choice.section_id)
        if key in newest:
            session.delete(choice)
        newest.setdefault(key, choice)
    session.flush()


def _supersede_older(session: Session, kept_id: str, merged_id: str, now: datetime) -> None:
    """Of two decisions on one text the later counts; the earlier is kept as superseded."""
    seen: set[tuple[str, str]] = set()
    for approval in session.scalars(
        select(Approval)
        .where(Approval.invitation_id.in_((kept_id, merged_id)), Approval.superseded_at.is_(None))
        .order_by(Approval.decided_at.desc(), Approval.id)
    ):
        key = (approval.section_id, approval.language)
        if key in seen:
            approval.superseded_at = now
        seen.add(key)
    session.flush()


def forget_agreeing_with_oneself(session: Session, kept_id: str, merged_id: str) -> None:
    """Take away what one of the two said in support of the other: it is their own."""
    both = (kept_id, merged_id)
    own = select(Contribution.id).where(Contribution.author_id.in_(both))
    session.execute(
        delete(Support).where(Support.person_id.in_(both), Support.contribution_id.in_(own))
    )
    session.execute(delete(Deputy).where(Deputy.person_id.in_(both), Deputy.deputy_id.in_(both)))


def join_statement_work(session: Session, kept_id: str, merged_id: str) -> None:
    """Make one of two who worked on the same statement: they do as long as either still does."""
    theirs = session.scalars(
        select(StatementMember).where(StatementMember.person_id == merged_id)
    ).all()
    for other in theirs:
        own = session.get(StatementMember, (other.statement_id, kept_id))
        if own is None:
            continue
        own.joined_at = min(own.joined_at, other.joined_at)
        if own.left_at is None or other.left_at is None:
            own.left_at = None
        else:
            own.left_at = max(own.left_at, other.left_at)
    session.flush()


def join_tasks(session: Session, kept_id: str, merged_id: str) -> None:
    """Make one task and one last day of two organisations' in each phase."""
    _join_assignments(session, kept_id, merged_id)
    own = {
        one.phase_id: one
        for one in session.scalars(select(Extension).where(Extension.organisation_id == kept_id))
    }
    for extension in session.scalars(
        select(Extension).where(Extension.organisation_id == merged_id)
    ).all():
        twin = own.get(extension.phase_id)
        if twin is None:
            extension.organisation_id = kept_id
            continue
        if extension.closes_on > twin.closes_on:
            twin.closes_on, twin.reason = extension.closes_on, extension.reason
        session.delete(extension)
    session.flush()


def _join_assignments(session: Session, kept_id: str, merged_id: str) -> None:
    rows = session.scalars(
        select(Assignment).where(
            or_(Assignment.organisation_id == kept_id, Assignment.organisation_id == merged_id)
        )
    ).all()
    own = {one.phase_id: one for one in rows if one.organisation_id == kept_id}
    for assignment in rows:
        if assignment.organisation_id == kept_id:
            continue
        twin = own.get(assignment.phase_id)
        if twin is None:
            assignment.organisation_id = kept_id
            continue
        mine, theirs = _sections(session, twin.id), _sections(session, assignment.id)
        session.execute(
            delete(AssignmentSection).where(AssignmentSection.assignment_id == assignment.id)
        )
        # Who is asked about all stays asked about all: nothing asked for is lost.
        if mine and not theirs:
            session.execute(
                delete(AssignmentSection).where(AssignmentSection.assignment_id == twin.id)
            )
        elif mine:
            session.add_all(
                AssignmentSection(assignment_id=twin.id, section_id=one)
                for one in sorted(theirs - mine)
            )
        session.delete(assignment)
    session.flush()


def _sections(session: Session, assignment_id: str) -> set[str]:
    return set(
        session.scalars(
            select(AssignmentSection.section_id).where(
                AssignmentSection.assignment_id == assignment_id
            )
        )
    )
