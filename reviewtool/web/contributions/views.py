"""A contribution's page with all its history, and its attached files."""

from __future__ import annotations

from io import BytesIO

from flask import Response, render_template, send_file

from reviewtool.domain.contribution_moves import CONTRIBUTION_TABLE, ContributionMove
from reviewtool.domain.files import INLINE
from reviewtool.domain.policy import Action
from reviewtool.domain.tables import allowed
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.answers import attachment, full_contribution
from reviewtool.queries.late import late_decision
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.contributions import shown
from reviewtool.web.contributions.asking import ask
from reviewtool.web.contributions.door import blueprint, crumbs
from reviewtool.web.contributions.forms import LateForm, MaskForm, NoteForm
from reviewtool.web.editor_pages import frame
from reviewtool.web.forms import Form


@blueprint.get("/handbooks/<handbook_id>/contributions/<contribution_id>")
@access(Action.SEE_LEDGER, of_handbook)
def show(handbook_id: str, contribution_id: str) -> str:
    """Show one contribution, what became of it, and what can be done."""
    return contribution_page(handbook_id, contribution_id)


def contribution_page(handbook_id: str, contribution_id: str, failed: Form | None = None) -> str:
    """Show the page, with a form that failed in place of a fresh one."""
    full = full_contribution(current.reader(), current.actor(), handbook_id, contribution_id)
    asking = ask(handbook_id, [contribution_id])
    asking.form.back.data = f"contribution:{contribution_id}"
    forms = {
        name: failed if isinstance(failed, kind) else kind(formdata=None, prefix="")
        for name, kind in (("note", NoteForm), ("late", LateForm), ("mask", MaskForm))
    }
    return render_template(
        "contributions/show.html",
        full=full,
        asking=asking,
        forms=forms,
        can=allowed(CONTRIBUTION_TABLE, full.entry.state, ContributionMove),
        move=ContributionMove,
        decided=late_decision(current.reader(), current.actor(), handbook_id, contribution_id),
        shown=shown,
        opens_inline=INLINE,
        **frame(
            asking.handbook,
            "ledger",
            *crumbs(handbook_id, (_("Contribution %(number)d", number=full.entry.number), None)),
        ),
    )


@blueprint.get("/handbooks/<handbook_id>/contributions/<contribution_id>/files/<file_id>")
@access(Action.SEE_LEDGER, of_handbook)
def download(handbook_id: str, contribution_id: str, file_id: str) -> Response:
    """Send an attached file, always as a download."""
    file = attachment(current.reader(), current.actor(), handbook_id, contribution_id, file_id)
    response = send_file(
        BytesIO(file.content), mimetype=file.media_type, as_attachment=True, download_name=file.name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
