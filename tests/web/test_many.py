"""Pages take as many queries for a thousand contributions and people as for ten (design, 7)."""

from collections.abc import Iterable

import pytest
from flask import Flask
from sqlalchemy import func, select

from reviewtool.domain.approvals import Decision
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from tests.factories.accounts import sign_in
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.contributions import make_table, say
from tests.factories.copies import copy_approver, copy_row
from tests.factories.people import link_actor
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser
from tests.web.queries import count_queries
from tests.web.test_approvals import mailed_link

FEW, MANY = 10, 1000
MOST = 20
"""Queries of any of these pages: what it shows takes so many, and no more, however much it is."""


@pytest.fixture
def approval(installation: Installation) -> MadeRound:
    """Give an open approval phase with one approver, who has commented on every text."""
    made = make_round(installation, key="approval", open_to_all=False)
    lines = approval_lines(installation, made.phase_id)
    approver = link_actor(installation, made.people[0])
    decide_all(installation, approver, lines, Decision.WITH_COMMENTS, "Hyvä.")
    return made


def numbers(installation: Installation, browser: Browser, paths: Iterable[str]) -> dict[str, int]:
    """Count the queries of each page."""
    found = {}
    for path in paths:
        with count_queries(installation) as counted:
            assert browser.open(path).status_code == 200, path
        found[path] = counted.number
    return found


def newest_approval(installation: Installation, section_id: str) -> str:
    with installation.database.read() as session:
        query = select(Approval.id).where(Approval.section_id == section_id)
        return session.scalars(query.order_by(Approval.decided_at)).first() or ""


def test_the_approval_pages_and_their_overview(
    installation: Installation, approval: MadeRound, app: Flask
) -> None:
    line = approval_lines(installation, approval.phase_id)[0]
    approver, editor = Browser(app.test_client()), Browser(app.test_client())
    approver.open(mailed_link(installation, approval))
    sign_in(editor, approval.editor)
    start = approver.url
    person_id = link_actor(installation, approval.people[0]).person_id
    own = (start, f"{start}/texts/{line.section_id}", f"{start}/all", f"{start}/receipt")
    process = f"/handbooks/{approval.handbook.id}/phases/{approval.phase_id}"
    theirs = (f"{process}/approvals", f"{process}/approvals/{line.section_id}")
    seen = []
    for more in (FEW, MANY - FEW):
        copy_approver(
            installation,
            newest_approval(installation, line.section_id),
            more,
            comments_by=person_id,
        )
        seen.append(
            {**numbers(installation, approver, own), **numbers(installation, editor, theirs)}
        )
    assert seen[0] == seen[1]
    assert max(seen[1].values()) <= MOST


def test_the_overview_of_a_round(installation: Installation, app: Flask) -> None:
    table = make_table(installation)
    said = say(installation, table, table.actors[0])
    editor = Browser(app.test_client())
    sign_in(editor, table.round.editor)
    handbook = f"/handbooks/{table.round.handbook.id}"
    pages = (
        f"{handbook}/process",
        f"{handbook}/process/{table.round.phase_id}",
        f"{handbook}/people/organisations?phase={table.round.phase_id}",
    )
    seen = []
    for more in (FEW, MANY - FEW):
        with installation.database.write() as session:
            last = session.scalar(select(func.max(Contribution.number))) or 0
            row = session.get_one(Contribution, said)
            copy_row(session, row, more, lambda n, after=last: {"number": after + 1 + n})
        seen.append(numbers(installation, editor, pages))
    assert seen[0] == seen[1]
    assert max(seen[1].values()) <= MOST
