"""A round's public request page, and the open link where anyone interested signs up."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import current_language, localized
from reviewtool.infra.i18n import gettext as _
from reviewtool.mail.addresses import request_url
from reviewtool.office.pdf import write_pdf
from reviewtool.queries.invitations import municipality_names
from reviewtool.queries.requests import RequestPage, request_page
from reviewtool.services import signups
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.forms import told_at
from reviewtool.web.limits import PAPERS, SIGN_UP, limiter
from reviewtool.web.rounds.forms import SignUpForm
from reviewtool.web.rounds.request import lead, parts

blueprint = Blueprint("rounds", __name__, url_prefix="/h/<handbook_id>/rounds/<phase_id>")

Answer = str | Response | tuple[str, int]


def _read(handbook_id: str, phase_id: str) -> RequestPage:
    return request_page(current.reader(), current.actor(), handbook_id, phase_id, current.now())


@blueprint.get("")
@access(Action.SEE_FRONT)
def request(handbook_id: str, phase_id: str) -> str:
    """Show what is asked, of whom, by when, and what happens to what one says."""
    page = _read(handbook_id, phase_id)
    return render_template("rounds/request.html", page=page, lead=lead(page), parts=parts(page))


@blueprint.get("/request.pdf")
@limiter.limit(PAPERS)
@access(Action.SEE_FRONT)
def request_pdf(handbook_id: str, phase_id: str) -> Response:
    """Give the request as a PDF, for a registry."""
    page = _read(handbook_id, phase_id)
    address = request_url(current.installation().settings, handbook_id, phase_id)
    content = write_pdf(
        localized(page.title),
        lead(page),
        parts(page),
        language=current_language(),
        foot=f"{localized(page.handbook_title)} – {address}",
        made_at=current.now(),
    )
    name = _("request")
    return send_file(BytesIO(content), "application/pdf", download_name=f"{name}-{phase_id}.pdf")


@blueprint.get("/sign-up")
@access(Action.SEE_FRONT)
def sign_up(handbook_id: str, phase_id: str) -> Answer:
    """Ask who wants to take part; where nobody can, the request page tells why."""
    page = _read(handbook_id, phase_id)
    if not (page.is_open and page.open_to_all):
        return redirect(url_for("rounds.request", handbook_id=handbook_id, phase_id=phase_id))
    return _form_page(page, SignUpForm(formdata=None))


@blueprint.post("/sign-up")
@limiter.limit(SIGN_UP)
@access(Action.SEE_FRONT)
def send_sign_up(handbook_id: str, phase_id: str) -> Answer:
    """Mail a confirmation, or the link that the address has already; says the same for both.

    The use case asks the policy; a round that has closed meanwhile keeps the typed words.
    """
    page = _read(handbook_id, phase_id)
    form = SignUpForm()
    if not (page.is_open and page.open_to_all):
        form.form_errors = [_("This round takes no more sign-ups.")]
        return _form_page(page, form), 422
    if not form.validate():
        return _form_page(page, form), 422
    try:
        signups.sign_up(current.installation(), phase_id, form.invitee())
    except Refused as refused:
        told_at(form.address, refused, Reason.BAD_ADDRESS)
        return _form_page(page, form), 422
    return redirect(url_for("rounds.signed_up", handbook_id=handbook_id, phase_id=phase_id), 303)


@blueprint.get("/sign-up/sent")
@access(Action.SEE_FRONT)
def signed_up(handbook_id: str, phase_id: str) -> str:
    """Say that a mail is on its way."""
    return render_template("rounds/signed_up.html", page=_read(handbook_id, phase_id))


def _form_page(page: RequestPage, form: SignUpForm) -> str:
    return render_template(
        "rounds/sign_up.html",
        page=page,
        form=form,
        municipalities=municipality_names(current.reader()),
    )
