"""The blueprints of workshops: one for the editors, one for those who take part."""

from __future__ import annotations

from flask import Blueprint

from reviewtool.domain.policy import Facts
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.queries.workshops import workshop_facts
from reviewtool.web import current
from reviewtool.web.participant.door import hold_again, tell_where

editing = Blueprint(
    "workshops", __name__, url_prefix="/handbooks/<handbook_id>/workshops/<phase_id>"
)
taking_part = Blueprint("workshop", __name__, url_prefix="/p/<link_id>/workshop")
taking_part.before_request(hold_again)
taking_part.after_request(tell_where)


joining = Blueprint("joining", __name__, url_prefix="/join")


def of_workshop(handbook_id: str, phase_id: str, **_others: str) -> Facts:
    """Give the facts of the workshop in the address, which has to be of the handbook there."""
    facts = workshop_facts(current.reader(), phase_id, current.now())
    if facts.handbook_id != handbook_id:
        raise Refused(Reason.NOT_FOUND)
    return facts


def of_own_workshop(link_id: str, **_others: str) -> Facts:
    """Give the facts of the workshop that the link in the address belongs to."""
    phase_id = current.held_link(link_id).actor.phase_id
    return workshop_facts(current.reader(), phase_id or "", current.now())


def of_read_workshop(link_id: str, **_others: str) -> Facts:
    """Give what reading needs of the link's workshop: nothing is asked of the database for it."""
    actor = current.held_link(link_id).actor
    return Facts(handbook_id=actor.handbook_id, phase_id=actor.phase_id)
