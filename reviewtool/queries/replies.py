"""What participants replied to what was said, for whoever sees that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import (
    ContributionState,
    NameShown,
    Sharing,
    TurnVisibility,
)
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.queries.visible import visible_to


@dataclass(frozen=True)
class Reply:
    """One reply, its author as they wanted to be shown when they wrote it."""

    own: bool
    name: str
    organisation: str
    words: str
    created_at: datetime


def replies_to(
    session: Session, actor: Actor, contribution_ids: Sequence[str]
) -> dict[str, list[Reply]]:
    """Read the replies to contributions that the actor sees, oldest first; 1 query.

    In a blind round there are none (rule 11).
    """
    rows = session.execute(
        select(
            Turn.contribution_id,
            Turn.author_id,
            Turn.words,
            Turn.created_at,
            Person.name,
            Turn.name_shown,
            Organisation.name.label("organisation"),
        )
        .join(Contribution, Contribution.id == Turn.contribution_id)
        .join(Person, Person.id == Turn.author_id)
        .outerjoin(
            Invitation,
            (Invitation.phase_id == Contribution.phase_id)
            & (Invitation.person_id == Turn.author_id),
        )
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .where(
            Turn.contribution_id.in_(list(contribution_ids)),
            Turn.visibility == TurnVisibility.PARTICIPANTS,
            Contribution.sharing != Sharing.NOBODY,
            visible_to(actor),
        )
        .order_by(Turn.created_at, Turn.id)
    )
    found: dict[str, list[Reply]] = {}
    for row in rows:
        own = row.author_id == actor.person_id
        organised = own or row.name_shown in (NameShown.NAME, NameShown.ORGANISATION)
        reply = Reply(
            own=own,
            name=row.name if own or row.name_shown is NameShown.NAME else "",
            organisation=(row.organisation or "") if organised else "",
            words=row.words,
            created_at=row.created_at,
        )
        found.setdefault(row.contribution_id, []).append(reply)
    return found


@dataclass(frozen=True)
class NewInThread:
    """What others have replied in a thread to which the reader has written."""

    contribution_id: str
    own: bool
    """Whether the contribution itself is the reader's."""
    replies: tuple[Reply, ...]


_own, _new = aliased(Turn), aliased(Turn)


def new_in_threads(
    session: Session, actor: Actor, since: datetime, until: datetime
) -> list[NewInThread]:
    """Find what others have replied, in a span of time, to the actor in the phase of their link.

    That is: to the actor's contribution, or after the actor's own reply; as far as they see it
    now. 2 queries.
    """
    said_something = exists().where(
        _own.contribution_id == Contribution.id,
        _own.author_id == actor.person_id,
        _own.visibility == TurnVisibility.PARTICIPANTS,
    )
    got_something = exists().where(
        _new.contribution_id == Contribution.id,
        _new.author_id != actor.person_id,
        _new.visibility == TurnVisibility.PARTICIPANTS,
        _new.created_at > since,
        _new.created_at <= until,
    )
    rows = session.execute(
        select(Contribution.id, Contribution.author_id)
        .where(
            Contribution.phase_id == actor.phase_id,
            Contribution.state == ContributionState.RECEIVED,
            or_(Contribution.author_id == actor.person_id, said_something),
            got_something,
            visible_to(actor),
        )
        .order_by(Contribution.number)
    ).all()
    replies = replies_to(session, actor, [row.id for row in rows])
    threads = []
    for row in rows:
        own = row.author_id == actor.person_id
        begun = own
        new = []
        for reply in replies.get(row.id, []):
            begun = begun or reply.own
            if begun and not reply.own and since < reply.created_at <= until:
                new.append(reply)
        if new:
            threads.append(NewInThread(row.id, own, tuple(new)))
    return threads
