"""The participant's pages that are read: a text, the whole, all of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.contributions import ContributionKind, QuestionScope
from reviewtool.domain.passages import quoted_passage
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries import participant as queries
from reviewtool.queries.changed_words import changed_words
from reviewtool.queries.contributions import (
    ContributionLine,
    lines_of,
    of_whole,
    own_of_handbook,
    reading_key,
)
from reviewtool.queries.own_part import own_part
from reviewtool.queries.participant import QuestionLine
from reviewtool.queries.placing import spots
from reviewtool.queries.round_texts import TextLine
from reviewtool.queries.statements import drafts_on
from reviewtool.queries.texts import text_of
from reviewtool.queries.tree import working_tree
from reviewtool.text.html.pieces import Mark
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.boxes.views import asks
from reviewtool.web.participant.asked import QuestionsForm, questions_form
from reviewtool.web.participant.beside import Beside, arrange, fits, marks_of, ways_to_show
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import (
    OWN,
    ActForm,
    SayForm,
    resume,
)
from reviewtool.web.participant.frame import Page, open_page, open_round
from reviewtool.web.participant.shown import (
    suggestion_shown,
    text_to_comment,
    words_changed,
)
from reviewtool.web.reading import shown_changes


@blueprint.get("/sections/<section_id>")
@access(Action.READ_ROUND, of_link)
def section(link_id: str, section_id: str) -> str:
    """Show a text with what has been said about it, and the ways to say something."""
    return section_page(open_round(link_id), section_id)


def section_page(
    page: Page,
    section_id: str,
    *,
    box: SayForm | None = None,
    asked: QuestionsForm | None = None,
) -> str:
    """Show a text; box and asked are forms that failed, with their words."""
    line = page.line(section_id)
    reader = current.reader()
    text = text_of(reader, page.actor, line.revision_id)
    before = queries.earlier_text(reader, page.actor, page.head, section_id, line.language)
    show_changes = bool(request.args.get("changes")) and before is not None
    said, lines = _beside(page, line, text)
    own = [lines[spot.id] for spot in said.spots if spot.own]
    questions = _questions(page, QuestionScope.SECTION, section_id, own, asked, line)
    marks = [*marks_of(said, lines), *_asked_marks(questions["asked"], text)]
    say_url = partial(_say_url, page, line) if page.writable else None
    add_url = partial(_add_url, page, line) if page.writable else None
    return render_template(
        "participant/section.html",
        **page.values((line.title, None)),
        line=line,
        body=shown_changes(before.text, text)
        if before is not None and show_changes
        else text_to_comment(text, marks, say_url, add_url),
        before=before,
        show_changes=show_changes,
        said=said,
        lines=lines,
        of_whole=[
            lines[spot.id]
            for spot in said.spots
            if spot.place is None and not _answers_here(lines[spot.id])
        ],
        apart=[lines[spot.id] for spot in said.spots if spot.is_apart],
        own=own,
        box=box or box_form(page, line),
        say=say_form(page, line),
        act=ActForm(formdata=None),
        questions=questions,
        previous=page.beside(line, -1),
        next=page.beside(line, +1),
        suggestion_shown=suggestion_shown,
    )


def _answers_here(line: ContributionLine) -> bool:
    """Tell whether a contribution is shown as its author's answer to a question of the page."""
    return line.own and line.question_id is not None


def _beside(page: Page, line: TextLine, text: str) -> tuple[Beside, dict[str, ContributionLine]]:
    """Read where everything stands, and the words of what is shown at once or asked for."""
    reader = current.reader()
    everything = spots(reader, page.actor, line.section_id, line.revision_id, text)
    shown = [spot for spot in everything if fits(spot, page.show)]
    said = replace(arrange(shown, text), ways=ways_to_show(everything), total=len(everything))
    if page.head.statement_of and not page.show:
        drafts = drafts_on(reader, page.actor, line.section_id, line.revision_id, text)
        said = replace(said, drafts=tuple(drafts))
    said = said.open(request.args.get("at", ""), asked_page()).open_at(request.args.get("open", ""))
    read = lines_of(reader, page.actor, said.ids)
    places = {spot.id: spot.place for spot in said.all_spots}
    return said, {key: replace(each, place=places[key]) for key, each in read.items()}


