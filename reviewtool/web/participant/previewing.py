"""How a proposal reads, shown while it is being written; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from reviewtool.domain.passages import Range, check_suggestion, passage_in
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.queries.contributions import ContributionLine
from reviewtool.queries.texts import text_of
from reviewtool.text.anchors import Passage
from reviewtool.web import current
from reviewtool.web.access import access, of_contribution, of_link
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import SayForm, WordsForm
from reviewtool.web.participant.frame import Page, open_page
from reviewtool.web.participant.shown import suggested
from reviewtool.wording.refusals import refusal


@dataclass(frozen=True)
class Preview:
    """How a proposal would read: its difference, or why it is none."""

    shown: Markup | None
    refused: str = ""


def preview_of(text: str, passage: Passage | None, form: WordsForm) -> Preview:
    """Compare the words of a form with the passage that they are proposed for."""
    replacement = form.replacement.data or ""
    try:
        if passage is None:
            raise Refused(Reason.PASSAGE_GONE)
        check_suggestion(text, passage, replacement)
    except Refused as refused:
        return Preview(None, str(refusal(refused.reason)))
    return Preview(suggested(passage.quote, replacement))


def preview_of_edit(page: Page, line: ContributionLine, form: WordsForm) -> Preview:
    """Compare the words that a proposal of one's own gets with the passage that it is about."""
    if line.revision_id is None or line.start is None or line.end is None:
        raise Refused(Reason.PASSAGE_GONE)
    text = text_of(current.reader(), page.actor, line.revision_id)
    return preview_of(text, passage_in(text, Range(line.start, line.end)), form)


@blueprint.post("/sections/<section_id>/preview")
@access(Action.READ_ROUND, of_link)
def preview(link_id: str, section_id: str) -> str:
    """Give how a proposal reads."""
    page = open_page(link_id)
    form = SayForm()
    revision_id = form.revision.data or page.line(section_id).revision_id
    text = text_of(current.reader(), page.actor, revision_id, section_id=section_id)
    shown = preview_of(text, passage_in(text, form.place), form)
    return render_template("participant/preview.html", preview=shown)


@blueprint.post("/contributions/<contribution_id>/preview")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def preview_edit(link_id: str, contribution_id: str) -> str:
    """Give how a proposal that was sent reads with other words."""
    page = open_page(link_id)
    line = page.own_line(contribution_id)
    return render_template(
        "participant/preview.html", preview=preview_of_edit(page, line, WordsForm())
    )
