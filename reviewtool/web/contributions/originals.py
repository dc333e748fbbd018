"""Originals beside the recording form: kept while one reads, shown, opened in another tab."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from reviewtool.domain.files import INLINE
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.originals import Original, beside_form, stored_original
from reviewtool.services import originals
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.contributions.door import blueprint
from reviewtool.web.contributions.record_forms import RecordForm
from reviewtool.wording.refusals import refusal

OPENED = (
    "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The content policy of a file that a browser opens: it asks nothing of anybody. A browser's own
viewer writes its styles into the page that it makes of the file.
"""


def keep_originals(handbook_id: str, form: RecordForm) -> bool:
    """Keep the files that came with the form, so that nobody has to choose them again.

    False with an error in the form where one of them isn't taken.
    """
    if not form.uploads:
        return True
    request_id = form.request_id.data or ""
    try:
        kept = originals.keep(
            current.installation(), current.actor(), handbook_id, form.uploads, request_id
        )
    except Refused as refused:
        if refused.reason not in (Reason.BAD_FILE, Reason.FILE_TOO_LARGE):
            raise
        form.originals.errors = [refusal(refused.reason)]
        return False
    form.waiting = list(dict.fromkeys((*form.waiting, *kept)))
    return True


def drop_original(handbook_id: str, file_id: str) -> None:
    """Clear an original that isn't wanted after all."""
    originals.discard(current.installation(), current.actor(), handbook_id, file_id)


def originals_beside(handbook_id: str, form: RecordForm) -> list[Original]:
    """Read the originals that wait beside a form; those that are gone leave it."""
    found = beside_form(current.fresh_reader(), current.actor(), handbook_id, form.waiting)
    form.waiting = [one.id for one in found]
    return found


def all_waiting(handbook_id: str, form: RecordForm) -> bool:
    """Tell whether the originals beside a form are still there; else an error says it."""
    before = len(form.waiting)
    if len(originals_beside(handbook_id, form)) == before:
        return True
    form.originals.errors = [_("An original is no longer kept. Choose it again.")]
    return False


@blueprint.get("/handbooks/<handbook_id>/originals/<file_id>")
@access(Action.SEE_LEDGER, of_handbook)
def open_original(handbook_id: str, file_id: str) -> Response:
    """Open a PDF or a picture in the browser; every other kind of file is a download."""
    file = stored_original(current.reader(), current.actor(), handbook_id, file_id)
    inline = file.media_type in INLINE
    response = send_file(
        BytesIO(file.content),
        mimetype=file.media_type,
        as_attachment=not inline,
        download_name=file.name,
    )
    response.headers["Content-Security-Policy"] = OPENED
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
