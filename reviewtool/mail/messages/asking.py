"""Mails that ask for something: invitation, request for approval, reminder, more time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from reviewtool.domain.contributions import ContributionState, Sharing
from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.links import Purpose
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.sections import minutes_to_read
from reviewtool.domain.unsent import OF_NO_TEXT
from reviewtool.infra.i18n import localized
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.mail.messages.said import section_titles
from reviewtool.models.contributions import Choice, Contribution, NothingToSay
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.extensions import Extension
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person
from reviewtool.models.phases import PhaseChange, PhaseSection
from reviewtool.models.sections import Revision
from reviewtool.models.unsent import Unsent
from reviewtool.queries.counting import things_said
from reviewtool.queries.extended import of_invitation

WAITING = frozenset({InvitationState.PREPARED, InvitationState.INVITED, InvitationState.CAME_IN})
"""States in which something is still asked of a person."""


@dataclass(frozen=True)
class Reading:
    """How much there is to read."""

    draft: str
    """The draft's number as people say it; empty where the phase looks at none."""
    texts: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class RequestMail(Mail):
    """An invitation or a request for approval; also what a colleague passed on."""

    url: str
    request: str
    reading: Reading
    sharing: Sharing
    shared_from: date | None
    approves: bool
    origin: Origin
    organisation: str
    passed_on_by: str
    text_language: str


@dataclass(frozen=True, kw_only=True)
class ReminderMail(Mail):
    """A reminder that names the smallest remaining step."""

    url: str
    approves: bool
    over: bool
    """The last day has passed; late answers are still taken."""
    begun: bool
    """They have sent something, or have words unsent."""
    said: int
    """Comments and answers sent so far, or texts decided on."""
    reading: Reading
    unspoken: int
    """Texts about which the recipient has said nothing yet."""
    unfinished: tuple[str, ...]
    """Titles of the texts on which they have left words unsent; empty: the whole handbook."""


@dataclass(frozen=True, kw_only=True)
class ExtendedMail(Mail):
    """There is more time."""

    url: str
    reason: str
    approves: bool
    finished: bool
    """The person had said that they are ready: nothing is asked, but they may add to it."""


def request(rows: Rows) -> RequestMail:
    """Give the context of an invitation, a request for approval, or a request passed on."""
    return RequestMail(
        frame=rows.frame,
        url=rows.link_url,
        request=localized(rows.the_phase.request, rows.message.language),
        reading=reading(rows),
        sharing=rows.the_phase.sharing,
        shared_from=rows.the_phase.shared_from,
        approves=rows.link.purpose is Purpose.APPROVE,
        origin=rows.invitation.origin,
        organisation=rows.organisation_name(rows.invitation.organisation_id),
        passed_on_by=_passed_on_by(rows),
        text_language=rows.the_handbook.language,
    )


def reminder(rows: Rows) -> ReminderMail:
    """Give the context of a reminder."""
    to_read, said, unfinished = reading(rows), _said(rows), _unfinished(rows)
    return ReminderMail(
        frame=rows.frame,
        url=rows.link_url,
        approves=rows.link.purpose is Purpose.APPROVE,
        over=not rows.phase_was_open(rows.message.created_at),
        begun=bool(said or unfinished),
        said=said,
        reading=to_read,
        unspoken=max(to_read.texts - _spoken_about(rows), 0),
        unfinished=unfinished,
    )


def extended(rows: Rows) -> ExtendedMail:
    """Give the context of a notice of more time."""
    return ExtendedMail(
        frame=rows.frame,
        url=rows.link_url,
        reason=_reason(rows),
        approves=rows.link.purpose is Purpose.APPROVE,
        finished=rows.invitation.state is InvitationState.READY,
    )


def _reason(rows: Rows) -> str:
    """Give why there is more time: for one organisation, or for all; written with the mail."""
    at = rows.message.created_at
    own = rows.session.scalar(
        select(Extension.reason)
        .join(Invitation, of_invitation())
        .where(Invitation.id == rows.invitation.id, Extension.created_at == at)
    )
    return (
        own
        or rows.session.scalar(
            select(PhaseChange.reason).where(
                PhaseChange.phase_id == rows.message.phase_id, PhaseChange.created_at == at
            )
        )
        or ""
    )


