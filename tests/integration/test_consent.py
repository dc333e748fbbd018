"""A consent to be named is for the occasion on which it was given."""

from __future__ import annotations

from sqlalchemy import select

from reviewtool.domain.approvals import Decision
from reviewtool.domain.contributions import NameShown
from reviewtool.domain.invitees import Invitee
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.queries.participant import round_head
from reviewtool.services import phases
from reviewtool.services.invitations import invite
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.contributions import make_table, say
from tests.factories.people import MadePerson, link_actor
from tests.factories.rounds import MadeRound, plan_phase


def again(installation: Installation, made: MadeRound, key: str) -> MadePerson:
    """Ask the same person into another phase, by the same address."""
    person = made.people[0]
    phase_id = made.handbook.phases[key]
    plan_phase(installation, made.editor, phase_id, closes_on=made.closes_on)
    invitee = Invitee(
        name=person.name, address=person.address, organisation="Yhdistys", kind="ngo",
        municipality="Espoo", language="fi", shares=False,
    )  # fmt: skip
    invited = invite(installation, made.editor, phase_id, invitee, new_id())
    phases.open_phase(installation, made.editor, phase_id, new_id())
    assert invited.person_id == person.id
    return MadePerson(invited.person_id, invited.invitation_id, person.name, person.address)


def newest(installation: Installation) -> NameShown:
    with installation.database.read() as session:
        rows = select(Contribution.name_shown).order_by(Contribution.number.desc()).limit(1)
        return session.scalars(rows).one()


def test_in_another_phase_nobody_is_named_by_what_they_chose_before(
    installation: Installation,
) -> None:
    table = make_table(installation)
    actor, now = table.actors[0], installation.clock.now()
    say(installation, table, actor, name_shown=NameShown.NAME)
    with installation.database.read() as session:
        assert round_head(session, actor, now).name_shown is NameShown.NAME, "it is this round's"
    later = link_actor(installation, again(installation, table.round, "coordinators-round"))
    with installation.database.read() as session:
        assert round_head(session, later, now).name_shown is NameShown.ORGANISATION
    approver = link_actor(installation, again(installation, table.round, "approval"))
    lines = approval_lines(installation, approver.phase_id or "")
    decide_all(installation, approver, lines[:1], Decision.CHANGES_REQUESTED, "Lisää lähde.")
    assert newest(installation) is NameShown.ORGANISATION
