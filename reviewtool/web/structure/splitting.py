"""Splitting a text: which pieces go to a new one, both texts shown, then done in one press."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.splitting import MOST_NEW, Part, pieces
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.queries.sections import WorkingSection, text_versions, working_section
from reviewtool.queries.structure import unsaved_by_others
from reviewtool.services.splitting import Split, preview_split, split_section
from reviewtool.text.html import body_html, inline_html
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.editor_pages import frame, head_of, of_own_section
from reviewtool.web.reading import shown_text
from reviewtool.web.structure.blueprint import blueprint
from reviewtool.web.structure.forms import DecisionForm
from reviewtool.wording.refusals import refusal

BOTH = "all"
"""Chosen for a source that all the texts keep."""


@dataclass(frozen=True)
class ShownPiece:
    """A piece of the text on the page, with where it goes now."""

    number: int
    part: Part
    heading: bool
    html: Markup
    goes: str

    @property
    def name(self) -> str:
        """Give the name of its radio buttons."""
        return f"p{self.number}"


@dataclass(frozen=True)
class Asked:
    """What the address or the form asks for."""

    titles: tuple[str, ...]
    goes: dict[str, str]
    shown: bool
    """Whether the texts are to be shown, or still to be chosen."""

    def split(self, parts: list[Part], version: int) -> Split:
        """Give the split as the use case takes it."""
        every = frozenset(range(len(self.titles) + 1))
        places = [self.goes.get(f"p{number}", _usual(part)) for number, part in enumerate(parts)]
        goes = tuple(
            every if place == BOTH else frozenset({int(place)} if place.isdecimal() else {0})
            for place in places
        )
        return Split(self.titles, goes, version)


def _usual(part: Part) -> str:
    return BOTH if part is Part.SOURCE else "0"


def _asked(values: MultiDict[str, str]) -> Asked:
    count = min(max(values.get("n", 1, int), 1), MOST_NEW)
    titles = tuple((values.get(f"t{number}") or "").strip() for number in range(1, count + 1))
    goes = {name: values[name] for name in values if name[:1] == "p" and name[1:].isdecimal()}
    return Asked(titles, goes, bool(values.get("shown")))


def _pieces(text: str, asked: Asked) -> list[ShownPiece]:
    return [
        ShownPiece(
            number,
            piece.part,
            piece.heading,
            Markup(  # noqa: S704 (escaped by the engine)
                body_html(piece.words, heading=2)
                if piece.part is Part.BODY
                else f"<p>{inline_html(piece.words)}</p>"
            ),
            asked.goes.get(f"p{number}", _usual(piece.part)),
        )
        for number, piece in enumerate(pieces(text))
    ]


def _page(handbook_id: str, section_id: str, asked: Asked, proposal: str, wrong: str = "") -> str:
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    section = working_section(session, actor, handbook_id, section_id, head.language)
    version = text_versions(session, current.actor(), [section_id], head.language)[
        section_id
    ].version
    form = DecisionForm(formdata=None)
    form.proposal.data = proposal
    preview = None
    if asked.shown and not wrong:
        try:
            preview = preview_split(
                current.installation(),
                actor,
                section_id,
                head.language,
                asked.split([piece.part for piece in pieces(section.revision.text)], version),
            )
        except Refused as refused:
            wrong = _said(refused)
    return render_template(
        "structure/split.html",
        section=section,
        pieces=_pieces(section.revision.text, asked),
        asked=asked,
        proposal=proposal,
        form=form,
        version=version,
        texts=[shown_text(text, heading=3) for text in preview.texts] if preview else [],
        moving=preview.moving if preview else (),
        along=preview.along if preview else (),
        whole=preview.whole if preview else (),
        unsaved=unsaved_by_others(session, actor, [section_id]),
        wrong=wrong,
        most=MOST_NEW,
        **frame(head, "structure", *_way(handbook_id, section)),
    )


def _said(refused: Refused) -> str:
    if refused.reason is Reason.EMPTY:
        return _("Each text needs words of its own: choose what stays and what goes.")
    return refusal(refused.reason)


def _way(handbook_id: str, section: WorkingSection) -> tuple[tuple[str, str | None], ...]:
    return (
        (_("Structure"), url_for("structure.show", handbook_id=handbook_id)),
        (
            section.revision.line.title,
            url_for("structure.section", handbook_id=handbook_id, section_id=section.id),
        ),
        (_("Split"), None),
    )


@blueprint.get("/handbooks/<handbook_id>/structure/<section_id>/split")
@access(Action.EDIT, of_own_section)
def split(handbook_id: str, section_id: str) -> str:
    """Choose what goes where; with the choices in the address, show both texts."""
    return _page(handbook_id, section_id, _asked(request.args), request.args.get("proposal", ""))


@blueprint.post("/handbooks/<handbook_id>/structure/<section_id>/split")
@access(Action.EDIT, of_own_section)
def split_now(handbook_id: str, section_id: str) -> Response | tuple[str, int]:
    """Split the text as it was shown."""
    form = DecisionForm()
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    section = working_section(session, actor, handbook_id, section_id, head.language)
    asked = _asked(request.form)
    parts = [piece.part for piece in pieces(section.revision.text)]
    try:
        new = split_section(
            current.installation(),
            actor,
            section_id,
            head.language,
            asked.split(parts, request.form.get("version", 0, int)),
            form.request_id.data or "",
            form.decision,
        )
    except Refused as refused:
        if refused.reason not in (Reason.EMPTY, Reason.TITLE_MISSING, Reason.TEXT_CHANGED):
            raise
        return _page(handbook_id, section_id, asked, form.proposal.data or "", _said(refused)), 422
    flash(
        ngettext(
            "The text is split: %(num)d new text stands after it.",
            "The text is split: %(num)d new texts stand after it.",
            len(new),
        ),
        "good",
    )
    return redirect(url_for("structure.show", handbook_id=handbook_id, _anchor=f"s-{new[0]}"))
