"""What a participant's pages show: the round, its texts with progress, one text, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import (
    NameShown,
    QuestionKind,
    QuestionScope,
    Sharing,
    is_blind,
)
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.phases import (
    PhaseKind,
    PhaseState,
    PhaseTimes,
    RoundChannel,
    closes_at,
    is_open,
)
from reviewtool.models.contributions import Choice
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook, Localized
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase, Question
from reviewtool.models.sections import Revision
from reviewtool.queries.consent import name_shown_before
from reviewtool.queries.contacts import contact_of
from reviewtool.queries.extended import of_invitation
from reviewtool.queries.facts import found
from reviewtool.queries.statements import worked_for
from reviewtool.queries.texts import EarlierText, readable_by


@dataclass(frozen=True)
class RoundHead:
    """The round as the person behind a link meets it."""

    handbook_id: str
    handbook_title: Localized
    handbook_language: str
    phase_id: str
    kind: PhaseKind
    title: Localized
    request: Localized
    state: PhaseState
    is_open: bool
    opens_on: date | None
    closes_on: date | None
    closes_at: datetime | None
    extended: bool
    """Whether the reader's organisation has more time than the others."""
    time_zone: str
    sharing: Sharing
    shared_from: date | None
    blind: bool
    """Whether nobody but the editors reads yet what is said now."""
    channel: RoundChannel
    responsible_name: str
    responsible_phone: str
    responsible_email: str
    draft_id: str | None
    draft_label: str
    draft_number: int
    person_name: str
    name_shown: NameShown
    """As they chose it before in this round; else by their organisation."""
    organisation: str
    organisation_kind: str
    invitation_id: str
    invitation_state: InvitationState
    ready_at: datetime | None
    statement_of: str
    """The organisation on whose statement the reader works; empty: on none."""
    reply_mail: bool
    """Whether the reader is mailed of replies to what they wrote here."""


_HEAD = (Phase, Handbook, Invitation, Person, Organisation, Draft, Extension.closes_on)


def round_head(session: Session, actor: Actor, now: datetime) -> RoundHead:
    """Read the round of the actor's link; 1 query. Raises Refused (not found)."""
    row = found(
        session.execute(
            select(*_HEAD, worked_for(actor), name_shown_before(Phase.id, Person.id))
            .select_from(Link)
            .join(Phase, Phase.id == Link.phase_id)
            .join(Handbook, Handbook.id == Phase.handbook_id)
            .join(Invitation, Invitation.id == Link.invitation_id)
            .join(Person, Person.id == Link.person_id)
            .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
            .outerjoin(Draft, Draft.id == Phase.draft_id)
            .outerjoin(Extension, of_invitation())
            .where(Link.id == (actor.link_id or ""))
        ).one_or_none()
    )
    phase, handbook, invitation, person, organisation, draft, longer, statement_of, shown = row
    times = PhaseTimes(phase.state, phase.opens_on, phase.closes_on, handbook.time_zone, longer)
    contact = contact_of(phase, handbook)
    return RoundHead(
        handbook_id=handbook.id,
        handbook_title=handbook.title,
        handbook_language=handbook.language,
        phase_id=phase.id,
        kind=phase.kind,
        title=phase.title,
        request=phase.request,
        state=phase.state,
        is_open=is_open(times, now),
        opens_on=phase.opens_on,
        closes_on=times.last_day,
        extended=times.last_day != phase.closes_on,
        closes_at=closes_at(times),
        time_zone=handbook.time_zone,
        sharing=phase.sharing,
        shared_from=phase.shared_from,
        blind=is_blind(phase.sharing, phase.shared_from, actor.today),
        channel=phase.channel,
        responsible_name=contact.name,
        responsible_phone=contact.phone,
        responsible_email=contact.email,
        draft_id=phase.draft_id,
        draft_label=draft.label if draft else "",
        draft_number=draft.number if draft else 0,
        person_name=person.name,
        name_shown=shown or NameShown.ORGANISATION,
        organisation=organisation.name if organisation else "",
        organisation_kind=organisation.kind if organisation else "",
        invitation_id=invitation.id,
        invitation_state=invitation.state,
        ready_at=invitation.ready_at,
        statement_of=statement_of or "",
        reply_mail=invitation.reply_mail,
    )


@dataclass(frozen=True)
class QuestionLine:
    """A question of the round, with the reader's own chosen option."""

    id: str
    kind: QuestionKind
    words: Localized
    options: tuple[Localized, ...]
    chosen: int | None
    quote: str = ""
    """The words of the text that it is about."""


def questions(
    session: Session, head: RoundHead, scope: QuestionScope, section_id: str | None
) -> list[QuestionLine]:
    """List the round's questions on a section or on the whole, in order; 1 query."""
    rows = session.execute(
        select(Question, Choice.option)
        .outerjoin(
            Choice,
            (Choice.question_id == Question.id)
            & (Choice.invitation_id == head.invitation_id)
            & (Choice.section_id.is_(None) if section_id is None
               else Choice.section_id == section_id),
        )
        .where(
            Question.phase_id == head.phase_id,
            Question.scope == scope,
            or_(Question.section_id.is_(None), Question.section_id == section_id),
        )
        .order_by(Question.position)
    ).all()  # fmt: skip
    return [
        QuestionLine(
            id=row.Question.id,
            kind=row.Question.kind,
            words=row.Question.words,
            options=tuple(row.Question.options),
            chosen=row.option,
            quote=row.Question.quote,
        )
        for row in rows
    ]


def earlier_text(
    session: Session, actor: Actor, head: RoundHead, section_id: str, language: str
) -> EarlierText | None:
    """Read the section as its reader last saw it, in an earlier round, or else as the draft before
    the round's had it; 1 query.

    They saw a draft if they came in to a round about it: opening a page is never recorded.
    """
    seen = (
        select(Phase.draft_id)
        .join(Invitation, Invitation.phase_id == Phase.id)
        .where(Invitation.person_id == actor.person_id, Invitation.came_in_at.is_not(None))
    )
    row = session.execute(
        select(Draft, Revision.text)
        .join(DraftItem, DraftItem.draft_id == Draft.id)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(
            Draft.handbook_id == head.handbook_id,
            Draft.number < head.draft_number,
            readable_by(actor),
            DraftItem.section_id == section_id,
            DraftItem.language == language,
        )
        .order_by(
            case((Draft.id.in_(seen), 0), else_=1), Draft.number.desc(), Draft.correction.desc()
        )
        .limit(1)
    ).one_or_none()
    return EarlierText(row.Draft.label, row.text) if row else None
