"""Inviting one person, or the people of a spreadsheet: upload, preview, confirmation."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from reviewtool.domain.phases import INVITING, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.office.errors import UnreadableFile
from reviewtool.office.people import read_people
from reviewtool.queries.handbooks import HandbookLine, PhaseLine
from reviewtool.queries.invitations import check_table, kept_table, municipality_names
from reviewtool.services import invitation_tables, invitations
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.forms import told_at
from reviewtool.web.people.forms import ConfirmTableForm, InviteForm, TableForm
from reviewtool.web.people.table import TablePage, table_page
from reviewtool.web.people.views import Answer, blueprint, phase_in, read_handbook
from reviewtool.wording.files import unreadable


def _open_to_inviting(handbook_id: str, phase_id: str) -> tuple[HandbookLine, PhaseLine]:
    handbook = read_handbook(handbook_id)
    phase = phase_in(handbook, phase_id)
    if phase.kind not in INVITING or phase.state is PhaseState.CLOSED:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return handbook, phase


@blueprint.get("/invite/<phase_id>")
@access(Action.RUN_PROCESS, of_handbook)
def invite(handbook_id: str, phase_id: str) -> str:
    """Ask whom to invite."""
    return _invite_page(handbook_id, phase_id, InviteForm(formdata=None))


@blueprint.post("/invite/<phase_id>")
@access(Action.RUN_PROCESS, of_handbook)
def do_invite(handbook_id: str, phase_id: str) -> Answer:
    """Invite one person."""
    form = InviteForm()
    _handbook, phase = _open_to_inviting(handbook_id, phase_id)
    if not form.validate():
        return _invite_page(handbook_id, phase_id, form), 422
    try:
        invited = invitations.invite(
            current.installation(),
            current.actor(),
            phase_id,
            form.invitee(),
            form.request_id.data or "",
        )
    except Refused as refused:
        told_at(form.address, refused, Reason.BAD_ADDRESS, Reason.ADDRESS_OF_ANOTHER)
        form.asks_who_reads = refused.reason is Reason.ADDRESS_OF_ANOTHER
        return _invite_page(handbook_id, phase_id, form), 422
    name = form.name.data or ""
    if phase.state is not PhaseState.OPEN:
        words = _("%(name)s has been added, and is invited when the phase opens.", name=name)
    elif invited.new:
        words = _("The invitation to %(name)s is on its way.", name=name)
    else:
        words = _("%(name)s was invited already, and gets the link again.", name=name)
    flash(words, "good")
    return redirect(url_for("people.invite", handbook_id=handbook_id, phase_id=phase_id))


def _invite_page(handbook_id: str, phase_id: str, form: InviteForm) -> str:
    handbook, phase = _open_to_inviting(handbook_id, phase_id)
    return render_template(
        "people/invite.html",
        handbook=handbook,
        phase=phase,
        form=form,
        municipalities=municipality_names(current.reader()),
    )


@blueprint.get("/invite/<phase_id>/spreadsheet")
@access(Action.RUN_PROCESS, of_handbook)
def invite_table(handbook_id: str, phase_id: str) -> str:
    """Ask for the spreadsheet."""
    return _table_page(handbook_id, phase_id, TableForm(formdata=None))


@blueprint.post("/invite/<phase_id>/spreadsheet")
@access(Action.RUN_PROCESS, of_handbook)
def send_table(handbook_id: str, phase_id: str) -> Answer:
    """Take the spreadsheet and lead to its preview; sends nothing."""
    form = TableForm()
    if not form.validate():
        return _table_page(handbook_id, phase_id, form), 422
    file = form.file.data
    try:
        file_id = invitation_tables.keep_table(
            current.installation(),
            current.actor(),
            handbook_id,
            file.filename or "",
            file.read(),
            form.request_id.data or "",
        )
    except UnreadableFile as error:
        form.file.errors = [unreadable(error)]
        return _table_page(handbook_id, phase_id, form), 422
    return redirect(
        url_for("people.preview_table", handbook_id=handbook_id, phase_id=phase_id, file_id=file_id)
    )


def _table_page(handbook_id: str, phase_id: str, form: TableForm) -> str:
    handbook, phase = _open_to_inviting(handbook_id, phase_id)
    return render_template("people/invite_table.html", handbook=handbook, phase=phase, form=form)


@blueprint.get("/invite/<phase_id>/spreadsheet/<file_id>")
@access(Action.RUN_PROCESS, of_handbook)
def preview_table(handbook_id: str, phase_id: str, file_id: str) -> str:
    """Show what will become of each row. Changes nothing, sends nothing."""
    handbook, phase = _open_to_inviting(handbook_id, phase_id)
    return render_template(
        "people/preview.html",
        handbook=handbook,
        phase=phase,
        file_id=file_id,
        form=ConfirmTableForm(formdata=None),
        seen=_checked(handbook_id, phase_id, file_id),
    )


def _checked(handbook_id: str, phase_id: str, file_id: str) -> TablePage:
    name, content = kept_table(current.reader(), current.actor(), handbook_id, file_id)
    table = read_people(content, name, municipality_names(current.reader()))
    rows = check_table(current.reader(), current.actor(), phase_id, table)
    return table_page(name, table, rows, request.args.get("page", 1, type=int))


@blueprint.post("/invite/<phase_id>/spreadsheet/<file_id>")
@access(Action.RUN_PROCESS, of_handbook)
def confirm_table(handbook_id: str, phase_id: str, file_id: str) -> Answer:
    """Invite the people of the spreadsheet."""
    form = ConfirmTableForm()
    phase = phase_in(read_handbook(handbook_id), phase_id)
    told = invitation_tables.invite_table(
        current.installation(),
        current.actor(),
        phase_id,
        file_id,
        form.request_id.data or "",
        use_suggestions=bool(form.use_suggestions.data),
    )
    if phase.state is PhaseState.OPEN:
        words = ngettext(
            "%(num)d invitation is on its way.",
            "%(num)d invitations are on their way.",
            told.mailed,
        )
    else:
        words = ngettext(
            "%(num)d person has been added, and is invited when the phase opens.",
            "%(num)d people have been added, and are invited when the phase opens.",
            told.added,
        )
    if told.added or not told.corrected:
        flash(words, "good")
    if told.corrected:
        flash(
            ngettext(
                "What is known of %(num)d person was corrected.",
                "What is known of %(num)d people was corrected.",
                told.corrected,
            ),
            "good",
        )
    return redirect(url_for("people.index", handbook_id=handbook_id, phase=phase_id))
