"""Who answers by the link of a shared box: asked first, kept in this browser, changed by a press.

The one who answers goes on by their own link, so that every page and every word is theirs.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import Length

from reviewtool.domain.phases import INVITING
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.actors import FoundLink, find_link
from reviewtool.queries.boxes import names_of_box
from reviewtool.queries.facts import found
from reviewtool.services import boxes
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.forms import Form, stripped
from reviewtool.web.limits import SIGN_UP, limiter
from reviewtool.web.links.landings import landing_of

blueprint = Blueprint("boxes", __name__, url_prefix="/p/<link_id>/who")

SOMEBODY_ELSE = "-"

Answer = str | Response | tuple[str, int]


class WhoForm(Form):
    """Asks who is answering: one of those known under the box, or somebody else by name."""

    known = RadioField(lazy("Your name"), validate_choice=False)
    name = StringField(
        lazy("Your name"), filters=[stripped], validators=[Length(max=boxes.LONGEST_NAME)]
    )

    def offer(self, names: list[str]) -> WhoForm:
        """Offer the known names."""
        self.known.choices = [
            *((name, name) for name in names),
            (SOMEBODY_ELSE, _("Somebody else")),
        ]
        return self

    @property
    def chosen(self) -> str:
        """Give the name that answers."""
        known = self.known.data or SOMEBODY_ELSE
        return (self.name.data or "") if known == SOMEBODY_ELSE else known


@blueprint.before_app_request
def ask_first() -> Response | None:
    """Lead to the question before any other page of a shared box's link is shown."""
    link_id: str = (request.view_args or {}).get("link_id", "")
    if link_id not in session.get("links", {}) or request.blueprint == blueprint.name:
        return None
    link = current.held_link(link_id)
    if not asks(link):
        return None
    own = current.answering(link_id)
    if own == link_id and not link.is_box:
        return None
    if request.method != "GET" and not link.is_box:
        # Such a form was shown to the one whose link it is; the session was lost meanwhile.
        return None
    if own is not None and own != link_id:
        return redirect(url_for(landing_of(current.held_link(own)), link_id=own))
    return redirect(url_for("boxes.ask", link_id=link_id))


def asks(link: FoundLink) -> bool:
    """Tell whether somebody has to say who answers by a link."""
    return link.shared_box and link.phase_kind in INVITING


@blueprint.get("")
@access(Action.ANSWER_FOR_BOX, of_link)
def ask(link_id: str) -> Answer:
    """Ask who is answering."""
    if not asks(current.held_link(link_id)):
        return redirect(url_for(landing_of(current.held_link(link_id)), link_id=link_id))
    return _page(link_id, WhoForm(formdata=None))


@blueprint.post("")
@limiter.limit(SIGN_UP)
@access(Action.ANSWER_FOR_BOX, of_link)
def say(link_id: str) -> Answer:
    """Go on in the name of the one who answers."""
    form = WhoForm().offer(names_of_box(current.reader(), current.actor()))
    if not form.validate():
        return _page(link_id, form), 422
    try:
        own = boxes.answer_as(
            current.installation(), current.actor(), form.chosen, form.request_id.data or ""
        )
    except Refused as refused:
        if refused.reason is not Reason.EMPTY:
            raise
        form.name.errors = [_("Write your own name.")]
        return _page(link_id, form), 422
    days = current.installation().settings.retention_days
    link = found(find_link(current.fresh_reader(), own.id, own.generation, current.now(), days))
    current.keep_link(link)
    current.answer_in_name(link_id, own.id)
    flash(_("You are answering as %(name)s.", name=link.name))
    return redirect(url_for(landing_of(link), link_id=own.id), 303)


def _page(link_id: str, form: WhoForm) -> str:
    names = names_of_box(current.reader(), current.actor())
    form.offer(names)
    if form.known.data is None and not names:
        form.known.data = SOMEBODY_ELSE
    return render_template(
        "boxes/ask.html",
        link_id=link_id,
        form=form,
        known=bool(names),
        box=current.held_link(link_id),
    )
