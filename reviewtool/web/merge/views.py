"""Views of the merge page."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.queries.ledger import SHORT_ANSWER
from reviewtool.queries.merge import Bench, Show, bench
from reviewtool.queries.sections import HandbookHead, handbook_head
from reviewtool.queries.short_answers import answers_on_text
from reviewtool.services import merging, sections
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.contributions import shown as said
from reviewtool.web.contributions.asking import ask, chosen_ids
from reviewtool.web.editor_pages import frame, of_own_section
from reviewtool.web.merge import shown
from reviewtool.web.merge.door import blueprint
from reviewtool.web.merge.forms import TakeForm, UndoForm
from reviewtool.web.merge.settling import settling_page
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/merge")
@access(Action.EDIT, of_own_section)
def show(handbook_id: str, section_id: str) -> str:
    """Show the working text, what was said on it, and what is left."""
    head, page = _bench(handbook_id, section_id)
    opened = request.args.get("open", "")
    ids = [item.entry.id for item in page.items]
    asking = ask(handbook_id, [opened]) if opened in ids else None
    if asking is not None:
        asking.form.back.data = f"merge:{section_id}"
        asking.form.then.data = _after(page, opened)
    return render_template(
        "merge/show.html",
        bench=page,
        text=shown.marked_text(page, opened),
        asking=asking,
        opened=opened if asking else "",
        said=said,
        shown=shown,
        show_of=Show,
        short_answers=answers_on_text(current.reader(), current.actor(), handbook_id, section_id),
        short_kind=SHORT_ANSWER,
        **frame(
            head,
            "desk",
            (
                page.text.title,
                url_for("sections.show", handbook_id=handbook_id, section_id=section_id),
            ),
            (_("Handling the contributions"), None),
        ),
    )


def _bench(handbook_id: str, section_id: str) -> tuple[HandbookHead, Bench]:
    reader, actor = current.reader(), current.actor()
    head = handbook_head(reader, actor, handbook_id)
    wanted = request.args.get("show", "")
    page = bench(
        reader,
        actor,
        handbook_id,
        section_id,
        head.language,
        show=Show(wanted) if wanted in set(Show) else Show.OPEN,
        page=request.args.get("page", 1, type=int),
    )
    return head, page


def _after(page: Bench, opened: str) -> str:
    """Name the next open contribution of the list (from its end on to its start again)."""
    ids = [item.entry.id for item in page.items if item.entry.is_open or item.entry.id == opened]
    at = ids.index(opened)
    return next(iter((*ids[at + 1 :], *ids[:at])), "")


@blueprint.post("/handbooks/<handbook_id>/sections/<section_id>/merge/take")
@access(Action.EDIT, of_own_section)
def take(handbook_id: str, section_id: str) -> Answer:
    """Take the chosen suggestions into the text, or lead to where clashes are settled.

    The same list of ticks serves answering and editing: then it leads there.
    """
    ids = chosen_ids()
    if not ids:
        flash(_("Choose at least one contribution first."), "warn")
        return _to_bench(handbook_id, section_id)
    if request.form.get("act") == "answer":
        url = url_for(
            "contributions.ask_answer", handbook_id=handbook_id, c=ids, back=f"merge:{section_id}"
        )
        return redirect(url, code=303)
    if request.form.get("act") == "edit":
        url = url_for("merge.edit", handbook_id=handbook_id, section_id=section_id, c=ids)
        return redirect(url, code=303)
    form = TakeForm()
    if not form.validate():
        raise Refused(Reason.EDIT_CONFLICT)
    try:
        taken = merging.take(
            current.installation(), current.actor(), ids, form.version.data or 0,
            form.request_id.data or "",
        )  # fmt: skip
    except Refused as refused:
        if refused.reason not in (Reason.PASSAGE_GONE, Reason.EDIT_CONFLICT):
            raise
        numbers = ", ".join(missing.name for missing in refused.missing)
        flash(f"{refusal(refused.reason)} {numbers}".strip(), "warn")
        return _to_bench(handbook_id, section_id)
    if taken.clashes:
        flash(_("Nothing was changed yet: the same words are changed in different ways."), "warn")
        url = url_for("merge.settle", handbook_id=handbook_id, section_id=section_id, c=ids)
        return redirect(url, code=303)
    _tell(taken)
    return _to_bench(handbook_id, section_id, ids[0] if len(ids) == 1 else "")


def _tell(taken: merging.Taken) -> None:
    count = len(taken.taken)
    if taken.revision_id is not None:
        flash(
            ngettext(
                "%(num)d suggestion is in the text now. Answer it next.",
                "%(num)d suggestions are in the text now. Answer them next.",
                count,
            )
            if count
            else _("The text is as you chose."),
            "good",
        )
    if taken.contained or taken.revision_id is None:
        flash(_("The text says what was suggested already."), "message")


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/merge/settle")
@access(Action.EDIT, of_own_section)
def settle(handbook_id: str, section_id: str) -> Answer:
    """Show where the chosen suggestions clash, to choose the wording or write it."""
    page = settling_page(handbook_id, section_id, chosen_ids())
    assert not isinstance(page, merging.Taken), "nothing is taken without form data"
    return page


@blueprint.post("/handbooks/<handbook_id>/sections/<section_id>/merge/settle")
@access(Action.EDIT, of_own_section)
def settled(handbook_id: str, section_id: str) -> Answer:
    """Take the suggestions with the wording that was chosen."""
    ids = chosen_ids()
    page = settling_page(handbook_id, section_id, ids, request.form)
    if isinstance(page, merging.Taken):
        _tell(page)
        return _to_bench(handbook_id, section_id)
    return page


@blueprint.post("/handbooks/<handbook_id>/sections/<section_id>/merge/undo")
@access(Action.EDIT, of_own_section)
def undo(handbook_id: str, section_id: str) -> Answer:
    """Take a revision of this text back; what came after it stays."""
    form = UndoForm()
    _bench(handbook_id, section_id)
    try:
        sections.undo_revision(current.installation(), current.actor(), form.revision.data or "")
        flash(_("The change has been undone."), "good")
    except Refused as refused:
        if refused.reason not in (Reason.MERGE_CONFLICT, Reason.EDIT_CONFLICT):
            raise
        flash(refusal(refused.reason), "warn")
    return _to_bench(handbook_id, section_id)


def _to_bench(handbook_id: str, section_id: str, opened: str = "") -> Response:
    """Lead back to the list; with one opened, to its answer form."""
    url = url_for(
        "merge.show",
        handbook_id=handbook_id,
        section_id=section_id,
        open=opened or None,
        _anchor=f"c-{opened}" if opened else None,
    )
    return redirect(url, code=303)
