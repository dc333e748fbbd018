"""The model case from a neighbour's handbook to an archive, on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from reviewtool.infra.clock import SetClock
from reviewtool.infra.database import Database
from reviewtool.infra.installation import Installation
from tests.recount import recount_as_editor
from tests.scenario import (
    additions,
    approval,
    beginning,
    interviews,
    lasting,
    ngo_round,
    publication,
    rows,
    second_draft,
    starting,
    third_draft,
    workshop,
)
from tests.scenario.cast import COORDINATORS, GUNILLA, NGOS, SILENT, Cast
from tests.scenario.stage import Stage


@pytest.fixture
def empty(
    installation: Installation, sqlite_template: Path, tmp_path: Path
) -> Iterator[Installation]:
    """Give another installation, in which there is nothing yet."""
    path = tmp_path / "empty.db"
    shutil.copy(sqlite_template, path)
    elsewhere = replace(installation, database=Database(f"sqlite:///{path}"))
    yield elsewhere
    elsewhere.database.close()


def test_a_handbook_goes_through_its_whole_process(
    app: Flask, installation: Installation, clock: SetClock, empty: Installation
) -> None:
    cast = Cast.gather(Stage(app, installation, clock))
    book = beginning.begin(cast)
    starting.play(cast, book)
    workshop.play(cast, book)
    additions.play(cast, book)
    beginning.freeze(cast, book)
    ngo_round.play(cast, book)
    recount_as_editor(app, installation, book.handbook_id)
    second_draft.play(cast, book)
    interviews.play(cast, book)
    recount_as_editor(app, installation, book.handbook_id)
    third_draft.play(cast, book)
    approval.play(cast, book)
    publication.play(cast, book)
    lasting.play(cast, book)
    with installation.database.read() as session:
        rows.every_contribution_is_answered(session)
        rows.what_was_taken_stands_in_the_text(session)
        rows.every_approval_is_of_its_text(session)
        every = len(book.titles)
        rows.nobody_silent_approves(
            session, {"Kerttu Koivu": every, GUNILLA[0]: every, "Lauri Lahti": 1, SILENT[0]: 0}
        )
        rows.the_trace_holds(session, [NGOS[0][0], COORDINATORS[0][1], "esimerkki arjesta"])
    rows.nothing_is_wrong(installation)
    rows.the_archive_lives_on(installation, empty, book.handbook_id)
