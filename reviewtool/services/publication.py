"""The use case of publishing: a frozen draft becomes what the public reads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.handbooks import HandbookState
from reviewtool.domain.invitations import purpose_of
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.drafts import Draft
from reviewtool.models.handbooks import Handbook
from reviewtool.models.publications import Publication
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.publication import current_draft, publication_readiness
from reviewtool.queries.readers import Reader, readers_to_tell
from reviewtool.services._gate import open_items
from reviewtool.services._links import find_or_make_link
from reviewtool.services._outbox import post
from reviewtool.services._policy import require
from reviewtool.services._publications import add_publication
from reviewtool.services._publish_answers import publish_answers
from reviewtool.services._requests import is_repeat, remember
from reviewtool.services._trace import trace


def publish(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    draft_id: str,
    override: str = "",
    request_id: str | None = None,
) -> None:
    """Publish a frozen draft, and with it the answers that wait to be shown: they are mailed.
    Who took part in its run is told of it, once for each edition.

    draft_id: the draft that the editor saw; a newer one refuses the act.
    override: the reason for publishing although approvals or answers are missing; it is kept and
    shown to the public, and silence stays silence. Publishing the same draft again changes
    nothing. Raises Refused: draft missing, text changed, approvals missing, objection open,
    unanswered, evidence gone.
    """
    now = installation.clock.now()
    words = [handbook_id, draft_id, override]
    with installation.database.read() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        # Texts are compared here, and not while others wait: what is asked again below is known.
        open_items(session, handbook_id)
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        handbook = found(session.get(Handbook, handbook_id, with_for_update=True))
        if is_repeat(session, actor, request_id, words):
            return
        if current_draft(session, handbook_id) == draft_id:
            return
        missing = _missing(session, actor, handbook_id, draft_id, now)
        if missing and not override.strip():
            raise Refused(missing[0].reason, missing)
        handbook.state = HandbookState.PUBLISHED
        draft = session.get_one(Draft, draft_id)
        told = readers_to_tell(session, draft)
        publication = add_publication(session, actor, now, draft, override.strip())
        for reader in told:
            _tell(session, publication, reader, now)
        remember(session, actor, request_id, words, draft_id, now)
        publish_answers(session, actor, now, handbook_id, draft_id=draft_id)
        trace(
            session,
            actor,
            now,
            handbook_id,
            Act.HANDBOOK_PUBLISHED,
            draft_id,
            {
                "edition": str(publication.number),
                "approvals_missing": _count(missing, Reason.APPROVALS_MISSING),
                "objections_open": _count(missing, Reason.OBJECTION_OPEN),
                "phases_open": _count(missing, Reason.PHASE_OPEN),
                "texts_unanswered": _count(missing, Reason.UNANSWERED),
                "overridden": bool(missing),
            },
        )


def _tell(session: Session, publication: Publication, reader: Reader, now: datetime) -> None:
    """Mail somebody who took part that there is an edition, once for each."""
    invitation = reader.invitation
    link = find_or_make_link(
        session,
        now,
        person_id=invitation.person_id,
        purpose=purpose_of(reader.phase_kind),
        phase_id=invitation.phase_id,
        invitation_id=invitation.id,
    )
    post(
        session,
        now,
        MessageKind.PUBLISHED,
        f"{MessageKind.PUBLISHED.value}:{publication.handbook_id}:{publication.edition}",
        person_id=invitation.person_id,
        address_id=invitation.address_id or "",
        language=reader.language,
        handbook_id=publication.handbook_id,
        phase_id=invitation.phase_id,
        context={"publication": publication.id, "link": link.id},
    )


def _missing(
    session: Session, actor: Actor, handbook_id: str, draft_id: str, now: datetime
) -> tuple[Missing, ...]:
    """List what is missing from a draft. Raises Refused where it isn't the one to publish."""
    ready = publication_readiness(session, actor, handbook_id, now)
    if ready.draft_id is None:
        raise Refused(Reason.DRAFT_MISSING)
    if ready.draft_id != draft_id:
        raise Refused(Reason.TEXT_CHANGED)
    return (*ready.missing, *open_items(session, handbook_id))


def _count(missing: tuple[Missing, ...], reason: Reason) -> int:
    return sum(one.reason is reason for one in missing)
