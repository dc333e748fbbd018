"""The blueprint of the meeting's pages; a form without its session is let in by its ticket."""

from __future__ import annotations

from flask import Blueprint

from reviewtool.web.participant.door import hold_again, tell_where

blueprint = Blueprint("meetings", __name__)
blueprint.before_request(hold_again)
blueprint.after_request(tell_where)
