"""Use cases after a workshop: writing its minutes, sending them, and correcting them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel, ContributionKind, Sharing
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.i18n import speaking
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.models.workshops import (
    WorkshopCorrection,
    WorkshopMinutes,
    WorkshopMinutesSent,
    WorkshopSignUp,
)
from reviewtool.queries.facts import found
from reviewtool.queries.minutes import material
from reviewtool.queries.workshops import workshop_facts, workshop_head
from reviewtool.services._contributions import Words, add_contribution, check_words, trace_made
from reviewtool.services._invitations import load_invitation
from reviewtool.services._mailing import Recipient, mail_many, recipients
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent
from reviewtool.services._workshops import load_for
from reviewtool.text.document import compose, parse
from reviewtool.text.errors import TextError
from reviewtool.wording.minutes import minutes_body

LONGEST_MINUTES = 100_000


def draw_up(
    installation: Installation, actor: Actor, phase_id: str, version: int, request_id: str
) -> None:
    """Make the minutes from what was said and decided, in the handbook's language.

    They take the place of what stands there; what was sent stays as it was sent. version: as the
    editor saw it, 0 for none yet. Raises Refused: edit conflict, not allowed.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        require(actor, Action.RUN_PROCESS, workshop_facts(session, phase_id, now))
        head = workshop_head(session, phase_id, now)
        with speaking(head.handbook_language, head.time_zone):
            text = _canonical(minutes_body(material(session, actor, head)))
    _save(installation, actor, phase_id, text, version, ["draw-up", phase_id, request_id])


def write(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    text: str,
    version: int,
    request_id: str,
) -> None:
    """Save the minutes as an editor wrote them: a body of our Markdown.

    Raises Refused: empty, too long, text invalid, edit conflict, not allowed.
    """
    if len(text) > LONGEST_MINUTES:
        raise Refused(Reason.TOO_LONG)
    body = _canonical(text)
    if not body.strip():
        raise Refused(Reason.EMPTY)
    _save(installation, actor, phase_id, body, version, ["write", text, request_id])


def _canonical(body: str) -> str:
    """Spell a body in its one way. Raises Refused (text invalid)."""
    try:
        return parse(compose("", (), body, ())).body
    except TextError as error:
        raise Refused(Reason.TEXT_INVALID) from error


def _save(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    text: str,
    version: int,
    form: list[str],
) -> None:
    now = installation.clock.now()
    words, request_id = form[:-1], form[-1]
    with installation.database.write() as session:
        phase = load_for(session, actor, Action.RUN_PROCESS, phase_id, now)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        minutes = session.get(WorkshopMinutes, phase_id, with_for_update=True)
        if (minutes.version if minutes else 0) != version:
            raise Refused(Reason.EDIT_CONFLICT)
        if minutes is None:
            minutes = WorkshopMinutes(phase_id=phase_id, version=0)
            session.add(minutes)
        minutes.text = text
        minutes.version += 1
        minutes.updated_by_id, minutes.updated_at = actor.person_id, now
        remember(session, actor, request_id, words, phase_id, now)
        facts = {"version": minutes.version}
        trace(session, actor, now, phase.handbook_id, Act.MINUTES_WRITTEN, phase_id, facts)


def send(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    version: int,
    request_id: str,
    *,
    final: bool,
) -> int:
    """Send the minutes as they stand to all who were there; gives how many are mailed.

    final: corrections have been made, and no more are asked for. Raises Refused: empty, edit
    conflict (they are not as the editor saw them), not allowed.
    """
    now = installation.clock.now()
    words = ["send", phase_id, str(final), str(version)]
    with installation.database.write() as session:
        phase = load_for(session, actor, Action.RUN_PROCESS, phase_id, now)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return 0
        minutes = session.get(WorkshopMinutes, phase_id, with_for_update=True)
        if minutes is None:
            raise Refused(Reason.EMPTY)
        if minutes.version != version:
            raise Refused(Reason.EDIT_CONFLICT)
        sent = WorkshopMinutesSent(
            phase_id=phase_id,
            number=_newest(session, phase_id) + 1,
            text=minutes.text,
            final=final,
            sent_by_id=actor.person_id,
            sent_at=now,
        )
        session.add(sent)
        session.flush()
        mailed = _mail(session, phase, sent, now)
        remember(session, actor, request_id, words, sent.id, now)
        facts: dict[str, str | int | bool | None] = {
            "number": sent.number,
            "final": final,
            "mailed": mailed,
        }
        trace(session, actor, now, phase.handbook_id, Act.MINUTES_SENT, phase_id, facts)
        return mailed


def _newest(session: Session, phase_id: str) -> int:
    number = session.scalar(
        select(func.max(WorkshopMinutesSent.number)).where(WorkshopMinutesSent.phase_id == phase_id)
    )
    return number or 0


def _mail(session: Session, phase: Phase, sent: WorkshopMinutesSent, now: datetime) -> int:
    there = set(
        session.scalars(
            select(WorkshopSignUp.invitation_id)
            .join(Invitation, Invitation.id == WorkshopSignUp.invitation_id)
            .where(Invitation.phase_id == phase.id, WorkshopSignUp.present_at.is_not(None))
        )
    )
    states = set(InvitationState) - {InvitationState.CANCELLED}
    people = [one for one in recipients(session, phase.id, states) if one.invitation_id in there]

    def event(_one: Recipient) -> str:
        return f"{MessageKind.WORKSHOP_MINUTES.value}:{sent.id}"

    named = {"minutes": sent.id}
    return mail_many(session, now, phase, MessageKind.WORKSHOP_MINUTES, event, people, named)


def correct(
    installation: Installation, actor: Actor, words: str, request_id: str, form: str = ""
) -> str:
    """Tell the editors what the minutes have wrong; gives the contribution.

    It stands in the one ledger, so that it is answered before the next draft; only the editors see
    it. form: the key of the form in which it was half written, which ends with it. Raises Refused:
    not possible now (nothing was sent, or they are final), empty, too long.
    """
    said = Words(words.strip())
    check_words(ContributionKind.COMMENT, said)
    now = installation.clock.now()
    with installation.database.write() as session:
        require(
            actor,
            Action.CORRECT_MINUTES,
            workshop_facts(session, actor.phase_id or "", now),
        )
        invitation = load_invitation(session, actor.invitation_id)
        before = earlier(session, actor, request_id, [words])
        if before is not None and before.same_words:
            return before.object_id
        sent = _to_correct(session, invitation.phase_id)
        contribution = add_contribution(
            session,
            actor,
            now,
            phase=found(session.get(Phase, invitation.phase_id)),
            kind=ContributionKind.COMMENT,
            channel=Channel.WORKSHOP,
            author_id=invitation.person_id,
            organisation_id=invitation.organisation_id,
            language=actor.language,
            words=said,
        )
        contribution.sharing = Sharing.NOBODY
        session.add(WorkshopCorrection(contribution_id=contribution.id, minutes_id=sent.id))
        remember(session, actor, request_id, [words], contribution.id, now)
        forget_unsent(session, actor, form)
        trace_made(session, actor, now, contribution)
        return contribution.id


def _to_correct(session: Session, phase_id: str) -> WorkshopMinutesSent:
    """Give the newest minutes that were sent, where corrections are still asked for."""
    sent = session.scalar(
        select(WorkshopMinutesSent)
        .where(WorkshopMinutesSent.phase_id == phase_id)
        .order_by(WorkshopMinutesSent.number.desc())
        .limit(1)
    )
    if sent is None or sent.final:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return sent
