"""Who may begin an organisation's statement, and who submits it once its holder is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Sharing
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason
from reviewtool.domain.trace import Act
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Organisation
from reviewtool.models.statements import Statement, StatementMember
from reviewtool.models.trace import TraceRow
from reviewtool.queries.actors import find_link
from reviewtool.queries.statements import StatementDoor, statement_door
from reviewtool.services import (
    delegation,
    deputies,
    invitations,
    signups,
    statement_members,
    statements,
)
from reviewtool.services.deputies import Naming
from reviewtool.services.doubles import merge_persons
from reviewtool.services.people import erase_person
from reviewtool.services.vouching import vouch
from tests.factories.contributions import Table, make_table, now_actor, say
from tests.factories.handbooks import make_administrator
from tests.factories.people import MadePerson, link_actor, make_invitee, make_person
from tests.factories.statements import add_point
from tests.integration.test_signups import confirmation
from tests.integration.test_statements import begun, colleague, named, read, reason_of, submit


def organisation_of(installation: Installation, actor: Actor) -> str:
    with installation.database.read() as session:
        return session.get_one(Organisation, actor.organisation_id).name


def signed_up(installation: Installation, table: Table, organisation: str) -> Actor:
    """Let a stranger sign up in an organisation's name, and confirm the address."""
    who = make_invitee("Vieras Väki", organisation=organisation)
    signups.sign_up(installation, table.round.phase_id, who)
    own = signups.confirm(installation, confirmation(installation))
    days = installation.settings.retention_days
    with installation.database.read() as session:
        link = find_link(session, own.link_id, own.generation, installation.clock.now(), days)
    assert link is not None
    return link.actor


def door(installation: Installation, actor: Actor) -> StatementDoor:
    with installation.database.read() as session:
        found = statement_door(session, actor)
    assert found is not None
    return found


def holder(installation: Installation) -> str:
    with installation.database.read() as session:
        return session.scalars(select(Statement.holder_id)).one()


def told(installation: Installation) -> list[str]:
    """List who was mailed that they submit a statement now."""
    with installation.database.read() as session:
        rows = select(Message.person_id).where(Message.kind == MessageKind.STATEMENT_HOLDER)
        return list(session.scalars(rows.order_by(Message.created_at)))


def acts(installation: Installation) -> list[str]:
    with installation.database.read() as session:
        return list(session.scalars(select(TraceRow.act).order_by(TraceRow.sequence)))


@pytest.mark.parametrize("sharing", [Sharing.NOBODY, Sharing.EVERYONE])
def test_a_stranger_learns_and_begins_nothing_in_an_organisations_name(
    installation: Installation, sharing: Sharing
) -> None:
    table = make_table(installation, people=1, sharing=sharing)
    name = organisation_of(installation, table.actors[0])
    stranger = signed_up(installation, table, name)
    start = lambda: statements.begin(installation, stranger, new_id())  # noqa: E731
    before = door(installation, stranger)
    assert before == StatementDoor(name, vouched=False)
    assert reason_of(start) is Reason.NOT_ALLOWED
    owner = begun(installation, table)
    add_point(installation, owner, None, "Kanta.", new_id())
    assert door(installation, stranger) == before
    assert reason_of(start) is Reason.NOT_ALLOWED
    assert read(installation, stranger) is None


def test_who_signed_up_first_takes_nothing_from_whom_the_editors_ask(
    installation: Installation,
) -> None:
    table = make_table(installation, people=0)
    stranger = signed_up(installation, table, "Apu ry")
    made = make_person(
        installation, table.round.editor, table.round.phase_id, "Anna Kallio", organisation="Apu ry"
    )
    asked = link_actor(installation, made)
    assert stranger.organisation_id == asked.organisation_id
    assert door(installation, asked).may_begin
    assert statements.begin(installation, asked, new_id())


