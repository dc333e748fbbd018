"""One text and the decision on it: read, decide, and what happens where it can't be recorded."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.approvals import Capacity, Decision, Standing
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.approver import (
    own_words,
    text_of_hash,
    text_seen_before,
)
from reviewtool.queries.texts import EarlierText, text_of
from reviewtool.services import approvals
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.approvals.door import blueprint
from reviewtool.web.approvals.forms import ApproveAllForm, DecisionForm, ObjectionForm
from reviewtool.web.approvals.pages import Desk, desk, frame, own_unsent
from reviewtool.web.participant.forms import resume
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import forget_kept
from reviewtool.web.reading import shown_changes, shown_text
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]


@blueprint.get("/texts/<section_id>")
@access(Action.READ_APPROVAL, of_link)
def section(link_id: str, section_id: str) -> str:
    """Show one text with the form of its decision, filled with what was answered before."""
    here = desk()
    line = here.line(section_id)
    unsent = own_unsent(link_id, here)
    given = here.given.get(section_id)
    holds = given is not None and given.standing is not Standing.EARLIER_TEXT
    form = DecisionForm(
        formdata=None,
        data={
            "text_hash": line.text_hash,
            "decision": given.decision.value if given and holds else None,
            "words": given.words if given and holds else "",
            "capacity": here.capacity.value,
            "capacity_detail": here.capacity_detail,
            "keep": unsent.keep(f"{section_id}:decision"),
        },
    )
    return _page(link_id, here, section_id, resume(form, unsent.resumed))


def _page(
    link_id: str, here: Desk, section_id: str, form: DecisionForm, *, had: EarlierText | None = None
) -> str:
    """Show a text; had: what stood on the page before, where that has changed meanwhile."""
    reader, actor = current.reader(), current.actor()
    line = here.line(section_id)
    text = text_of(reader, actor, line.revision_id)
    before = had or text_seen_before(reader, actor, section_id, here.language, here.draft_id)
    show_changes = before is not None and bool(had or request.args.get("changes"))
    return render_template(
        "approvals/section.html",
        **frame(link_id, here),
        line=line,
        given=here.given.get(section_id),
        body=shown_changes(before.text, text) if before and show_changes else shown_text(text),
        before=before,
        show_changes=show_changes,
        own=own_words(reader, actor, section_id),
        form=form,
        objection=_objection(link_id, here, section_id),
        previous=here.beside(link_id, section_id, -1),
        next=here.beside(link_id, section_id, +1),
    )


def _objection(link_id: str, here: Desk, section_id: str) -> ObjectionForm:
    """Make the form that objects to an editorial change; its fields have ids of their own."""
    unsent = own_unsent(link_id, here)
    form = ObjectionForm(formdata=None, data={"keep": unsent.keep(f"{section_id}:objection")})
    form.words.id = "objection-words"
    return resume(form, unsent.resumed)


@blueprint.post("/texts/<section_id>")
@access(Action.READ_APPROVAL, of_link)
def decide(link_id: str, section_id: str) -> Answer:
    """Record a decision on one text."""
    here = desk()
    here.line(section_id)
    form = DecisionForm()
    if not form.validate():
        return _page(link_id, here, section_id, form), 422
    wish = approvals.Wish(section_id, form.text_hash.data or "", form.chosen, form.words.data or "")
    try:
        record(form, [wish], here)
    except Refused as refused:
        return _refused(link_id, section_id, form, refused)
    flash(_("Recorded. You can change your answer until the last day."), "good")
    following = here.next_open(section_id)
    if following is None:
        forget_kept(f"{link_id}:*")
        return redirect(url_for("approvals.receipt", link_id=link_id), 303)
    forget_kept(form.keep.data)
    return redirect(url_for("approvals.section", link_id=link_id, section_id=following), 303)


def _refused(link_id: str, section_id: str, form: DecisionForm, refused: Refused) -> Answer:
    """Show the page as it stands now, with what was typed and what is wrong."""
    had = None
    if refused.reason is Reason.EMPTY:
        told_at_field(form, refused)
    elif refused.reason is not Reason.ROUND_CLOSED and refused.reason is not Reason.TEXT_CHANGED:
        raise refused
    here = desk(fresh=True)
    if refused.reason is Reason.TEXT_CHANGED:
        line = here.line(section_id)
        had = text_of_hash(
            current.reader(),
            current.actor(),
            here.draft_id,
            section_id,
            here.language,
            form.text_hash.data or "",
        )
        form.text_hash.data, form.decision.data = line.text_hash, None
        form.decision.errors = [refusal(refused.reason)]
    return _page(link_id, here, section_id, form, had=had), 422


def told_at_field(form: DecisionForm | ApproveAllForm, refused: Refused) -> None:
    """Say at the field what is missing there."""
    if refused.details.get("field") == "capacity_detail":
        form.capacity_detail.errors = [_("Write for which group or board you answer.")]
    elif isinstance(form, DecisionForm):
        form.words.errors = [
            _("Write what should be changed, and why.")
            if form.chosen is Decision.CHANGES_REQUESTED
            else _("Write your comment, or choose to approve without one.")
        ]


def record(form: DecisionForm | ApproveAllForm, wishes: list[approvals.Wish], here: Desk) -> None:
    """Record decisions in the capacity that the form states. Raises Refused."""
    approvals.decide(
        current.installation(),
        current.actor(),
        wishes,
        capacity=Capacity(form.capacity.data),
        capacity_detail=form.capacity_detail.data or "",
        language=here.language,
        request_id=form.request_id.data or "",
        organisation_id=form.speaks_for.data or None,
        form=form_key(current.actor().link_id or "", form.keep.data),
    )
