"""The SQL predicate of visible contributions equals the policy, in every case (rule 11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

from sqlalchemy import select, update

from reviewtool.domain.actors import SYSTEM, VISITOR, Actor
from reviewtool.domain.contributions import ContributionState, Sharing
from reviewtool.domain.links import Purpose
from reviewtool.domain.policy import Action, may
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.queries.facts import contribution_facts
from reviewtool.queries.visible import visible_to
from tests.factories.contributions import make_table, say
from tests.factories.handbooks import make_editor
from tests.factories.people import link_actor, make_person


def test_the_predicate_equals_the_policy(installation: Installation) -> None:
    table = make_table(installation, people=3)
    elsewhere = make_table(installation, people=1)
    author, talker, silent = table.actors
    today = author.today
    assert today is not None
    # A promise that opens on a day: yesterday, today, tomorrow, on no known day.
    days = [today - timedelta(days=1), today, today + timedelta(days=1), None]
    promises = [
        *((sharing, None) for sharing in Sharing if sharing is not Sharing.FROM_DAY),
        *((Sharing.FROM_DAY, day) for day in days),
    ]
    ids = [
        say(installation, table, author, f"{promise} {state}")
        for promise, state in product(promises, ContributionState)
    ]
    # Noise: the talker's own, in this round (late: no contribution of the round) and another's.
    say(installation, elsewhere, elsewhere.actors[0])
    own = say(installation, table, talker, "Oma.")
    with installation.database.write() as session:
        for made, (promise, state) in zip(ids, product(promises, ContributionState), strict=True):
            session.execute(
                update(Contribution)
                .where(Contribution.id == made)
                .values(sharing=promise[0], shared_from=promise[1], state=state)
            )
    approver = replace(silent, purpose=Purpose.APPROVE)
    late_talker = link_actor(
        installation,
        make_person(installation, table.round.editor, table.round.phase_id, "Myöhäinen"),
    )
    late = say(installation, table, late_talker, "Myöhässä.")
    with installation.database.write() as session:
        session.execute(
            update(Contribution).where(Contribution.id == late).values(state=ContributionState.LATE)
        )
    actors = {
        "author": author,
        "talker": talker,
        "silent": silent,
        "late talker": late_talker,
        "another round": elsewhere.actors[0],
        "approver": approver,
        "on an unknown day": replace(silent, today=None),
        "tomorrow": replace(silent, today=today + timedelta(days=1)),
        "editor": make_editor(installation, table.round.handbook.id),
        "another editor": elsewhere.round.editor,
        "visitor": VISITOR,
        "system": SYSTEM,
    }
    for name, actor in actors.items():
        assert seen(installation, actor) == allowed(installation, actor), name
    assert seen(installation, silent) != seen(installation, talker)
    assert len(seen(installation, actors["tomorrow"])) > len(seen(installation, silent))
    assert own not in seen(installation, VISITOR)


def seen(installation: Installation, actor: Actor) -> set[str]:
    with installation.database.read() as session:
        return set(session.scalars(select(Contribution.id).where(visible_to(actor))))


def allowed(installation: Installation, actor: Actor) -> set[str]:
    now = installation.clock.now()
    with installation.database.read() as session:
        return {
            made
            for made in session.scalars(select(Contribution.id))
            if may(
                actor,
                Action.SEE_CONTRIBUTION,
                contribution_facts(session, actor, made, now),
            )
        }
