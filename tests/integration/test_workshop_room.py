"""In the room of a workshop: coming in by the code, groups, what is said, themes."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel, ContributionKind, Sharing
from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person
from reviewtool.models.workshops import WorkshopSignUp
from reviewtool.queries.workshop_room import growing_tree, room_version
from reviewtool.services import phases, proposals, supports, workshop_rooms, workshop_tables
from reviewtool.services.contributions import Submission, submit
from reviewtool.services.workshop_rooms import Joiner
from tests.factories.people import link_actor, make_person
from tests.factories.workshops import (
    MadeWorkshop,
    actors_of,
    code_of,
    join_room,
    make_workshop,
    open_room,
    room_of,
    running,
)
from tests.web.queries import count_queries


def add(title: str, parent_id: str | None = None) -> Proposed:
    return Proposed(ProposalAct.ADD, title=title, parent_id=parent_id, kind=SectionKind.ACTIVITY)


def test_a_stranger_with_the_code_becomes_a_person_of_the_workshop(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock, people=1)
    request = new_id()
    who = Joiner("Ville Vieras", "Yhdistys Vieras", "ville@jarjesto.example.org")
    first = workshop_rooms.join(installation, code_of(installation, made), who, request)
    again = workshop_rooms.join(installation, code_of(installation, made), who, request)
    assert first == again
    with installation.database.read() as session:
        row = session.scalars(select(Invitation).where(Invitation.origin == Origin.JOINED)).one()
        assert row.phase_id == made.phase_id
        assert row.state is InvitationState.CAME_IN
        assert session.get_one(WorkshopSignUp, row.id).present_at == clock.now()


def test_typing_a_known_address_gives_nobody_that_persons_words(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock, people=1)
    known = made.people[0]
    actor = join_room(installation, made, known.name, address=known.address)
    assert actor.person_id != known.id


@pytest.mark.parametrize("typed", ["000 00 000", "moi", "1234"])
def test_a_wrong_code_lets_nobody_in(
    installation: Installation, clock: SetClock, typed: str
) -> None:
    made, _groups = running(installation, clock)
    assert typed != code_of(installation, made)
    with pytest.raises(Refused) as refused:
        workshop_rooms.join(installation, typed, Joiner("Ville"), new_id())
    assert refused.value.reason is Reason.NOT_FOUND


def test_the_code_is_good_only_while_the_room_is_open(
    installation: Installation, clock: SetClock
) -> None:
    made = make_workshop(installation)
    clock.at = made.starts_at - timedelta(hours=2)
    code = code_of(installation, made)
    with pytest.raises(Refused):
        workshop_rooms.join(installation, code, Joiner("Liian aikainen"), new_id())
    open_room(clock, made)
    workshop_rooms.join(installation, code, Joiner("Ajoissa"), new_id())
    workshop_tables.new_code(installation, made.editor, made.phase_id, new_id())
    with pytest.raises(Refused):
        workshop_rooms.join(installation, code, Joiner("Vanha koodi"), new_id())
    phases.close(installation, made.editor, made.phase_id, new_id())
    with pytest.raises(Refused):
        workshop_rooms.join(installation, code_of(installation, made), Joiner("Myöhä"), new_id())


def test_what_is_said_stands_in_the_ledger_with_its_group(
    installation: Installation, clock: SetClock
) -> None:
    made, groups = running(installation, clock)
    first, second = actors_of(installation, made)
    workshop_rooms.enter_group(installation, first, groups[0], new_id())
    request = new_id()
    said = add("Velkaneuvonta", made.texts.area)
    one = workshop_rooms.propose(installation, first, said, "Kysyntä kasvaa.", request)
    assert workshop_rooms.propose(installation, first, said, "Kysyntä kasvaa.", request) == one
    workshop_rooms.feature(installation, second, made.texts.first, "Vertainen tavoittaa.", new_id())
    with installation.database.read() as session:
        rows = session.scalars(select(Contribution).order_by(Contribution.number)).all()
        assert [row.kind for row in rows] == [ContributionKind.PROPOSAL, ContributionKind.FEATURE]
        assert {row.channel for row in rows} == {Channel.WORKSHOP}
        assert {row.sharing for row in rows} == {Sharing.EVERYONE}
    seen = room_of(installation, second, made)
    assert [(each.group, each.section, each.proposed_title) for each in seen.entries] == [
        ("", "Vertaistuki", ""),
        ("Ryhmä 1", "", "Velkaneuvonta"),
    ]
    assert "Velkaneuvonta" in seen.entries[1].sentence


def test_nobody_speaks_before_the_room_opens_nor_after_it_closes(
    installation: Installation, clock: SetClock
) -> None:
    made = make_workshop(installation, people=1)

    def speak() -> str:
        actor = link_actor(installation, made.people[0])
        return workshop_rooms.feature(installation, actor, None, "Sanon tämän.", new_id())

    with pytest.raises(Refused):
        speak()
    open_room(clock, made)
    assert speak()
    clock.advance(days=1)
    with pytest.raises(Refused):
        speak()


def test_the_link_of_one_workshop_opens_no_other(
    installation: Installation, clock: SetClock
) -> None:
    made, groups = running(installation, clock, people=1)
    other = make_workshop(installation, handbook=made.handbook, key="workshop-experts")
    (stranger,) = actors_of(installation, other)[:1]
    with pytest.raises(Refused) as refused:
        workshop_rooms.enter_group(installation, stranger, groups[0], new_id())
    assert refused.value.reason is Reason.NOT_ALLOWED
    open_room(clock, other)
    (late,) = actors_of(installation, other)[:1]
    with pytest.raises(Refused) as refused:
        workshop_rooms.enter_group(installation, late, groups[0], new_id())
    assert refused.value.reason is Reason.NOT_FOUND


def test_participants_agree_and_names_are_shown_as_consented(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock)
    first, second = actors_of(installation, made)
    said = workshop_rooms.feature(installation, first, None, "Sanon tämän.", new_id())
    supports.support(installation, second, said)
    (entry,) = room_of(installation, second, made).entries
    assert entry.line.supports == 1
    assert entry.line.supported
    assert entry.line.name == ""
    assert entry.line.organisation.startswith("Yhdistys")


def test_what_is_said_is_sorted_and_a_removed_theme_leaves_it_unsorted(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock, people=1)
    (actor,) = actors_of(installation, made)
    said = workshop_rooms.feature(installation, actor, None, "Sanon tämän.", new_id())
    theme = workshop_tables.add_theme(
        installation, made.editor, made.phase_id, "Toimeentulo", new_id()
    )
    workshop_tables.sort_entry(installation, made.editor, said, theme, new_id())
    assert [one.line.id for one in room_of(installation, actor, made).of_theme(theme)] == [said]
    workshop_tables.remove(installation, made.editor, theme, new_id())
    assert [one.line.id for one in room_of(installation, actor, made).of_theme(None)] == [said]


def test_a_group_that_somebody_is_in_stays(installation: Installation, clock: SetClock) -> None:
    made, groups = running(installation, clock, people=1)
    (actor,) = actors_of(installation, made)
    workshop_rooms.enter_group(installation, actor, groups[0], new_id())
    with pytest.raises(Refused) as refused:
        workshop_tables.remove(installation, made.editor, groups[0], new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW
    workshop_tables.rename(installation, made.editor, groups[0], "Nuoret", new_id())
    workshop_tables.remove(installation, made.editor, groups[1], new_id())
    assert [one.name for one in room_of(installation, actor, made).groups] == ["Nuoret"]


def test_participants_arrange_nothing(installation: Installation, clock: SetClock) -> None:
    made, groups = running(installation, clock, people=1)
    (actor,) = actors_of(installation, made)
    with pytest.raises(Refused):
        workshop_tables.rename(installation, actor, groups[0], "Minun", new_id())
    with pytest.raises(Refused):
        workshop_tables.add_theme(installation, actor, made.phase_id, "Minun", new_id())


def test_the_tree_grows_where_things_were_proposed(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock, people=1)
    (actor,) = actors_of(installation, made)
    workshop_rooms.propose(installation, actor, add("Velkaneuvonta", made.texts.area), "", new_id())
    workshop_rooms.propose(installation, actor, add("Sanasto"), "", new_id())
    rename = Proposed(ProposalAct.RENAME, made.texts.first, title="Vertaistoiminta")
    workshop_rooms.propose(installation, actor, rename, "", new_id())
    workshop_rooms.feature(installation, actor, made.texts.second, "Kerro määristä.", new_id())
    nodes = growing_tree(room_of(installation, actor, made))
    assert [(node.title, node.depth, node.new) for node in nodes] == [
        ("Johdanto", 0, False),
        ("Osallisuus", 0, False),
        ("Vertaistuki", 1, False),
        ("Vapaaehtoistoiminta", 1, False),
        ("Henkilötarina: Marja", 1, False),
        ("Velkaneuvonta", 1, True),
        ("Sanasto", 0, True),
    ]
    assert [one.proposed_title for one in nodes[2].proposals] == ["Vertaistoiminta"]
    assert nodes[3].features == 1


def test_everything_that_changes_the_room_changes_its_version(
    installation: Installation, clock: SetClock
) -> None:
    made, groups = running(installation, clock)
    first, second = actors_of(installation, made)
    versions = [version_of(installation, made)]

    def changed() -> bool:
        versions.append(version_of(installation, made))
        return versions[-1] > versions[-2]

    workshop_rooms.enter_group(installation, first, groups[0], new_id())
    assert changed()
    said = workshop_rooms.feature(installation, first, None, "Sanon tämän.", new_id())
    assert changed()
    supports.support(installation, second, said)
    assert changed()
    theme = workshop_tables.add_theme(installation, made.editor, made.phase_id, "A", new_id())
    assert changed()
    workshop_tables.sort_entry(installation, made.editor, said, theme, new_id())
    assert changed()
    workshop_tables.rename(installation, made.editor, groups[0], "Nuoret", new_id())
    assert changed()
    workshop_tables.new_code(installation, made.editor, made.phase_id, new_id())
    assert changed()
    assert not changed()


def version_of(installation: Installation, made: MadeWorkshop) -> int:
    with installation.database.read() as session:
        return room_version(session, made.handbook.id)


def test_presence_is_noted_for_those_without_a_device(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock, people=1)
    invitation_id = made.people[0].invitation_id

    def present() -> bool:
        with installation.database.read() as session:
            row = session.get(WorkshopSignUp, invitation_id)
            return row is not None and row.present_at is not None

    workshop_tables.note_presence(installation, made.editor, invitation_id, True, new_id())
    assert present()
    workshop_tables.note_presence(installation, made.editor, invitation_id, False, new_id())
    assert not present()


def test_forty_come_in_by_one_code(installation: Installation, clock: SetClock) -> None:
    made, _groups = running(installation, clock, people=0)
    code = code_of(installation, made)
    links = {
        workshop_rooms.join(installation, code, Joiner(f"Osallistuja {n}"), new_id()).link_id
        for n in range(40)
    }
    assert len(links) == 40
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(WorkshopSignUp)) == 40
        assert session.scalar(
            select(func.count()).select_from(Person).where(Person.name.like("Osallistuja%"))
        ) == 40  # fmt: skip


def test_an_invited_latecomer_is_mailed_at_once(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock, people=0)
    person = make_person(installation, made.editor, made.phase_id, "Myöhään Kutsuttu")
    actor: Actor = link_actor(installation, person)
    assert workshop_rooms.feature(installation, actor, None, "Ehdin mukaan.", new_id())


def test_a_room_is_read_with_the_same_number_of_queries_however_much_is_said(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock)
    first, second = actors_of(installation, made)
    counts = []
    for rounds in (2, 12):
        for number in range(rounds):
            workshop_rooms.propose(installation, first, add(f"T{number}"), "", new_id())
            workshop_rooms.feature(installation, second, made.texts.first, "Sana", new_id())
        with count_queries(installation) as counted:
            room_of(installation, second, made)
        counts.append(counted.number)
    assert counts[0] == counts[1] <= 9  # 8, and what opens the snapshot


def test_a_workshops_link_says_nothing_beside_the_room(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock, people=1)
    (actor,) = actors_of(installation, made)
    comment = Submission(ContributionKind.COMMENT, workshop_rooms.Words("Ohi huoneen."))
    with pytest.raises(Refused) as refused:
        submit(installation, actor, comment, new_id())
    assert refused.value.reason is Reason.NOT_ALLOWED
    with pytest.raises(Refused) as refused:
        proposals.propose(installation, actor, add("Uusi"), workshop_rooms.Words(""), new_id())
    assert refused.value.reason is Reason.NOT_ALLOWED
