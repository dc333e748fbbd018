"""What an organisation is asked about first, and who holds its task."""

import pytest
from sqlalchemy import select

from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Assignment, AssignmentSection, Invitation
from reviewtool.queries.participant import round_head
from reviewtool.queries.round_texts import continue_at, texts
from reviewtool.services import phases
from reviewtool.services.assignments import Task, change_assignment
from reviewtool.services.readiness import say_nothing
from tests.factories.people import MadePerson, link_actor, make_person
from tests.factories.rounds import MadeRound, make_round


def ask(
    installation: Installation,
    made: MadeRound,
    person: MadePerson,
    *sections: str,
    holder: str = "",
    request_id: str = "",
) -> None:
    with installation.database.read() as session:
        part = session.get_one(Invitation, person.invitation_id)
    change_assignment(
        installation,
        made.editor,
        made.phase_id,
        part.organisation_id or "",
        Task(frozenset(sections), holder or person.invitation_id),
        request_id or new_id(),
    )


def chosen(installation: Installation) -> set[str]:
    with installation.database.read() as session:
        return set(session.scalars(select(AssignmentSection.section_id)))


def asked_first(installation: Installation, person: MadePerson) -> list[str]:
    actor = link_actor(installation, person)
    with installation.database.read() as session:
        head = round_head(session, actor, installation.clock.now())
        return [line.section_id for line in texts(session, actor, head, "fi") if line.asked]


def test_its_people_are_led_to_the_chosen_texts_first(installation: Installation) -> None:
    made = make_round(installation, people=2)
    theirs, others = made.people
    last = made.texts.story
    ask(installation, made, theirs, last)
    assert asked_first(installation, theirs) == [last]
    assert asked_first(installation, others) == []
    actor = link_actor(installation, theirs)
    for expected in (True, False):
        with installation.database.read() as session:
            head = round_head(session, actor, installation.clock.now())
            following = continue_at(texts(session, actor, head, "fi"))
        assert following is not None
        assert (following.section_id == last) is expected
        if expected:
            say_nothing(installation, actor, last)


def test_choosing_again_replaces_and_none_means_all_alike(installation: Installation) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    first, second = made.texts.first, made.texts.story
    ask(installation, made, person, first, second)
    ask(installation, made, person, second)
    assert chosen(installation) == {second}
    ask(installation, made, person)
    assert chosen(installation) == set()


def test_the_task_is_held_by_one_of_its_own_people(installation: Installation) -> None:
    made = make_round(installation, people=1)
    names = ("Anna", "Bo")
    one, other = (
        make_person(installation, made.editor, made.phase_id, name, organisation="Yhdistys")
        for name in names
    )
    ask(installation, made, one, holder=other.invitation_id)
    with installation.database.read() as session:
        part = session.get_one(Invitation, one.invitation_id)
        held = session.scalars(
            select(Assignment.invitation_id).where(
                Assignment.organisation_id == part.organisation_id
            )
        ).one()
    assert held == other.invitation_id
    with pytest.raises(Refused) as refused:
        ask(installation, made, one, holder=made.people[0].invitation_id)
    assert refused.value.reason is Reason.NOT_FOUND


def test_other_texts_and_closed_phases_are_refused(installation: Installation) -> None:
    made, other = make_round(installation, people=1), make_round(installation, people=1)
    (person,) = made.people
    with pytest.raises(Refused) as refused:
        ask(installation, made, person, other.texts.first)
    assert refused.value.reason is Reason.NOT_FOUND
    phases.close(installation, made.editor, made.phase_id, new_id())
    with pytest.raises(Refused) as refused:
        ask(installation, made, person, made.texts.first)
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
