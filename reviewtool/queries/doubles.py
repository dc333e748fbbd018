"""Probable doubles of a handbook's people and organisations, and what merging two would move."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, union, union_all
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.doubles import (
    Candidate,
    Likeness,
    Pair,
    organisation_doubles,
    person_doubles,
)
from reviewtool.domain.people import search_key
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Affiliation, Municipality, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Convener, Phase
from reviewtool.queries.organisations import named
from reviewtool.queries.people import require_editor
from reviewtool.queries.shared_rows import has_sign_in, organisation_handbooks, person_handbooks

MOST_FOUND = 30


@dataclass(frozen=True)
class Side:
    """One of two rows, as the editors tell it apart."""

    id: str
    name: str
    details: tuple[str, ...]
    """Addresses and organisations of a person; the kind of an organisation, its municipality."""
    municipality: dict[str, str]


@dataclass(frozen=True)
class PairLine:
    """Two rows that are probably one, and why."""

    first: Side
    second: Side
    likeness: Likeness


@dataclass(frozen=True)
class MergePreview:
    """What merging would do: the one who stays, the one who goes, what moves and becomes one."""

    kept: Side
    merged: Side
    moves: dict[str, int]
    """How many rows of each noun move: invitation, contribution, approval."""
    same_phases: tuple[dict[str, str], ...]
    """Phases into which both were invited: there the two parts become one."""
    elsewhere: int
    """In how many other handbooks one of the two has a part."""
    account: str
    """Who of the two signs in: "", "kept", "merged" or "both"."""
    allowed: bool


def person_pairs(session: Session, actor: Actor, handbook_id: str) -> list[PairLine]:
    """Find persons of a handbook who are probably one; 3 queries."""
    require_editor(actor, handbook_id)
    people = _people(session, _persons_of(handbook_id))
    candidates = [
        Candidate(one.side.id, one.side.name, one.addresses, one.organisations)
        for one in people.values()
    ]
    return _lines(person_doubles(candidates), {key: one.side for key, one in people.items()})


def organisation_pairs(session: Session, actor: Actor, handbook_id: str) -> list[PairLine]:
    """Find organisations of a handbook that are probably one; 1 query."""
    require_editor(actor, handbook_id)
    sides = _organisations(session, Organisation.id.in_(_organisations_of(handbook_id)))
    candidates = [Candidate(one.id, one.name) for one in sides.values()]
    return _lines(organisation_doubles(candidates), sides)


def _lines(pairs: Sequence[Pair], sides: dict[str, Side]) -> list[PairLine]:
    return [PairLine(sides[pair.first_id], sides[pair.second_id], pair.likeness) for pair in pairs]


def persons_named(
    session: Session, actor: Actor, handbook_id: str, words: str, but: str
) -> list[Side]:
    """Find persons of a handbook by name, to say that one of them is another; 3 queries."""
    require_editor(actor, handbook_id)
    wanted = search_key(words).split()
    if not wanted:
        return []
    condition = [Person.search_key.contains(word, autoescape=True) for word in wanted]
    found = _people(session, _persons_of(handbook_id), *condition, Person.id != but)
    return [one.side for one in found.values()][:MOST_FOUND]


def organisations_named(
    session: Session, actor: Actor, handbook_id: str, words: str, but: str
) -> list[Side]:
    """Find organisations of a handbook by name; 1 query."""
    require_editor(actor, handbook_id)
    if not search_key(words):
        return []
    of_it = Organisation.id.in_(_organisations_of(handbook_id))
    found = _organisations(session, of_it, named(words), Organisation.id != but)
    return list(found.values())[:MOST_FOUND]


@dataclass(frozen=True)
class _Known:
    side: Side
    addresses: frozenset[str]
    organisations: frozenset[str]


def _people(session: Session, ids: Any, *conditions: ColumnElement[bool]) -> dict[str, _Known]:
    """Read persons with their addresses and organisations; 3 queries."""
    people = session.execute(
        select(Person.id, Person.name)
        .where(
            Person.id.in_(ids),
            Person.erased_at.is_(None),
            Person.merged_into_id.is_(None),
            *conditions,
        )
        .order_by(Person.search_key, Person.id)
    ).all()
    addresses: dict[str, list[tuple[str, str]]] = {}
    for person_id, folded, written in session.execute(
        select(Address.person_id, Address.folded, Address.written)
        .where(Address.person_id.in_(ids))
        .order_by(Address.created_at, Address.id)
    ):
        addresses.setdefault(person_id, []).append((folded, written))
    organisations: dict[str, list[tuple[str, str]]] = {}
    for person_id, key, name in session.execute(
        select(Affiliation.person_id, Organisation.id, Organisation.name)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id.in_(ids))
        .order_by(Organisation.search_key, Organisation.id)
    ):
        organisations.setdefault(person_id, []).append((key, name))
    known = {}
    for row in people:
        boxes, firms = addresses.get(row.id, []), organisations.get(row.id, [])
        details = (*(name for _id, name in firms), *(written for _folded, written in boxes))
        known[row.id] = _Known(
            Side(row.id, row.name, details, {}),
            frozenset(folded for folded, _written in boxes),
            frozenset(key for key, _name in firms),
        )
    return known


def _organisations(session: Session, *conditions: ColumnElement[bool]) -> dict[str, Side]:
    rows = session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.kind,
            Municipality.name_fi,
            Municipality.name_sv,
        )
        .outerjoin(Municipality, Municipality.id == Organisation.municipality_id)
        .where(Organisation.merged_into_id.is_(None), *conditions)
        .order_by(Organisation.search_key, Organisation.id)
    )
    return {
        row.id: Side(
            row.id,
            row.name,
            (row.kind,),
            {"fi": row.name_fi, "sv": row.name_sv} if row.name_fi else {},
        )
        for row in rows
    }


def _persons_of(handbook_id: str) -> Any:
    return (
        select(Invitation.person_id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(Phase.handbook_id == handbook_id)
    )


def _organisations_of(handbook_id: str) -> Any:
    invited = (
        select(Invitation.organisation_id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(Phase.handbook_id == handbook_id, Invitation.organisation_id.is_not(None))
    )
    said = select(Contribution.organisation_id).where(
        Contribution.handbook_id == handbook_id, Contribution.organisation_id.is_not(None)
    )
    convening = (
        select(Convener.organisation_id)
        .join(Phase, Phase.id == Convener.phase_id)
        .where(Phase.handbook_id == handbook_id)
    )
    return union(invited, said, convening)


def person_preview(
    session: Session, actor: Actor, handbook_id: str, kept_id: str, merged_id: str
) -> MergePreview:
    """Tell what merging two persons would do; 9 queries.

    Raises Refused (not found), also where one of the two has no part in a handbook of the actor's.
    """
    require_editor(actor, handbook_id)
    known = _people(session, [kept_id, merged_id])
    of_each = [person_handbooks(session, (one,)) for one in (kept_id, merged_id)]
    handbooks = of_each[0] | of_each[1]
    each_known = all(_known_to(actor, one) for one in of_each)
    if len(known) != 2 or handbook_id not in handbooks or not each_known:
        raise Refused(Reason.NOT_FOUND)
    of_merged = (
        (Invitation.person_id, "invitation"),
        (Contribution.author_id, "contribution"),
        (Approval.person_id, "approval"),
    )
    accounts = [has_sign_in(session, one) for one in (kept_id, merged_id)]
    account = {(True, True): "both", (True, False): "kept", (False, True): "merged"}.get(
        (accounts[0], accounts[1]), ""
    )
    return MergePreview(
        kept=known[kept_id].side,
        merged=known[merged_id].side,
        moves=_moves(session, merged_id, of_merged),
        same_phases=_same_phases(session, actor, handbooks, kept_id, merged_id),
        elsewhere=len(handbooks - {handbook_id}),
        account=account,
        allowed=_allowed(actor, handbooks)
        and account in ("", "kept")
        and (not account or actor.administrator),
    )


def organisation_preview(
    session: Session, actor: Actor, handbook_id: str, kept_id: str, merged_id: str
) -> MergePreview:
    """Tell what merging two organisations would do; 4 queries.

    Raises Refused (not found), also where one of the two has no part in a handbook of the actor's.
    """
    require_editor(actor, handbook_id)
    sides = _organisations(session, Organisation.id.in_((kept_id, merged_id)))
    of_each = [organisation_handbooks(session, (one,)) for one in (kept_id, merged_id)]
    handbooks = of_each[0] | of_each[1]
    each_known = all(_known_to(actor, one) for one in of_each)
    if len(sides) != 2 or handbook_id not in handbooks or not each_known:
        raise Refused(Reason.NOT_FOUND)
    of_merged = (
        (Invitation.organisation_id, "invitation"),
        (Contribution.organisation_id, "contribution"),
        (Approval.organisation_id, "approval"),
    )
    return MergePreview(
        kept=sides[kept_id],
        merged=sides[merged_id],
        moves=_moves(session, merged_id, of_merged),
        same_phases=(),
        elsewhere=len(handbooks - {handbook_id}),
        account="",
        allowed=_allowed(actor, handbooks),
    )


def _moves(session: Session, merged_id: str, columns: Sequence[tuple[Any, str]]) -> dict[str, int]:
    counted = union_all(
        *(
            select(literal(noun).label("noun"), func.count().label("number")).where(
                column == merged_id
            )
            for column, noun in columns
        )
    )
    return {row.noun: row.number for row in session.execute(counted)}


def _same_phases(
    session: Session, actor: Actor, handbooks: Collection[str], kept_id: str, merged_id: str
) -> tuple[dict[str, str], ...]:
    """Name the phases into which both were invited, in handbooks that the actor runs."""
    run = [one for one in handbooks if _allowed(actor, (one,))]
    theirs = select(Invitation.phase_id).where(Invitation.person_id == merged_id)
    rows = session.scalars(
        select(Phase.title)
        .join(Invitation, Invitation.phase_id == Phase.id)
        .where(Invitation.person_id == kept_id, Phase.id.in_(theirs), Phase.handbook_id.in_(run))
        .order_by(Phase.handbook_id, Phase.position)
    )
    return tuple(rows)


def _allowed(actor: Actor, handbooks: Collection[str]) -> bool:
    return all(may(actor, Action.MERGE_DOUBLES, Facts(handbook_id=one)) for one in handbooks)


def _known_to(actor: Actor, handbooks: Collection[str]) -> bool:
    """Tell whether the actor may merge in any handbook in which a row has a part.

    A row without any is for administrators, as merging it is.
    """
    facts = [Facts(handbook_id=one) for one in handbooks] or [Facts()]
    return any(may(actor, Action.MERGE_DOUBLES, one) for one in facts)
