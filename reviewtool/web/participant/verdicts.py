"""Whether the editors' answer answers what one said: yes, or not really, and why."""

from __future__ import annotations

from flask import flash, redirect
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField

from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.services import verdicts
from reviewtool.web import current
from reviewtool.web.access import access, of_contribution
from reviewtool.web.forms import stripped
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import ParticipantForm
from reviewtool.web.participant.frame import open_page
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import forget_kept


class VerdictForm(ParticipantForm):
    """Says whether an answer answers; too many words are refused with a page that keeps them."""

    satisfied = HiddenField()
    reason = TextAreaField(lazy("What is missing from the answer?"), filters=[stripped])


@blueprint.post("/contributions/<contribution_id>/verdict")
@access(Action.JUDGE_ANSWER, of_contribution)
def judge(link_id: str, contribution_id: str) -> Response:
    """Take what one says of the answer to one's own contribution."""
    form = VerdictForm()
    verdicts.give_verdict(
        current.installation(),
        current.actor(),
        contribution_id,
        satisfied=form.satisfied.data == "yes",
        reason=form.reason.data or "",
        request_id=form.request_id.data or "",
        form=form_key(link_id, form.keep.data),
    )
    flash(_("Thank you. The editors see this."), "good")
    forget_kept(form.keep.data)
    return redirect(open_page(link_id).url("mine", _anchor=f"c-{contribution_id}"), 303)
