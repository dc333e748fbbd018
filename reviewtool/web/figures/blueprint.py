"""The blueprint of the figures' pages."""

from flask import Blueprint

blueprint = Blueprint("figures", __name__)
