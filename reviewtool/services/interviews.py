"""Use cases of the editors' interviews: noting who spoke and what was said, and sending it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel, ContributionKind, ContributionState, NameShown
from reviewtool.domain.days import local_day
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.interviews import Interview, InterviewNote
from reviewtool.models.people import Person
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._interviews import Loaded, load_interview, mail_person
from reviewtool.services._policy import require
from reviewtool.services._recording import (
    Said,
    Speaker,
    Target,
    add_recorded,
    check_said,
    check_speaker,
    find_speaker,
    invite_recorded,
    load_phase,
    target,
)
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

__all__ = ["Held", "Said", "Speaker", "add_notes", "change", "hold", "send"]

LONGEST_ROLE = 300


@dataclass(frozen=True)
class Held:
    """When somebody was interviewed, in what role, and what they agreed to."""

    held_on: date
    role: str
    consent: NameShown
    quotable: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """List all of it, for comparing repeated presses."""
        return (self.held_on.isoformat(), self.role, self.consent.value, str(self.quotable))


def hold(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    speaker: Speaker,
    held: Held,
    request_id: str,
) -> str:
    """Note that somebody was interviewed; gives the interview's id.

    With an address the person can later be sent the link to what was noted. Raises Refused:
    empty, too long, bad address, dates wrong (a day to come), not found (no interviews phase).
    """
    now = installation.clock.now()
    check_speaker(speaker)
    words = [phase_id, str(speaker), *held.all]
    with installation.database.write() as session:
        phase, zone = load_phase(session, phase_id)
        require(actor, Action.SEE_LEDGER, handbook_facts(session, phase.handbook_id))
        if phase.kind is not PhaseKind.INTERVIEWS:
            raise Refused(Reason.NOT_FOUND)
        _check(held, now, zone)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        person, organisation_id = find_speaker(session, phase.handbook_id, speaker, now)
        invitation = invite_recorded(session, phase, person, organisation_id, speaker.address, now)
        row = Interview(
            phase_id=phase.id,
            invitation_id=invitation.id,
            held_on=held.held_on,
            role=held.role.strip(),
            consent=held.consent,
            quotable=held.quotable,
            created_at=now,
        )
        session.add(row)
        session.flush()
        remember(session, actor, request_id, words, row.id, now)
        facts = {"phase": phase.id, "invitation": invitation.id}
        trace(session, actor, now, phase.handbook_id, Act.INTERVIEW_HELD, row.id, facts)
        return row.id


def change(
    installation: Installation,
    actor: Actor,
    interview_id: str,
    seen: Held,
    held: Held,
    request_id: str,
) -> None:
    """Correct when, in what role and with what consent somebody spoke; the notes follow.

    seen: what the form began from. Raises Refused: edit conflict where a colleague has changed
    it meanwhile; too long; dates wrong.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        interview = _for_editing(session, actor, interview_id)
        _phase, zone = load_phase(session, interview.phase.id)
        _check(held, now, zone)
        before = earlier(session, actor, request_id, held.all)
        if before is not None and before.same_words:
            return
        row = interview.row
        if _held(row) not in (seen, held):
            raise Refused(Reason.EDIT_CONFLICT)
        row.held_on, row.role = held.held_on, held.role.strip()
        row.consent, row.quotable = held.consent, held.quotable
        row.confirmed_at = None
        notes = select(InterviewNote.contribution_id).where(
            InterviewNote.interview_id == interview_id
        )
        session.execute(
            update(Contribution)
            .where(Contribution.id.in_(notes))
            .values(name_shown=held.consent, publish_consent=held.quotable, said_on=held.held_on)
        )
        remember(session, actor, request_id, held.all, interview_id, now)
        handbook_id = interview.phase.handbook_id
        facts = {"consent": held.consent.value, "quotable": held.quotable}
        trace(session, actor, now, handbook_id, Act.INTERVIEW_CHANGED, interview_id, facts)


