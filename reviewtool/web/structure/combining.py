"""Merging texts: which ones and in which order, the joined text to edit, then done in one press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.splitting import combine
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.sections import text_versions, working_section
from reviewtool.queries.structure import said_on, unsaved_by_others
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.services.combining import Combination, combine_sections
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.editor_pages import frame, head_of, of_own_section
from reviewtool.web.sections.forms import TextForm, fill, posted_text, shown
from reviewtool.web.structure.blueprint import blueprint
from reviewtool.web.structure.forms import DecisionForm
from reviewtool.wording.refusals import refusal

NEW = "new"
"""Chosen as the heir where all of them become a new text."""


@dataclass(frozen=True)
class Asked:
    """Which texts are merged, in their order, and into which."""

    sections: tuple[str, ...]
    heir: str
    headings: bool
    title: str

    @property
    def heir_id(self) -> str | None:
        """Give the heir as the use case takes it."""
        return None if self.heir == NEW else self.heir


def _asked(section_id: str, tree: Sequence[TreeLine] | None = None) -> Asked:
    """Read the choices; the text of the page is always among them, and stays unless chosen so.

    tree: where given, texts that don't stand there are left out.
    """
    standing = {line.section_id for line in tree} if tree is not None else None
    values = request.values
    chosen = [
        one
        for one in dict.fromkeys(values.getlist("s"))
        if one and (standing is None or one in standing)
    ]
    if section_id not in chosen:
        chosen.insert(0, section_id)
    up = values.get("up", "")
    if up in chosen[1:]:
        at = chosen.index(up)
        chosen[at - 1], chosen[at] = chosen[at], chosen[at - 1]
    heir = values.get("heir", section_id)
    return Asked(
        tuple(chosen),
        heir if heir in (NEW, *chosen) else section_id,
        bool(values.get("headings")),
        values.get("title", "").strip(),
    )


def _without_kin(tree: Sequence[TreeLine], section_id: str) -> list[TreeLine]:
    """Leave out what stands above or beneath a text: they can't become one."""
    parents = {line.section_id: line.parent_id for line in tree}

    def above(one: str | None) -> set[str]:
        found: set[str] = set()
        while one is not None and (one := parents.get(one)) is not None:
            found.add(one)
        return found

    mine = above(section_id)
    return [
        line
        for line in tree
        if line.section_id not in mine and section_id not in above(line.section_id)
    ]


def _page(handbook_id: str, section_id: str, form: TextForm | None = None, wrong: str = "") -> str:
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    section = working_section(session, actor, handbook_id, section_id, head.language)
    tree = working_tree(session, handbook_id, head.language)
    asked = _asked(section_id, tree)
    texts = text_versions(session, current.actor(), asked.sections, head.language)
    titles = {line.section_id: line.title for line in tree}
    text = posted_text(form) if form is not None else None
    if text is None and len(asked.sections) > 1:
        name = asked.title or titles[asked.heir if asked.heir_id else asked.sections[0]]
        ordered = [texts[one].text for one in asked.sections]
        text = combine(ordered, name, headings=asked.headings)
        form = TextForm(formdata=None)
        fill(form, text, "joined")
    decision = DecisionForm(formdata=None)
    decision.proposal.data = request.values.get("proposal", "")
    going = [one for one in asked.sections if one != asked.heir]
    return render_template(
        "structure/merge.html",
        section=section,
        asked=asked,
        choices=_without_kin(tree, section_id),
        titles=titles,
        versions={one: texts[one].version for one in asked.sections},
        form=form,
        parts=shown(text) if text is not None else None,
        decision=decision,
        said=said_on(session, going) if text is not None else 0,
        going=going,
        unsaved=unsaved_by_others(session, actor, asked.sections),
        wrong=wrong,
        **frame(
            head,
            "structure",
            (_("Structure"), url_for("structure.show", handbook_id=handbook_id)),
            (
                section.revision.line.title,
                url_for("structure.section", handbook_id=handbook_id, section_id=section_id),
            ),
            (_("Merge"), None),
        ),
    )


@blueprint.get("/handbooks/<handbook_id>/structure/<section_id>/merge")
@access(Action.EDIT, of_own_section)
def merge(handbook_id: str, section_id: str) -> str:
    """Choose which texts become one; with the choices in the address, show the joined text."""
    return _page(handbook_id, section_id)


@blueprint.post("/handbooks/<handbook_id>/structure/<section_id>/merge")
@access(Action.EDIT, of_own_section)
def merge_now(handbook_id: str, section_id: str) -> Response | tuple[str, int]:
    """Merge the texts into the one that was shown, as it was edited."""
    form, decision = TextForm(), DecisionForm()
    if not form.validate():
        return _page(handbook_id, section_id, form), 422
    head = head_of(handbook_id)
    asked = _asked(section_id)  # as it was sent: a second press finds only one of them standing
    written = dict(zip(request.form.getlist("s"), request.form.getlist("v"), strict=False))
    versions = {one: int(v) if (v := written.get(one, "")).isdecimal() else 0
                for one in asked.sections}  # fmt: skip
    try:
        heir = combine_sections(
            current.installation(),
            current.actor(),
            head.language,
            Combination(versions, asked.heir_id, posted_text(form)),
            form.request_id.data or "",
            decision.decision,
        )
    except Refused as refused:
        if refused.reason not in (Reason.TEXT_CHANGED, Reason.OTHER_SECTION_MISSING):
            raise
        return _page(handbook_id, section_id, form, refusal(refused.reason)), 422
    flash(_("The texts are one. What was said on them is handled there."), "good")
    return redirect(url_for("structure.show", handbook_id=handbook_id, _anchor=f"s-{heir}"))
