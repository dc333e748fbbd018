"""The use case of revising a published handbook: the next run of its process."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.config.processes import load_template
from reviewtool.domain.actors import Actor
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.drafts import Draft
from reviewtool.models.handbooks import Handbook, Process
from reviewtool.models.phases import Phase
from reviewtool.models.publications import Publication
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._policy import require
from reviewtool.services._processes import begin_process
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace


def begin_next_run(
    installation: Installation, actor: Actor, handbook_id: str, template: str, request_id: str
) -> str:
    """Begin the next run of a published handbook's process; gives its id.

    Texts, contributions and people stay; the next draft goes on counting from the last one. What
    is published stays so until a draft of the new run is. Raises Refused: not possible now before
    the present run has been published; phase open, listing what has to be closed first; and
    ProcessTemplateError for an unknown template.
    """
    chosen = load_template(template)
    now = installation.clock.now()
    words = [handbook_id, template]
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        found(session.get(Handbook, handbook_id, with_for_update=True))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        last = newest_process(session, handbook_id)
        if not _published(session, last.id):
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        still_open = session.scalars(
            select(Phase.id)
            .where(Phase.process_id == last.id, Phase.state == PhaseState.OPEN)
            .order_by(Phase.position)
        ).all()
        if still_open:
            missing = tuple(Missing(Reason.PHASE_OPEN, "phase", one) for one in still_open)
            raise Refused(Reason.PHASE_OPEN, missing)
        process = begin_process(session, handbook_id, last.number + 1, chosen, now)
        remember(session, actor, request_id, words, process.id, now)
        trace(
            session,
            actor,
            now,
            handbook_id,
            Act.PROCESS_BEGUN,
            process.id,
            {"number": process.number, "template": chosen.name},
        )
        return process.id


def newest_process(session: Session, handbook_id: str) -> Process:
    """Give the present run of a handbook's process."""
    return session.scalars(
        select(Process)
        .where(Process.handbook_id == handbook_id)
        .order_by(Process.number.desc())
        .limit(1)
    ).one()


def _published(session: Session, process_id: str) -> bool:
    published = session.scalar(
        select(Publication.id)
        .join(Draft, Draft.id == Publication.draft_id)
        .where(Draft.process_id == process_id)
        .limit(1)
    )
    return published is not None
