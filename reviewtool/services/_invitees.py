"""The step that takes a whole table of people into a phase: few statements, whatever its length."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.invitees import Correction, Outcome, Remark
from reviewtool.domain.people import AddressState, OrganisationKind, fold, fold_organisation
from reviewtool.infra.ids import new_id
from reviewtool.models.base import Base
from reviewtool.models.invitations import Assignment, AssignmentSection, Invitation
from reviewtool.models.organisations import Affiliation, Municipality, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.invitations import CheckedRow, chunks, organisations_named


@dataclass
class _Batch:
    """The rows to insert, by table, in the order in which they refer to one another."""

    now: datetime
    rows: dict[type[Base], list[dict[str, Any]]] = field(
        default_factory=lambda: {
            Organisation: [],
            Person: [],
            Address: [],
            Affiliation: [],
            Invitation: [],
            Assignment: [],
        }
    )

    def add(self, table: type[Base], **values: Any) -> str:
        """Keep a row for inserting; gives its id."""
        row_id = new_id()
        self.rows[table].append({"id": row_id, "created_at": self.now, **values})
        return row_id

    def insert(self, session: Session) -> None:
        """Insert everything, one statement a table."""
        for table, rows in self.rows.items():
            if rows:
                session.execute(insert(table), rows)


def add_invitees(
    session: Session,
    phase: Phase,
    rows: Sequence[CheckedRow],
    language: str,
    now: datetime,
    *,
    use_suggestions: bool,
) -> int:
    """Prepare an invitation for each row that is to be added; gives how many.

    Nobody is mailed here. language: of those for whom none is given. use_suggestions: take the
    likely municipality where an unknown one stands.
    """
    waiting = _waiting(session, phase, [row for row in rows if row.added])
    added = [row for row in rows if row.added and row.person_id not in waiting]
    batch = _Batch(now)
    organisations = _organisations(session, batch, added, use_suggestions=use_suggestions)
    addresses = _known_addresses(session, added)
    affiliated = _affiliated(session, added)
    assigned = set(
        session.scalars(select(Assignment.organisation_id).where(Assignment.phase_id == phase.id))
    )
    for row in added:
        organisation_id = organisations.get(fold_organisation(row.invitee.organisation))
        person_id, address_id = _person(batch, row, addresses, language)
        if organisation_id and (person_id, organisation_id) not in affiliated:
            batch.add(Affiliation, person_id=person_id, organisation_id=organisation_id)
        invitation_id = batch.add(
            Invitation,
            phase_id=phase.id,
            person_id=person_id,
            organisation_id=organisation_id,
            address_id=address_id,
            state=InvitationState.PREPARED,
            vouched=True,
            origin=Origin.INVITED,
        )
        if organisation_id and organisation_id not in assigned:
            assigned.add(organisation_id)
            batch.add(
                Assignment,
                phase_id=phase.id,
                organisation_id=organisation_id,
                invitation_id=invitation_id,
            )
    batch.insert(session)
    _share_boxes(session, added)
    return len(added)


def correct_invited(
    session: Session,
    phase: Phase,
    rows: Sequence[CheckedRow],
    now: datetime,
    *,
    use_suggestions: bool,
) -> int:
    """Put right what the table says otherwise of those who are invited already; gives how many.

    What they have said before stays said for the organisation that it was said for.
    """
    corrected = {
        row.person_id: row for row in rows if row.outcome is Outcome.CORRECTED and row.person_id
    }
    if not corrected:
        return 0
    batch = _Batch(now)
    named = list(corrected.values())
    organisations = _organisations(session, batch, named, use_suggestions=use_suggestions)
    affiliated = _affiliated(session, named)
    moved: dict[str, tuple[str | None, str]] = {}
    found = session.execute(
        select(Invitation.id, Invitation.person_id, Invitation.organisation_id).where(
            Invitation.phase_id == phase.id, Invitation.person_id.in_(corrected)
        )
    )
    for invitation_id, person_id, before in found.all():
        row = corrected[person_id]
        organisation_id = organisations.get(fold_organisation(row.invitee.organisation))
        if organisation_id is None or organisation_id == before:
            continue
        moved[invitation_id] = (before, organisation_id)
        if (person_id, organisation_id) not in affiliated:
            batch.add(Affiliation, person_id=person_id, organisation_id=organisation_id)
    batch.insert(session)
    for invitation in session.scalars(select(Invitation).where(Invitation.id.in_(moved))):
        invitation.organisation_id = moved[invitation.id][1]
    session.flush()
    _move_tasks(session, phase, moved, now)
    for person in session.scalars(select(Person).where(Person.id.in_(corrected))):
        for one in corrected[person.id].corrections:
            if one.kind is Correction.LANGUAGE:
                person.language = one.after
    return len(corrected)


def _move_tasks(
    session: Session, phase: Phase, moved: Mapping[str, tuple[str | None, str]], now: datetime
) -> None:
    """Ask the right organisations for what the wrong ones were asked for.

    Where somebody else of the wrong one was asked too, the task is theirs now.
    """
    tasks = {
        task.organisation_id: task
        for task in session.scalars(select(Assignment).where(Assignment.phase_id == phase.id))
    }
    asked: dict[str | None, str] = {}
    for invitation_id, organisation_id in session.execute(
        select(Invitation.id, Invitation.organisation_id)
        .where(
            Invitation.phase_id == phase.id,
            Invitation.state.not_in((InvitationState.UNCONFIRMED, InvitationState.CANCELLED)),
        )
        .order_by(Invitation.created_at, Invitation.id)
    ):
        asked.setdefault(organisation_id, invitation_id)
    for invitation_id, (before, after) in moved.items():
        task = tasks.get(before) if before else None
        if before and task is not None and task.invitation_id == invitation_id:
            if before in asked:
                task.invitation_id = asked[before]
            elif after not in tasks:
                task.organisation_id = after
                tasks[after] = tasks.pop(before)
            else:
                session.execute(
                    delete(AssignmentSection).where(AssignmentSection.assignment_id == task.id)
                )
                session.delete(tasks.pop(before))
        if after not in tasks:
            tasks[after] = Assignment(
                phase_id=phase.id,
                organisation_id=after,
                invitation_id=invitation_id,
                created_at=now,
            )
            session.add(tasks[after])
        session.flush()


def invitations_waiting(
    session: Session, phase: Phase, rows: Sequence[CheckedRow]
) -> list[Invitation]:
    """Give invitations of the rows' people that never counted, or don't any more: ask them anew."""
    known = _waiting(session, phase, [row for row in rows if row.added])
    return list(
        session.scalars(
            select(Invitation).where(
                Invitation.phase_id == phase.id, Invitation.person_id.in_(known)
            )
        )
    )


def _waiting(session: Session, phase: Phase, rows: Sequence[CheckedRow]) -> set[str]:
    wanted = {row.person_id for row in rows if row.person_id}
    people = session.scalars(
        select(Invitation.person_id).where(
            Invitation.phase_id == phase.id,
            Invitation.state.in_((InvitationState.UNCONFIRMED, InvitationState.CANCELLED)),
        )
    )
    return wanted & set(people)


def _person(
    batch: _Batch, row: CheckedRow, addresses: dict[tuple[str, str], str], language: str
) -> tuple[str, str]:
    """Give the row's person and address, making what isn't there yet."""
    invitee = row.invitee
    person_id = row.person_id or batch.add(
        Person,
        name=invitee.name.strip(),
        language=invitee.language or language,
    )
    folded = fold(invitee.address)
    address_id = addresses.get((person_id, folded)) or batch.add(
        Address,
        person_id=person_id,
        written=invitee.address,
        folded=folded,
        shared=row.outcome is Outcome.SHARED,
        state=AddressState.OK,
    )
    return person_id, address_id


def _organisations(
    session: Session, batch: _Batch, rows: Sequence[CheckedRow], *, use_suggestions: bool
) -> dict[str, str]:
    """Give organisations by folded name: the known ones, and new ones made in the batch."""
    municipalities = {
        fold(name): row.id
        for row in session.execute(
            select(Municipality.id, Municipality.name_fi, Municipality.name_sv)
        )
        for name in (row.name_fi, row.name_sv)
    }
    wanted = {fold_organisation(row.invitee.organisation) for row in rows} - {""}
    known = organisations_named(session, wanted)
    for row in rows:
        folded = fold_organisation(row.invitee.organisation)
        if not folded or folded in known:
            continue
        known[folded] = batch.add(
            Organisation,
            name=row.invitee.organisation.strip(),
            folded=folded,
            kind=row.invitee.kind or _kind(row),
            municipality_id=municipalities.get(fold(_municipality(row, use_suggestions))),
        )
    return known


def _kind(row: CheckedRow) -> str:
    unknown = any(remark.remark is Remark.UNKNOWN_KIND for remark in row.remarks)
    return (OrganisationKind.OTHER if unknown else OrganisationKind.NGO).value


def _municipality(row: CheckedRow, use_suggestions: bool) -> str:
    for remark in row.remarks:
        if remark.remark is Remark.UNKNOWN_MUNICIPALITY:
            return remark.suggestion if use_suggestions else ""
    return row.invitee.municipality


def _known_addresses(session: Session, rows: Sequence[CheckedRow]) -> dict[tuple[str, str], str]:
    addresses: dict[tuple[str, str], str] = {}
    for some in chunks({row.person_id for row in rows if row.person_id}):
        found = session.execute(
            select(Address.person_id, Address.folded, Address.id).where(Address.person_id.in_(some))
        )
        addresses.update({(one.person_id, one.folded): one.id for one in found})
    return addresses


def _affiliated(session: Session, rows: Sequence[CheckedRow]) -> Collection[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for some in chunks({row.person_id for row in rows if row.person_id}):
        found = session.execute(
            select(Affiliation.person_id, Affiliation.organisation_id).where(
                Affiliation.person_id.in_(some)
            )
        )
        pairs.update((one.person_id, one.organisation_id) for one in found)
    return pairs


def _share_boxes(session: Session, rows: Sequence[CheckedRow]) -> None:
    """Mark the earlier rows of an address that serves another person now."""
    shared = {fold(row.invitee.address) for row in rows if row.outcome is Outcome.SHARED}
    for some in chunks(shared):
        session.execute(
            update(Address)
            .where(Address.folded.in_(some))
            .values(shared=True)
            .execution_options(synchronize_session=False)
        )
