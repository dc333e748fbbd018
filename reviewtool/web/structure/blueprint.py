"""The blueprint of the structure's pages."""

from flask import Blueprint

blueprint = Blueprint("structure", __name__)
