"""The blueprint of the drafts' pages."""

from flask import Blueprint

blueprint = Blueprint("drafts", __name__)
