"""Steps on interviews: finding one to change, mailing its person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState
from reviewtool.models.contributions import Contribution
from reviewtool.models.interviews import Interview, InterviewNote
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found
from reviewtool.services._mailing import Recipient, mail_many


@dataclass(frozen=True)
class Loaded:
    """An interview with its phase and the interviewed person's part in that."""

    row: Interview
    phase: Phase
    invitation: Invitation


@dataclass(frozen=True)
class LoadedNote:
    """A note, the contribution that it is, and its interview."""

    row: InterviewNote
    contribution: Contribution
    interview: Loaded


def load_interview(session: Session, interview_id: str, *, lock: bool = True) -> Loaded:
    """Read an interview, for changing it unless told otherwise. Raises Refused (not found)."""
    query = (
        select(Interview, Phase, Invitation)
        .join(Phase, Phase.id == Interview.phase_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .where(Interview.id == interview_id)
    )
    if lock:
        query = query.with_for_update(of=Interview)
    interview, phase, invitation = found(session.execute(query).one_or_none())
    return Loaded(interview, phase, invitation)


def load_note(session: Session, contribution_id: str) -> LoadedNote:
    """Read a note with its interview, for changing it. Raises Refused (not found)."""
    note = found(session.get(InterviewNote, contribution_id))
    interview = load_interview(session, note.interview_id)
    contribution = found(session.get(Contribution, contribution_id, with_for_update=True))
    session.refresh(note)
    return LoadedNote(note, contribution, interview)


def mail_person(
    session: Session,
    now: datetime,
    interview: Loaded,
    event: str,
    done: Mapping[str, str] | None = None,
) -> bool:
    """Mail the person the link to what was noted; False where they have no address that works.

    done: of one note only, what was done about it: its id, the move, the editors' turn.
    """
    invitation = interview.invitation
    address = session.get(Address, invitation.address_id) if invitation.address_id else None
    if address is None or address.state is AddressState.DEAD:
        return False
    person = session.get_one(Person, invitation.person_id)
    to = Recipient(invitation.id, person.id, address.id, person.language)
    named = {"interview": interview.row.id, **(done or {})}
    kind = MessageKind.INTERVIEW_NOTES
    return bool(mail_many(session, now, interview.phase, kind, lambda _to: event, [to], named))
