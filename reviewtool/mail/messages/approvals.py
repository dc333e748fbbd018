"""Mails about decisions that were made: the receipt, and the notices of a changed text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from reviewtool.domain.approvals import CarryFacts, Decision, Standing, standing
from reviewtool.mail.messages.changes import Changed, changes_of, pictures_of
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.models.approvals import Approval, Carry
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import DraftItem
from reviewtool.models.sections import Revision


@dataclass(frozen=True)
class Decided:
    """A decision on one text."""

    section: str
    decision: Decision
    statement: str
    comment: str
    fingerprint: str
    """The text's hash in groups, so that it can be read out."""
    decided_at: datetime
    objected_at: datetime | None
    """When its giver objected to an editor's carrying it over to a changed text."""
    objection: str


@dataclass(frozen=True, kw_only=True)
class ApprovalReceiptMail(Mail):
    """All decisions of a person in a phase that stand now."""

    url: str
    organisation: str
    decided: tuple[Decided, ...]
    open: bool


@dataclass(frozen=True, kw_only=True)
class CarriedMail(Mail):
    """A text was changed editorially after it had been approved."""

    url: str
    section: str
    decision: Decision
    note: str
    changes: tuple[Changed, ...]
    pictures: tuple[str, ...]
    """Sentences on the pictures that changed."""
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class LapsedMail(Mail):
    """A text was changed after it had been decided on, and the decision stays with the earlier."""

    url: str
    section: str
    decision: Decision
    reason: str
    changes: tuple[Changed, ...]
    pictures: tuple[str, ...]
    """Sentences on the pictures that changed."""
    fingerprint: str


def approval_receipt(rows: Rows) -> ApprovalReceiptMail:
    """Give the context of an approval's receipt."""
    return ApprovalReceiptMail(
        frame=rows.frame,
        url=rows.link_url,
        organisation=rows.organisation_name(rows.invitation.organisation_id),
        decided=_decided(rows),
        open=rows.phase_is_open,
    )


def carried(rows: Rows) -> CarriedMail:
    """Give the context of a notice of an editorial change, with just the difference."""
    carry = rows.required(Carry, "carry")
    approval = rows.session.get_one(Approval, carry.approval_id)
    old = rows.session.get_one(Revision, approval.revision_id)
    new = rows.session.get_one(Revision, carry.to_revision_id)
    return CarriedMail(
        frame=rows.frame,
        url=rows.link_url,
        section=new.title,
        decision=approval.decision,
        note=carry.note,
        changes=changes_of(new.title, old.text, new.text),
        pictures=pictures_of(old.text, new.text),
        fingerprint=fingerprint(new.text_hash),
    )


def still_carried(rows: Rows) -> bool:
    """Tell whether the carry still stands, on a decision that nobody has replaced since."""
    carry = rows.required(Carry, "carry")
    approval = rows.session.get_one(Approval, carry.approval_id)
    return carry.objected_at is None and approval.superseded_at is None


def lapsed(rows: Rows) -> LapsedMail:
    """Give the context of a notice that a text has changed, with just the difference."""
    approval = rows.required(Approval, "approval")
    old = rows.session.get_one(Revision, approval.revision_id)
    new = rows.required(Revision, "revision")
    return LapsedMail(
        frame=rows.frame,
        url=rows.link_url,
        section=new.title,
        decision=approval.decision,
        reason=new.note,
        changes=changes_of(new.title, old.text, new.text),
        pictures=pictures_of(old.text, new.text),
        fingerprint=fingerprint(new.text_hash),
    )


def still_lapsed(rows: Rows) -> bool:
    """Tell whether one can still decide on that very text, and the decision isn't given to it:
    neither anew, nor carried over by an editor.
    """
    approval = rows.required(Approval, "approval")
    new = rows.required(Revision, "revision")
    shown = rows.session.scalar(
        select(DraftItem.revision_id).where(
            DraftItem.draft_id == rows.the_phase.draft_id,
            DraftItem.section_id == new.section_id,
            DraftItem.language == new.language,
        )
    )
    if approval.superseded_at is not None or shown != new.id or not rows.phase_is_open:
        return False
    carries = rows.session.scalars(
        select(Carry).where(Carry.approval_id == approval.id).order_by(Carry.created_at, Carry.id)
    )
    known = [CarryFacts(one.from_hash, one.to_hash, one.objected_at is not None) for one in carries]
    return standing(approval.text_hash, new.text_hash, known) is Standing.EARLIER_TEXT


def has_decisions(rows: Rows) -> bool:
    """Tell whether there is a decision to give a receipt for."""
    return bool(_decided(rows))


def fingerprint(text_hash: str) -> str:
    """Give the first 64 bits of a text's hash in groups of four characters."""
    return " ".join(text_hash[start : start + 4] for start in range(0, 16, 4))


def _decided(rows: Rows) -> tuple[Decided, ...]:
    found = rows.session.execute(
        select(Approval, Revision.title, Contribution.words)
        .join(Revision, Revision.id == Approval.revision_id)
        .outerjoin(Contribution, Contribution.id == Approval.contribution_id)
        .where(
            Approval.invitation_id == rows.invitation.id,
            Approval.superseded_at.is_(None),
        )
    ).all()
    objections = _objections(rows, [row.Approval.id for row in found])
    places = rows.places
    ordered = sorted(found, key=lambda row: (places.get(row.Approval.section_id, -1), row.title))
    return tuple(
        Decided(
            section=row.title,
            decision=row.Approval.decision,
            statement=row.Approval.statement,
            comment=row.words or "",
            fingerprint=fingerprint(row.Approval.text_hash),
            decided_at=row.Approval.decided_at,
            objected_at=objected.objected_at if objected else None,
            objection=objected.objection if objected else "",
        )
        for row in ordered
        for objected in [objections.get(row.Approval.id)]
    )


def _objections(rows: Rows, approval_ids: list[str]) -> dict[str, Carry]:
    """Find the newest objection to a carry of each approval."""
    carries = rows.session.scalars(
        select(Carry)
        .where(Carry.approval_id.in_(approval_ids), Carry.objected_at.is_not(None))
        .order_by(Carry.objected_at, Carry.id)
    )
    return {one.approval_id: one for one in carries}
