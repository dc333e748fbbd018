"""An organisation's joint statement: drafts of its own people only, one submits, all read on."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionKind, Sharing
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.people import Person
from reviewtool.models.statements import StatementPoint
from reviewtool.queries.archive import owned_rows
from reviewtool.queries.entries import entries
from reviewtool.queries.facts import contribution_facts
from reviewtool.queries.ledger import LedgerFilter, Voice, ledger
from reviewtool.queries.statements import JointStatement, joint_statement, statement_door
from reviewtool.queries.visible import visible_to
from reviewtool.services import answers, delegation, statement_members, statement_points, statements
from reviewtool.services.succession import name_successor
from tests.factories.contributions import Table, make_table, now_actor, say
from tests.factories.people import MadePerson, link_actor
from tests.factories.statements import add_point, save_point


def begun(installation: Installation, table: Table) -> Actor:
    holder = table.actors[0]
    statements.begin(installation, holder, new_id())
    return holder


def colleague(installation: Installation, table: Table, holder: Actor, name: str) -> Actor:
    address = f"{name.split()[0].lower()}@jarjesto.example.org"
    statement_members.ask_colleague(installation, holder, name, address, new_id())
    return named(installation, name)


def named(installation: Installation, name: str) -> Actor:
    """Read the actor of somebody's link by their name, as it stands now."""
    with installation.database.read() as session:
        person_id, invitation_id = session.execute(
            select(Person.id, Invitation.id)
            .join(Invitation, Invitation.person_id == Person.id)
            .where(Person.name == name)
        ).one()
    return link_actor(installation, MadePerson(person_id, invitation_id, name, ""))


def read(installation: Installation, actor: Actor) -> JointStatement | None:
    with installation.database.read() as session:
        return joint_statement(session, actor)


def submit(installation: Installation, holder: Actor, request_id: str = "") -> tuple[str, ...]:
    joint = read(installation, holder)
    assert joint is not None
    return statements.submit_statement(installation, holder, joint.seen, request_id or new_id())


def reason_of(act: object) -> Reason:
    with pytest.raises(Refused) as refused:
        act()  # type: ignore[operator]
    return refused.value.reason


def test_colleagues_write_and_one_submits_it_as_the_organisations(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation, people=2, sharing=Sharing.NOBODY)
    holder = begun(installation, table)
    outsider = table.actors[1]
    sara = colleague(installation, table, holder, "Sara Kollega")
    personal = say(installation, table, holder, "Oma mielipiteeni.")
    first = add_point(installation, holder, table.section_id, "Kanta.", "form")
    assert add_point(installation, holder, table.section_id, "Kanta.", "form") == first
    clock.advance(minutes=1)
    add_point(installation, sara, None, "Kokonaisuus toimii.", new_id())
    joint = read(installation, sara)
    assert joint is not None
    assert [point.words for point in joint.drafts] == ["Kanta.", "Kokonaisuus toimii."]
    assert read(installation, outsider) is None
    with installation.database.read() as session:
        mails = session.scalars(select(Message.kind).where(Message.person_id == sara.person_id))
        assert MessageKind.INVITATION in mails.all()
        assert list(owned_rows(session, "statement_point", table.round.handbook.id)) == []
        handbook_id = table.round.handbook.id
        assert ledger(session, table.round.editor, handbook_id, "fi", LedgerFilter()).total == 1
    assert reason_of(lambda: submit(installation, sara)) is Reason.NOT_ALLOWED
    made = submit(installation, holder)
    with installation.database.read() as session:
        rows = {one.id: one for one in entries(session, table.round.editor, [*made, personal])}
        joint_rows = LedgerFilter(voice=Voice.STATEMENT)
        listed = ledger(session, table.round.editor, handbook_id, "fi", joint_rows).rows
        assert {row.id for row in listed} == set(made)
        words = session.scalars(select(StatementPoint.words)).all()
    assert [rows[one].words for one in made] == ["Kanta.", "Kokonaisuus toimii."]
    assert [rows[one].of_statement for one in (*made, personal)] == [True, True, False]
    assert rows[made[0]].kind is ContributionKind.COMMENT
    assert set(words) == {""}  # masking the contribution reaches all that stands of it
    clock.advance(days=22)
    given = answers.Answering(AnswerKind.NOT_TAKEN, "Pidämme tekstit lyhyinä.")
    answers.answer(installation, table.round.editor, list(made), given, new_id())
    answers.publish(installation, table.round.editor, list(made), new_id())
    later = named(installation, "Sara Kollega")
    joint = read(installation, later)
    assert joint is not None
    assert all(point.line and point.line.answer for point in joint.sent)
    for reader in (later, outsider, now_actor(installation, table)):
        with installation.database.read() as session:
            seen = set(session.scalars(select(Contribution.id).where(visible_to(reader))))
            for one in (*made, personal):
                facts = contribution_facts(session, reader, one, clock.now())
                assert may(reader, Action.SEE_CONTRIBUTION, facts) is (one in seen)
        assert (set(made) <= seen) is (reader is not outsider)


