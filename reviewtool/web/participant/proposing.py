"""Proposing a change to the structure, from a round's link."""

from __future__ import annotations

from flask import redirect, render_template, request
from wtforms import RadioField, StringField
from wtforms.validators import Optional

from reviewtool.domain.contributions import NameShown
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.services import proposals
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.forms import stripped
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import SHOWN, ParticipantForm, resume
from reviewtool.web.participant.frame import Page, open_page, open_round
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import Answer, said_so
from reviewtool.web.structure.forms import ProposalForm


class ProposeForm(ParticipantForm, ProposalForm):
    """A participant's proposal."""

    name_shown = RadioField(
        lazy("How you are shown"), choices=lambda: SHOWN, validators=[Optional()]
    )
    speaks_for = StringField(filters=[stripped])


def _page(page: Page, form: ProposeForm) -> str:
    texts = [(line.section_id, line.title) for line in page.lines]
    form.offer([("", _("At the top")), *texts])
    return render_template(
        "participant/propose.html",
        **page.values((_("Propose a change to the structure"), None)),
        form=form,
    )


@blueprint.get("/structure")
@access(Action.READ_ROUND, of_link)
def propose(link_id: str) -> str:
    """Show the form of a proposal: add, rename, move, merge, split, leave out, relate."""
    page = open_round(link_id)
    form = ProposeForm(formdata=None)
    form.section.data = request.args.get("section", "")
    form.name_shown.data = page.head.name_shown.value
    form.keep.data = page.unsent.keep("structure")
    form.late.data = "" if page.writable else "1"
    resume(form, page.resumed)
    return _page(page, form)


@blueprint.post("/structure")
@access(Action.READ_ROUND, of_link)
def send_proposal(link_id: str) -> Answer:
    """Take a proposal about the structure."""
    page = open_page(link_id)
    form = ProposeForm()
    if not form.validate():
        return _page(page, form), 422
    shown = NameShown(form.name_shown.data or page.head.name_shown.value)
    try:
        made = proposals.propose(
            current.installation(),
            current.actor(),
            form.proposed,
            proposals.Words(form.words.data or "", name_shown=shown),
            form.request_id.data or "",
            late=bool(form.late.data),
            organisation_id=form.speaks_for.data or None,
            form=form_key(link_id, form.keep.data),
        )
    except Refused as refused:
        form.tell(refused)
        return _page(page, form), 422
    said_so(form, _("The structure proposal has been sent."))
    return redirect(page.url("mine", _anchor=f"c-{made}"), 303)
