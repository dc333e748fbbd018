"""The use case of giving one organisation more time than the others."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import TAKING_PART
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import ASKING, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.extensions import Extension
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, phase_facts
from reviewtool.services._mailing import mail_many, recipients
from reviewtool.services._phases import load_phase, zone_of
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

LONGEST_REASON = 2_000


def give_extension(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    organisation_id: str,
    closes_on: date,
    reason: str,
    request_id: str,
) -> int:
    """Let one organisation write until the end of a later day; gives how many people are told.

    Given again, the later words count. Also after the phase has closed for the others. Raises
    Refused: reason missing, too long, dates wrong, not possible now, not found, not allowed.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(Reason.REASON_MISSING)
    if len(reason) > LONGEST_REASON:
        raise Refused(Reason.TOO_LONG)
    now = installation.clock.now()
    words = ["extension", phase_id, organisation_id, closes_on.isoformat(), reason]
    with installation.database.write() as session:
        phase = load_phase(session, phase_id)
        require(actor, Action.RUN_PROCESS, phase_facts(session, phase_id, now))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return 0
        _check(session, phase, organisation_id, closes_on, now)
        extension = _find_or_make(session, phase_id, organisation_id)
        extension.closes_on, extension.reason = closes_on, reason
        extension.given_by_id, extension.created_at = actor.person_id, now
        session.add(extension)
        session.flush()
        told = _tell(session, phase, extension, now)
        remember(session, actor, request_id, words, extension.id, now)
        facts: dict[str, str | int | bool | None] = {
            "organisation": organisation_id,
            "closes_on": closes_on.isoformat(),
            "mailed": told,
        }
        trace(session, actor, now, phase.handbook_id, Act.EXTENSION_GIVEN, phase_id, facts)
        return told


def _check(
    session: Session, phase: Phase, organisation_id: str, closes_on: date, now: datetime
) -> None:
    if phase.kind not in ASKING or phase.state is PhaseState.PLANNED:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    asked = select(Invitation.id).where(
        Invitation.phase_id == phase.id, Invitation.organisation_id == organisation_id
    )
    found(session.scalar(asked.limit(1)))
    too_early = phase.closes_on is not None and closes_on <= phase.closes_on
    if too_early or closes_on < local_day(now, zone_of(session, phase)):
        raise Refused(Reason.DATES_WRONG)


def _find_or_make(session: Session, phase_id: str, organisation_id: str) -> Extension:
    known = session.scalar(
        select(Extension)
        .where(Extension.phase_id == phase_id, Extension.organisation_id == organisation_id)
        .with_for_update()
    )
    return known or Extension(phase_id=phase_id, organisation_id=organisation_id)


def _tell(session: Session, phase: Phase, extension: Extension, now: datetime) -> int:
    of_it = (Invitation.organisation_id == extension.organisation_id,)
    people = recipients(session, phase.id, TAKING_PART, only=of_it)
    kind = MessageKind.EXTENDED
    event = f"{kind.value}:{extension.id}:{extension.closes_on}"
    return mail_many(session, now, phase, kind, lambda _one: event, people)
