"""The use case of a successor: somebody leaves their post, and another takes what is open over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import OPEN_PART, InvitationMove, InvitationState, Origin
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import INVITING, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import handbook_facts
from reviewtool.queries.shared_rows import person_handbooks
from reviewtool.services._deputising import end_all_of
from reviewtool.services._invitations import change, mail_way_in
from reviewtool.services._passing_on import checked_name, find_colleague, hand_over, receive
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._statements import hand_on
from reviewtool.services._trace import trace


def name_successor(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    person_id: str,
    name: str,
    address: str,
    request_id: str,
) -> str:
    """Let a successor take over what is still open of a person, in all of a handbook.

    In phases that are open or planned the successor has a part and a link of their own, and holds
    the tasks. What the person has answered stands in their name, and so does what they are ready
    with; their links read on. Both are mailed. Gives the successor. Raises Refused: empty, too
    long, bad address, not possible now (oneself, nothing open), not found, not allowed.
    """
    name, address = checked_name(name, address)
    now = installation.clock.now()
    words = ["successor", person_id, name, address]
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        if handbook_id not in person_handbooks(session, (person_id,)):
            raise Refused(Reason.NOT_FOUND)
        rows = _open_parts(session, handbook_id, person_id)
        if not rows:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        person, own = find_colleague(session, person_id, name, address, now)
        zone = session.get_one(Handbook, handbook_id).time_zone
        end_all_of(session, actor, handbook_id, person_id, local_day(now, zone), now)
        taken = [_take_over(session, giver, phase, person, own, now) for giver, phase in rows]
        new = [
            one
            for giver, phase in rows
            for one in hand_on(session, phase.id, giver.person_id, person.id, now)
        ]
        _tell_the_former(session, rows, taken, now)
        remember(session, actor, request_id, words, person.id, now)
        for one in new:
            one.trace(session, actor, now)
        for (giver, phase), receiver in zip(rows, taken, strict=True):
            trace(
                session, actor, now, handbook_id, Act.PERSON_SUCCEEDED, giver.id,
                {"phase": phase.id, "to": receiver.id},
            )  # fmt: skip
        return person.id


def _open_parts(
    session: Session, handbook_id: str, person_id: str
) -> list[tuple[Invitation, Phase]]:
    rows = session.execute(
        select(Invitation, Phase)
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(
            Phase.handbook_id == handbook_id,
            Phase.state.in_((PhaseState.OPEN, PhaseState.PLANNED)),
            Phase.kind.in_(INVITING),
            Invitation.person_id == person_id,
            Invitation.state.in_(OPEN_PART),
        )
        .order_by(Phase.position)
        .with_for_update(of=Invitation)
    )
    return [(row.Invitation, row.Phase) for row in rows]


def _take_over(
    session: Session, giver: Invitation, phase: Phase, person: Person, own: Address, now: datetime
) -> Invitation:
    """Give the successor the part, the tasks and, where the phase is open, the link."""
    planned = phase.state is PhaseState.PLANNED
    move = InvitationMove.PREPARE if planned else InvitationMove.INVITE
    receiver = receive(session, giver, phase, person, own.id, Origin.SUCCESSOR, move, now)
    never_asked = giver.state is InvitationState.PREPARED
    change(giver, InvitationMove.CANCEL if never_asked else InvitationMove.PASS_ON, now)
    hand_over(session, giver, receiver)
    if not planned:
        kind = MessageKind.SUCCESSOR
        event = f"{kind.value}:{giver.id}:{receiver.id}"
        mail_way_in(session, phase, receiver, kind, event, now, context={"former": giver.id})
    return receiver


def _tell_the_former(
    session: Session,
    rows: list[tuple[Invitation, Phase]],
    taken: list[Invitation],
    now: datetime,
) -> None:
    """Tell the one who left, once, by the link of the newest phase that had asked them."""
    asked = [
        (giver, phase, receiver)
        for (giver, phase), receiver in zip(rows, taken, strict=True)
        if phase.state is PhaseState.OPEN and giver.address_id is not None
    ]
    if asked:
        giver, phase, receiver = asked[-1]
        kind = MessageKind.SUCCEEDED
        event = f"{kind.value}:{giver.id}:{receiver.id}"
        mail_way_in(session, phase, giver, kind, event, now, context={"successor": receiver.id})
