"""Merging doubles: what moves, what becomes one, what is refused; and every table is thought of."""

import pytest
from sqlalchemy import UniqueConstraint, func, select

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.links import LinkState
from reviewtool.domain.people import AddressState, Role
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution, NothingToSay, Support
from reviewtool.models.extensions import Extension
from reviewtool.models.invitations import Assignment, AssignmentSection, Invitation
from reviewtool.models.links import Link
from reviewtool.models.organisations import Affiliation, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.trace import TraceRow
from reviewtool.queries.actors import find_link
from reviewtool.queries.unsent import own_unsent
from reviewtool.services import extensions
from reviewtool.services._repointing import JOINED, OF_ACCOUNTS, SINGLE, references
from reviewtool.services.assignments import Task, change_assignment
from reviewtool.services.doubles import merge_organisations, merge_persons
from reviewtool.services.handbooks import give_membership
from reviewtool.services.people import erase_person
from reviewtool.services.readiness import say_nothing, say_ready
from reviewtool.services.supports import support
from reviewtool.services.unsent import keep_unsent
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.contributions import Table, say
from tests.factories.handbooks import actor_of, make_administrator, make_editor, make_handbook
from tests.factories.people import MadePerson, link_actor, make_person
from tests.factories.rounds import MadeRound, make_round


def merge(installation: Installation, actor: Actor, kept: str, merged: str, form: str = "") -> None:
    merge_persons(installation, actor, kept, merged, form or new_id())


def parts(installation: Installation, person_id: str) -> list[Invitation]:
    with installation.database.read() as session:
        return list(session.scalars(select(Invitation).where(Invitation.person_id == person_id)))


def links_of(installation: Installation, person_id: str) -> list[LinkState]:
    now = installation.clock.now()
    with installation.database.read() as session:
        links = session.scalars(select(Link).where(Link.person_id == person_id)).all()
        found = [find_link(session, link.id, link.generation, now, 30) for link in links]
    return [one.state for one in found if one is not None and one.actor.invitation_id]


def organisation_id(installation: Installation, person: MadePerson) -> str:
    with installation.database.read() as session:
        return session.get_one(Invitation, person.invitation_id).organisation_id or ""


def test_two_invitations_into_one_phase_become_the_furthest_and_both_links_work(
    installation: Installation,
) -> None:
    made = make_round(installation, people=2)
    kept, merged = made.people
    theirs = link_actor(installation, merged)
    table = Table(made, ())
    said = say(installation, table, theirs)
    say_nothing(installation, theirs, made.texts.story)
    say_nothing(installation, link_actor(installation, kept), made.texts.story)
    say_ready(installation, theirs)
    for _ in range(2):
        merge(installation, made.editor, kept.id, merged.id, "form")
    (part,) = parts(installation, kept.id)
    assert (part.id, part.state) == (kept.invitation_id, InvitationState.READY)
    assert part.ready_at is not None
    assert parts(installation, merged.id) == []
    assert links_of(installation, kept.id) == [LinkState.OPEN, LinkState.OPEN]
    with installation.database.read() as session:
        assert session.get_one(Contribution, said).author_id == kept.id
        assert session.scalars(select(NothingToSay.invitation_id)).all() == [part.id]
        assert session.get_one(Person, merged.id).merged_into_id == kept.id
        addresses = session.scalars(
            select(Address.written).where(Address.person_id == kept.id).order_by(Address.written)
        ).all()
        assert list(addresses) == sorted([kept.address, merged.address])
        rows = select(TraceRow.object_id).where(TraceRow.act == Act.PERSONS_MERGED)
        assert session.scalars(rows).all() == [kept.id]


def test_both_agreed_with_the_same_and_nobody_agrees_with_themselves(
    installation: Installation,
) -> None:
    made = make_round(installation, people=3)
    kept, merged, other = made.people
    table = Table(made, ())
    actors = {one.id: link_actor(installation, one) for one in made.people}
    others = say(installation, table, actors[other.id])
    mine = say(installation, table, actors[merged.id])
    for person, what in ((kept, others), (merged, others), (kept, mine)):
        support(installation, actors[person.id], what, for_organisation=False)
    merge(installation, made.editor, kept.id, merged.id)
    with installation.database.read() as session:
        rows = session.execute(select(Support.contribution_id, Support.person_id)).all()
    assert [tuple(row) for row in rows] == [(others, kept.id)]


