"""The use case of noting that a person works for a further organisation."""

from __future__ import annotations

from reviewtool.domain.actors import Actor
from reviewtool.domain.people import OrganisationKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.queries.facts import handbook_facts
from reviewtool.services._people import affiliate, find_or_make_organisation, person_here
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

LONGEST_NAME = 200


def add_affiliation(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    person_id: str,
    organisation: str,
    request_id: str,
) -> None:
    """Let a person speak for a further organisation; they choose at sending for which one.

    Raises Refused: empty, too long, not found (somebody of another handbook), not allowed.
    """
    name = " ".join(organisation.split())
    if not name:
        raise Refused(Reason.EMPTY, details={"field": "organisation"})
    if len(name) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, [person_id, name])
        if before is not None and before.same_words:
            return
        person = person_here(session, handbook_id, person_id)
        kind = OrganisationKind.NGO.value
        row = find_or_make_organisation(session, name, kind, "", now)
        affiliate(session, person, row, now)
        remember(session, actor, request_id, [person_id, name], person_id, now)
        trace(
            session, actor, now, handbook_id, Act.AFFILIATION_ADDED, person_id,
            {"organisation": row.id},
        )  # fmt: skip
