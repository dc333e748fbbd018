"""Use cases of unsent words: kept as they are typed, discarded, cleared some time after the round.

Not traced: nobody but their writer ever learns of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.phases import PhaseState, PhaseTimes, is_open
from reviewtool.domain.policy import Action, Facts
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.unsent import (
    FORM,
    KEPT_AFTER,
    MOST_KEPT,
    PLACELESS,
    is_written,
    same_words,
)
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Section
from reviewtool.models.unsent import Unsent
from reviewtool.queries.extended import of_invitation
from reviewtool.queries.facts import phase_facts, seen_contribution_facts
from reviewtool.services._invitations import load_invitation
from reviewtool.services._policy import require
from reviewtool.services._requests import caused
from reviewtool.services._unsent import forget_unsent

AT_ONCE = 500


@dataclass(frozen=True)
class KeptUnsent:
    """What became of a keeping: the mark to write on from, or the other words that stand there."""

    mark: str
    at: datetime
    other: Mapping[str, str] | None = None
    """Words kept by another tab or device; nothing was overwritten."""


def keep_unsent(
    installation: Installation,
    actor: Actor,
    form: str,
    fields: Mapping[str, str],
    mark: str,
    request_id: str = "",
) -> KeptUnsent:
    """Keep what the person behind a link has half written, for them alone.

    mark: of what they write on from; where something else stands there by now, it comes back and
    stays. A form that has been sent meanwhile (its request id tells) leaves nothing; so does one
    without words. Raises Refused: not found, too long, not allowed.
    """
    if not FORM.fullmatch(form):
        raise Refused(Reason.NOT_FOUND)
    if sum(map(len, fields.values())) > MOST_KEPT:
        raise Refused(Reason.TOO_LONG)
    now = installation.clock.now()
    with installation.database.write() as session:
        facts = _own_phase(session, actor, now)
        invitation = load_invitation(session, actor.invitation_id)
        if caused(session, actor, request_id):
            return KeptUnsent("", now)
        row = session.scalar(
            select(Unsent).where(Unsent.invitation_id == invitation.id, Unsent.form == form)
        )
        if row is not None and row.mark != mark and not same_words(row.fields, fields):
            return KeptUnsent(row.mark, row.updated_at, row.fields)
        if row is not None and row.fields == fields:
            return KeptUnsent(row.mark, row.updated_at)
        if not is_written(fields):
            forget_unsent(session, actor, form)
            return KeptUnsent("", now)
        if row is None:
            section_id = _section(session, actor, facts, form, now)
            row = Unsent(invitation_id=invitation.id, form=form, section_id=section_id)
            session.add(row)
        row.fields, row.mark, row.updated_at = dict(fields), new_id(), now
        return KeptUnsent(row.mark, now)


def discard_unsent(installation: Installation, actor: Actor, form: str) -> None:
    """Throw away what one has half written in a form; nothing happens where there is nothing."""
    now = installation.clock.now()
    with installation.database.write() as session:
        _own_phase(session, actor, now)
        forget_unsent(session, actor, form)


def _own_phase(session: Session, actor: Actor, now: datetime) -> Facts:
    """Read the phase of a link, open or over. Raises Refused (not allowed) for anybody else."""
    if actor.phase_id is None:
        raise Refused(Reason.NOT_ALLOWED)
    facts = phase_facts(session, actor.phase_id, now, actor)
    require(actor, Action.KEEP_UNSENT, facts)
    return facts


def _section(session: Session, actor: Actor, facts: Facts, form: str, now: datetime) -> str | None:
    """Find the text that a form is about. Raises Refused (not found) for one of elsewhere."""
    about = form.partition(":")[0]
    if about in PLACELESS:
        return None
    section = session.get(Section, about)
    if section is not None and section.handbook_id == facts.handbook_id:
        return section.id
    seen_contribution_facts(session, actor, about, now)
    return session.get_one(Contribution, about).section_id


def clear_unsent(installation: Installation) -> int:
    """Clear unsent words some time after their round; gives how many.

    Done again it clears no more.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        old = _old(session, now)
    if not old:
        return 0
    with installation.database.write() as session:
        rows = session.scalars(
            select(Unsent.id).where(Unsent.id.in_(old), Unsent.updated_at <= now - KEPT_AFTER)
        ).all()
        session.execute(delete(Unsent).where(Unsent.id.in_(rows)))
        return len(rows)


def _old(session: Session, now: datetime) -> list[str]:
    """List unsent words not touched for long whose round was over all that time."""
    rows = session.execute(
        select(Unsent.id, Phase, Handbook.time_zone, Extension.closes_on)
        .join(Invitation, Invitation.id == Unsent.invitation_id)
        .outerjoin(Extension, of_invitation())
        .join(Phase, Phase.id == Invitation.phase_id)
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .where(Unsent.updated_at <= now - KEPT_AFTER)
        .order_by(Unsent.updated_at)
        .limit(AT_ONCE)
    ).all()
    then = now - KEPT_AFTER
    return [
        unsent_id
        for unsent_id, phase, zone, longer in rows
        if _was_over(phase, zone, longer, then)
        and not _is_open(phase.state, phase, zone, longer, now)
    ]


def _was_over(phase: Phase, zone: str, longer: date | None, then: datetime) -> bool:
    """Tell whether a phase, by its dates and by hand, had ended by a moment."""
    if phase.state is PhaseState.PLANNED:
        return False
    if phase.closed_at is not None and phase.closed_at > then:
        return False
    return not _is_open(PhaseState.OPEN, phase, zone, longer, then)


def _is_open(
    state: PhaseState, phase: Phase, zone: str, longer: date | None, moment: datetime
) -> bool:
    return is_open(PhaseTimes(state, phase.opens_on, phase.closes_on, zone, longer), moment)