def test_the_editors_vouch_for_whom_they_know_and_take_it_back(installation: Installation) -> None:
    table = make_table(installation, people=0)
    stranger = signed_up(installation, table, "Apu ry")
    editor, handbook_id = table.round.editor, table.round.handbook.id
    part = stranger.invitation_id or ""
    again = lambda who: vouch(installation, who, handbook_id, part, "form")  # noqa: E731
    assert reason_of(lambda: again(stranger)) is Reason.NOT_ALLOWED
    for _ in range(2):
        again(editor)
    assert acts(installation).count(Act.PERSON_VOUCHED) == 1
    assert door(installation, stranger).may_begin
    vouch(installation, editor, handbook_id, part, new_id(), vouched=False)
    assert not door(installation, stranger).may_begin
    assert reason_of(lambda: statements.begin(installation, stranger, new_id())) is (
        Reason.NOT_ALLOWED
    )


def test_whom_a_stranger_passes_the_task_on_to_is_as_unknown(installation: Installation) -> None:
    table = make_table(installation, people=0)
    stranger = signed_up(installation, table, "Apu ry")
    delegation.pass_on(
        installation, stranger, "Sini Sijainen", "sini@jarjesto.example.org", new_id()
    )
    assert not door(installation, named(installation, "Sini Sijainen")).vouched


def test_the_one_who_has_worked_on_it_longest_submits_what_a_decliner_held(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=1)
    owner = begun(installation, table)
    team = []
    for name in ("Sara Kollega", "Timo Toinen", "Uusi Kasvo"):
        clock.advance(minutes=1)
        team.append(colleague(installation, table, owner, name))
    sara, timo, uusi = team
    add_point(installation, timo, table.section_id, "Kanta.", new_id())
    invitations.decline(installation, sara, "", new_id())
    assert holder(installation) == owner.person_id  # a colleague's leaving changes nothing
    assert told(installation) == []
    for _ in range(2):
        invitations.decline(installation, owner, "", "form")
    assert holder(installation) == timo.person_id
    assert told(installation) == [timo.person_id]
    assert acts(installation)[-2:] == [Act.STATEMENT_HANDED_OVER, Act.PERSON_DECLINED]
    joint = read(installation, uusi)
    assert joint is not None
    assert (joint.holder, joint.holds) == ("Timo Toinen", False)
    assert len(submit(installation, timo)) == 1


def test_an_erased_holder_leaves_the_statement_to_the_others(installation: Installation) -> None:
    table = make_table(installation, people=1)
    owner = begun(installation, table)
    sara = colleague(installation, table, owner, "Sara Kollega")
    erase_person(installation, make_administrator(installation), owner.person_id or "")
    joint = read(installation, sara)
    assert joint is not None
    assert [one.name for one in joint.members] == ["Sara Kollega"]
    assert joint.holds
    assert told(installation) == [sara.person_id]
    assert Act.STATEMENT_HANDED_OVER in acts(installation)


def test_a_holder_whose_invitation_is_cancelled_holds_nothing(installation: Installation) -> None:
    table = make_table(installation, people=1)
    owner = begun(installation, table)
    sara = colleague(installation, table, owner, "Sara Kollega")
    statement_members.hand_over(installation, owner, sara.person_id or "")
    invitations.cancel(installation, table.round.editor, sara.invitation_id or "", new_id())
    assert holder(installation) == owner.person_id
    joint = read(installation, owner)
    assert joint is not None
    assert joint.holds


def test_what_all_have_left_waits_for_somebody_of_the_organisation(
    installation: Installation,
) -> None:
    table = make_table(installation, people=1)
    owner = begun(installation, table)
    add_point(installation, owner, None, "Kanta.", new_id())
    name = organisation_of(installation, owner)
    stranger = signed_up(installation, table, name)
    invitations.decline(installation, owner, "", new_id())
    assert door(installation, stranger) == StatementDoor(name, vouched=False)
    made = make_person(
        installation, table.round.editor, table.round.phase_id, "Sara Kollega", organisation=name
    )
    sara = link_actor(installation, made)
    assert (door(installation, sara).left, door(installation, sara).may_begin) == (True, True)
    assert read(installation, sara) is None
    for _ in range(2):
        statements.begin(installation, sara, "form")
    joint = read(installation, sara)
    assert joint is not None
    assert joint.holds
    assert [point.words for point in joint.drafts] == ["Kanta."]
    assert acts(installation)[-2:] == [Act.STATEMENT_JOINED, Act.STATEMENT_HANDED_OVER]
    say(installation, table, now_actor(installation, table), "Sittenkin.")  # thinks again
    joint = read(installation, now_actor(installation, table))
    assert joint is not None
    assert joint.holder == "Sara Kollega"


