"""The next run of a published handbook: it goes on from where the last one ended."""

import pytest
from sqlalchemy import select

from reviewtool.domain.phases import PhaseState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.drafts import Draft
from reviewtool.models.phases import Phase
from reviewtool.queries.editions import editions_of
from reviewtool.queries.phases import timeline
from reviewtool.services import phases
from reviewtool.services.processes import begin_next_run
from reviewtool.services.publication import publish
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.texts import make_draft, make_texts, reword


def published(installation: Installation) -> tuple[MadeHandbook, str]:
    made = make_handbook(installation)
    section_id = make_texts(installation, made.administrator, made.id).first
    draft_id = make_draft(installation, made.administrator, made.id)
    publish(installation, made.administrator, made.id, draft_id, "Ensimmäinen.")
    return made, section_id


def test_the_next_run_has_its_own_phases_and_its_draft_is_the_next_edition(
    installation: Installation, clock: SetClock
) -> None:
    made, section_id = published(installation)
    editor = made.administrator
    request = new_id()
    first = begin_next_run(installation, editor, made.id, "single-round", request)
    assert begin_next_run(installation, editor, made.id, "single-round", request) == first
    with installation.database.read() as session:
        process = timeline(session, editor, made.id, clock.now())
    assert process.run == 2
    assert {card.state for card in process.present} == {PhaseState.PLANNED}
    assert [card.run for card in process.phases] == sorted(card.run for card in process.phases)
    assert len(process.earlier) == len(made.phases)
    clock.advance(days=400)
    reword(installation, editor, section_id, "kerran viikossa", "iltaisin")
    draft_id = make_draft(installation, editor, made.id)
    publish(installation, editor, made.id, draft_id, "Toinen.")
    with installation.database.read() as session:
        labels = [one.label for one in editions_of(session, editor, made.id)]
        numbers = session.scalars(select(Draft.number).order_by(Draft.number)).all()
    assert labels == ["2", "1"]
    assert numbers == [1, 2]


def test_it_waits_for_publication_and_for_open_phases(installation: Installation) -> None:
    made = make_handbook(installation)
    with pytest.raises(Refused) as refused:
        begin_next_run(installation, made.administrator, made.id, "single-round", new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
    made, _section = published(installation)
    phases.open_phase(installation, made.administrator, made.phases["draft-1"], new_id())
    with pytest.raises(Refused) as refused:
        begin_next_run(installation, made.administrator, made.id, "single-round", new_id())
    assert [one.id for one in refused.value.missing] == [made.phases["draft-1"]]


def test_a_phase_of_an_earlier_run_opens_no_more(installation: Installation) -> None:
    made, _section = published(installation)
    begin_next_run(installation, made.administrator, made.id, "single-round", new_id())
    with pytest.raises(Refused) as refused:
        phases.open_phase(installation, made.administrator, made.phases["draft-2"], new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
    with installation.database.read() as session:
        assert session.get_one(Phase, made.phases["draft-2"]).state is PhaseState.PLANNED
