"""A successor: what is open goes on with links of their own; what was said keeps its author."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.deputies import Deputy
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.messages import Message
from reviewtool.services.deputies import Naming, name_deputy
from reviewtool.services.invitations import invite
from reviewtool.services.readiness import say_ready
from reviewtool.services.succession import name_successor
from tests.factories.contributions import Table, say
from tests.factories.people import MadePerson, link_actor, make_invitee
from tests.factories.rounds import MadeRound, make_round

SANNA = "sanna@jarjesto.example.org"


def succeed(installation: Installation, made: MadeRound, request_id: str = "") -> str:
    return name_successor(
        installation, made.editor, made.handbook.id, made.people[0].id,
        "Sanna Seuraaja", SANNA, request_id or new_id(),
    )  # fmt: skip


def parts(installation: Installation, person_id: str) -> dict[str, Invitation]:
    with installation.database.read() as session:
        rows = session.scalars(select(Invitation).where(Invitation.person_id == person_id))
        return {row.phase_id: row for row in rows}


def mailed(installation: Installation, kind: MessageKind) -> list[str]:
    with installation.database.read() as session:
        return list(session.scalars(select(Message.person_id).where(Message.kind == kind)))


def test_open_and_planned_parts_go_on_and_the_old_link_only_reads(
    installation: Installation,
) -> None:
    made = make_round(installation, key="coordinators-round", people=2)
    old = made.people[0]
    planned = made.handbook.phases["approval"]
    again = make_invitee(old.name, address=old.address, organisation="Espoon kaupunki")
    invite(installation, made.editor, planned, again, new_id())
    said = say(installation, Table(made, ()), link_actor(installation, old), "Selkeä teksti.")
    day = made.closes_on - timedelta(days=3)
    naming = Naming("Sini Sijainen", "sini@jarjesto.example.org", day, day)
    name_deputy(installation, made.editor, made.handbook.id, old.id, naming, new_id())
    person_id = succeed(installation, made, "form")
    assert succeed(installation, made, "form") == person_id

    theirs = parts(installation, person_id)
    assert theirs[made.phase_id].state is InvitationState.INVITED
    assert theirs[planned].state is InvitationState.PREPARED
    assert {part.origin for part in theirs.values()} == {Origin.SUCCESSOR}
    former = parts(installation, old.id)
    assert former[made.phase_id].state is InvitationState.PASSED_ON
    assert former[planned].state is InvitationState.CANCELLED
    assert mailed(installation, MessageKind.SUCCESSOR) == [person_id]
    assert mailed(installation, MessageKind.SUCCEEDED) == [old.id]
    with installation.database.read() as session:
        held = set(session.scalars(select(Assignment.invitation_id)))
        assert session.get_one(Contribution, said).author_id == old.id
        assert session.scalars(select(Deputy)).all() == []
    assert {part.id for part in theirs.values()} <= held
    facts = Facts(phase_id=made.phase_id, phase_open=True)
    link = link_actor(installation, old)
    assert may(link, Action.READ_ROUND, facts)
    assert not may(link, Action.CONTRIBUTE, facts)
    new = MadePerson(person_id, theirs[made.phase_id].id, "", "")
    assert may(link_actor(installation, new), Action.CONTRIBUTE, facts)


def test_who_is_ready_leaves_nothing_open_and_nobody_succeeds_themselves(
    installation: Installation,
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    with pytest.raises(Refused) as refused:
        name_successor(
            installation, made.editor, made.handbook.id, person.id,
            person.name, person.address, new_id(),
        )  # fmt: skip
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
    say_ready(installation, link_actor(installation, person))
    with pytest.raises(Refused) as refused:
        succeed(installation, made)
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
    assert parts(installation, person.id)[made.phase_id].state is InvitationState.READY


def test_only_editors_of_the_handbook_name_successors(installation: Installation) -> None:
    made = make_round(installation, people=1)
    with pytest.raises(Refused) as refused:
        name_successor(
            installation, link_actor(installation, made.people[0]), made.handbook.id,
            made.people[0].id, "Sanna Seuraaja", SANNA, new_id(),
        )  # fmt: skip
    assert refused.value.reason is Reason.NOT_ALLOWED
