"""Outgoing mail of a handbook: what was sent, what failed and why, send again, cancel."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.deliveries import MESSAGE_TABLE, MessageMove
from reviewtool.domain.messages import MessageState
from reviewtool.domain.policy import Action, may
from reviewtool.domain.tables import allowed
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.mail.mailbox import Mailbox
from reviewtool.queries.facts import found
from reviewtool.queries.handbooks import handbook_line
from reviewtool.queries.messages import messages_page
from reviewtool.services import messages
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook, of_installation
from reviewtool.web.forms import Form
from reviewtool.web.messages.forms import FilterForm

blueprint = Blueprint("messages", __name__)

CAN = {state: allowed(MESSAGE_TABLE, state, MessageMove) for state in MessageState}


@blueprint.get("/handbooks/<handbook_id>/messages")
@access(Action.RUN_PROCESS, of_handbook)
def index(handbook_id: str) -> str:
    """Show the counts, the oldest that waits, and the messages looked for."""
    form = FilterForm(formdata=request.args)
    page = messages_page(
        current.reader(),
        current.actor(),
        handbook_id,
        form.wanted,
        request.args.get("page", 1, type=int),
        current.now(),
    )
    return render_template(
        "messages/index.html",
        handbook=found(handbook_line(current.reader(), handbook_id, current.now())),
        form=form,
        page=page,
        can=CAN,
        move=MessageMove,
        state=MessageState,
        kept=_kept([line.id for line in page.lines]),
    )


@blueprint.post("/handbooks/<handbook_id>/messages/<message_id>/send-again")
@access(Action.RUN_PROCESS, of_handbook)
def send_again(handbook_id: str, message_id: str) -> Response:
    """Send one message again."""
    request_id = Form().request_id.data
    messages.send_again(
        current.installation(), current.actor(), handbook_id, message_id, request_id
    )
    flash(_("The message is on its way again."), "good")
    return _back(handbook_id)


@blueprint.post("/handbooks/<handbook_id>/messages/<message_id>/cancel")
@access(Action.RUN_PROCESS, of_handbook)
def cancel(handbook_id: str, message_id: str) -> Response:
    """Keep one waiting message from being sent."""
    request_id = Form().request_id.data
    messages.cancel(current.installation(), current.actor(), handbook_id, message_id, request_id)
    flash(_("The message won't be sent."), "good")
    return _back(handbook_id)


@blueprint.post("/handbooks/<handbook_id>/messages/send-failed-again")
@access(Action.RUN_PROCESS, of_handbook)
def send_failed_again(handbook_id: str) -> Response:
    """Send all failed messages again."""
    number = messages.send_failed_again(
        current.installation(), current.actor(), handbook_id, Form().request_id.data
    )
    flash(
        ngettext(
            "%(num)d message is on its way again.",
            "%(num)d messages are on their way again.",
            number,
        ),
        "good",
    )
    return _back(handbook_id)


def _kept(message_ids: list[str]) -> set[str]:
    """Choose those that the local mailbox holds; none for whom it isn't open."""
    if not may(current.actor(), Action.SEE_MAILBOX, of_installation()):
        return set()
    mailbox = Mailbox(current.installation().settings.mailbox_dir)
    return {message_id for message_id in message_ids if mailbox.keeps(message_id)}


def _back(handbook_id: str) -> Response:
    return redirect(url_for("messages.index", handbook_id=handbook_id), 303)
