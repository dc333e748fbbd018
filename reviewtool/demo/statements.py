"""During the coordinators' round: a city's colleagues write one statement; a part is sent."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from reviewtool.demo.acting import Cue, Scene
from reviewtool.demo.finding import place_of
from reviewtool.demo.script import Entry
from reviewtool.demo.stage import Stage
from reviewtool.domain.contributions import ContributionKind
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person
from reviewtool.queries.statements import joint_statement
from reviewtool.services import statement_members, statement_points, statements
from reviewtool.services.contributions import Submission, Words


def statement_cues(scene: Scene, entry: Entry) -> list[Cue]:
    """Give the acts of a statement in their order, from the middle of the round on."""
    stage, holder = scene.stage, entry["holder"]
    acts = [partial(_begin, scene, holder)]
    acts += [partial(_ask, scene, holder, one) for one in entry["colleague"]]
    for point in entry["point"]:
        acts.append(partial(_write, scene, point))
        if point.get("submitted"):
            acts.append(partial(_submit, scene, holder))
    first = stage.moment(-4, 9)
    return [Cue(first + timedelta(minutes=37 * n), act) for n, act in enumerate(acts)]


def _begin(scene: Scene, holder: str) -> None:
    stage = scene.stage
    statements.begin(stage.installation, scene.guest(holder), stage.request())


def _ask(scene: Scene, holder: str, one: Entry) -> None:
    stage = scene.stage
    statement_members.ask_colleague(
        stage.installation, scene.guest(holder), one["name"], one["email"], stage.request()
    )
    stage.invitations[scene.phase, one["key"]] = _part(stage, scene.phase, one["name"])


def _part(stage: Stage, phase: str, name: str) -> str:
    with stage.installation.database.read() as session:
        return session.scalars(
            select(Invitation.id)
            .join(Person, Person.id == Invitation.person_id)
            .where(Person.name == name, Invitation.phase_id == stage.phases[phase])
        ).one()


def _write(scene: Scene, point: Entry) -> None:
    stage, writer = scene.stage, scene.guest(point["by"])
    section_id = scene.section(point)
    text = scene.texts[section_id] if section_id else ""
    said = Submission(
        ContributionKind(point.get("kind", "comment")),
        Words(point["text"], point.get("replacement")),
        section_id,
        place=place_of(text, point.get("quote", "")),
    )
    statement_points.add_point(stage.installation, writer, said, stage.request())


def _submit(scene: Scene, holder: str) -> None:
    stage, actor = scene.stage, scene.guest(holder)
    with stage.installation.database.read() as session:
        joint = joint_statement(session, actor)
    assert joint is not None
    statements.submit_statement(stage.installation, actor, joint.seen, stage.request())