@blueprint.get("/sections/<section_id>/said")
@access(Action.READ_ROUND, of_link)
def folded(link_id: str, section_id: str) -> str:
    """Give one page of a fold, for the page that is open: script asks for it."""
    page = open_page(link_id)
    line = page.line(section_id)
    text = text_of(current.reader(), page.actor, line.revision_id)
    said, lines = _beside(page, line, text)
    fold = said.folds.get(request.args.get("at", ""))
    if fold is None or not fold.page:
        raise Refused(Reason.NOT_FOUND)
    return render_template(
        "participant/folded.html",
        page=page,
        line=line,
        fold=fold,
        lines=lines,
        act=ActForm(formdata=None),
        suggestion_shown=suggestion_shown,
    )


def asked_page() -> int:
    """Give the page of a list that the address asks for."""
    written = request.args.get("page", "1")
    return int(written) if written.isdecimal() and len(written) < 6 else 1


def _say_url(page: Page, line: TextLine, number: int) -> str:
    return page.url("compose", section_id=line.section_id, block=number, revision=line.revision_id)


def _add_url(page: Page, line: TextLine, number: int) -> str:
    return page.url(
        "compose",
        section_id=line.section_id,
        kind=ContributionKind.SUGGESTION.value,
        after=number,
        revision=line.revision_id,
    )


def box_form(page: Page, line: TextLine | None) -> SayForm:
    """Make the empty open box under a text, or of the whole handbook."""
    about = line.section_id if line else "whole"
    return resume(_say_form(page, line, f"{about}:box"), page.resumed)


def say_form(page: Page, line: TextLine) -> SayForm:
    """Make the empty form that script opens beside a marked passage."""
    return _say_form(page, line, f"{line.section_id}:say")


def _say_form(page: Page, line: TextLine | None, form: str) -> SayForm:
    return SayForm(
        formdata=None,
        data={
            "kind": ContributionKind.COMMENT.value,
            "voice": OWN,
            "revision": line.revision_id if line else "",
            "name_shown": page.head.name_shown.value,
            "keep": page.unsent.keep(form),
            "late": "" if page.writable else "1",
        },
    )


def _questions(
    page: Page,
    scope: QuestionScope,
    section_id: str | None,
    own: list[ContributionLine],
    failed: QuestionsForm | None,
    line: TextLine | None,
) -> dict[str, Any]:
    """Give the questions with the form that answers them."""
    asked = queries.questions(current.reader(), page.head, scope, section_id)
    said = {each.question_id or "": each for each in own if each.question_id}
    about = section_id or "whole"
    form = failed or questions_form(
        asked,
        said,
        formdata=None,
        data={
            "revision": line.revision_id if line else "",
            "name_shown": page.head.name_shown.value,
            "keep": page.unsent.keep(f"{about}:questions"),
            "late": "" if page.writable else "1",
        },
    )
    if failed is None:
        resume(form, page.resumed)
    return {"asked": asked, "form": form}


def _asked_marks(asked: Sequence[QuestionLine], text: str) -> list[Mark]:
    """Mark the words that questions are about, each with a link to its question."""
    marks = []
    for question in asked:
        passage = quoted_passage(text, question.quote) if question.quote else None
        if passage is not None:
            place = passage.start, passage.end, f"q-{question.id}"
            spoken = _("A question about these words")
            marks.append(Mark(*place, "asked", "?", f"#q-{question.id}", spoken))
    return marks


