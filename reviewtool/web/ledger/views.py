"""Views of the ledger."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import current_language, localized, speaking
from reviewtool.infra.i18n import gettext as _
from reviewtool.office.tables import write_book
from reviewtool.queries.agreeing import agreements
from reviewtool.queries.answers import notes_of
from reviewtool.queries.asked_for import titles_of
from reviewtool.queries.ledger import SHORT_ANSWER, all_rows, ledger
from reviewtool.queries.sections import handbook_head
from reviewtool.queries.short_answer_rows import all_short_answers, short_answers
from reviewtool.queries.texts import texts_of
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.contributions import shown
from reviewtool.web.contributions.asking import chosen_ids
from reviewtool.web.editor_pages import frame
from reviewtool.web.ledger.export import ledger_table
from reviewtool.web.ledger.forms import LedgerForm
from reviewtool.web.ledger.sheets import agreement_table, reply_table, short_answer_table

blueprint = Blueprint("ledger", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/handbooks/<handbook_id>/contributions")
@access(Action.SEE_LEDGER, of_handbook)
def show(handbook_id: str) -> str:
    """Show all contributions, or those that the filters leave."""
    reader, actor = current.reader(), current.actor()
    head = handbook_head(reader, actor, handbook_id)
    form = LedgerForm(formdata=request.args)
    page = ledger(
        reader,
        actor,
        handbook_id,
        head.language,
        form.wanted,
        request.args.get("page", 1, type=int),
    )
    form.offer(page.options)
    asked = request.args.get("page", 1, type=int) if form.wanted.kind == SHORT_ANSWER else 1
    short = short_answers(reader, actor, handbook_id, form.wanted, asked)
    return render_template(
        "ledger/show.html",
        form=form,
        ledger=page,
        short=short,
        short_listed=bool(short.total) and (form.wanted.kind == SHORT_ANSWER or not page.rows),
        short_kind=SHORT_ANSWER,
        titles=_titles(handbook_id),
        shown=shown,
        **frame(head, "ledger", (_("All contributions"), None)),
    )


def _titles(handbook_id: str) -> dict[str, str]:
    """Give the titles of all sections, of those that were taken out too."""
    return {one.id: one.title for one in titles_of(current.reader(), handbook_id).values()}


@blueprint.post("/handbooks/<handbook_id>/contributions/choose")
@access(Action.SEE_LEDGER, of_handbook)
def choose(handbook_id: str) -> Response:
    """Lead from the ticked rows to the form that answers them."""
    ids = chosen_ids()
    if not ids:
        flash(_("Choose at least one contribution first."), "warn")
        return redirect(url_for("ledger.show", handbook_id=handbook_id), code=303)
    url = url_for("contributions.ask_answer", handbook_id=handbook_id, c=ids, back="ledger")
    return redirect(url, code=303)


@blueprint.get("/handbooks/<handbook_id>/contributions/export")
@access(Action.SEE_LEDGER, of_handbook)
def export(handbook_id: str) -> Response:
    """Send the listed contributions as an Excel file, each with its place in the text."""
    reader, actor = current.reader(), current.actor()
    head = handbook_head(reader, actor, handbook_id)
    form = LedgerForm(formdata=request.args)
    rows = all_rows(reader, actor, handbook_id, head.language, form.wanted)
    titles = _titles(handbook_id)
    texts = texts_of(reader, actor, [row.revision_id for row in rows if row.revision_id])
    short = all_short_answers(reader, actor, handbook_id, form.wanted)
    agreeing = agreements(reader, actor, [row.id for row in rows if row.supports])
    threads = notes_of(reader, actor, handbook_id, [row.id for row in rows if row.replies])
    with speaking(current_language(), head.time_zone):
        content = write_book(
            [
                (_("Contributions"), ledger_table(rows, titles, texts)),
                (_("Choices"), short_answer_table(short, titles)),
                (_("Agree"), agreement_table(agreeing)),
                (_("Replies"), reply_table(rows, threads)),
            ]
        )
    what = _("All contributions")
    name = f"{localized(head.title)} {what}.xlsx"
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)
