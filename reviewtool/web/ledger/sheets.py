"""The other sheets of the ledger's Excel file: what is said, and is no contribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewtool.domain.contributions import TurnVisibility
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import local_day_of, localized
from reviewtool.office.tables import Cell
from reviewtool.queries.agreeing import Agreement
from reviewtool.queries.answers import Note
from reviewtool.queries.entries import Entry
from reviewtool.queries.short_answer_rows import ShortAnswer
from reviewtool.wording.names import kind_of_organisation


def short_answer_table(
    rows: Sequence[ShortAnswer], titles: Mapping[str, str]
) -> list[Sequence[Cell]]:
    """Give one row for each choice, and for each text of which there was nothing to say."""
    table: list[Sequence[Cell]] = [
        [
            _("Phase"),
            _("Text"),
            _("Question"),
            _("Answer"),
            _("Organisation"),
            _("Kind of organisation"),
            _("Name"),
            _("Received"),
        ]
    ]
    table += [
        [
            localized(row.phase),
            titles.get(row.section_id or "", "") if row.section_id else _("The whole handbook"),
            localized(row.question) if row.question else "",
            localized(row.option) if row.option else _("Nothing to say"),
            row.organisation,
            kind_of_organisation(row.organisation_kind),
            row.name,
            local_day_of(row.at),
        ]
        for row in rows
    ]
    return table


def agreement_table(rows: Sequence[Agreement]) -> list[Sequence[Cell]]:
    """Give one row for each who agrees with a contribution."""
    table: list[Sequence[Cell]] = [
        [_("Number"), _("Organisation"), _("Name"), _("As whom"), _("Wording"), _("Received")]
    ]
    table += [
        [
            row.number,
            row.organisation,
            row.name,
            _("For the organisation") if row.for_organisation else _("A person's own"),
            _("with an earlier wording") if row.earlier else "",
            local_day_of(row.at),
        ]
        for row in rows
    ]
    return table


def reply_table(
    rows: Sequence[Entry], threads: Mapping[str, Sequence[Note]]
) -> list[Sequence[Cell]]:
    """Give one row for each reply of a participant; what editors wrote to one another stays."""
    table: list[Sequence[Cell]] = [[_("Number"), _("Name"), _("What was said"), _("Received")]]
    table += [
        [row.number, one.by, one.words, local_day_of(one.created_at)]
        for row in rows
        for one in threads.get(row.id, ())
        if one.visibility is not TurnVisibility.EDITORS
    ]
    return table
