"""The blueprint of the public pages of editions."""

from flask import Blueprint

blueprint = Blueprint("editions", __name__, url_prefix="/h/<handbook_id>")