def test_two_at_one_point_and_a_submission_of_what_was_read(installation: Installation) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    sara = colleague(installation, table, holder, "Sara Kollega")
    point = add_point(installation, holder, None, "Kanta.", new_id())
    joint = read(installation, holder)
    assert joint is not None
    save_point(installation, sara, point, "Saran kanta.", 1, new_id())
    for act in (
        lambda: save_point(installation, holder, point, "Oma kanta.", 1, new_id()),
        lambda: statement_points.drop_point(installation, holder, point, 1),
        lambda: statements.submit_statement(installation, holder, joint.seen, new_id()),
    ):
        assert reason_of(act) is Reason.TEXT_CHANGED
    made = submit(installation, holder, "once")
    assert submit_again(installation, holder, point) == made
    late = lambda: save_point(installation, sara, point, "Vielä.", 2, new_id())  # noqa: E731
    assert reason_of(late) is Reason.NOT_POSSIBLE_NOW
    assert reason_of(lambda: submit(installation, holder)) is Reason.EMPTY


def submit_again(installation: Installation, holder: Actor, point: str) -> tuple[str, ...]:
    return statements.submit_statement(installation, holder, f"{point}:2", "once")


def test_who_leaves_loses_access_and_who_takes_over_gains_it(installation: Installation) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    sara = colleague(installation, table, holder, "Sara Kollega")
    timo = colleague(installation, table, holder, "Timo Toinen")
    add_point(installation, timo, None, "Kanta.", new_id())
    assert holder.person_id is not None
    assert sara.person_id is not None
    assert timo.person_id is not None
    stays = lambda: statement_members.take_out(installation, holder, holder.person_id or "")  # noqa: E731
    assert reason_of(stays) is Reason.NOT_POSSIBLE_NOW
    pushed = lambda: statement_members.take_out(installation, sara, timo.person_id or "")  # noqa: E731
    assert reason_of(pushed) is Reason.NOT_ALLOWED
    statement_members.take_out(installation, holder, timo.person_id)
    assert read(installation, timo) is None
    again = lambda: add_point(installation, timo, None, "Vielä.", new_id())  # noqa: E731
    assert reason_of(again) is Reason.NOT_FOUND
    statement_members.hand_over(installation, holder, sara.person_id)
    joint = read(installation, sara)
    assert joint is not None
    assert (joint.holds, joint.holder) == (True, "Sara Kollega")
    assert [point.words for point in joint.drafts] == ["Kanta."]  # what was written stays
    delegation.pass_on(installation, sara, "Uusi Kasvo", "uusi@jarjesto.example.org", new_id())
    assert read(installation, sara) is None
    new = named(installation, "Uusi Kasvo")
    taken = read(installation, new)
    assert taken is not None
    assert taken.holds
    with installation.database.write() as session:
        session.execute(
            update(Invitation)
            .where(Invitation.id == new.invitation_id)
            .values(state=InvitationState.DECLINED)
        )
    assert read(installation, new) is None


def test_an_organisation_has_one_statement_and_its_drafts_are_nobody_elses(
    installation: Installation,
) -> None:
    table = make_table(installation)
    holder = begun(installation, table)
    assert statements.begin(installation, holder, new_id())  # again: the same
    with installation.database.write() as session:
        session.execute(
            update(Invitation)
            .where(Invitation.person_id == table.actors[1].person_id)
            .values(organisation_id=holder.organisation_id)
        )
    claims = now_actor(installation, table, 1)  # says to be of the same organisation
    assert read(installation, claims) is None
    assert reason_of(lambda: statements.begin(installation, claims, new_id())) is (
        Reason.NOT_POSSIBLE_NOW
    )
    with installation.database.read() as session:
        door = statement_door(session, claims)
    assert door is not None
    assert (door.under_way, door.may_begin) == (True, False)


def test_a_successor_submits_what_the_holder_left(installation: Installation) -> None:
    table = make_table(installation, people=1)
    holder = begun(installation, table)
    add_point(installation, holder, table.section_id, "Kanta.", new_id())
    made = table.round
    name_successor(
        installation, made.editor, made.handbook.id, made.people[0].id,
        "Sanna Seuraaja", "sanna@jarjesto.example.org", new_id(),
    )  # fmt: skip
    assert len(submit(installation, named(installation, "Sanna Seuraaja"))) == 1
