"""The members of a handbook."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.people import Role
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.members import members_of
from reviewtool.services import members as services
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.people.forms import MemberForm
from reviewtool.web.people.views import Answer, blueprint, read_handbook
from reviewtool.wording.refusals import refusal


@blueprint.get("/members")
@access(Action.MANAGE_MEMBERS, of_handbook)
def members(handbook_id: str) -> str:
    """Show the handbook's editors and administrators."""
    return _page(handbook_id, MemberForm(formdata=None))


@blueprint.post("/members")
@access(Action.MANAGE_MEMBERS, of_handbook)
def add_member(handbook_id: str) -> Answer:
    """Give somebody a role."""
    form = MemberForm()
    if not form.validate():
        return _page(handbook_id, form), 422
    try:
        services.add_member(
            current.installation(),
            current.actor(),
            handbook_id,
            name=form.name.data or "",
            address=form.address.data or "",
            role=Role(form.role.data),
            language=form.language.data or "fi",
            request_id=form.request_id.data or "",
        )
    except Refused as refused:
        form.form_errors = [_refused(refused.reason)]
        return _page(handbook_id, form), 422
    flash(_("%(name)s is a member now, and gets a sign-in link.", name=form.name.data), "good")
    return redirect(url_for("people.members", handbook_id=handbook_id))


@blueprint.post("/members/<person_id>/remove")
@access(Action.MANAGE_MEMBERS, of_handbook)
def remove_member(handbook_id: str, person_id: str) -> Response:
    """Take somebody's role."""
    try:
        services.remove_member(current.installation(), current.actor(), handbook_id, person_id)
    except Refused as refused:
        flash(_refused(refused.reason), "bad")
    else:
        flash(_("The role has been taken away. What the person has done stays."), "good")
    return redirect(url_for("people.members", handbook_id=handbook_id))


def _refused(reason: Reason) -> str:
    if reason is Reason.NOT_ALLOWED:
        return _("Only an administrator gives and takes an administrator's role.")
    if reason is Reason.NOT_POSSIBLE_NOW:
        return _("The handbook needs at least one member.")
    if reason is Reason.ALREADY_DONE:
        return _("This person has that role already.")
    return refusal(reason)


def _page(handbook_id: str, form: MemberForm) -> str:
    return render_template(
        "people/members.html",
        handbook=read_handbook(handbook_id),
        form=form,
        members=members_of(current.reader(), current.actor(), handbook_id),
        own_id=current.actor().person_id,
    )
