"""Who acts: accounts and links read from their rows, as the policy's actors."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.days import local_day
from reviewtool.domain.handbooks import HandbookState
from reviewtool.domain.invitations import WRITING, InvitationState, Origin
from reviewtool.domain.links import LinkFacts, LinkState, link_state
from reviewtool.domain.phases import PhaseKind, PhaseState, PhaseTimes, closes_at, is_open
from reviewtool.models.deputies import Deputy
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook, Membership
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.people import Account, Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.deputies import StandsIn, standing_in
from reviewtool.queries.extended import of_invitation


@dataclass(frozen=True)
class FoundLink:
    """A genuine link: who comes by it, and what it is good for now."""

    actor: Actor
    state: LinkState
    generation: int
    name: str
    phase_kind: PhaseKind | None
    shared_box: bool = False
    """Whether the link goes to a box of several people, who say first which of them answers."""
    is_box: bool = False
    """Whether the link's name is that of the box itself, which never answers."""
    origin: Origin | None = None
    """How its person came to the phase."""
    stands_in: tuple[StandsIn, ...] = ()
    """For whom its person answers today as well."""
    part: InvitationState | None = None
    """How far its person is in the phase."""
    phase_open: bool = False
    """Whether the phase takes what is said now, and sign-ups."""
    published: bool = False
    """Whether its handbook can be read by anybody."""


def account_actor(session: Session, account_id: str, generation: int) -> Actor | None:
    """Read the actor of an account's session; None if it was ended or closed; 2 queries."""
    account = session.get(Account, account_id, options=[joinedload(Account.person)])
    if account is None or not account.active or account.generation != generation:
        return None
    roles = session.execute(
        select(Membership.handbook_id, Membership.role).where(
            Membership.person_id == account.person_id
        )
    ).all()
    return Actor(
        ActorKind.ACCOUNT,
        person_id=account.person_id,
        roles={row.handbook_id: row.role for row in roles},
        administrator=account.administrator,
        language=account.person.language,
    )


_LINKS = (
    select(
        Link,
        Person,
        Phase,
        Handbook.time_zone,
        Invitation.organisation_id,
        Invitation.state,
        Extension.closes_on,
        Address.shared,
        Invitation.origin,
        Handbook.state,
        exists().where(Deputy.deputy_id == Link.person_id).label("deputises"),
    )
    .join(Person, Person.id == Link.person_id)
    .outerjoin(Phase, Phase.id == Link.phase_id)
    .outerjoin(Handbook, Handbook.id == Phase.handbook_id)
    .outerjoin(Invitation, Invitation.id == Link.invitation_id)
    .outerjoin(Extension, of_invitation())
    .outerjoin(Address, Address.id == Invitation.address_id)
)
"""Links with what decides what they are good for, by whom and where."""


def find_link(
    session: Session, link_id: str, generation: int, now: datetime, retention_days: int
) -> FoundLink | None:
    """Read a link whose token has been checked; None if no row is left.

    1 query, and 1 more where its person is somebody's deputy: a deputy writes on their days only.
    """
    row = session.execute(_LINKS.where(Link.id == link_id)).one_or_none()
    if row is None:
        return None
    link, person, phase, zone, organisation_id, part, longer, shared, origin = row[:9]
    state_of_handbook, deputises = row[9:]
    today = local_day(now, zone) if zone else None
    stands_in: list[StandsIn] = []
    if phase is not None and today is not None and deputises:
        stands_in = standing_in(session, person.id, phase.id, today)
    days_over = origin is Origin.DEPUTY and not stands_in
    facts = _facts(link, phase, zone, longer, now, retention_days)
    state = link_state(facts, now)
    if generation != link.generation:
        state = LinkState.REVOKED
    takes_part = not days_over and (part is None or part in WRITING)
    actor = Actor(
        ActorKind.LINK,
        person_id=person.id,
        link_id=link.id,
        purpose=link.purpose,
        handbook_id=phase.handbook_id if phase else None,
        phase_id=link.phase_id,
        invitation_id=link.invitation_id,
        organisation_id=organisation_id,
        writable=state is LinkState.OPEN and takes_part,
        takes_part=takes_part,
        today=today,
        language=person.language,
    )
    return FoundLink(
        actor,
        state,
        link.generation,
        person.name,
        phase.kind if phase else None,
        # A link that only reads says nothing in anybody's name.
        shared_box=bool(shared) and actor.writable,
        is_box=person.box,
        origin=origin,
        stands_in=tuple(stands_in),
        part=part,
        phase_open=bool(facts.phase_open),
        published=state_of_handbook is HandbookState.PUBLISHED,
    )


def _facts(
    link: Link,
    phase: Phase | None,
    zone: str | None,
    longer: date | None,
    now: datetime,
    retention_days: int,
) -> LinkFacts:
    phase_open: bool | None = None
    over_at: datetime | None = None
    if phase is not None and zone is not None:
        times = PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone, longer)
        # A planned phase can be read ahead of its opening; only one that is over loses writing.
        phase_open = is_open(times, now) or phase.state is PhaseState.PLANNED
        if not phase_open:
            own_end = closes_at(times) if longer or phase.closed_at is None else None
            over_at = max((one for one in (phase.closed_at, own_end) if one), default=None)
    return LinkFacts(
        expires_at=link.expires_at,
        used_at=link.used_at,
        revoked_at=link.revoked_at,
        phase_open=phase_open,
        phase_over_at=over_at,
        retention=timedelta(days=retention_days),
    )
