"""The demonstration: a handbook half way through its process, played by the use cases."""

from __future__ import annotations

from dataclasses import dataclass

from reviewtool.demo.coordinators import play_coordinators_round
from reviewtool.demo.mails import settle_past_mail
from reviewtool.demo.ngo_round import play_ngo_round
from reviewtool.demo.opening import begin, write_first_draft
from reviewtool.demo.second_draft import write_second_draft
from reviewtool.demo.stage import Stage
from reviewtool.demo.structure import change_structure
from reviewtool.demo.verdicts import tell_verdicts
from reviewtool.domain.actors import SYSTEM
from reviewtool.infra.installation import Installation
from reviewtool.queries.archive import handbook_ids
from reviewtool.queries.directions import first_people


@dataclass(frozen=True)
class Demonstration:
    """What was made: the handbook, and one person of each kind with their way in."""

    handbook_id: str
    editor_person_id: str
    expert_link_id: str
    coordinator_link_id: str


def load(installation: Installation) -> Demonstration | None:
    """Play the demonstration into an installation without any handbook; None where there is one.

    Its days are counted from the installation's present day.
    """
    with installation.database.read() as session:
        if handbook_ids(session):
            return None
    stage = Stage.set_up(installation)
    # An idle connection held open: SQLite tidies its journal up whenever the last one closes.
    with installation.database.reading.connect():
        begin(stage)
        write_first_draft(stage)
        play_ngo_round(stage)
        draft_id = write_second_draft(stage)
        tell_verdicts(stage)
        play_coordinators_round(stage, draft_id)
        change_structure(stage)
        with installation.database.read() as session:
            first = first_people(session, SYSTEM)
        assert first.administrator is not None
        assert first.expert is not None
        assert first.coordinator is not None
        settle_past_mail(stage, keep=[first.expert.id, first.coordinator.id])
    return Demonstration(
        stage.handbook_id, first.administrator[0], first.expert.id, first.coordinator.id
    )
