"""What happens in the demonstration before a seldom form can be met."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Select, select, update

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import USED_OR_NOT, AnswerKind
from reviewtool.domain.days import local_day
from reviewtool.domain.links import Purpose
from reviewtool.domain.messages import MessageState
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.ids import new_id
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase
from reviewtool.queries.openness import open_condition
from reviewtool.queries.tree import working_tree
from reviewtool.services import answers, phases
from reviewtool.services._links import make_short_link
from reviewtool.services.carries import carry
from reviewtool.services.links import link_url
from reviewtool.text.document import parse
from tests.factories.answers import MadeBench, suggested
from tests.factories.approvals import approval_lines
from tests.factories.handbooks import MadeHandbook, actor_of
from tests.factories.texts import working_text
from tests.web.doubled import Stage

T = TypeVar("T")

MOMENT = timedelta(minutes=30)


def editor_of(stage: Stage) -> Actor:
    """Give the editor as an actor."""
    return actor_of(stage.installation, stage.ways.editor_person_id)


def one(stage: Stage, query: Select[tuple[T]]) -> T:
    """Read the first of what a query finds."""
    with stage.installation.database.read() as session:
        found = session.scalars(query.limit(1)).first()
    assert found is not None, query
    return found


def phase_of(stage: Stage, key: str) -> str:
    """Give the id of a phase of the demonstration."""
    return one(
        stage, select(Phase.id).where(Phase.handbook_id == stage.ways.handbook_id, Phase.key == key)
    )


def contribution(stage: Stage, *conditions: object) -> str:
    """Find a contribution of the demonstration; gives its id."""
    query = select(Contribution.id).where(*conditions).order_by(Contribution.number)  # type: ignore[arg-type]
    return one(stage, query)


def open_round_again(stage: Stage) -> str:
    """Give the NGOs' round more time, unless it is open; gives its id."""
    site, phase_id = stage.installation, phase_of(stage, "ngo-round")
    if one(stage, select(Phase.state).where(Phase.id == phase_id)) is PhaseState.OPEN:
        return phase_id
    closes_on = local_day(site.clock.now(), "Europe/Helsinki") + timedelta(days=7)
    phases.reopen(site, editor_of(stage), phase_id, closes_on, "Lomien vuoksi.", new_id())
    return phase_id


def answer_all(stage: Stage) -> None:
    """Answer whatever is open, so that a draft can be frozen."""
    site, editor = stage.installation, editor_of(stage)
    with site.database.read() as session:
        rows = session.execute(
            select(Contribution.id, Contribution.kind)
            .outerjoin(Answer, Answer.contribution_id == Contribution.id)
            .outerjoin(Phase, Phase.id == Answer.deferred_phase_id)
            .where(Contribution.handbook_id == stage.ways.handbook_id, open_condition())
        ).all()
    marked = [row.id for row in rows if row.kind in USED_OR_NOT]
    asked = [row.id for row in rows if row.kind not in USED_OR_NOT]
    if marked:
        answers.mark_used(site, editor, marked, False, new_id(), "Ei mahdu.")
    with site.database.read() as session:
        known = {
            row.contribution_id: row.version
            for row in session.scalars(select(Answer).where(Answer.contribution_id.in_(asked)))
        }
    answering = answers.Answering(AnswerKind.NOT_TAKEN, "Teksti on jo pitkä.")
    fresh = [each for each in asked if each not in known]
    if fresh:
        answers.answer(site, editor, fresh, answering, new_id())
    for each, version in known.items():
        answers.revise(site, editor, each, answering, version, new_id())


def fail_messages(stage: Stage) -> None:
    """Let every mail of the demonstration have failed."""
    with stage.installation.database.write() as session:
        session.execute(update(Message).values(state=MessageState.FAILED))


def short_link(stage: Stage, purpose: Purpose) -> str:
    """Mail nothing, but make a single-use link of the editor; gives its address."""
    site = stage.installation
    with site.database.write() as session:
        link = make_short_link(
            session, site.clock.now(), person_id=stage.ways.editor_person_id, purpose=purpose,
            lives=MOMENT,
        )  # fmt: skip
        link_id = link.id
    return link_url(site, link_id)


def bench_of(stage: Stage) -> MadeBench:
    """Give a text of the demonstration with something said, as what editors record on."""
    section_id = one(
        stage,
        select(Contribution.section_id)
        .where(Contribution.section_id.is_not(None))
        .order_by(Contribution.number.desc()),
    )
    assert section_id is not None
    phases_by_key = {"ngo-round": phase_of(stage, "ngo-round")}
    handbook = MadeHandbook(stage.ways.handbook_id, "", phases_by_key, editor_of(stage))
    return MadeBench(handbook, editor_of(stage), section_id, "")


def two_that_clash(stage: Stage) -> tuple[str, list[str]]:
    """Record two suggestions that change the same words differently; gives (text, both)."""
    site, bench = stage.installation, bench_of(stage)
    _revision_id, text = working_text(site, bench.section_id)
    quote = " ".join(parse(text).body.split()[1:4])
    return bench.section_id, [
        suggested(site, bench, quote, words, name=name)
        for words, name in (("aivan muuta", "Aila Aho"), ("jotakin toista", "Bo Berg"))
    ]


def carried(stage: Stage) -> str:
    """Let an editor hold the approvals of the corrected text; gives its section's id."""
    phase_id = phase_of(stage, "approval")
    line = corrected_line(stage)
    carry(
        stage.installation, editor_of(stage), phase_id, line, to_revision_id=newest(stage, line),
        note="Vain kirjoitusvirhe korjattiin.",
    )  # fmt: skip
    return line


def corrected_line(stage: Stage) -> str:
    """Give the section that the demonstration's correction is about."""
    return approval_lines(stage.installation, phase_of(stage, "approval"))[2].section_id


def newest(stage: Stage, section_id: str) -> str:
    """Give the newest revision that the approval phase shows of a section."""
    lines = approval_lines(stage.installation, phase_of(stage, "approval"))
    return next(line.revision_id for line in lines if line.section_id == section_id)


def two_activities(stage: Stage) -> tuple[str, str]:
    """Give the first two activity texts of the tree."""
    with stage.installation.database.read() as session:
        tree = working_tree(session, stage.ways.handbook_id, "fi")
    one, other, *_more = [line for line in tree if line.kind is SectionKind.ACTIVITY]
    return one.section_id, other.section_id


def close_all(stage: Stage) -> None:
    """Close every phase that is open."""
    with stage.installation.database.read() as session:
        open_ones = session.scalars(select(Phase.id).where(Phase.state == PhaseState.OPEN)).all()
    for phase_id in open_ones:
        phases.close(stage.installation, editor_of(stage), phase_id, new_id())
