"""Signing in by a mailed link or a password, and signing out."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.accounts import account_of_person
from reviewtool.services import accounts
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.accounts.forms import SignInForm
from reviewtool.web.accounts.login import load
from reviewtool.web.limits import PASSWORDS, SIGN_IN, account_tried, limiter, no_password

blueprint = Blueprint("accounts", __name__)

_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def enter(person_id: str) -> bool:
    """Begin an account's session in this browser; False where there is no open account."""
    account = account_of_person(current.fresh_reader(), person_id)
    if account is None:
        return False
    signed_in = load(f"{account[0]}.{account[1]}")
    assert signed_in is not None
    kept_links, language = session.get("links", {}), session.get("language")
    session.clear()  # a session that somebody else may have prepared ends here
    session["links"] = kept_links
    if language:
        session["language"] = language
    login_user(signed_in, remember=False)
    session.permanent = True
    return True


def safe_next(target: str | None) -> str:
    """Give the page to go on to: only an address of this site.

    Two slashes at the beginning, or signs that browsers leave out before them, name another host.
    """
    if target and _PATH.fullmatch(target):
        return target
    return url_for("front.home")


@blueprint.get("/sign-in")
@access(Action.SIGN_IN)
def sign_in() -> str:
    """Ask for the address."""
    form = SignInForm(formdata=None)
    return render_template("accounts/sign_in.html", form=form, next=request.args.get("next", ""))


@blueprint.post("/sign-in")
@limiter.limit(SIGN_IN)
@limiter.limit(PASSWORDS, key_func=account_tried, exempt_when=no_password)
@access(Action.SIGN_IN)
def send_sign_in() -> str | Response | tuple[str, int]:
    """Check a password, or mail a link; the page says the same for every address."""
    form = SignInForm()
    target = request.form.get("next", "")
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form, next=target), 422
    site = current.installation()
    if form.password.data:
        person_id = accounts.check_password(site, form.address.data or "", form.password.data)
        if person_id and enter(person_id):
            return redirect(safe_next(target))
        form.password.errors = [_("The address and the password don't belong together.")]
        return render_template("accounts/sign_in.html", form=form, next=target), 422
    accounts.ask_for_sign_in(site, form.address.data or "")
    return render_template("accounts/sent.html", address=form.address.data)


@blueprint.post("/sign-out")
@access(Action.SIGN_IN)
def sign_out() -> Response:
    """End the account's session in this browser."""
    logout_user()
    flash(_("You have signed out."))
    return redirect(url_for("front.index"))
