"""Bringing in a handbook: upload, preview (which changes nothing), confirmation."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.office.errors import UnreadableFile
from reviewtool.queries.imports import Change, Choices, preview
from reviewtool.services.imports import Imported, confirm_import, discard_upload, upload
from reviewtool.text.canonical import TextError
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editor_pages import frame, head_of
from reviewtool.web.imports.forms import ConfirmForm, UploadForm
from reviewtool.wording.files import left_over, place, unreadable
from reviewtool.wording.refusals import refusal

blueprint = Blueprint("imports", __name__)


def _page(handbook_id: str, form: UploadForm) -> str:
    head = head_of(handbook_id)
    return render_template(
        "imports/new.html",
        form=form,
        limit=current.installation().settings.upload_limit_mb,
        **frame(head, "structure", (_("Import a file"), None)),
    )


@blueprint.get("/handbooks/<handbook_id>/import")
@access(Action.EDIT, of_handbook)
def new(handbook_id: str) -> str:
    """Ask for the file."""
    return _page(handbook_id, UploadForm(formdata=None))


@blueprint.post("/handbooks/<handbook_id>/import")
@access(Action.EDIT, of_handbook)
def send(handbook_id: str) -> Response | tuple[str, int]:
    """Take the file, read it, and lead to its preview; a file that can't be read isn't kept."""
    form = UploadForm()
    if not form.validate():
        return _page(handbook_id, form), 422
    file = form.file.data
    try:
        file_id = upload(
            current.installation(),
            current.actor(),
            handbook_id,
            file.filename,
            file.read(),
            form.request_id.data,
        )
    except UnreadableFile as error:
        form.file.errors = [unreadable(error)]
        return _page(handbook_id, form), 422
    except TextError:
        form.file.errors = [_("One section of the file is too long. Split it with a heading.")]
        return _page(handbook_id, form), 422
    return redirect(url_for("imports.show", handbook_id=handbook_id, file_id=file_id))


@blueprint.get("/handbooks/<handbook_id>/import/<file_id>")
@access(Action.EDIT, of_handbook)
def show(handbook_id: str, file_id: str) -> str:
    """Show what was understood, and what confirming would do. Changes nothing."""
    head = head_of(handbook_id)
    seen = preview(current.reader(), current.actor(), handbook_id, file_id)
    form = ConfirmForm(formdata=None)
    form.fingerprint.data = seen.plan.fingerprint
    return render_template(
        "imports/preview.html",
        form=form,
        seen=seen,
        counts={change.value: seen.plan.count(change) for change in Change},
        left_over=left_over,
        place=place,
        **frame(
            head,
            "structure",
            (_("Import a file"), url_for("imports.new", handbook_id=handbook_id)),
            (seen.file_name, None),
        ),
    )


@blueprint.post("/handbooks/<handbook_id>/import/<file_id>")
@access(Action.EDIT, of_handbook)
def confirm(handbook_id: str, file_id: str) -> Response:
    """Bring the file in as its preview said."""
    form = ConfirmForm()
    choices = Choices(_numbers("renamed"), _numbers("take_file"))
    try:
        told = confirm_import(
            current.installation(),
            current.actor(),
            handbook_id,
            file_id,
            form.fingerprint.data or "",
            choices,
            form.request_id.data,
        )
    except UnreadableFile as error:
        flash(unreadable(error), "warn")
        return redirect(url_for("imports.show", handbook_id=handbook_id, file_id=file_id))
    except Refused as refused:
        if refused.reason is not Reason.TEXT_CHANGED:
            raise
        flash(refusal(refused.reason), "warn")
        return redirect(url_for("imports.show", handbook_id=handbook_id, file_id=file_id))
    flash(_told(told), "good")
    return redirect(url_for("structure.show", handbook_id=handbook_id))


@blueprint.post("/handbooks/<handbook_id>/import/<file_id>/discard")
@access(Action.EDIT, of_handbook)
def discard(handbook_id: str, file_id: str) -> Response:
    """Clear the file without bringing it in."""
    discard_upload(current.installation(), current.actor(), handbook_id, file_id)
    flash(_("The file was not imported. Nothing has changed."))
    return redirect(url_for("imports.new", handbook_id=handbook_id))


def _numbers(name: str) -> frozenset[int]:
    return frozenset(int(value) for value in request.form.getlist(name) if value.isdecimal())


def _told(told: Imported) -> str:
    """Say what was done: which texts are new, changed, joined or left because of a clash."""
    counts = {name: len(titles) for name, titles in vars(told).items()}
    parts = [
        (told.added, ngettext("%(num)d new text", "%(num)d new texts", counts["added"])),
        (
            told.changed,
            ngettext("%(num)d changed text", "%(num)d changed texts", counts["changed"]),
        ),
        (
            told.joined,
            ngettext(
                "%(num)d text joined with edits",
                "%(num)d texts joined with edits",
                counts["joined"],
            ),
        ),
        (
            told.clashes,
            ngettext(
                "%(num)d text left because of a clash",
                "%(num)d texts left because of a clash",
                counts["clashes"],
            ),
        ),
    ]
    said = [
        f"{words} ({', '.join(titles)})" if len(titles) <= 6 else words
        for titles, words in parts
        if titles
    ]
    if not said:
        return _("The file says the same as the handbook. Nothing has changed.")
    return _("Imported: %(what)s.", what="; ".join(said))
