"""The ledger as an Excel file: one row for each contribution, its place in the text included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import local_day_of, localized
from reviewtool.office.tables import Cell
from reviewtool.queries.entries import Entry
from reviewtool.web.contributions.shown import place_name, verdict_name
from reviewtool.wording.names import wording


def ledger_table(
    rows: Sequence[Entry], titles: Mapping[str, str], texts: Mapping[str, str]
) -> list[Sequence[Cell]]:
    """Give the rows; titles: section id -> title, texts: revision id -> canonical text."""
    table: list[Sequence[Cell]] = [_heading()]
    table += [_row(row, titles, texts) for row in rows]
    return table


def _heading() -> list[Cell]:
    return [
        _("Number"),
        _("Phase"),
        _("Text"),
        _("Place in the text"),
        _("Words of the text"),
        _("Kind"),
        _("How it came"),
        _("State"),
        _("Received"),
        _("Said on"),
        _("Organisation"),
        _("Name"),
        _("As whom"),
        _("Recorded by"),
        _("Language"),
        _("What is proposed"),
        _("What was said"),
        _("Suggested words"),
        _("For whom"),
        _("What is done"),
        _("What has come of it"),
        _("Question"),
        _("Agree"),
        _("Attached files"),
        _("Answer"),
        _("Reason"),
        _("Answered"),
        _("Shown to the contributor"),
        _("What the author says about the answer"),
        _("Why"),
    ]


def _row(row: Entry, titles: Mapping[str, str], texts: Mapping[str, str]) -> list[Cell]:
    text = texts.get(row.revision_id or "", "")
    section = titles.get(row.section_id or "", "")
    answer = row.answer
    return [
        row.number,
        localized(row.phase),
        section or (_("The whole handbook") if row.section_id is None else ""),
        place_name(text, row.start, row.end),
        row.quote,
        wording(row.kind),
        wording(row.channel),
        wording(row.state),
        local_day_of(row.created_at),
        row.said_on,
        row.organisation,
        row.author,
        _voice(row),
        row.recorded_by,
        row.language,
        row.asks,
        row.words,
        row.replacement,
        row.target_group,
        row.activity,
        row.effect,
        localized(row.question) if row.question else "",
        row.supports,
        row.files,
        wording(answer.kind) if answer else "",
        answer.reason if answer else "",
        local_day_of(answer.answered_at) if answer else None,
        local_day_of(answer.published_at) if answer and answer.published_at else None,
        verdict_name(row.verdict) if row.verdict else "",
        row.verdict.reason if row.verdict else "",
    ]


def _voice(row: Entry) -> str:
    if row.of_statement:
        return _("Organisation's statement")
    return _("A workshop's group") if row.of_group else _("A person's own")
