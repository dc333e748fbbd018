"""The blueprint of the sections' pages."""

from flask import Blueprint

blueprint = Blueprint("sections", __name__)
