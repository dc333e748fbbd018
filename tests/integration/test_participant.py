"""What a participant's pages are made of: texts with progress, passages placed anew."""

from __future__ import annotations

import threading

from sqlalchemy import func, select

from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, Placement
from reviewtool.models.phases import PhaseSection
from reviewtool.queries.contributions import lines_of
from reviewtool.queries.participant import round_head
from reviewtool.queries.placing import spots
from reviewtool.queries.round_texts import continue_at, texts
from reviewtool.services import readiness
from reviewtool.text.anchors import Status
from tests.factories.contributions import Table, drafted, make_table, say
from tests.factories.texts import edit, working_text


def placed(installation: Installation, table: Table) -> dict[str, tuple[Status, str]]:
    """Place the table's contributions into the working text: status and words, by quote."""
    revision_id, text = working_text(installation, table.section_id)
    with installation.database.read() as session:
        actor = table.actors[0]
        found = spots(session, actor, table.section_id, revision_id, text)
        lines = lines_of(session, actor, [spot.id for spot in found])
        assert session.scalar(select(func.count(Placement.id))) == 0
    return {
        lines[spot.id].quote: (spot.place.status, text[spot.place.start : spot.place.end])
        for spot in found
        if spot.place is not None
    }


def test_passages_are_placed_into_the_text_that_is_shown(installation: Installation) -> None:
    table = make_table(installation)
    for quote in ("kerran viikossa", "Mukaan voi tulla ilman ilmoittautumista", "järjestön"):
        say(installation, table, table.actors[0], quote=quote)
    _revision, text = drafted(installation, table, table.section_id)
    changed = text.replace("Ryhmässä tavataan", "Avoimessa ryhmässä tavataan").replace(
        " Mukaan voi tulla ilman ilmoittautumista.", ""
    )
    edit(installation, table.round.editor, table.section_id, changed)
    found = placed(installation, table)
    assert found["kerran viikossa"] == (Status.EXACT, "kerran viikossa")
    assert found["järjestön"] == (Status.EXACT, "järjestön")
    assert found["Mukaan voi tulla ilman ilmoittautumista"][0] is Status.REMOVED


def test_a_removed_passage_is_shown_apart_and_nowhere_else(installation: Installation) -> None:
    table = make_table(installation)
    say(installation, table, table.actors[0], quote="kerran viikossa")
    _revision, text = drafted(installation, table, table.section_id)
    edit(
        installation, table.round.editor, table.section_id,
        text.replace("Ryhmässä tavataan kerran viikossa. ", ""),
    )  # fmt: skip
    revision_id, shown = working_text(installation, table.section_id)
    with installation.database.read() as session:
        [spot] = spots(session, table.actors[0], table.section_id, revision_id, shown)
    assert spot.is_apart


def test_progress_leads_on_to_the_first_undone_text(installation: Installation) -> None:
    table = make_table(installation)
    actor = table.actors[0]
    say(installation, table, actor, section_id=table.round.texts.area)
    readiness.say_nothing(installation, actor, table.round.texts.first)
    say(installation, table, table.actors[1], section_id=table.round.texts.second)  # noise
    with installation.database.read() as session:
        head = round_head(session, actor, installation.clock.now())
        lines = texts(session, actor, head, "sv")  # no Swedish texts: the handbook's own language
    assert [line.progress.done for line in lines] == [False, True, True, False, False]
    following = continue_at(lines)
    assert following is not None
    assert following.section_id == table.round.texts.second


def test_a_round_about_some_sections_shows_only_those(installation: Installation) -> None:
    table = make_table(installation)
    with installation.database.write() as session:
        session.add(PhaseSection(phase_id=table.round.phase_id, section_id=table.round.texts.first))
    with installation.database.read() as session:
        head = round_head(session, table.actors[0], installation.clock.now())
        lines = texts(session, table.actors[0], head, "fi")
    assert [(line.title, line.group) for line in lines] == [("Vertaistuki", "Osallisuus")]


def test_eight_presses_at_once_say_it_once(installation: Installation) -> None:
    table = make_table(installation)
    request_id = new_id()
    answers: list[str] = []

    def press() -> None:
        answers.append(say(installation, table, table.actors[0], "Kerran.", request_id=request_id))

    presses = [threading.Thread(target=press) for _ in range(8)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert len(answers) == 8
    assert len(set(answers)) == 1
    with installation.database.read() as session:
        assert session.scalar(select(func.count(Contribution.id))) == 1


def test_many_at_once_lose_nothing_and_number_in_a_row(installation: Installation) -> None:
    table = make_table(installation, people=4)

    def talk(number: int) -> None:
        for turn in range(3):
            say(installation, table, table.actors[number], f"Sanon {turn}.")

    people = [threading.Thread(target=talk, args=(number,)) for number in range(4)]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    with installation.database.read() as session:
        numbers = session.scalars(select(Contribution.number)).all()
    assert sorted(numbers) == list(range(1, 13))
