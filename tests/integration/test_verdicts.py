"""Whether an answer answers: its author says so by the old link, and it reopens nothing."""

from __future__ import annotations

import pytest

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.verdicts import Verdict
from reviewtool.queries.contributions import one
from reviewtool.queries.entries import entries
from reviewtool.queries.ledger import Judged, LedgerFilter, ledger
from reviewtool.queries.openness import open_by_section
from reviewtool.queries.participation import participation
from reviewtool.services import answers, recording
from reviewtool.services.verdicts import give_verdict
from tests.factories.contributions import Table, make_table, now_actor, say


def answered(installation: Installation, table: Table, clock: SetClock) -> str:
    made = say(installation, table, table.actors[0], "Liian lyhyt, kysykää Outilta.")
    clock.advance(days=22)
    given = answers.Answering(AnswerKind.NOT_TAKEN, "Pidämme tekstit lyhyinä.")
    answers.answer(installation, table.round.editor, [made], given, new_id())
    return made


def listed(installation: Installation, table: Table, verdict: Judged) -> list[str]:
    wanted = LedgerFilter(verdict=verdict)
    with installation.database.read() as session:
        page = ledger(session, table.round.editor, table.round.handbook.id, "fi", wanted)
    return [row.id for row in page.rows]


def test_the_author_says_it_and_changes_it_after_the_round(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation)
    made = answered(installation, table, clock)
    author = now_actor(installation, table)
    with pytest.raises(Refused) as refused:
        give_verdict(installation, author, made, satisfied=True, reason="", request_id=new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW  # no answer is shown yet
    answers.publish(installation, table.round.editor, [made], new_id())
    assert listed(installation, table, Judged.NOTHING) == [made]
    for _press in (1, 2):
        give_verdict(
            installation, author, made, satisfied=False, reason="Outi jäi kysymättä.",
            request_id="form",
        )  # fmt: skip
    assert listed(installation, table, Judged.NOT_REALLY) == [made]
    with installation.database.read() as session:
        [entry] = entries(session, table.round.editor, [made])
        assert entry.verdict is not None
        assert (entry.verdict.reason, entry.verdict.of_this_answer) == ("Outi jäi kysymättä.", True)
        assert not entry.is_open
        assert table.section_id not in open_by_section(session, table.round.handbook.id)
        figures = participation(
            session, table.round.editor, table.round.handbook.id, 1, [], clock.now()
        )
    assert (figures.satisfied, figures.not_satisfied) == (0, 1)
    recording.mask(installation, table.round.editor, made, ["Outi"], new_id())
    with installation.database.read() as session:
        assert "Outi" not in session.get_one(Verdict, made).reason
    give_verdict(installation, author, made, satisfied=True, reason="Turha", request_id=new_id())
    with installation.database.read() as session:
        line = one(session, author, made)
    assert line is not None
    assert line.verdict is not None
    assert (line.verdict.satisfied, line.verdict.reason) == (True, "")


def test_it_is_of_the_answer_that_was_read_and_only_its_authors(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation)
    made = answered(installation, table, clock)
    answers.publish(installation, table.round.editor, [made], new_id())
    other = now_actor(installation, table, 1)
    for stranger in (other, table.round.editor):
        with pytest.raises(Refused) as refused:
            give_verdict(
                installation, stranger, made, satisfied=True, reason="", request_id=new_id()
            )
        assert refused.value.reason is Reason.NOT_ALLOWED
    author = now_actor(installation, table)
    give_verdict(installation, author, made, satisfied=True, reason="", request_id=new_id())
    with installation.database.read() as session:
        seen = one(session, other, made)
    assert seen is not None
    assert seen.verdict is None
    again = answers.Answering(AnswerKind.NOTED, "Luimme uudelleen.")
    answers.revise(installation, table.round.editor, made, again, 1, new_id())
    with installation.database.read() as session:
        [entry] = entries(session, table.round.editor, [made])
    assert entry.verdict is not None
    assert not entry.verdict.of_this_answer
