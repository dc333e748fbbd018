"""A round's public request: the same words as the mail, for whoever wants to check it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Sharing
from reviewtool.domain.days import local_day
from reviewtool.domain.phases import ASKING, PhaseKind, PhaseState, PhaseTimes, ended_on, is_open
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.handbooks import Handbook
from reviewtool.models.organisations import Organisation
from reviewtool.models.phases import Convener, Phase
from reviewtool.queries.contacts import contact_of
from reviewtool.queries.facts import found, is_announced
from reviewtool.queries.phases import QuestionLine, questions_of


@dataclass(frozen=True)
class RequestPage:
    """What a round or approval asks, of whom, by when, and what it promises."""

    handbook_id: str
    handbook_title: dict[str, str]
    announced: bool
    """Whether the handbook's own page is there for everybody."""
    introduction: dict[str, str]
    host: str
    phase_id: str
    kind: PhaseKind
    title: dict[str, str]
    request: dict[str, str]
    state: PhaseState
    is_open: bool
    opens_on: date | None
    closes_on: date | None
    open_to_all: bool
    conveners: tuple[str, ...]
    sharing: Sharing
    shared_from: date | None
    responsible_name: str
    responsible_phone: str
    responsible_email: str
    questions: tuple[QuestionLine, ...]
    host_address: str
    """Where letters to the association reach it."""
    dated_on: date | None
    """The day on which the request went out."""


def request_page(
    session: Session, actor: Actor, handbook_id: str, phase_id: str, now: datetime
) -> RequestPage:
    """Read the public page of a round or approval; 3 queries.

    One that hasn't opened is shown to the editors only. Once it has, its address stands in the
    letters: also where the handbook isn't announced, whoever has the address reads there what was
    asked, and by whom. Raises Refused (not found).
    """
    row = found(
        session.execute(
            select(Phase, Handbook, is_announced().label("announced"))
            .join(Handbook, Handbook.id == Phase.handbook_id)
            .where(Phase.id == phase_id, Phase.handbook_id == handbook_id, Phase.kind.in_(ASKING))
        ).one_or_none()
    )
    phase, handbook = row.Phase, row.Handbook
    editor = may(actor, Action.RUN_PROCESS, Facts(handbook_id=handbook_id))
    if phase.state is PhaseState.PLANNED and not editor:
        raise Refused(Reason.NOT_FOUND)
    times = PhaseTimes(phase.state, phase.opens_on, phase.closes_on, handbook.time_zone)
    contact = contact_of(phase, handbook)
    return RequestPage(
        handbook_id=handbook.id,
        handbook_title=handbook.title,
        announced=row.announced,
        introduction=handbook.introduction,
        host=handbook.host,
        phase_id=phase.id,
        kind=phase.kind,
        title=phase.title,
        request=phase.request,
        state=phase.state,
        is_open=is_open(times, now),
        opens_on=phase.opens_on,
        closes_on=ended_on(times, phase.closed_at),
        open_to_all=phase.open_to_all and phase.kind is PhaseKind.ROUND,
        conveners=tuple(
            session.scalars(
                select(Organisation.name)
                .join(Convener, Convener.organisation_id == Organisation.id)
                .where(Convener.phase_id == phase.id)
                .order_by(Organisation.name)
            )
        ),
        sharing=phase.sharing,
        shared_from=phase.shared_from,
        responsible_name=contact.name,
        responsible_phone=contact.phone,
        responsible_email=contact.email,
        host_address=handbook.host_address,
        dated_on=local_day(phase.opened_at, handbook.time_zone) if phase.opened_at else None,
        questions=questions_of(session, phase.id),
    )