def test_who_comes_back_when_all_are_gone_holds_it_again(installation: Installation) -> None:
    table = make_table(installation, people=1)
    owner = begun(installation, table)
    sara = colleague(installation, table, owner, "Sara Kollega")
    invitations.decline(installation, owner, "", new_id())
    invitations.decline(installation, sara, "", new_id())
    say(installation, table, now_actor(installation, table), "Sittenkin.")
    back = now_actor(installation, table)
    add_point(installation, back, None, "Kanta.", new_id())
    assert len(submit(installation, back)) == 1
    assert holder(installation) == owner.person_id


def test_a_deputys_statement_goes_back_when_the_days_end(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=1)
    owner, made = table.actors[0], table.round
    today = local_day(clock.now(), "Europe/Helsinki")
    naming = Naming("Sini Sijainen", "sini@jarjesto.example.org", today, today + timedelta(1))
    deputies.name_deputy(
        installation, made.editor, made.handbook.id, owner.person_id or "", naming, new_id()
    )
    with installation.database.read() as session:
        part = session.scalars(select(Invitation).where(Invitation.origin == Origin.DEPUTY)).one()
    deputy = link_actor(installation, MadePerson("", part.id, "", ""))
    owner = begun(installation, table)
    colleague(installation, table, owner, "Sara Kollega")
    statement_members.ask_colleague(
        installation, owner, "Sini Sijainen", "sini@jarjesto.example.org", new_id()
    )
    statement_members.hand_over(installation, owner, deputy.person_id or "")
    add_point(installation, deputy, None, "Sijaisen kirjaama.", new_id())
    clock.advance(days=3)
    deputies.tick(installation)
    assert holder(installation) == owner.person_id
    assert told(installation) == [owner.person_id]
    assert read(installation, link_actor(installation, MadePerson("", part.id, "", ""))) is None
    assert len(submit(installation, owner)) == 1


@pytest.mark.parametrize("gone", [0, 1, None])
def test_merged_doubles_work_on_as_long_as_either_does(
    installation: Installation, gone: int | None
) -> None:
    table = make_table(installation, people=1)
    owner = begun(installation, table)
    doubles = [colleague(installation, table, owner, name) for name in ("Sara Oja", "Saara Oja")]
    if gone is not None:
        statement_members.take_out(installation, owner, doubles[gone].person_id or "")
    kept, merged = (one.person_id or "" for one in doubles)
    merge_persons(installation, table.round.editor, kept, merged, new_id())
    joint = read(installation, owner)
    assert joint is not None
    assert [one.name for one in joint.members] == ["Henkilö 1", "Sara Oja"]
    with installation.database.read() as session:
        rows = session.scalars(select(StatementMember.person_id)).all()
    assert sorted(rows) == sorted([owner.person_id, kept])


def test_merged_doubles_who_have_both_left_stay_out(installation: Installation) -> None:
    table = make_table(installation, people=1)
    owner = begun(installation, table)
    doubles = [colleague(installation, table, owner, name) for name in ("Sara Oja", "Saara Oja")]
    for one in doubles:
        statement_members.take_out(installation, owner, one.person_id or "")
    kept, merged = (one.person_id or "" for one in doubles)
    merge_persons(installation, table.round.editor, kept, merged, new_id())
    joint = read(installation, owner)
    assert joint is not None
    assert [one.name for one in joint.members] == ["Henkilö 1"]


def test_a_decliner_is_no_task_holder(installation: Installation) -> None:
    table = make_table(installation, people=1)
    owner = table.actors[0]
    name = organisation_of(installation, owner)
    made = make_person(
        installation, table.round.editor, table.round.phase_id, "Sara Kollega", organisation=name
    )
    sara = link_actor(installation, made)
    assert not door(installation, sara).may_begin
    with installation.database.write() as session:
        session.execute(
            update(Invitation)
            .where(Invitation.id == owner.invitation_id)
            .values(state=InvitationState.DECLINED)
        )
    assert door(installation, sara).may_begin
