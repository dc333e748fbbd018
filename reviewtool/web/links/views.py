"""The way in by a mailed link: GET shows, a person's press acts (rule 6, 9)."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.links import LinkState, Purpose, read_token
from reviewtool.domain.policy import Action
from reviewtool.queries.actors import FoundLink, find_link
from reviewtool.queries.links import way_on_of
from reviewtool.services import links, signups
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.accounts.views import enter
from reviewtool.web.forms import Form
from reviewtool.web.glued import without_glued
from reviewtool.web.limits import BAD_LINKS, SIGN_IN, limiter
from reviewtool.web.links.forms import NewLinkForm
from reviewtool.web.links.landings import LANDINGS, landing_of

blueprint = Blueprint("links", __name__)


def find(token: str) -> FoundLink | None:
    """Read the link of a token; None for anything that isn't a genuine one."""
    settings = current.installation().settings
    read = read_token(settings.all_keys, token)
    if read is None:
        return None
    link_id, generation = read
    return find_link(current.reader(), link_id, generation, current.now(), settings.retention_days)


@blueprint.get("/in/<token>")
@access(Action.FOLLOW_LINK)
def follow(token: str) -> str | Response | tuple[str, int]:
    """Let a link's holder in; the token leaves the address, nothing is recorded."""
    found = find(token)
    if found is None:
        bare = without_glued(token)
        if bare != token and find(bare) is not None:
            query = request.query_string.decode()
            return redirect(url_for("links.follow", token=bare) + (f"?{query}" if query else ""))
        return not_genuine()
    if found.actor.purpose is Purpose.SIGN_IN and found.state is LinkState.OPEN:
        return render_template("links/sign_in.html", token=token, name=found.name)
    if found.actor.purpose is Purpose.CONFIRM and _can_confirm(found):
        again = found.part is not InvitationState.UNCONFIRMED
        return render_template("links/confirm.html", token=token, name=found.name, again=again)
    if found.actor.purpose not in LANDINGS:
        return over(found)
    if found.state not in (LinkState.OPEN, LinkState.READING):
        return over(found)
    current.keep_link(found)
    return redirect(_place_in(found))


def _can_confirm(found: FoundLink) -> bool:
    """Tell whether a confirmation link leads on: for who has confirmed, however late."""
    if found.part is InvitationState.UNCONFIRMED:
        return found.state is LinkState.OPEN and found.phase_open
    return found.state is not LinkState.REVOKED and found.part is not InvitationState.CANCELLED


def _place_in(found: FoundLink) -> str:
    """Give the page that the letter leads to: the phase's first, one's own words, or a thread."""
    link_id = found.actor.link_id
    if found.actor.purpose is Purpose.PARTICIPATE:
        to, at = (without_glued(request.args.get(name, "")) for name in ("to", "at"))
        if to == "mine":
            return url_for("participant.mine", link_id=link_id)
        if to == "said" and at:
            return url_for("participant.said", link_id=link_id, contribution_id=at)
    return url_for(landing_of(found), link_id=link_id)


@limiter.limit(BAD_LINKS)
def not_genuine() -> tuple[str, int]:
    """Show the one neutral page for whatever is no genuine link; guesses are limited."""
    return render_template("links/not_genuine.html", form=NewLinkForm(formdata=None)), 404


def over(found: FoundLink) -> tuple[str, int]:
    """Say what has become of a genuine link that no longer lets anybody in, and what to do."""
    way_on = way_on_of(current.fresh_reader(), found.actor)
    return render_template("links/over.html", found=found, way_on=way_on), 410


@blueprint.post("/in/<token>/sign-in")
@limiter.limit(SIGN_IN)
@access(Action.FOLLOW_LINK)
def sign_in(token: str) -> str | Response | tuple[str, int]:
    """Sign in by a mailed link: once, by a person's press."""
    found = find(token)
    if found is None or found.actor.purpose is not Purpose.SIGN_IN:
        return not_genuine()
    assert found.actor.person_id is not None
    if not links.use_up(current.installation(), found.actor, Form().request_id.data):
        return over(found)
    if not enter(found.actor.person_id):
        return not_genuine()
    return redirect(url_for("front.home"))


@blueprint.post("/in/<token>/confirm")
@limiter.limit(SIGN_IN)
@access(Action.FOLLOW_LINK)
def confirm(token: str) -> Response | tuple[str, int]:
    """Make a sign-up count, by a person's press, and let its person in."""
    found = find(token)
    if found is None or found.actor.purpose is not Purpose.CONFIRM:
        return not_genuine()
    assert found.actor.link_id is not None
    if not _can_confirm(found):
        return over(found)
    confirmed = signups.confirm(current.installation(), found.actor.link_id)
    own = find_link(
        current.fresh_reader(),
        confirmed.link_id,
        confirmed.generation,
        current.now(),
        current.installation().settings.retention_days,
    )
    if own is None or own.actor.purpose not in LANDINGS:
        return not_genuine()
    if own.state not in (LinkState.OPEN, LinkState.READING):
        return over(own)
    current.keep_link(own)
    return redirect(url_for(landing_of(own), link_id=confirmed.link_id), 303)


@blueprint.post("/new-link")
@limiter.limit(SIGN_IN)
@access(Action.FOLLOW_LINK)
def ask_new() -> str | tuple[str, int]:
    """Mail the living links of an address to it; says the same whether it is known."""
    form = NewLinkForm()
    if not form.validate():
        return render_template("links/not_genuine.html", form=form), 422
    links.send_to_address(current.installation(), form.address.data or "")
    return render_template("links/sent.html", address=form.address.data)


@blueprint.post("/new-link/<lost_id>")
@limiter.limit(SIGN_IN)
@access(Action.FOLLOW_LINK)
def send_again(lost_id: str) -> str:
    """Mail a link again to the address that it was sent to."""
    links.send_again(current.installation(), lost_id)
    return render_template("links/sent.html", address=None)


@blueprint.post("/not-me/<dropped_id>")
@access(Action.FOLLOW_LINK)
def not_me(dropped_id: str) -> str:
    """Forget a link in this browser, and tell how to get one's own."""
    current.drop_link(dropped_id)
    session.modified = True
    return render_template(
        "links/not_me.html", form=NewLinkForm(formdata=None), dropped_id=dropped_id
    )
