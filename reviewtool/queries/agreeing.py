"""Who agrees with what was said: people for themselves, organisations once each.

Who presses "we agree" speaks for the organisation, not for themselves; an organisation doesn't
agree with its own contribution: there its people do.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, distinct, func, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import NameShown
from reviewtool.models.contributions import Contribution, Support
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.queries.consent import name_shown_before
from reviewtool.queries.visible import visible_to


def _for_organisation(*, for_editors: bool) -> ColumnElement[bool]:
    """Give the condition on supports, with their contributions, that are an organisation's.

    That one doesn't count as its own organisation's would tell others of whom it is: where nobody
    is shown, only the editors are told so (rule 12).
    """
    another = Contribution.organisation_id.is_distinct_from(Support.organisation_id)
    if not for_editors:
        another = or_(another, Contribution.name_shown == NameShown.NOBODY)
    return and_(Support.for_organisation.is_(True), Support.organisation_id.is_not(None), another)


def number_agreeing(*, for_editors: bool) -> ScalarSelect[int]:
    """Count who agrees with a contribution: people, and organisations once each."""
    ours = _for_organisation(for_editors=for_editors)
    who = case((ours, Support.organisation_id), else_=Support.person_id)
    return (
        select(func.count(distinct(who)))
        .where(Support.contribution_id == Contribution.id)
        .correlate(Contribution)
        .scalar_subquery()
    )


def organisations_agreeing(
    session: Session, contribution_ids: Collection[str], *, for_editors: bool = False
) -> dict[str, tuple[str, ...]]:
    """Name the organisations that agree with contributions, by name, each once; 1 query.

    To others than the editors, not those for which somebody spoke who wants to be shown as nobody.
    """
    query = (
        select(Support.contribution_id, Organisation.name)
        .join(Contribution, Contribution.id == Support.contribution_id)
        .join(Organisation, Organisation.id == Support.organisation_id)
        .where(
            Support.contribution_id.in_(sorted(contribution_ids)),
            _for_organisation(for_editors=for_editors),
        )
        .distinct()
        .order_by(Organisation.name)
    )
    if not for_editors:
        shown = name_shown_before(Contribution.phase_id, Support.person_id)
        query = query.where(or_(shown.is_(None), shown != NameShown.NOBODY))
    found: dict[str, list[str]] = {}
    for row in session.execute(query):
        found.setdefault(row.contribution_id, []).append(row.name)
    return {key: tuple(names) for key, names in found.items()}


@dataclass(frozen=True)
class Agreement:
    """That somebody agrees, as the editors read it."""

    number: int
    """Of the contribution."""
    name: str
    organisation: str
    for_organisation: bool
    earlier: bool
    """Whether it was with an earlier wording."""
    at: datetime


def agreements(
    session: Session, actor: Actor, contribution_ids: Collection[str]
) -> tuple[Agreement, ...]:
    """List who agrees with contributions that the actor edits, by number; 1 query."""
    ours = _for_organisation(for_editors=True)
    rows = session.execute(
        select(
            Contribution.number,
            Person.name,
            Organisation.name.label("organisation"),
            case((ours, 1), else_=0).label("ours"),
            case((Support.version < Contribution.version, 1), else_=0).label("earlier"),
            Support.created_at,
        )
        .join(Contribution, Contribution.id == Support.contribution_id)
        .join(Person, Person.id == Support.person_id)
        .outerjoin(Organisation, Organisation.id == Support.organisation_id)
        .where(
            Contribution.id.in_(sorted(contribution_ids)),
            Contribution.handbook_id.in_(sorted(actor.roles)),
            visible_to(actor),
        )
        .order_by(Contribution.number, Support.created_at, Support.id)
    )
    return tuple(
        Agreement(
            number=row.number,
            name=row.name,
            organisation=row.organisation or "",
            for_organisation=bool(row.ours),
            earlier=bool(row.earlier),
            at=row.created_at,
        )
        for row in rows
    )
