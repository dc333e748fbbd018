"""What somebody puts in is read by somebody: who sees it, where, and which mail tells of it.

The table below names every kind; a new table of the schema, kind of contribution or kind of
question that stands nowhere here fails. Each is put in by its use case, and then looked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.contributions import ContributionKind, QuestionKind
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.models import Base
from reviewtool.models.invitations import Invitation
from reviewtool.queries.archive import owned_rows
from reviewtool.queries.counting import things_said
from reviewtool.services.links import link_url
from reviewtool.services.readiness import say_ready
from tests.factories.accounts import sign_in
from tests.factories.mail import newest, opened, part, write
from tests.factories.putting_in import (
    MARK,
    Put,
    asked,
    attached,
    contributed,
    decided,
    declined,
    featured,
    interviewed,
    judged,
    needed,
    nothing,
    objected,
    passed_on,
    point,
    proposed,
    to_another,
)
from tests.web.browser import Browser

NOT_SAID: dict[str, str] = {
    **dict.fromkeys(
        (
            "handbook", "process", "phase", "phase_change", "phase_section", "convener", "question",
            "extension", "deputy", "section", "section_text", "revision", "revision_contribution",
            "revision_hunk", "lineage", "relation", "structure_change", "structure_change_section",
            "draft", "draft_item", "starting_text", "inheritance", "publication", "workshop",
            "workshop_group", "workshop_theme", "workshop_minutes", "workshop_minutes_sent",
            "easy_summary", "answer", "answer_version", "evidence", "late_decision", "carry",
            "placement", "buffer", "story", "episode", "waiting_original", "picture",
        ),
        "editors write it",
    ),
    **dict.fromkeys(
        ("person", "address", "organisation", "affiliation", "municipality", "account",
         "membership", "assignment", "assignment_section", "link", "message"),
        "it says who somebody is, or what is asked of whom",
    ),
    **dict.fromkeys(
        ("trace_row", "trace_head", "form_request", "blob", "file"),
        "the installation keeps it of its own accord",
    ),
    "unsent": "half written: nobody else's until it is sent",
    "own_theme": "which texts one wants to see first is nobody else's to know",
    **dict.fromkeys(
        ("contribution_version", "contribution_section", "workshop_entry", "workshop_correction",
         "interview", "statement", "statement_member"),
        "it belongs to what is said, which stands in the table below",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """For one kind: its table, and everybody who reads it; what is empty has its reason."""

    table: str
    put: Callable[[Installation, SetClock], Put]
    editors: tuple[str, ...]
    author: tuple[str, ...]
    sheet: str | None
    """The spreadsheet's sheet; None: it stands in the archive only."""
    counted: bool
    mail: MessageKind | None
    why: str = ""


BENCH = "{home}/sections/{section}/merge?show=all"
LEDGER = "{home}/contributions"
ONE = "{home}/contributions/{contribution}"
PHASE = "{home}/process/{phase}"
PERSON = "{home}/people/{person}"
MINE, READY = "{own}/mine", "{own}/ready"


COMMENTS = "Palaute"
NO_MAIL = "the editors see it on their pages; its author, who sends it, on theirs"

