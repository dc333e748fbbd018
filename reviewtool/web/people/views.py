"""People and organisations of a handbook's phases, and one person's page."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.invitations import ASKED, INVITATION_TABLE, InvitationMove, InvitationState
from reviewtool.domain.phases import ASKING, INVITING, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.tables import allowed
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized
from reviewtool.queries.deputies import deputies_of
from reviewtool.queries.facts import found
from reviewtool.queries.handbooks import HandbookLine, PhaseLine, handbook_line
from reviewtool.queries.people import people_of, person_page
from reviewtool.services import affiliations, boxes, invitations, vouching
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.people.forms import AddressForm, FilterForm

blueprint = Blueprint("people", __name__, url_prefix="/handbooks/<handbook_id>/people")

Answer = str | Response | tuple[str, int]
NEW = "new"
"""Stands for the address that a person hasn't yet."""

CAN = {state: allowed(INVITATION_TABLE, state, InvitationMove) for state in InvitationState}


def read_handbook(handbook_id: str) -> HandbookLine:
    """Read the handbook in the address with its phases; 2 queries."""
    return found(handbook_line(current.reader(), handbook_id, current.now()))


def phase_in(handbook: HandbookLine, phase_id: str) -> PhaseLine:
    """Find a phase of the handbook. Raises Refused (not found)."""
    return found(next((one for one in handbook.phases if one.id == phase_id), None))


def inviting(handbook: HandbookLine) -> list[PhaseLine]:
    """List the phases into which people can be invited now, the open ones first."""
    phases = [
        phase
        for phase in handbook.phases
        if phase.kind in INVITING and phase.state is not PhaseState.CLOSED
    ]
    return sorted(phases, key=lambda phase: phase.state is not PhaseState.OPEN)


@blueprint.get("")
@access(Action.RUN_PROCESS, of_handbook)
def index(handbook_id: str) -> str:
    """Show who is asked into the handbook's phases, and how far they are."""
    handbook = read_handbook(handbook_id)
    form = FilterForm(formdata=request.args).offer(handbook)
    number = request.args.get("page", 1, type=int)
    page = people_of(current.reader(), current.actor(), handbook_id, form.wanted, number)
    return render_template(
        "people/index.html",
        handbook=handbook,
        form=form,
        page=page,
        inviting=inviting(handbook),
        begun=_begun(handbook, form.phase.data or ""),
    )


def _begun(handbook: HandbookLine, wanted: str) -> PhaseLine | None:
    """Give the phase whose answers are awaited: the one looked at, or the newest that has begun."""
    begun = [
        phase
        for phase in handbook.phases
        if phase.kind in ASKING and phase.state is not PhaseState.PLANNED
    ]
    chosen = [phase for phase in begun if phase.id == wanted]
    opened = [phase for phase in begun if phase.is_open]
    return next(iter(chosen or opened[::-1] or begun[::-1]), None)


@blueprint.get("/<person_id>")
@access(Action.RUN_PROCESS, of_handbook)
def person(handbook_id: str, person_id: str) -> str:
    """Show one person: addresses, organisation, and each phase that they were asked into."""
    return show_person(handbook_id, person_id, AddressForm(formdata=None), None)


@blueprint.post("/<person_id>/invitations/<invitation_id>/invite-again")
@access(Action.RUN_PROCESS, of_handbook)
def invite_again(handbook_id: str, person_id: str, invitation_id: str) -> Response:
    """Mail somebody the link of a phase again."""
    invitations.invite_again(current.installation(), current.actor(), invitation_id, _request_id())
    flash(_("The link is mailed again. The same link is mailed at most once in five minutes."))
    return redirect(url_for("people.person", handbook_id=handbook_id, person_id=person_id))


@blueprint.post("/<person_id>/invitations/<invitation_id>/cancel")
@access(Action.RUN_PROCESS, of_handbook)
def cancel(handbook_id: str, person_id: str, invitation_id: str) -> Response:
    """Take an invitation back."""
    invitations.cancel(current.installation(), current.actor(), invitation_id, _request_id())
    flash(_("The invitation has been cancelled, and its link no longer works."), "good")
    return redirect(url_for("people.person", handbook_id=handbook_id, person_id=person_id))


@blueprint.post("/<person_id>/invitations/<invitation_id>/speaks-for")
@access(Action.RUN_PROCESS, of_handbook)
def vouch(handbook_id: str, person_id: str, invitation_id: str) -> Response:
    """Say that somebody who came in unasked speaks for their organisation, or take it back."""
    undo = bool(request.form.get("undo"))
    vouching.vouch(
        current.installation(), current.actor(), handbook_id, invitation_id, _request_id(),
        vouched=not undo,
    )  # fmt: skip
    said = _("The confirmation has been taken back.") if undo else _("Confirmed.")
    flash(said, "good")
    page = url_for("people.person", handbook_id=handbook_id, person_id=person_id)
    return redirect(f"{page}#{invitation_id}")


@blueprint.post("/<person_id>/organisations")
@access(Action.RUN_PROCESS, of_handbook)
def add_organisation(handbook_id: str, person_id: str) -> Response:
    """Let a person speak for a further organisation."""
    name = request.form.get("organisation", "").strip()
    if name:
        affiliations.add_affiliation(
            current.installation(), current.actor(), handbook_id, person_id, name, _request_id()
        )
        flash(
            _("Saved. The person chooses when sending which organisation they represent."), "good"
        )
    else:
        flash(_("Write the name of the organisation."), "bad")
    return redirect(url_for("people.person", handbook_id=handbook_id, person_id=person_id))


@blueprint.post("/<person_id>/box")
@access(Action.RUN_PROCESS, of_handbook)
def mark_box(handbook_id: str, person_id: str) -> Response:
    """Note that a name is that of a shared box, or of a person."""
    is_box = bool(request.form.get("box"))
    boxes.mark_box(
        current.installation(),
        current.actor(),
        handbook_id,
        person_id,
        _request_id(),
        is_box=is_box,
    )
    flash(
        _("The link asks who is answering from now on.")
        if is_box
        else _("The link asks nothing any more."),
        "good",
    )
    return redirect(url_for("people.person", handbook_id=handbook_id, person_id=person_id))


def _request_id() -> str:
    return request.form.get("request_id", "")


def show_person(handbook_id: str, person_id: str, form: AddressForm, correcting: str | None) -> str:
    """Show one person; correcting: the address at which the form failed, NEW for a further one."""
    handbook = read_handbook(handbook_id)
    page = person_page(current.reader(), current.actor(), handbook_id, person_id)
    return render_template(
        "people/person.html",
        handbook=handbook,
        page=page,
        form=form,
        correcting=correcting,
        can=CAN,
        move=InvitationMove,
        opened=PhaseState.OPEN,
        asked=ASKED,
        title=localized(handbook.title),
        deputies=deputies_of(
            current.reader(), current.actor(), handbook_id, person_id, current.now()
        ),
    )
