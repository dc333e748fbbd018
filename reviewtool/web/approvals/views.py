"""The approver's pages: what exactly do I approve, in what capacity, until when."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.approvals import Capacity, Decision
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.queries.approver import (
    own_words,
    revision_text,
    text_seen_before,
)
from reviewtool.services import approvals, carries
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.approvals.forms import (
    ApproveAllForm,
    DecisionForm,
    ObjectionForm,
)
from reviewtool.web.approvals.pages import Desk, desk, frame
from reviewtool.web.passing_on import PassOnForm, passed_on
from reviewtool.web.reading import shown_changes, shown_text
from reviewtool.wording.refusals import refusal

blueprint = Blueprint("approvals", __name__)

Answer = str | Response | tuple[str, int]


@blueprint.get("/p/<link_id>/approve")
@access(Action.READ_APPROVAL, of_link)
def landing(link_id: str) -> str:
    """Show what is asked, and the texts with the decisions made so far."""
    return render_template("approvals/landing.html", **frame(link_id, desk()))


@blueprint.get("/p/<link_id>/approve/texts/<section_id>")
@access(Action.READ_APPROVAL, of_link)
def section(link_id: str, section_id: str) -> str:
    """Show one text with the form of its decision."""
    here = desk()
    line = here.line(section_id)
    given = here.given.get(section_id)
    form = DecisionForm(
        formdata=None,
        data={
            "text_hash": line.text_hash,
            "decision": given.decision.value if given else None,
            "capacity": here.capacity.value,
            "capacity_detail": here.capacity_detail,
        },
    )
    return _section_page(link_id, here, section_id, form)


def _section_page(link_id: str, here: Desk, section_id: str, form: DecisionForm) -> str:
    reader, actor = current.reader(), current.actor()
    line = here.line(section_id)
    text = revision_text(reader, line.revision_id)
    before = text_seen_before(reader, actor, section_id, here.language, here.draft_id)
    show_changes = bool(request.args.get("changes")) and before is not None
    body = shown_changes(before.text, text) if before and show_changes else shown_text(text)
    return render_template(
        "approvals/section.html",
        **frame(link_id, here),
        line=line,
        given=here.given.get(section_id),
        body=body,
        before=before,
        show_changes=show_changes,
        own=own_words(reader, actor, section_id),
        form=form,
        objection=ObjectionForm(formdata=None),
        previous=here.beside(link_id, section_id, -1),
        next=here.beside(link_id, section_id, +1),
    )


@blueprint.post("/p/<link_id>/approve/texts/<section_id>")
@access(Action.READ_APPROVAL, of_link)
def decide(link_id: str, section_id: str) -> Answer:
    """Record a decision on one text."""
    here = desk()
    here.line(section_id)
    form = DecisionForm()
    if not form.validate():
        return _section_page(link_id, here, section_id, form), 422
    wish = approvals.Wish(section_id, form.text_hash.data or "", form.chosen, form.words.data or "")
    try:
        _decide(form, [wish], here)
    except Refused as refused:
        if refused.reason is not Reason.EMPTY:
            raise
        field = getattr(form, refused.details.get("field", "words"))
        field.errors = [refusal(refused.reason)]
        return _section_page(link_id, here, section_id, form), 422
    flash(_("Recorded. You can change your answer until the last day."), "good")
    following = here.next_open(section_id)
    if following is None:
        return redirect(url_for("approvals.landing", link_id=link_id))
    return redirect(url_for("approvals.section", link_id=link_id, section_id=following))


def _decide(form: DecisionForm | ApproveAllForm, wishes: list[approvals.Wish], here: Desk) -> None:
    approvals.decide(
        current.installation(),
        current.actor(),
        wishes,
        capacity=Capacity(form.capacity.data),
        capacity_detail=form.capacity_detail.data or "",
        language=here.language,
        request_id=form.request_id.data or "",
    )


@blueprint.get("/p/<link_id>/approve/all")
@access(Action.READ_APPROVAL, of_link)
def review_all(link_id: str) -> str:
    """Show what approving all that waits would record, before it does."""
    here = desk()
    form = ApproveAllForm(
        formdata=None,
        data={"capacity": here.capacity.value, "capacity_detail": here.capacity_detail},
    )
    return render_template("approvals/all.html", **frame(link_id, here), form=form)


@blueprint.post("/p/<link_id>/approve/all")
@access(Action.READ_APPROVAL, of_link)
def approve_all(link_id: str) -> Answer:
    """Approve the texts whose hashes the form carries: all of them, or none (rule 5)."""
    here = desk()
    form = ApproveAllForm()
    wishes = [
        approvals.Wish(name.removeprefix("hash-"), value, Decision.APPROVED)
        for name, value in request.form.items()
        if name.startswith("hash-")
    ]
    if not form.validate():
        return render_template("approvals/all.html", **frame(link_id, here), form=form), 422
    try:
        _decide(form, wishes, here)
    except Refused as refused:
        if refused.details.get("field") != "capacity_detail":
            raise
        form.capacity_detail.errors = [refusal(refused.reason)]
        return render_template("approvals/all.html", **frame(link_id, here), form=form), 422
    flash(
        ngettext("%(num)d text approved.", "%(num)d texts approved.", len(wishes))
        + " "
        + _("A receipt is on its way to your e-mail."),
        "good",
    )
    return redirect(url_for("approvals.receipt", link_id=link_id))


@blueprint.get("/p/<link_id>/approve/receipt")
@access(Action.READ_APPROVAL, of_link)
def receipt(link_id: str) -> str:
    """Show what has been recorded, with the fingerprint of each text."""
    return render_template("approvals/receipt.html", **frame(link_id, desk()))


@blueprint.get("/p/<link_id>/approve/pass-on")
@access(Action.READ_APPROVAL, of_link)
def colleague(link_id: str) -> str:
    """Ask for the colleague to whom the task is passed on."""
    return render_template(
        "approvals/pass_on.html", **frame(link_id, desk()), form=PassOnForm(formdata=None)
    )


@blueprint.post("/p/<link_id>/approve/pass-on")
@access(Action.READ_APPROVAL, of_link)
def pass_on(link_id: str) -> Answer:
    """Pass the task on to a colleague, who gets a link of their own."""
    form = PassOnForm()
    here = desk()
    if not passed_on(form):
        return render_template("approvals/pass_on.html", **frame(link_id, here), form=form), 422
    flash(_("The task was passed on. Your colleague gets a link by e-mail."), "good")
    return redirect(url_for("approvals.landing", link_id=link_id))


@blueprint.post("/p/<link_id>/approve/carries/<carry_id>")
@access(Action.READ_APPROVAL, of_link)
def object_to(link_id: str, carry_id: str) -> Response:
    """Object to an editorial change: the approval counts again as given to the earlier text."""
    form = ObjectionForm()
    form.validate()
    carries.object_to_carry(
        current.installation(), current.actor(), carry_id, form.words.data or ""
    )
    flash(_("Your objection was recorded. Your approval doesn't hold for the changed text."))
    return redirect(url_for("approvals.landing", link_id=link_id))