def reading(rows: Rows) -> Reading:
    """Count the texts that the phase is about, and how long they take to read."""
    draft_id = rows.the_phase.draft_id
    if draft_id is None:
        return Reading("", 0, 0)
    chosen = select(PhaseSection.section_id).where(PhaseSection.phase_id == rows.the_phase.id)
    counted = (
        select(func.count(), func.coalesce(func.sum(Revision.words), 0))
        .select_from(DraftItem)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(DraftItem.draft_id == draft_id, DraftItem.language == rows.the_handbook.language)
    )
    if rows.session.scalar(chosen.limit(1)) is not None:
        counted = counted.where(DraftItem.section_id.in_(chosen))
    texts, words = rows.session.execute(counted).one()
    label = rows.session.get_one(Draft, draft_id).label
    return Reading(label, texts, minutes_to_read(words))


def _passed_on_by(rows: Rows) -> str:
    earlier_id = rows.invitation.passed_from_id
    if earlier_id is None:
        return ""
    name = rows.session.scalar(
        select(Person.name)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(Invitation.id == earlier_id)
    )
    return name or ""


def _said(rows: Rows) -> int:
    """Count all that came from them, as the editors' list of who has answered counts it."""
    own = select(things_said()).where(Invitation.id == rows.invitation.id)
    return rows.session.scalar(own) or 0


def _spoken_about(rows: Rows) -> int:
    """Count the texts about which the recipient has said something, or that there is nothing."""
    said = select(Contribution.section_id).where(
        Contribution.phase_id == rows.message.phase_id,
        Contribution.author_id == rows.message.person_id,
        Contribution.state != ContributionState.WITHDRAWN,
    )
    chosen = select(Choice.section_id).where(Choice.invitation_id == rows.invitation.id)
    nothing = select(NothingToSay.section_id).where(
        NothingToSay.invitation_id == rows.invitation.id
    )
    return len(set(rows.session.scalars(said.union(chosen, nothing))) - {None})


def _unfinished(rows: Rows) -> tuple[str, ...]:
    """Name the places of half-written words; the words themselves are never read for a mail."""
    begun = rows.session.execute(
        select(Unsent.form, Unsent.section_id).where(Unsent.invitation_id == rows.invitation.id)
    )
    ids = [about for form, about in begun if form.partition(":")[0] not in OF_NO_TEXT]
    titles = section_titles(rows, {one for one in ids if one})
    places = rows.places
    ordered = sorted(set(ids), key=lambda one: (places.get(one or "", -1), one or ""))
    return tuple(titles.get(one or "", "") for one in ordered)


def still_asked(rows: Rows) -> bool:
    """Tell whether the request still stands: the person has not ended it, nor the phase."""
    if rows.invitation.state not in WAITING or rows.link.revoked_at is not None:
        return False
    return rows.phase is not None and (rows.phase_is_open or rows.phase.state is PhaseState.PLANNED)


def still_passed_on(rows: Rows) -> bool:
    """Tell whether a task that was passed on still stands, also with one who was ready before."""
    asked = rows.invitation.state in WAITING | {InvitationState.READY}
    return asked and rows.link.revoked_at is None and rows.phase_is_open


def still_to_remind(rows: Rows) -> bool:
    """Tell whether somebody still has something to do; a late "before" reminder is not sent.

    A reminder written after the last day goes out as long as the phase isn't planned anew; of an
    approval none does, which takes no answers after it.
    """
    if rows.invitation.state not in WAITING or rows.link.revoked_at is not None:
        return False
    if rows.link.purpose is Purpose.APPROVE:
        return rows.phase_is_open
    written_before = rows.phase_was_open(rows.message.created_at)
    return rows.phase_is_open or not written_before


def still_told(rows: Rows) -> bool:
    """Tell whether more time still matters to the person."""
    concerned = rows.invitation.state in WAITING | {InvitationState.READY}
    return concerned and rows.link.revoked_at is None and rows.phase_is_open
