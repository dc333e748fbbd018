"""The blueprint of the approver's pages."""

from flask import Blueprint

blueprint = Blueprint("approvals", __name__, url_prefix="/p/<link_id>/approve")
