"""Who answers instead of a person: a deputy for some days, or a successor for good."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from reviewtool.domain.people import LONGEST_NAME
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, localized
from reviewtool.queries.people import person_page
from reviewtool.services.deputies import end_deputy
from reviewtool.services.succession import name_successor
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.deputies.forms import DeputyForm, deputy_named
from reviewtool.web.forms import Form, address_field, plain_name, stripped
from reviewtool.web.people.views import Answer, blueprint, read_handbook
from reviewtool.wording.refusals import refusal


class SuccessorForm(Form):
    """Names who takes over from somebody who leaves."""

    name = StringField(
        lazy("The successor's name"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the name.")), Length(max=LONGEST_NAME), plain_name],
    )
    address = address_field(
        lazy("The successor's e-mail address"), lazy("Write the e-mail address.")
    )


@blueprint.get("/<person_id>/deputy")
@access(Action.RUN_PROCESS, of_handbook)
def deputy(handbook_id: str, person_id: str) -> str:
    """Ask who stands in for a person, and when."""
    return _page("deputy", handbook_id, person_id, DeputyForm(formdata=None))


@blueprint.post("/<person_id>/deputy")
@access(Action.RUN_PROCESS, of_handbook)
def name_a_deputy(handbook_id: str, person_id: str) -> Answer:
    """Name who stands in for a person."""
    form = DeputyForm()
    if not deputy_named(form, handbook_id, person_id):
        return _page("deputy", handbook_id, person_id, form), 422
    flash(_("Saved. The deputy gets a link of their own by e-mail when their days begin."), "good")
    return redirect(_person(handbook_id, person_id))


@blueprint.post("/<person_id>/deputies/<deputy_id>/end")
@access(Action.RUN_PROCESS, of_handbook)
def end_deputys_days(handbook_id: str, person_id: str, deputy_id: str) -> Response:
    """End a deputy's days."""
    request_id = Form().request_id.data or ""
    end_deputy(current.installation(), current.actor(), handbook_id, deputy_id, request_id)
    flash(_("The deputy's days have been ended. Their link is read-only from now on."), "good")
    return redirect(_person(handbook_id, person_id))


@blueprint.get("/<person_id>/successor")
@access(Action.RUN_PROCESS, of_handbook)
def successor(handbook_id: str, person_id: str) -> str:
    """Ask who takes over from a person, and show what moves."""
    return _page("successor", handbook_id, person_id, SuccessorForm(formdata=None))


@blueprint.post("/<person_id>/successor")
@access(Action.RUN_PROCESS, of_handbook)
def take_over(handbook_id: str, person_id: str) -> Answer:
    """Let a successor take over what is open."""
    form = SuccessorForm()
    if not form.validate():
        return _page("successor", handbook_id, person_id, form), 422
    try:
        successor_id = name_successor(
            current.installation(),
            current.actor(),
            handbook_id,
            person_id,
            form.name.data or "",
            form.address.data or "",
            form.request_id.data or "",
        )
    except Refused as refused:
        if refused.reason is Reason.NOT_POSSIBLE_NOW:
            form.address.errors = [
                _("A person can't be their own successor, and only an open task can be taken over.")
            ]
        elif refused.reason is Reason.BAD_ADDRESS:
            form.address.errors = [refusal(refused.reason)]
        else:
            raise
        return _page("successor", handbook_id, person_id, form), 422
    name = form.name.data or ""
    flash(
        _("%(name)s has taken over, and gets a link of their own to each open phase.", name=name),
        "good",
    )
    return redirect(_person(handbook_id, successor_id))


def _person(handbook_id: str, person_id: str) -> str:
    return url_for("people.person", handbook_id=handbook_id, person_id=person_id)


def _page(what: str, handbook_id: str, person_id: str, form: Form) -> str:
    handbook = read_handbook(handbook_id)
    return render_template(
        f"people/{what}.html",
        handbook=handbook,
        page=person_page(current.reader(), current.actor(), handbook_id, person_id),
        form=form,
        title=localized(handbook.title),
    )
