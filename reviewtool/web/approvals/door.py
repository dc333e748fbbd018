"""The blueprint of the approver's pages; a form without its session is let in by its ticket."""

from flask import Blueprint

from reviewtool.web.participant.door import hold_again, tell_where

blueprint = Blueprint("approvals", __name__, url_prefix="/p/<link_id>/approve")
blueprint.before_request(hold_again)
blueprint.after_request(tell_where)
