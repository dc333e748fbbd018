"""The blueprint of the merge page."""

from flask import Blueprint

blueprint = Blueprint("merge", __name__)
