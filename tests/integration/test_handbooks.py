"""Handbooks begin with the phases of a template."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.actors import SYSTEM
from reviewtool.domain.people import Role
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook, Membership
from reviewtool.models.phases import Phase, Question
from reviewtool.models.trace import TraceRow
from reviewtool.services.handbooks import create_handbook, give_membership
from tests.factories.handbooks import make_administrator, make_editor, make_handbook


def test_a_new_handbook_has_the_planned_phases_of_its_template(installation: Installation) -> None:
    made = make_handbook(installation)
    with installation.database.read() as session:
        phases = session.scalars(select(Phase).order_by(Phase.position)).all()
        questions = session.scalar(
            select(func.count()).where(Question.phase_id == made.phases["ngo-round"])
        )
    assert len(phases) == 11
    assert {phase.state for phase in phases} == {PhaseState.PLANNED}
    assert phases[4].title["fi"] == "Järjestöjen kommenttikierros"
    assert questions == 4


def test_its_maker_administers_it(installation: Installation) -> None:
    made = make_handbook(installation)
    assert made.administrator.roles == {made.id: Role.ADMINISTRATOR}


def test_pressing_twice_makes_one_handbook(installation: Installation) -> None:
    administrator = make_administrator(installation)
    first, second = (
        create_handbook(installation, administrator, "Kirja", "fi", "single-round", "request-1")
        for _ in range(2)
    )
    assert first == second
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Handbook)) == 1
        assert session.scalar(select(func.count()).select_from(TraceRow)) == 1
    other = create_handbook(
        installation, administrator, "Toinen kirja", "fi", "single-round", "request-1"
    )
    assert other != first, "other words are never passed over"


def test_an_editor_cannot_begin_a_handbook(installation: Installation) -> None:
    made = make_handbook(installation)
    editor = make_editor(installation, made.id)
    with pytest.raises(Refused) as refused:
        create_handbook(installation, editor, "Toinen", "fi", "model-case")
    assert refused.value.reason is Reason.NOT_ALLOWED


def test_a_handbook_needs_a_title(installation: Installation) -> None:
    with pytest.raises(Refused) as refused:
        create_handbook(installation, SYSTEM, "  ", "fi", "model-case")
    assert refused.value.reason is Reason.EMPTY


def test_a_role_given_again_is_changed_and_not_doubled(installation: Installation) -> None:
    made = make_handbook(installation)
    editor = make_editor(installation, made.id)
    give_membership(
        installation, made.administrator, made.id, editor.person_id or "", Role.ADMINISTRATOR
    )
    with installation.database.read() as session:
        roles = session.scalars(
            select(Membership.role).where(Membership.person_id == editor.person_id)
        ).all()
    assert roles == [Role.ADMINISTRATOR]
