"""A person's own deputies: who answers in their stead while they are away."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.invitations import Origin
from reviewtool.domain.links import Purpose
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.deputies import deputies_of
from reviewtool.services.deputies import end_deputy
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.deputies.forms import DeputyForm, deputy_named
from reviewtool.web.deputies.standing import standing
from reviewtool.web.forms import Form
from reviewtool.web.limits import SIGN_UP, limiter
from reviewtool.web.links.landings import landing_of

blueprint = Blueprint("deputies", __name__, url_prefix="/p/<link_id>/deputy")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@access(Action.ANSWER_INVITATION, of_link)
def show(link_id: str) -> Answer:
    """Show who stands in and when, and ask for one."""
    return _page(link_id, DeputyForm(formdata=None))


@blueprint.post("")
@limiter.limit(SIGN_UP)
@access(Action.ANSWER_INVITATION, of_link)
def name(link_id: str) -> Answer:
    """Name somebody for some days."""
    handbook_id, person_id = _whose(link_id)
    form = DeputyForm()
    if not deputy_named(form, handbook_id, person_id):
        return _page(link_id, form), 422
    flash(_("Saved. Your deputy gets a link of their own by e-mail when their days begin."), "good")
    return redirect(url_for("deputies.show", link_id=link_id))


@blueprint.post("/<deputy_id>/end")
@access(Action.ANSWER_INVITATION, of_link)
def end(link_id: str, deputy_id: str) -> Response:
    """End a deputy's days."""
    handbook_id, _person_id = _whose(link_id)
    request_id = Form().request_id.data or ""
    end_deputy(current.installation(), current.actor(), handbook_id, deputy_id, request_id)
    flash(_("The deputy's days have been ended. Their link is read-only from now on."), "good")
    return redirect(url_for("deputies.show", link_id=link_id))


def _whose(link_id: str) -> tuple[str, str]:
    """Give the handbook and the person of the link. Raises Refused for a deputy's own."""
    link = current.held_link(link_id)
    if link.origin is Origin.DEPUTY:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return link.actor.handbook_id or "", link.actor.person_id or ""


def _page(link_id: str, form: DeputyForm) -> str:
    handbook_id, person_id = _whose(link_id)
    link = current.held_link(link_id)
    part = "approvals" if link.actor.purpose is Purpose.APPROVE else "participant"
    return render_template(
        "deputies/show.html",
        link_id=link_id,
        form=form,
        deputies=deputies_of(
            current.reader(), current.actor(), handbook_id, person_id, current.now()
        ),
        landing=url_for(landing_of(link), link_id=link_id),
        acting={
            "name": link.name,
            "organisation": None,
            "not_me_url": url_for(f"{part}.not_me", link_id=link_id),
            **standing(link_id),
        },
    )