SAID: dict[str, Said] = {
    "contribution:comment": Said(
        "contribution", contributed(words=MARK), (BENCH, LEDGER, ONE), (MINE, READY), COMMENTS,
        True, MessageKind.RECEIPT,
    ),
    "contribution:suggestion": Said(
        "contribution", contributed(words="Näin.", quote="kerran viikossa", replacement=MARK),
        (BENCH, LEDGER, ONE), (MINE, READY), COMMENTS, True, MessageKind.RECEIPT,
    ),
    "contribution:example": Said(
        "contribution", contributed(activity=MARK), (BENCH, LEDGER, ONE), (MINE, READY), COMMENTS,
        True, MessageKind.RECEIPT,
    ),
    "contribution:question-answer": Said(
        "contribution", asked(QuestionKind.FREE), (BENCH, LEDGER), (MINE, READY), COMMENTS, True,
        MessageKind.RECEIPT,
    ),
    "question:free": Said(
        "contribution", asked(QuestionKind.FREE), (BENCH, LEDGER), (MINE, READY), COMMENTS, True,
        MessageKind.RECEIPT,
    ),
    "question:example": Said(
        "contribution", asked(QuestionKind.EXAMPLE), (BENCH, LEDGER), (MINE, READY), COMMENTS, True,
        MessageKind.RECEIPT,
    ),
    "question:choice": Said(
        "choice", asked(QuestionKind.CHOICE), (BENCH, PHASE, LEDGER), (MINE, READY), "Valinnat",
        True, MessageKind.RECEIPT,
    ),
    "question:scale": Said(
        "choice", asked(QuestionKind.SCALE), (BENCH, PHASE, LEDGER), (MINE, READY), "Valinnat",
        True, MessageKind.RECEIPT,
    ),
    "nothing to say": Said(
        "nothing_to_say", nothing, (BENCH, PHASE, LEDGER), (MINE, READY), "Valinnat", True,
        MessageKind.RECEIPT,
    ),
    "support": Said(
        "support", to_another("support"), (BENCH, ONE), (MINE, READY), "Samaa mieltä", True,
        MessageKind.RECEIPT,
    ),
    "reply": Said(
        "turn", to_another("reply"), (ONE,), (MINE, READY), "Muiden vastaukset kommenttiin", True,
        MessageKind.RECEIPT,
    ),
    "attachment": Said(
        "attachment", attached, (ONE,), (MINE, READY), None, True, None,
        "a file isn't mailed back; the spreadsheet says how many there are",
    ),
    "verdict": Said("verdict", judged, (BENCH, ONE), (MINE,), COMMENTS, True, None, NO_MAIL),
    "decline": Said(
        "invitation", declined, (PERSON,), (), None, False, None,
        "only the editors read the reason; who doesn't take part is mailed no more",
    ),
    "pass on": Said(
        "invitation", passed_on, ("{home}/people",), (), None, False, MessageKind.PASSED_ON,
        "the colleague has a link of their own, and a person's page shows who passed it on",
    ),
    "statement point": Said(
        "statement_point", point, (BENCH, LEDGER), (MINE, "{own}/statement"), COMMENTS, True,
        MessageKind.RECEIPT,
    ),
    "decision of approval": Said(
        "approval", decided, ("{home}/phases/{phase}/approvals/{section}", LEDGER),
        ("{own}/approve/receipt",), COMMENTS, True, MessageKind.APPROVAL_RECEIPT,
    ),
    "objection to a carry": Said(
        "carry", objected, ("{home}/phases/{phase}/approvals/{section}",),
        ("{own}/approve/texts/{section}",), None, True, MessageKind.APPROVAL_RECEIPT,
        "carries are the editors'; the archive holds the objection with them",
    ),
    "contribution:proposal": Said(
        "proposal", proposed, (LEDGER, "{home}/structure/proposals", ONE),
        ("{own}/workshop/room", MINE), COMMENTS, True, None,
        "workshops have no receipt: the minutes repeat it",
    ),
    "contribution:feature": Said(
        "contribution", featured, (BENCH, LEDGER, ONE), ("{own}/workshop/room", MINE), COMMENTS,
        True, None, "workshops have no receipt: the minutes repeat it",
    ),
    "workshop sign-up": Said(
        "workshop_sign_up", needed, ("{home}/workshops/{phase}/people",),
        ("{own}/workshop/invitation",), None, False, None,
        "needs are for the editors, and are forgotten after the workshop: they stand in no mail",
    ),
    "contribution:interview-note": Said(
        "interview_note", interviewed, (BENCH, LEDGER, ONE, "{home}/interviews/{interview}"),
        ("{own}/interview/",), COMMENTS, True, None,
        "the mail leads to the notes, whose page alone shows them",
    ),
}  # fmt: skip


def test_every_kind_and_table_is_listed() -> None:
    listed = set(SAID)
    assert {f"contribution:{one.value}" for one in ContributionKind} <= listed
    assert {f"question:{one.value}" for one in QuestionKind} <= listed
    tables = {one.table for one in SAID.values()} | set(NOT_SAID)
    assert set(Base.metadata.tables) - tables == set(), "who reads what stands in these tables?"
    assert tables - set(Base.metadata.tables) == set()
    reasonless = [
        name
        for name, one in SAID.items()
        if not (one.author and one.sheet and one.mail and one.counted) and not one.why
    ]
    assert reasonless == []


@pytest.mark.parametrize("name", sorted(SAID))
def test_it_is_read(
    name: str,
    installation: Installation,
    clock: SetClock,
    client: FlaskClient,
    new_client: Callable[[], FlaskClient],
) -> None:
    said = SAID[name]
    put = said.put(installation, clock)
    editor = sign_in(Browser(client), put.editor)
    for path in said.editors:
        editor.open(put.page(path))
        assert put.mark in editor.text, f"the editors don't see it: {path}"
    author = Browser(new_client())
    author.open(link_url(installation, put.author.link_id))
    for path in said.author:
        author.open(put.page(path))
        assert put.mark in author.text, f"its author doesn't see it: {path}"
    if said.sheet is not None:
        page = editor.client.get(put.page(f"{LEDGER}/export"))
        sheet = openpyxl.load_workbook(BytesIO(page.data))[said.sheet]
        cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
        assert any(put.mark in cell for cell in cells), "the spreadsheet lacks it"
    with installation.database.read() as session:
        assert list(owned_rows(session, said.table, put.handbook_id)), "the archive lacks it"
        number = session.scalar(
            select(things_said()).where(
                Invitation.phase_id == put.phase_id,
                Invitation.person_id == put.author.person_id,
            )
        )
    assert bool(number) == said.counted, "whether its author has said something"
    if said.mail is not None:
        if said.mail is MessageKind.RECEIPT:
            say_ready(installation, put.author)
        letter = write(installation, newest(installation, said.mail))
        assert letter is not None
        assert put.mark in part(opened(letter), "plain"), "the mail lacks it"