def test_of_two_decisions_on_one_text_the_later_counts(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, key="approval", people=2)
    kept, merged = made.people
    line = approval_lines(installation, made.phase_id)[0]
    for person in (kept, merged):
        decide_all(installation, link_actor(installation, person), [line])
        clock.advance(minutes=1)
    merge(installation, made.editor, kept.id, merged.id)
    with installation.database.read() as session:
        rows = session.scalars(select(Approval).order_by(Approval.decided_at)).all()
    assert [row.superseded_at is None for row in rows] == [False, True]
    assert {row.person_id for row in rows} == {kept.id}
    assert {row.invitation_id for row in rows} == {kept.invitation_id}


def test_the_same_address_stands_once_and_is_no_shared_box_any_more(
    installation: Installation,
) -> None:
    made = make_round(installation, people=0)
    box = "yhteinen@x.example.org"
    kept, merged = (
        make_person(installation, made.editor, made.phase_id, name, address=box)
        for name in ("Anna Kallio", "A. Kallio")
    )
    merge(installation, made.editor, kept.id, merged.id)
    with installation.database.read() as session:
        (address,) = session.scalars(select(Address).where(Address.folded == box))
    assert (address.person_id, address.shared) == (kept.id, False)
    again = make_person(installation, made.editor, made.phase_id, "A. Kallio", address=box)
    assert again.id == kept.id, "the other spelling leads to the one who stayed"


def test_a_part_in_a_handbook_that_one_does_not_run_is_not_touched(
    installation: Installation,
) -> None:
    made, other = make_round(installation, people=1), make_round(installation, people=0)
    (kept,) = made.people
    elsewhere = make_person(installation, other.editor, other.phase_id, "Henkilö 1")
    editor = make_editor(installation, made.handbook.id)
    with pytest.raises(Refused) as refused:
        merge(installation, editor, kept.id, elsewhere.id)
    assert refused.value.reason is Reason.NOT_ALLOWED
    assert len(parts(installation, elsewhere.id)) == 1
    give_membership(
        installation, other.editor, other.handbook.id, editor.person_id or "", Role.EDITOR
    )
    merge(installation, actor_of(installation, editor.person_id or ""), kept.id, elsewhere.id)
    assert len(parts(installation, kept.id)) == 2


def test_accounts_are_never_merged_silently(installation: Installation) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    editor, other = (make_editor(installation, made.handbook.id) for _ in range(2))
    own, theirs = editor.person_id or "", other.person_id or ""
    for kept, merged, actor, reason in (
        (own, theirs, made.editor, Reason.NOT_POSSIBLE_NOW),
        (person.id, own, made.editor, Reason.NOT_POSSIBLE_NOW),
        (own, person.id, editor, Reason.NOT_ALLOWED),
    ):
        with pytest.raises(Refused) as refused:
            merge(installation, actor, kept, merged)
        assert refused.value.reason is reason
    merge(installation, made.editor, own, person.id)
    with installation.database.read() as session:
        moved = session.scalars(select(Address).where(Address.written == person.address)).one()
    assert (moved.person_id, moved.state) == (own, AddressState.UNCONFIRMED), "it signs nobody in"


def test_a_merged_person_is_erased_with_the_one_who_stayed(installation: Installation) -> None:
    made = make_round(installation, people=2)
    kept, merged = made.people
    merge(installation, made.editor, kept.id, merged.id)
    with pytest.raises(Refused) as refused:
        merge(installation, made.editor, kept.id, merged.id)
    assert refused.value.reason is Reason.ALREADY_DONE
    erase_person(installation, make_administrator(installation), kept.id)
    with installation.database.read() as session:
        assert session.get_one(Person, merged.id).name != merged.name