def add_notes(
    installation: Installation,
    actor: Actor,
    interview_id: str,
    said: Sequence[Said],
    request_id: str,
) -> tuple[str, ...]:
    """Note what was said, several at once; gives the contributions' ids.

    Each is the person's contribution, with the consent of the interview. Other words under the
    same request id are noted beside the first. Raises Refused: empty, too long, passage gone.
    """
    now = installation.clock.now()
    said = [replace(one, kind=ContributionKind.INTERVIEW_NOTE) for one in said]
    check_said(said)
    words = [interview_id, *(part for one in said for part in one.all)]
    with installation.database.read() as session:
        interview = load_interview(session, interview_id, lock=False)
        require(actor, Action.SEE_LEDGER, handbook_facts(session, interview.phase.handbook_id))
        targets = [target(session, interview.phase, one) for one in said]
    with installation.database.write() as session:
        interview = _for_editing(session, actor, interview_id)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return tuple(before.object_id.split())
        rows = [_add(session, actor, now, interview, one) for one in targets]
        interview.row.confirmed_at = None
        ids = tuple(row.id for row in rows)
        remember(session, actor, request_id, words, " ".join(ids), now)
        for row in rows:
            facts = {
                "phase": row.phase_id,
                "kind": row.kind.value,
                "channel": row.channel.value,
                "interview": interview_id,
            }
            trace(session, actor, now, row.handbook_id, Act.CONTRIBUTION_MADE, row.id, facts)
        return ids


def send(installation: Installation, actor: Actor, interview_id: str, request_id: str) -> None:
    """Mail the person a link to read what was noted, and to say whether it is right.

    Raises Refused (not possible now) where nothing has been noted, or there is no address.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        interview = _for_editing(session, actor, interview_id)
        before = earlier(session, actor, request_id, ["send", interview_id])
        if before is not None:
            return
        noted = (
            select(InterviewNote.contribution_id)
            .join(Contribution, Contribution.id == InterviewNote.contribution_id)
            .where(
                InterviewNote.interview_id == interview_id,
                Contribution.state != ContributionState.WITHDRAWN,
            )
            .limit(1)
        )
        event = f"interview-notes:{interview_id}:{request_id}"
        if session.scalar(noted) is None or not mail_person(session, now, interview, event):
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        interview.row.sent_at = now
        remember(session, actor, request_id, ["send", interview_id], interview_id, now)
        trace(session, actor, now, interview.phase.handbook_id, Act.INTERVIEW_SENT, interview_id)


def _held(row: Interview) -> Held:
    return Held(row.held_on, row.role, row.consent, row.quotable)


def _check(held: Held, now: datetime, zone: str) -> None:
    if len(held.role) > LONGEST_ROLE:
        raise Refused(Reason.TOO_LONG)
    if held.held_on > local_day(now, zone):
        raise Refused(Reason.DATES_WRONG)


def _for_editing(session: Session, actor: Actor, interview_id: str) -> Loaded:
    interview = load_interview(session, interview_id)
    require(actor, Action.SEE_LEDGER, handbook_facts(session, interview.phase.handbook_id))
    return interview


def _add(
    session: Session, actor: Actor, now: datetime, interview: Loaded, noted: Target
) -> Contribution:
    """Add a note as the person's contribution, with what they agreed to."""
    row, invitation = interview.row, interview.invitation
    words = replace(
        noted.said.words,
        replacement=None,
        publish_consent=row.quotable,
        name_shown=row.consent,
    )
    contribution = add_recorded(
        session,
        actor,
        now,
        interview.phase,
        found(session.get(Person, invitation.person_id)),
        invitation.organisation_id,
        Channel.INTERVIEW,
        row.held_on,
        replace(noted, said=replace(noted.said, words=words)),
    )
    session.add(InterviewNote(contribution_id=contribution.id, interview_id=row.id))
    return contribution
