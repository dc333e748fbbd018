"""The addresses on a person's page: corrected, added, chosen for mail, taken out of use."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.services import addresses
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.forms import Form
from reviewtool.web.people.forms import AddressForm
from reviewtool.web.people.views import NEW, Answer, blueprint, show_person
from reviewtool.wording.refusals import refusal

Act = Callable[[str, str], None]


def _written(handbook_id: str, person_id: str, at: str, act: Act, done: str) -> Answer:
    """Do something with an address as written; act takes it and the request's id."""
    form = AddressForm()
    if not form.validate():
        return show_person(handbook_id, person_id, form, at), 422
    try:
        act(form.address.data or "", form.request_id.data or "")
    except Refused as refused:
        form.address.errors = [refusal(refused.reason)]
        return show_person(handbook_id, person_id, form, at), 422
    flash(done, "good")
    return redirect(url_for("people.person", handbook_id=handbook_id, person_id=person_id))


@blueprint.post("/<person_id>/addresses/<address_id>")
@access(Action.RUN_PROCESS, of_handbook)
def correct_address(handbook_id: str, person_id: str, address_id: str) -> Answer:
    """Put another address in place of one."""
    act = partial(
        addresses.correct_address, current.installation(), current.actor(), handbook_id, address_id
    )
    done = _("The address has been corrected, and the link is mailed to it.")
    return _written(handbook_id, person_id, address_id, act, done)


@blueprint.post("/<person_id>/addresses")
@access(Action.RUN_PROCESS, of_handbook)
def add_address(handbook_id: str, person_id: str) -> Answer:
    """Note a further address."""
    act = partial(
        addresses.add_address, current.installation(), current.actor(), handbook_id, person_id
    )
    done = _("The address has been added. Mail goes there once you choose it.")
    return _written(handbook_id, person_id, NEW, act, done)


@blueprint.post("/<person_id>/addresses/<address_id>/choose")
@access(Action.RUN_PROCESS, of_handbook)
def choose_address(handbook_id: str, person_id: str, address_id: str) -> Response:
    """Let mail go to this address."""
    request_id = Form().request_id.data or ""
    addresses.choose_address(
        current.installation(), current.actor(), handbook_id, address_id, request_id
    )
    flash(_("From now on mail goes to this address. Links that are open are mailed there."), "good")
    return redirect(url_for("people.person", handbook_id=handbook_id, person_id=person_id))


@blueprint.post("/<person_id>/addresses/<address_id>/end")
@access(Action.RUN_PROCESS, of_handbook)
def end_address(handbook_id: str, person_id: str, address_id: str) -> Response:
    """Take an address out of use."""
    request_id = Form().request_id.data or ""
    addresses.end_address(
        current.installation(), current.actor(), handbook_id, address_id, request_id
    )
    flash(_("The address is out of use."), "good")
    return redirect(url_for("people.person", handbook_id=handbook_id, person_id=person_id))
