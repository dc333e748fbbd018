"""Use cases of handbooks: beginning one with its process, and giving people a role in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.config.processes import load_template
from reviewtool.domain.actors import Actor
from reviewtool.domain.handbooks import HandbookState
from reviewtool.domain.people import Role
from reviewtool.domain.policy import Action, Facts
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import LANGUAGES
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook, Membership
from reviewtool.models.people import Person
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._municipalities import add_municipalities
from reviewtool.services._policy import require
from reviewtool.services._processes import begin_process
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

LONGEST_TITLE = 300


def create_handbook(
    installation: Installation,
    actor: Actor,
    title: str | Mapping[str, str],
    language: str,
    template: str,
    request_id: str | None = None,
) -> str:
    """Begin a handbook with the phases of a template, all planned; gives its id.

    title: in the handbook's language, or by language. The actor, where it is a person, becomes
    its administrator. Raises Refused, and ProcessTemplateError for an unknown template.
    """
    names = {language: title} if isinstance(title, str) else dict(title)
    names = {code: words.strip() for code, words in names.items() if words.strip()}
    if not names or language not in LANGUAGES or not set(names) <= set(LANGUAGES):
        raise Refused(Reason.EMPTY)
    if any(len(words) > LONGEST_TITLE for words in names.values()):
        raise Refused(Reason.TOO_LONG)
    process = load_template(template)
    now = installation.clock.now()
    words = [*(f"{code}={names[code]}" for code in sorted(names)), language, template]
    with installation.database.write() as session:
        require(actor, Action.CREATE_HANDBOOK, Facts())
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        handbook = Handbook(
            title=names,
            language=language,
            time_zone=installation.settings.time_zone,
            state=HandbookState.IN_WORK,
            introduction={},
            created_at=now,
        )
        session.add(handbook)
        session.flush()
        add_municipalities(session)
        begin_process(session, handbook.id, 1, process, now)
        if actor.person_id is not None:
            _give(session, handbook.id, actor.person_id, Role.ADMINISTRATOR, now)
        remember(session, actor, request_id, words, handbook.id, now)
        trace(
            session,
            actor,
            now,
            handbook.id,
            Act.HANDBOOK_CREATED,
            handbook.id,
            {"template": process.name, "phases": len(process.phases)},
        )
        return handbook.id


def give_membership(
    installation: Installation, actor: Actor, handbook_id: str, person_id: str, role: Role
) -> None:
    """Give a person a role in a handbook, or change it. Raises Refused."""
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.MANAGE_MEMBERS, handbook_facts(session, handbook_id))
        found(session.get(Person, person_id))
        _give(session, handbook_id, person_id, role, now)
        trace(
            session,
            actor,
            now,
            handbook_id,
            Act.MEMBERSHIP_GIVEN,
            person_id,
            {"role": role.value},
        )


def _give(session: Session, handbook_id: str, person_id: str, role: Role, now: datetime) -> None:
    membership = session.scalar(
        select(Membership).where(
            Membership.handbook_id == handbook_id, Membership.person_id == person_id
        )
    )
    if membership is None:
        session.add(
            Membership(handbook_id=handbook_id, person_id=person_id, role=role, created_at=now)
        )
    else:
        membership.role = role
    session.flush()
