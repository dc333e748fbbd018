"""Files to what one has said: attaching them, taking them away, reading them."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, send_file
from werkzeug.wrappers import Response
from wtforms import MultipleFileField

from reviewtool.domain.files import FROM_PARTICIPANTS, MOST_ATTACHED, Upload
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.attached import attached_content
from reviewtool.queries.contributions import one
from reviewtool.services import attachments
from reviewtool.web import current
from reviewtool.web.access import access, of_contribution
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import ActForm, ParticipantForm
from reviewtool.web.participant.frame import open_page
from reviewtool.web.participant.shown import suggestion_shown
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]

AT_THE_FIELD = {Reason.BAD_FILE, Reason.FILE_TOO_LARGE, Reason.TOO_MANY_FILES, Reason.EMPTY}


class AttachForm(ParticipantForm):
    """Sends files."""

    files = MultipleFileField(lazy("Files"))

    @property
    def uploads(self) -> list[Upload]:
        """Give what was chosen."""
        chosen = (file for file in self.files.data or () if getattr(file, "filename", ""))
        return [Upload(file.filename, file.read()) for file in chosen]


@blueprint.get("/contributions/<contribution_id>/files")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def files(link_id: str, contribution_id: str) -> str:
    """Show what is attached to one's own contribution, and the form that attaches more."""
    return _files_page(link_id, contribution_id, AttachForm(formdata=None))


def _files_page(link_id: str, contribution_id: str, form: AttachForm) -> str:
    page = open_page(link_id)
    line = one(current.reader(), page.actor, contribution_id)
    if line is None or not line.own:
        raise Refused(Reason.NOT_FOUND)
    crumbs = (_("What I have said"), page.url("mine")), (_("Attached files"), None)
    return render_template(
        "participant/files.html",
        **page.values(*crumbs),
        line=line,
        form=form,
        act=ActForm(formdata=None),
        most=MOST_ATTACHED,
        limit=current.installation().settings.upload_limit_mb,
        accept=",".join(f".{one}" for one in sorted(FROM_PARTICIPANTS)),
        suggestion_shown=suggestion_shown,
    )


@blueprint.post("/contributions/<contribution_id>/files")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def attach(link_id: str, contribution_id: str) -> Answer:
    """Attach what was chosen."""
    form = AttachForm()
    try:
        attachments.attach(
            current.installation(),
            current.actor(),
            contribution_id,
            form.uploads,
            form.request_id.data or "",
        )
    except Refused as refused:
        if refused.reason not in AT_THE_FIELD:
            raise
        empty = refused.reason is Reason.EMPTY
        words = _("Choose a file first.") if empty else refusal(refused.reason)
        form.files.errors = [words]
        return _files_page(link_id, contribution_id, form), 422
    flash(_("Attached. The editors see it beside what you said."), "good")
    url = open_page(link_id).url("files", contribution_id=contribution_id)
    return redirect(url, 303)


@blueprint.post("/contributions/<contribution_id>/files/<file_id>/remove")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def remove_file(link_id: str, contribution_id: str, file_id: str) -> Response:
    """Take one's own file away again."""
    attachments.remove(current.installation(), current.actor(), contribution_id, file_id)
    flash(_("The file is removed."))
    url = open_page(link_id).url("files", contribution_id=contribution_id)
    return redirect(url, 303)


@blueprint.get("/contributions/<contribution_id>/files/<file_id>")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def file(contribution_id: str, file_id: str, **_link: str) -> Response:
    """Send a file of a contribution that one sees, always as a download."""
    found = attached_content(current.reader(), current.actor(), contribution_id, file_id)
    response = send_file(
        BytesIO(found.content),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.name,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