@blueprint.get("/whole")
@access(Action.READ_ROUND, of_link)
def whole(link_id: str) -> str:
    """Show the box and the questions about the whole handbook."""
    return whole_page(open_round(link_id))


def whole_page(
    page: Page, *, box: SayForm | None = None, asked: QuestionsForm | None = None
) -> str:
    """Show what is asked and said about the whole; box and asked are forms that failed."""
    said = of_whole(current.reader(), page.actor, asked_page())
    own = [each for each in said.lines if each.own]
    form = box or box_form(page, None)
    form.kind.choices = [
        (ContributionKind.COMMENT.value, _("A comment on the whole")),
        (ContributionKind.PROPOSAL.value, _("A proposal about the structure")),
    ]
    return render_template(
        "participant/whole.html",
        **page.values((_("The whole handbook"), None)),
        said=said,
        shown=[each for each in said.lines if not each.question_id],
        box=form,
        act=ActForm(formdata=None),
        questions=_questions(page, QuestionScope.WHOLE, None, own, asked, None),
        suggestion_shown=suggestion_shown,
    )


@blueprint.get("/mine")
@access(Action.READ_ROUND, of_link)
def mine(link_id: str) -> str:
    """Show all of one's own, and, after publication, the answers and the words that changed."""
    page = open_page(link_id)
    return render_template(
        "participant/mine.html",
        **page.values((_("What I have said"), None)),
        **_own(page),
        act=ActForm(formdata=None),
    )


@blueprint.get("/print")
@access(Action.READ_ROUND, of_link)
def printable(link_id: str) -> str:
    """Show all of one's own as one page for paper."""
    page = open_page(link_id)
    return render_template(
        "participant/print.html",
        **page.values((_("What I have said"), None)),
        **_own(page),
        act=None,
    )


@blueprint.get("/ready")
@access(Action.READ_ROUND, of_link)
def ready(link_id: str) -> str:
    """Show a summary of all that was said, to check before being ready."""
    page = open_round(link_id)
    return render_template(
        "participant/ready.html",
        **page.values((_("Ready"), None)),
        **_own(page),
        act=ActForm(formdata=None),
        form=ActForm(formdata=None),
    )


def _working_titles(page: Page) -> dict[str, str]:
    """Name the texts as they stood on a workshop's screen: it has no draft of its own."""
    head = page.head
    tree = working_tree(current.reader(), head.handbook_id, head.handbook_language)
    return {line.section_id: line.title for line in tree}


def _own(page: Page) -> dict[str, Any]:
    """Give what somebody said in the handbook: this round's by text, then earlier rounds'."""
    reader = current.reader()
    said = own_of_handbook(reader, page.actor)
    titles = {line.section_id: line.title for line in page.lines}
    if not page.is_round:
        titles = _working_titles(page)
    order = {line.section_id: number for number, line in enumerate(page.lines)}
    here = [each for each in said if each.phase_id == page.head.phase_id]
    here.sort(key=lambda each: (order.get(each.section_id or "", len(order)), reading_key(each)))
    answered = [each.answer.id for each in said if each.answer]
    return {
        "here": here,
        "earlier": [each for each in said if each.phase_id != page.head.phase_id],
        "titles": titles,
        "changed": changed_words(reader, answered),
        "words_changed": words_changed,
        "suggestion_shown": suggestion_shown,
        "nothing": [line for line in page.lines if line.progress.nothing],
        "part": own_part(reader, page.actor),
        "undone": [line for line in page.lines if not line.progress.done],
    }


@blueprint.get("/not-me")
@access(Action.READ_ROUND, of_link)
def not_me(link_id: str) -> str | Response:
    """Tell what to do when this link is somebody else's; a shared box asks who answers."""
    if asks(current.held_link(link_id)):
        return redirect(url_for("boxes.ask", link_id=link_id))
    page = open_page(link_id)
    return render_template(
        "participant/not_me.html", **page.values((_("Not you?"), None)), form=ActForm(formdata=None)
    )
