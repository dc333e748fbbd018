"""The table of people to invite, checked against who is known already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.invitees import ADDED, Correction, Invitee, Outcome, Remark
from reviewtool.domain.people import OrganisationKind, fold, fold_organisation
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.files import Blob, File
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Municipality, Organisation
from reviewtool.models.people import Account, Address, Person
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
class RowCorrection:
    """What a row changes of somebody who is invited already: what stands now, and what will."""

    kind: Correction
    before: str
    after: str


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
    corrections: tuple[RowCorrection, ...] = ()

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
    """Tell for each row of a table what inviting would do: 2 queries, and 4 per 1,000 rows.

    It tells who is known by an address. Raises Refused for all but the handbook's editors.
    """
    handbook_id = found(session.scalar(select(Phase.handbook_id).where(Phase.id == phase_id)))
    if not may(actor, Action.RUN_PROCESS, Facts(handbook_id=handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
    rows = _with_municipalities(session, [_row(person) for person in table.rows])
    addresses = {fold(row.invitee.address) for row in rows if row.added}
    known = _known_people(session, addresses)
    invited = _invited(session, handbook_id, phase_id, known.values())
    names = {fold_organisation(row.invitee.organisation) for row in rows if row.added}
    organisations = organisations_named(session, names if invited else ())
    boxes = {address for address, _name in known}
    return [_against_known(row, known, invited, boxes, organisations) for row in rows]


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


def _with_municipalities(session: Session, rows: Sequence[CheckedRow]) -> list[CheckedRow]:
    """Let the municipality itself be the organisation where a row names no other; 1 query.

    An organisation that stands for the municipality already goes before one of its bare name.
    """
    if not any(row.invitee.municipality and not row.invitee.organisation for row in rows):
        return list(rows)
    names: dict[str, str] = {}
    query = (
        select(Organisation.name, Municipality.name_fi, Municipality.name_sv)
        .join(Municipality, Municipality.id == Organisation.municipality_id)
        .where(
            Organisation.kind == OrganisationKind.MUNICIPALITY.value,
            Organisation.merged_into_id.is_(None),
        )
        .order_by(Organisation.created_at, Organisation.id)
    )
    for name, *spellings in session.execute(query):
        for one in spellings:
            names.setdefault(fold(one), name)
    return [_of_municipality(row, names) for row in rows]


def _of_municipality(row: CheckedRow, names: dict[str, str]) -> CheckedRow:
    invitee = row.invitee
    if invitee.organisation or not invitee.municipality:
        return row
    unknown = [one for one in row.remarks if one.remark is Remark.UNKNOWN_MUNICIPALITY]
    meant = unknown[0].suggestion if unknown else invitee.municipality
    kind = OrganisationKind.MUNICIPALITY if meant else OrganisationKind.OTHER
    organisation = names.get(fold(meant), meant) or invitee.municipality
    named = replace(invitee, organisation=organisation, kind=invitee.kind or kind.value)
    return replace(row, invitee=named)


def organisations_named(session: Session, folded: Iterable[str]) -> dict[str, str]:
    """Find to which organisation each folded name leads; 1 query per 1,000 names."""
    known: dict[str, str] = {}
    for some in chunks(set(folded) - {""}):
        rows = session.execute(
            select(Organisation.folded, Organisation.id, Organisation.merged_into_id)
            .where(Organisation.folded.in_(some))
            .order_by(Organisation.created_at, Organisation.id)
        )
        for row in rows:
            known.setdefault(row.folded, row.merged_into_id or row.id)
    return known


@dataclass(frozen=True)
class _Invited:
    """What is known of somebody who is in the phase already."""

    organisation_id: str | None
    organisation: str
    language: str
    elsewhere: bool
    """Whether their language is theirs, or another handbook's, to change: not this table's."""


def _invited(
    session: Session, handbook_id: str, phase_id: str, person_ids: Iterable[str]
) -> dict[str, _Invited]:
    other = aliased(Invitation)
    elsewhere = or_(
        exists().where(Account.person_id == Person.id),
        exists().where(
            other.person_id == Person.id,
            other.phase_id == Phase.id,
            Phase.handbook_id != handbook_id,
        ),
    )
    invited: dict[str, _Invited] = {}
    for some in chunks(set(person_ids)):
        rows = session.execute(
            select(
                Invitation.person_id,
                Invitation.organisation_id,
                Organisation.name,
                Person.language,
                elsewhere.label("elsewhere"),
            )
            .join(Person, Person.id == Invitation.person_id)
            .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
            .where(
                Invitation.phase_id == phase_id,
                Invitation.person_id.in_(some),
                Invitation.state.not_in((InvitationState.UNCONFIRMED, InvitationState.CANCELLED)),
            )
        )
        invited |= {
            row.person_id: _Invited(
                row.organisation_id, row.name or "", row.language, bool(row.elsewhere)
            )
            for row in rows
        }
    return invited


def _corrections(
    row: CheckedRow, now: _Invited, organisations: Mapping[str, str]
) -> tuple[RowCorrection, ...]:
    """Tell what a row says otherwise; what it leaves empty corrects nothing.

    A name that leads to their organisation, as that of a double does, says nothing else.
    """
    corrections = []
    named, language = row.invitee.organisation.strip(), row.invitee.language
    folded = fold_organisation(named)
    if folded and (organisations.get(folded) or folded) != now.organisation_id:
        corrections.append(RowCorrection(Correction.ORGANISATION, now.organisation, named))
    if language and language != now.language and not now.elsewhere:
        corrections.append(RowCorrection(Correction.LANGUAGE, now.language, language))
    return tuple(corrections)


def _against_known(
    row: CheckedRow,
    known: dict[tuple[str, str], str],
    invited: dict[str, _Invited],
    boxes: set[str],
    organisations: Mapping[str, str],
) -> CheckedRow:
    if not row.added:
        return row
    address = fold(row.invitee.address)
    person_id = known.get((address, fold(row.invitee.name)))
    if person_id is not None:
        if person_id not in invited:
            return replace(row, outcome=Outcome.KNOWN, person_id=person_id)
        corrections = _corrections(row, invited[person_id], organisations)
        outcome = Outcome.CORRECTED if corrections else Outcome.ALREADY
        return replace(row, outcome=outcome, person_id=person_id, corrections=corrections)
    if address in boxes:
        return replace(row, outcome=Outcome.SHARED)
    return row
