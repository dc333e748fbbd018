"""The ledger as a spreadsheet says what its pages say."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
from flask.testing import FlaskClient

from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services.workshop_charts import ChartLine, record_chart
from tests.factories.accounts import sign_in
from tests.factories.workshops import running
from tests.web.browser import Browser


def exported(browser: Browser, address: str) -> list[dict[str, object]]:
    response = browser.client.get(f"{address}?sort=number")
    sheet = openpyxl.load_workbook(BytesIO(response.data)).active
    assert sheet is not None
    heading, *rows = (list(row) for row in sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def test_the_export_tells_what_was_proposed_by_which_group_and_the_handbooks_days(
    installation: Installation, clock: SetClock, client: FlaskClient
) -> None:
    made, groups = running(installation, clock)
    clock.at = datetime(2026, 9, 30, 21, 1, tzinfo=UTC)  # 0.01 of 1 October in Helsinki
    proposed = Proposed(ProposalAct.ADD, title="Velkaneuvonta", parent_id=made.texts.area)
    line = ChartLine(proposed=proposed, words="Kysyntä kasvaa.")
    record_chart(installation, made.editor, groups[0], [line], new_id())
    editor = sign_in(Browser(client), made.editor)
    (row,) = exported(editor, f"/handbooks/{made.handbook.id}/contributions/export")
    assert row["Mitä ehdotetaan"] == "Uusi teksti ”Velkaneuvonta” kohtaan ”Osallisuus”"
    assert row["Kenen nimissä"] == "Työpajan ryhmä"
    assert row["Vastaanotettu"] == datetime(2026, 10, 1)  # noqa: DTZ001 (a day of a spreadsheet)
