"""A frozen draft for a meeting's table: numbered paragraphs, room for notes, the questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.contributions import QuestionScope
from reviewtool.domain.figures import files_in
from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized
from reviewtool.office.paper import Paper, PaperText, write_paper
from reviewtool.queries.drafts import one_draft
from reviewtool.queries.meetings import NumberedText, numbered_texts
from reviewtool.queries.phases import QuestionLine, questions_of
from reviewtool.queries.pictures import picture_bytes
from reviewtool.queries.tree import draft_tree
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook, of_link
from reviewtool.web.drafts.views import crumbs, draft_name
from reviewtool.web.editor_pages import frame, head_of
from reviewtool.web.limits import PAPERS, limiter
from reviewtool.web.meetings.door import blueprint
from reviewtool.web.participant.frame import Page, open_page
from reviewtool.web.reading import figures_of, shown_text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Table:
    """What lies on the table: texts of one draft, and what is asked about them."""

    title: str
    draft: str
    texts: Sequence[NumberedText]
    questions: Sequence[QuestionLine] = ()

    def asked(self, scope: QuestionScope) -> list[str]:
        """List the questions about each text, or about the whole."""
        return [
            localized(one.words)
            for one in self.questions
            if one.scope is scope and one.section_id is None
        ]

    def asked_of(self, section_id: str) -> list[str]:
        """List the questions about one text: those about each, and its own with their passage."""
        own = [one for one in self.questions if one.section_id == section_id]
        return [*self.asked(QuestionScope.SECTION), *(_with_passage(one) for one in own)]

    def values(self) -> dict[str, Any]:
        """Give what the page shows."""
        figures = figures_of(text.text for text in self.texts)
        shown = [
            (
                text,
                self.asked_of(text.section_id),
                shown_text(
                    text.text,
                    figures=figures,
                    title=False,
                    heading=2,
                    prefix=f"{text.section_id}-",
                    fold_sources=False,
                    numbers=str(text.number),
                ),
            )
            for text in self.texts
        ]
        return {
            "table": self,
            "on_table": {text.section_id for text in self.texts},
            "shown": shown,
            "about_whole": self.asked(QuestionScope.WHOLE),
        }

    def document(self) -> Response:
        """Give it as a Word file."""
        paper = Paper(
            title=self.title,
            lead=_("%(draft)s. The numbers stay: quote them, for example 3.2.", draft=self.draft),
            texts=tuple(
                PaperText(one.number, one.text, tuple(self.asked_of(one.section_id)))
                for one in self.texts
            ),
            about_whole=tuple(self.asked(QuestionScope.WHOLE)),
            notes=_("Notes"),
            points=_("Key points"),
            sources=_("Sources"),
            language=self.texts[0].language if self.texts else "fi",
            pictures=picture_bytes(current.reader(), files_in(one.text for one in self.texts)),
        )
        name = f"{self.title} {self.draft}.docx"
        return send_file(BytesIO(write_paper(paper)), DOCX, as_attachment=True, download_name=name)


def _with_passage(question: QuestionLine) -> str:
    words = localized(question.words)
    return f"“{question.quote}” {words}" if question.quote else words


def _chosen() -> set[str] | None:
    return set(request.args.getlist("text")) or None


def _draft_table(handbook_id: str, draft_id: str) -> Table:
    head = head_of(handbook_id)
    draft = one_draft(current.reader(), current.actor(), handbook_id, draft_id)
    texts = numbered_texts(current.reader(), current.actor(), draft_id, head.language, _chosen())
    return Table(localized(head.title), draft_name(draft.label), texts)


@blueprint.get("/handbooks/<handbook_id>/drafts/<draft_id>/paper")
@access(Action.EDIT, of_handbook)
def of_draft(handbook_id: str, draft_id: str) -> str:
    """Show any draft as a numbered paper, to print (?text=… for some texts only)."""
    table = _draft_table(handbook_id, draft_id)
    back = url_for("drafts.show", handbook_id=handbook_id, draft_id=draft_id)
    word = url_for(
        "meetings.file_of_draft",
        handbook_id=handbook_id,
        draft_id=draft_id,
        text=request.args.getlist("text"),
    )
    tree = draft_tree(current.reader(), draft_id, head_of(handbook_id).language)
    return render_template(
        "meetings/paper_of_draft.html",
        offered=[(line.section_id, line.title) for line in tree],
        word=word,
        **table.values(),
        **frame(
            head_of(handbook_id),
            "drafts",
            *crumbs(handbook_id, (table.draft, back), (_("The texts for a meeting"), None)),
        ),
    )


@blueprint.get("/handbooks/<handbook_id>/drafts/<draft_id>/paper.docx")
@limiter.limit(PAPERS)
@access(Action.EDIT, of_handbook)
def file_of_draft(handbook_id: str, draft_id: str) -> Response:
    """Give any draft as a numbered Word file."""
    return _draft_table(handbook_id, draft_id).document()


def round_table(page: Page) -> Table:
    """Give the texts of a participant's round, all or those chosen, with its questions."""
    reader, head = current.reader(), page.head
    chosen, lines = _chosen(), page.lines
    wanted = [one.section_id for one in lines if chosen is None or one.section_id in chosen]
    language = lines[0].language if lines else head.handbook_language
    texts = (
        numbered_texts(reader, page.actor, head.draft_id, language, wanted) if head.draft_id else []
    )
    return Table(
        localized(head.handbook_title),
        draft_name(head.draft_label),
        texts,
        questions_of(reader, head.phase_id),
    )


@blueprint.get("/p/<link_id>/paper")
@access(Action.READ_ROUND, of_link)
def of_round(link_id: str) -> str:
    """Show the round's texts as a numbered paper, to print (?text=… for some texts only)."""
    page = open_page(link_id)
    return render_template(
        "meetings/paper_of_round.html",
        offered=[(line.section_id, line.title) for line in page.lines],
        word=url_for("meetings.file_of_round", link_id=link_id, text=request.args.getlist("text")),
        **round_table(page).values(),
        **page.values((_("The texts for a meeting"), None)),
    )


@blueprint.get("/p/<link_id>/paper.docx")
@limiter.limit(PAPERS)
@access(Action.READ_ROUND, of_link)
def file_of_round(link_id: str) -> Response:
    """Give the round's texts as a numbered Word file."""
    return round_table(open_page(link_id)).document()
