"""The table of people to invite, checked against who is known already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.invitees import ADDED, Invitee, Outcome, Remark
from reviewtool.domain.people import fold
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.files import Blob, File
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Municipality
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.office.people import PeopleTable, PersonRow, ProblemReason
from reviewtool.queries.facts import found, handbook_facts

AT_ONCE = 1000
"""How many values one query looks for at the most: far below what both databases take."""

_OUTCOMES = {
    ProblemReason.MISSING_NAME: Outcome.NAME_MISSING,
    ProblemReason.MISSING_ADDRESS: Outcome.BAD_ADDRESS,
    ProblemReason.BAD_ADDRESS: Outcome.BAD_ADDRESS,
    ProblemReason.SEVERAL_ADDRESSES: Outcome.BAD_ADDRESS,
    ProblemReason.TOO_LONG: Outcome.TOO_LONG,
    ProblemReason.DUPLICATE: Outcome.DUPLICATE,
    ProblemReason.SHARED_BOX: Outcome.SHARED,
}
_REMARKS = {
    ProblemReason.UNKNOWN_KIND: Remark.UNKNOWN_KIND,
    ProblemReason.UNKNOWN_MUNICIPALITY: Remark.UNKNOWN_MUNICIPALITY,
    ProblemReason.UNKNOWN_LANGUAGE: Remark.UNKNOWN_LANGUAGE,
}


@dataclass(frozen=True)
class RowRemark:
    """Something notable in a row: what stands there, and what was probably meant."""

    remark: Remark
    value: str
    suggestion: str = ""


@dataclass(frozen=True)
class CheckedRow:
    """A row of the table, and what will become of it.

    person_id: the known person; other_rows: those that it repeats or shares its address with.
    """

    number: int
    invitee: Invitee
    typed_address: str
    outcome: Outcome
    remarks: tuple[RowRemark, ...] = ()
    other_rows: tuple[int, ...] = ()
    person_id: str | None = None

    @property
    def added(self) -> bool:
        """Tell whether the row makes an invitation."""
        return self.outcome in ADDED


def municipality_names(session: Session) -> list[str]:
    """List the names of all municipalities in both languages; 1 query."""
    rows = session.execute(
        select(Municipality.name_fi, Municipality.name_sv).order_by(Municipality.name_fi)
    )
    return list(dict.fromkeys(name for row in rows for name in row))


def kept_table(session: Session, actor: Actor, handbook_id: str, file_id: str) -> tuple[str, bytes]:
    """Read a table that was uploaded for inviting: (name, content). Raises Refused."""
    if not may(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
    row = found(
        session.execute(
            select(File.name, Blob.content)
            .join(Blob, Blob.sha256 == File.sha256)
            .where(File.id == file_id, File.handbook_id == handbook_id)
        ).one_or_none()
    )
    return row.name, row.content


def check_table(
    session: Session, actor: Actor, phase_id: str, table: PeopleTable
) -> list[CheckedRow]:
    """Tell for each row of a table what inviting would do: 1 query, and 3 per 1,000 rows.

    It tells who is known by an address. Raises Refused for all but the handbook's editors.
    """
    handbook_id = found(session.scalar(select(Phase.handbook_id).where(Phase.id == phase_id)))
    if not may(actor, Action.RUN_PROCESS, Facts(handbook_id=handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
    rows = [_row(person) for person in table.rows]
    addresses = {fold(row.invitee.address) for row in rows if row.added}
    known = _known_people(session, addresses)
    invited = _invited(session, phase_id, known.values())
    boxes = {address for address, _name in known}
    return [_against_known(row, known, invited, boxes) for row in rows]


def chunks(values: Iterable[str]) -> Iterator[Sequence[str]]:
    """Cut values into pieces that one query can look for."""
    ordered = sorted(values)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def _row(person: PersonRow) -> CheckedRow:
    outcome = Outcome.NEW
    remarks: list[RowRemark] = []
    others: tuple[int, ...] = ()
    typed = person.address
    for problem in person.problems:
        if problem.reason in _REMARKS:
            remarks.append(RowRemark(_REMARKS[problem.reason], problem.value, problem.suggestion))
            continue
        found_outcome = _OUTCOMES[problem.reason]
        others = problem.rows or others
        typed = typed or problem.value
        if outcome in ADDED:
            outcome = found_outcome
    return CheckedRow(
        number=person.number,
        invitee=Invitee(
            person.name,
            person.address,
            person.organisation,
            person.kind,
            person.municipality,
            person.language,
        ),
        typed_address=typed,
        outcome=outcome,
        remarks=tuple(remarks),
        other_rows=others,
    )


def _known_people(session: Session, addresses: set[str]) -> dict[tuple[str, str], str]:
    """Find persons by (folded address, folded name); the earliest of several."""
    known: dict[tuple[str, str], str] = {}
    for some in chunks(addresses):
        rows = session.execute(
            select(Address.folded, Person.name, Person.id)
            .join(Person, Person.id == Address.person_id)
            .where(Address.folded.in_(some), Person.erased_at.is_(None))
            .order_by(Person.created_at, Person.id)
        )
        for row in rows:
            known.setdefault((row.folded, fold(row.name)), row.id)
        # The names of doubles lead to the person into whom they were merged.
        doubles = session.execute(
            select(Address.folded, Person.name, Person.merged_into_id)
            .join(Person, Person.merged_into_id == Address.person_id)
            .where(Address.folded.in_(some), Person.erased_at.is_(None))
            .order_by(Person.created_at, Person.id)
        )
        for folded, name, kept_id in doubles:
            known.setdefault((folded, fold(name)), kept_id or "")
    return known


def _invited(session: Session, phase_id: str, person_ids: Iterable[str]) -> set[str]:
    invited: set[str] = set()
    for some in chunks(set(person_ids)):
        invited.update(
            session.scalars(
                select(Invitation.person_id).where(
                    Invitation.phase_id == phase_id,
                    Invitation.person_id.in_(some),
                    Invitation.state.not_in(
                        (InvitationState.UNCONFIRMED, InvitationState.CANCELLED)
                    ),
                )
            )
        )
    return invited


def _against_known(
    row: CheckedRow, known: dict[tuple[str, str], str], invited: set[str], boxes: set[str]
) -> CheckedRow:
    if not row.added:
        return row
    address = fold(row.invitee.address)
    person_id = known.get((address, fold(row.invitee.name)))
    if person_id is not None:
        outcome = Outcome.ALREADY if person_id in invited else Outcome.KNOWN
        return replace(row, outcome=outcome, person_id=person_id)
    if address in boxes:
        return replace(row, outcome=Outcome.SHARED)
    return row