def test_nothing_half_written_is_lost_when_two_are_one(installation: Installation) -> None:
    made = make_round(installation, people=2)
    kept, merged = (link_actor(installation, person) for person in made.people)
    form = f"{made.texts.first}:box"
    for actor, words in ((kept, "Toimistolla kirjoitettu"), (merged, "Kotona kirjoitettu")):
        keep_unsent(installation, actor, form, {"words": words}, "")
        keep_unsent(installation, actor, "whole:box", {"words": "Samat sanat"}, "")
    keep_unsent(installation, merged, f"{made.texts.first}:say", {"words": "Vain toisella"}, "")
    merge(installation, made.editor, made.people[0].id, made.people[1].id)
    with installation.database.read() as session:
        lines = {line.form: line.fields["words"] for line in own_unsent(session, kept)}
    assert lines == {
        form: "Toimistolla kirjoitettu",
        f"{form}:of-2": "Kotona kirjoitettu",
        "whole:box": "Samat sanat",
        f"{made.texts.first}:say": "Vain toisella",
    }


def two_organisations(installation: Installation) -> tuple[MadeRound, MadePerson, MadePerson]:
    made = make_round(installation, people=0)
    kept, merged = (
        make_person(installation, made.editor, made.phase_id, name, organisation=organisation)
        for name, organisation in (("Anna", "Apu ry"), ("Bo", "Apu"))
    )
    return made, kept, merged


def test_two_organisations_become_one_with_one_task_and_the_later_last_day(
    installation: Installation,
) -> None:
    made, kept, merged = two_organisations(installation)
    ids = [organisation_id(installation, one) for one in (kept, merged)]
    for person, its, section, days in (
        (kept, ids[0], made.texts.first, 3),
        (merged, ids[1], made.texts.second, 6),
    ):
        change_assignment(
            installation, made.editor, made.phase_id, its,
            Task(frozenset({section}), person.invitation_id), new_id(),
        )  # fmt: skip
        day = made.closes_on.replace(day=made.closes_on.day + days)
        extensions.give_extension(
            installation, made.editor, made.phase_id, its, day, "Syy", new_id()
        )
    said = say(installation, Table(made, ()), link_actor(installation, merged))
    merge_organisations(installation, made.editor, ids[0], ids[1], new_id())
    with installation.database.read() as session:
        (task,) = session.scalars(select(Assignment))
        (extension,) = session.scalars(select(Extension))
        assert task.organisation_id == ids[0]
        assert set(session.scalars(select(AssignmentSection.section_id))) == {
            made.texts.first,
            made.texts.second,
        }
        assert (extension.organisation_id, extension.closes_on) == (ids[0], day)
        assert session.get_one(Contribution, said).organisation_id == ids[0]
        assert set(session.scalars(select(Affiliation.organisation_id))) == {ids[0]}
    later = make_person(installation, made.editor, made.phase_id, "Cia", organisation="APU")
    assert organisation_id(installation, later) == ids[0]


def test_organisations_of_another_handbook_need_its_rights(installation: Installation) -> None:
    made, kept, merged = two_organisations(installation)
    other = make_handbook(installation)
    stranger = make_editor(installation, other.id)
    with pytest.raises(Refused) as refused:
        merge_organisations(
            installation,
            stranger,
            organisation_id(installation, kept),
            organisation_id(installation, merged),
            new_id(),
        )
    assert refused.value.reason is Reason.NOT_ALLOWED
    with installation.database.read() as session:
        merged_rows = select(func.count()).where(Organisation.merged_into_id.is_not(None))
        assert session.scalar(merged_rows) == 0
    assert made.editor is not stranger


def test_every_uniqueness_is_thought_of() -> None:
    """A new table that lets one row stand for a person needs a line in _repointing."""
    known = set(SINGLE) | JOINED | OF_ACCOUNTS
    for name in ("person", "organisation", "invitation", "address"):
        for column in references(name):
            table = column.table
            unique = column.unique or (
                column.name in {one.name for one in table.primary_key.columns}
            )
            for constraint in table.constraints:
                if isinstance(constraint, UniqueConstraint):
                    unique = unique or column.name in {one.name for one in constraint.columns}
            if unique:
                assert (table.name, column.name) in known, f"{table.name}.{column.name}"
