"""Has this been said already? What others said is offered while one writes, to agree with."""

from __future__ import annotations

from flask import render_template

from reviewtool.domain.passages import passage_in
from reviewtool.domain.policy import Action
from reviewtool.queries.alike import said_alike
from reviewtool.queries.texts import text_of
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import SayForm
from reviewtool.web.participant.frame import open_page
from reviewtool.web.participant.shown import suggestion_shown


@blueprint.post("/sections/<section_id>/alike")
@access(Action.READ_ROUND, of_link)
def alike(link_id: str, section_id: str) -> str:
    """Give what others have said that is like the words of a form; nothing is stored."""
    page = open_page(link_id)
    line = page.line(section_id)
    form = SayForm()
    revision_id = form.revision.data or line.revision_id
    text = text_of(current.reader(), page.actor, revision_id, section_id=section_id)
    parts = (form.words, form.activity, form.effect)
    found = said_alike(
        current.reader(),
        page.actor,
        section_id,
        revision_id,
        text,
        passage_in(text, form.place),
        " ".join(part.data or "" for part in parts),
    )
    return render_template(
        "participant/alike.html", page=page, found=found, suggestion_shown=suggestion_shown
    )
