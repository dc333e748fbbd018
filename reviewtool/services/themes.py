"""The use case of choosing which themes of a round are one's own: what one is shown first."""

from collections.abc import Collection

from sqlalchemy import delete, select

from reviewtool.domain.actors import Actor
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.drafts import DraftItem
from reviewtool.models.invitations import OwnTheme
from reviewtool.services._contributions import find_round, require_writing
from reviewtool.services._invitations import load_invitation


def choose_themes(installation: Installation, actor: Actor, section_ids: Collection[str]) -> None:
    """Choose areas and chapters as one's own, instead of those chosen before; none: all are.

    It says nothing about the handbook and is no answer: it isn't traced, and editors don't see it.
    Raises Refused: not found, round closed, round not open, not allowed.
    """
    now = installation.clock.now()
    wanted = set(section_ids)
    with installation.database.write() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round)
        invitation = load_invitation(session, actor.invitation_id)
        at_the_top = session.scalars(
            select(DraftItem.section_id).where(
                DraftItem.draft_id == (found_round.phase.draft_id or ""),
                DraftItem.parent_id.is_(None),
            )
        )
        if not wanted <= set(at_the_top):
            raise Refused(Reason.NOT_FOUND)
        session.execute(delete(OwnTheme).where(OwnTheme.invitation_id == invitation.id))
        session.add_all(
            OwnTheme(invitation_id=invitation.id, section_id=section_id)
            for section_id in sorted(wanted)
        )
