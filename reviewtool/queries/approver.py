"""What an approver's pages show besides the decisions: request, texts, own words, earlier draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, or_, select, tuple_
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import (
    ContributionKind,
    ContributionState,
    is_blind,
    told_number,
)
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.phases import PhaseKind, PhaseTimes, closes_at
from reviewtool.models.answers import Answer
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision
from reviewtool.queries.contacts import contact_of
from reviewtool.queries.extended import of_invitation
from reviewtool.queries.facts import found
from reviewtool.queries.openness import standing_section
from reviewtool.queries.texts import EarlierText, readable_by


@dataclass(frozen=True)
class ApprovalRequest:
    """What an approver is asked, by whom, for whom, until when."""

    handbook_id: str
    handbook_title: dict[str, str]
    language: str
    phase_id: str
    title: dict[str, str]
    request: dict[str, str]
    closes_on: date | None
    closes_at: datetime | None
    extended: bool
    """Whether the approver's organisation has more time than the others."""
    responsible_name: str
    responsible_phone: str
    responsible_email: str
    draft_id: str | None
    draft_label: str
    name: str
    organisation: str
    passed_on: bool
    """Whether a colleague has taken the task over."""
    declined: bool


def approval_request(session: Session, actor: Actor) -> ApprovalRequest:
    """Read what the actor's approval phase asks; 1 query. Raises Refused (not found)."""
    row = found(
        session.execute(
            select(
                Phase,
                Handbook,
                Draft,
                Invitation.state,
                Person.name,
                Organisation.name.label("organisation"),
                Extension.closes_on.label("extended_to"),
            )
            .join(Handbook, Handbook.id == Phase.handbook_id)
            .join(Invitation, Invitation.phase_id == Phase.id)
            .join(Person, Person.id == Invitation.person_id)
            .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
            .outerjoin(Draft, Draft.id == Phase.draft_id)
            .outerjoin(Extension, of_invitation())
            .where(Phase.id == actor.phase_id, Invitation.id == actor.invitation_id)
        ).one_or_none()
    )
    phase, handbook = row.Phase, row.Handbook
    times = PhaseTimes(
        phase.state, phase.opens_on, phase.closes_on, handbook.time_zone, row.extended_to
    )
    contact = contact_of(phase, handbook)
    return ApprovalRequest(
        handbook_id=handbook.id,
        handbook_title=handbook.title,
        language=handbook.language,
        phase_id=phase.id,
        title=phase.title,
        request=phase.request,
        closes_on=times.last_day,
        closes_at=closes_at(times),
        extended=times.last_day != phase.closes_on,
        responsible_name=contact.name,
        responsible_phone=contact.phone,
        responsible_email=contact.email,
        draft_id=phase.draft_id,
        draft_label=row.Draft.label if row.Draft else "",
        name=row.name,
        organisation=row.organisation or "",
        passed_on=row.state is InvitationState.PASSED_ON,
        declined=row.state is InvitationState.DECLINED,
    )


def text_seen_before(
    session: Session, actor: Actor, section_id: str, language: str, draft_id: str
) -> EarlierText | None:
    """Find the section's text that the actor knows: the one decided on, where that was another.

    Otherwise the one of the newest earlier draft that the actor was asked about; for somebody who
    comes for the first time, of the draft before the one shown. Never of a later one, which the
    actor isn't shown. 2 queries. Raises Refused (not found).
    """
    here = found(session.get(Draft, draft_id))
    shown = (
        select(Revision.text_hash)
        .join(DraftItem, DraftItem.revision_id == Revision.id)
        .where(
            DraftItem.draft_id == draft_id,
            DraftItem.section_id == section_id,
            DraftItem.language == language,
        )
        .correlate(None)
        .scalar_subquery()
    )
    decided = select(Approval.revision_id).where(
        Approval.person_id == actor.person_id,
        Approval.superseded_at.is_(None),
        Approval.text_hash != shown,
    )
    asked = (
        select(Phase.draft_id)
        .join(Invitation, Invitation.phase_id == Phase.id)
        .where(Invitation.person_id == actor.person_id, Phase.kind == PhaseKind.ROUND)
    )
    row = session.execute(
        select(Draft, Revision.text)
        .join(DraftItem, DraftItem.draft_id == Draft.id)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(
            DraftItem.section_id == section_id,
            DraftItem.language == language,
            Draft.handbook_id == here.handbook_id,
            tuple_(Draft.number, Draft.correction) < (here.number, here.correction),
        )
        .order_by(
            case((Revision.id.in_(decided), 2), (Draft.id.in_(asked), 1), else_=0).desc(),
            Draft.number.desc(),
            Draft.correction.desc(),
        )
        .limit(1)
    ).one_or_none()
    return EarlierText(row.Draft.label, row.text) if row else None


def text_of_hash(
    session: Session, actor: Actor, draft_id: str, section_id: str, language: str, text_hash: str
) -> EarlierText | None:
    """Find the frozen text that somebody had before them; None where there is none. 1 query."""
    row = session.execute(
        select(Draft, Revision.text)
        .join(DraftItem, DraftItem.draft_id == Draft.id)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(
            DraftItem.section_id == section_id,
            DraftItem.language == language,
            Revision.text_hash == text_hash,
            readable_by(actor),
            Draft.id != draft_id,
        )
        .order_by(Draft.number.desc(), Draft.correction.desc())
        .limit(1)
    ).one_or_none()
    return EarlierText(row.Draft.label, row.text) if row else None


@dataclass(frozen=True)
class OwnWord:
    """Something that the person said of a section, with its published answer."""

    number: int | None
    """None where it would tell how much others have said (a blind round)."""
    kind: ContributionKind
    quote: str
    words: str
    replacement: str | None
    language: str
    created_at: datetime
    answer: AnswerKind | None
    reason: str
    answered_at: datetime | None


def own_words(session: Session, actor: Actor, section_id: str) -> list[OwnWord]:
    """List what the actor said of a section in all phases, oldest first; 1 query."""
    rows = session.execute(
        select(Contribution, Answer)
        .outerjoin(
            Answer,
            (Answer.contribution_id == Contribution.id) & (Answer.state == AnswerState.PUBLISHED),
        )
        .where(
            Contribution.author_id == actor.person_id,
            or_(Contribution.section_id == section_id, standing_section() == section_id),
            Contribution.state == ContributionState.RECEIVED,
        )
        .order_by(Contribution.number)
    )
    return [
        OwnWord(
            number=told_number(
                row.Contribution.number,
                blind=is_blind(row.Contribution.sharing, row.Contribution.shared_from, actor.today),
            ),
            kind=row.Contribution.kind,
            quote=row.Contribution.quote,
            words=row.Contribution.words,
            replacement=row.Contribution.replacement,
            language=row.Contribution.language,
            created_at=row.Contribution.created_at,
            answer=row.Answer.kind if row.Answer else None,
            reason=row.Answer.reason if row.Answer else "",
            answered_at=row.Answer.published_at if row.Answer else None,
        )
        for row in rows
    ]
