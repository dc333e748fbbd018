"""A checked table of people as its preview shows it: what needs a look first, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewtool.domain.invitees import Correction, Outcome, Remark
from reviewtool.domain.people import OrganisationKind
from reviewtool.infra.i18n import gettext
from reviewtool.infra.i18n import gettext as _
from reviewtool.office.people import PeopleTable
from reviewtool.office.people_words import Column
from reviewtool.queries.invitations import CheckedRow, RowCorrection
from reviewtool.web.people.forms import LANGUAGE_NAMES
from reviewtool.wording.names import wording
from reviewtool.wording.process import CORRECTIONS, OUTCOMES, REMARKS

ROWS_ON_PAGE = 100


@dataclass(frozen=True)
class ShownRow:
    """A row in words."""

    number: int
    name: str
    address: str
    organisation: str
    outcome: str
    added: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class TablePage:
    """A page of a checked table, with its counts."""

    name: str
    rows: tuple[ShownRow, ...]
    page: int
    pages: int
    total: int
    added: int
    corrected: int
    left_out: int
    remarked: int
    suggestions: int
    unknown_headers: tuple[str, ...]
    missing_columns: tuple[Column, ...]


def table_page(name: str, table: PeopleTable, rows: Sequence[CheckedRow], page: int) -> TablePage:
    """Order the rows: first those left out, then those with a remark, then the others."""
    ordered = sorted(rows, key=lambda row: (row.added, not row.remarks, row.number))
    pages = max(1, -(-len(ordered) // ROWS_ON_PAGE))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * ROWS_ON_PAGE : page * ROWS_ON_PAGE]
    return TablePage(
        name=name,
        rows=tuple(_shown(row) for row in shown),
        page=page,
        pages=pages,
        total=len(rows),
        added=sum(row.added for row in rows),
        corrected=sum(row.outcome is Outcome.CORRECTED for row in rows),
        left_out=sum(not row.added and row.outcome is not Outcome.CORRECTED for row in rows),
        remarked=sum(row.added and bool(row.remarks) for row in rows),
        suggestions=sum(
            row.added and any(remark.suggestion for remark in row.remarks) for row in rows
        ),
        unknown_headers=tuple(words for _number, words in table.unknown_headers),
        missing_columns=table.missing_columns,
    )


def _shown(row: CheckedRow) -> ShownRow:
    invitee = row.invitee
    kind = wording(OrganisationKind(invitee.kind)) if invitee.kind else ""
    parts = [part for part in (invitee.organisation, kind, invitee.municipality) if part]
    outcome = str(OUTCOMES[row.outcome])
    if row.other_rows:
        numbers = ", ".join(str(number) for number in row.other_rows)
        where = _("see row %(numbers)s", numbers=numbers)
        outcome = f"{outcome} ({where})"
    if row.outcome is Outcome.BAD_ADDRESS and not row.typed_address:
        outcome = _("The e-mail address is missing: left out")
    return ShownRow(
        number=row.number,
        name=invitee.name or "–",
        address=row.typed_address or "–",
        organisation=", ".join(parts) or "–",
        outcome=outcome,
        added=row.added,
        remarks=(
            *(_correction(one) for one in row.corrections),
            *(_remark(one.remark, one.value, one.suggestion) for one in row.remarks if row.added),
        ),
    )


def _correction(one: RowCorrection) -> str:
    names = [one.before, one.after]
    if one.kind is Correction.LANGUAGE:
        names = [str(LANGUAGE_NAMES[code]) for code in names]
    return gettext(CORRECTIONS[one.kind].message, before=names[0] or "–", after=names[1])


def _remark(remark: Remark, value: str, suggestion: str) -> str:
    words = f"{REMARKS[remark]}: {value}."
    if suggestion:
        return words + " " + _("Suggestion: %(name)s.", name=suggestion)
    if remark is Remark.UNKNOWN_MUNICIPALITY:
        return words + " " + _("Left empty.")
    if remark is Remark.UNKNOWN_KIND:
        return words + " " + _("Becomes: other organisation.")
    return words + " " + _("The handbook's language is used.")
