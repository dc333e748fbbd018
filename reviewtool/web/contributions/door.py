"""The blueprint of the contributions' pages, and the way that leads to them."""

from flask import Blueprint, url_for

from reviewtool.infra.i18n import gettext as _
from reviewtool.web.editor_pages import Crumb

blueprint = Blueprint("contributions", __name__)


def crumbs(handbook_id: str, *more: Crumb) -> tuple[Crumb, ...]:
    """Give the way from the ledger to a contribution's pages."""
    return ((_("All contributions"), url_for("ledger.show", handbook_id=handbook_id)), *more)
