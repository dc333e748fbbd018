"""One section's place: its title, parent and relations, and taking it out of the handbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.proposals import StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.mentions import MentionedIn, Place, mentions_of
from reviewtool.queries.proposals import ChangeLine, changes
from reviewtool.queries.sections import HandbookHead, WorkingSection, working_section
from reviewtool.queries.structure import beneath, drop_consequences, left_whole, related_sections
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.services import moving, relations, structure
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.editor_pages import frame, head_of, of_own_section
from reviewtool.web.structure.blueprint import blueprint
from reviewtool.web.structure.forms import DecisionForm, ParentForm, RelateForm, TitleForm
from reviewtool.web.structure.views import parent_choices


@dataclass(frozen=True)
class Mentions:
    """What says a section's name: the present one, and the one that it had before."""

    title: str
    present: list[MentionedIn]
    earlier_title: str
    earlier: list[MentionedIn]


def _page(handbook_id: str, section_id: str, title_form: TitleForm | None = None) -> str:
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    standing = working_section(session, actor, handbook_id, section_id, head.language)
    tree = working_tree(session, handbook_id, head.language)
    related = related_sections(session, actor, handbook_id, section_id, head.language)
    others = RelateForm(formdata=None, prefix="relate")
    taken = {one.section_id for one in related} | {section_id}
    others.other.choices = [choice for choice in parent_choices(tree)[1:] if choice[0] not in taken]
    if title_form is None:
        title_form = TitleForm(formdata=None)
        title_form.title.data = standing.revision.line.title
    came = changes(session, actor, handbook_id, section_id=section_id)
    return render_template(
        "structure/section.html",
        section=standing,
        title_form=title_form,
        parents=place_form(tree, section_id, standing.parent_id),
        others=others,
        drop=DecisionForm(formdata=None, prefix="drop"),
        related=related,
        mentions=_mentions(head, standing, came),
        changes=came,
        whole=left_whole(session, actor, handbook_id, section_id),
        consequences_of=drop_consequences(session, actor, handbook_id, tree, section_id),
        **_frame(head, section_id, standing.revision.line.title),
    )


def place_form(tree: list[TreeLine], section_id: str, parent_id: str | None) -> ParentForm:
    """Make the form of another parent: any that doesn't stand beneath the section."""
    below = {line.section_id for line in beneath(tree, section_id)} | {section_id}
    form = ParentForm(formdata=None, prefix="place")
    form.parent.choices = parent_choices(tree, frozenset(below))
    form.parent.data = parent_id or ""
    return form


def _mentions(head: HandbookHead, section: WorkingSection, came: list[ChangeLine]) -> Mentions:
    session, actor, title = current.reader(), current.actor(), section.revision.line.title
    renamed = [one for one in came if one.act is StructureAct.RENAME]
    own = [one for one in renamed if one.section and one.section.id == section.id]
    before = own[0].old_title if own else ""
    return Mentions(
        title,
        mentions_of(session, actor, head.id, head.language, title, section.id),
        before,
        [
            one
            for one in mentions_of(session, actor, head.id, head.language, before, section.id)
            if one.place is not Place.EPISODE or any(before in each.words for each in one.found)
        ]
        if before
        else [],
    )


def _frame(head: Any, section_id: str, title: str) -> dict[str, Any]:
    return frame(
        head,
        "structure",
        (_("Structure"), url_for("structure.show", handbook_id=head.id)),
        (title, url_for("sections.show", handbook_id=head.id, section_id=section_id)),
        (_("Title and place"), None),
    )


@blueprint.get("/handbooks/<handbook_id>/structure/<section_id>")
@access(Action.EDIT, of_own_section)
def section(handbook_id: str, section_id: str) -> str:
    """Show where a section stands, and what can be changed about it."""
    return _page(handbook_id, section_id)


@blueprint.post("/handbooks/<handbook_id>/structure/<section_id>/rename")
@access(Action.EDIT, of_own_section)
def rename(handbook_id: str, section_id: str) -> Response | tuple[str, int]:
    """Give the section another title."""
    form = TitleForm()
    if not form.validate():
        return _page(handbook_id, section_id, form), 422
    head = head_of(handbook_id)
    structure.rename_section(
        current.installation(),
        current.actor(),
        section_id,
        head.language,
        form.title.data or "",
        form.request_id.data,
        form.decision,
    )
    flash(_("The title is now “%(title)s”.", title=form.title.data), "good")
    return _after(form, handbook_id, section_id)


@blueprint.post("/handbooks/<handbook_id>/structure/<section_id>/place")
@access(Action.EDIT, of_own_section)
def place(handbook_id: str, section_id: str) -> Response:
    """Put the section under another parent."""
    form = ParentForm(prefix="place")
    moving.place_section(
        current.installation(),
        current.actor(),
        section_id,
        form.parent.data or None,
        form.request_id.data,
        form.decision,
    )
    flash(_("The text has been moved, with everything under it."), "good")
    return _after(form, handbook_id, section_id)


@blueprint.post("/handbooks/<handbook_id>/structure/<section_id>/drop")
@access(Action.EDIT, of_own_section)
def drop(handbook_id: str, section_id: str) -> Response:
    """Take the section, and what stands under it, out of the handbook."""
    form = DecisionForm(prefix="drop")
    structure.drop_section(
        current.installation(), current.actor(), section_id, form.request_id.data, form.decision
    )
    flash(_("The text is out of the handbook. You can bring it back on this page."), "good")
    return redirect(url_for("structure.show", handbook_id=handbook_id, _anchor="dropped"))


@blueprint.post("/handbooks/<handbook_id>/structure/<section_id>/relate")
@access(Action.EDIT, of_own_section)
def relate(handbook_id: str, section_id: str) -> Response:
    """Note that another section belongs together with this one."""
    form = RelateForm(prefix="relate")
    if not form.other.data:
        raise Refused(Reason.SECTION_MISSING)
    relations.relate(
        current.installation(), current.actor(), section_id, form.other.data, form.decision
    )
    flash(_("The texts now belong together."), "good")
    return _after(form, handbook_id, section_id)


@blueprint.post("/handbooks/<handbook_id>/structure/<section_id>/unrelate/<other_id>")
@access(Action.EDIT, of_own_section)
def unrelate(handbook_id: str, section_id: str, other_id: str) -> Response:
    """Take the relation to another section back."""
    relations.unrelate(current.installation(), current.actor(), section_id, other_id)
    flash(_("The texts no longer belong together."), "good")
    return redirect(_here(handbook_id, section_id))


def _here(handbook_id: str, section_id: str) -> str:
    return url_for("structure.section", handbook_id=handbook_id, section_id=section_id)


def _after(form: DecisionForm, handbook_id: str, section_id: str) -> Response:
    """Go on where the change was asked for: at the proposal, or at the section."""
    if form.proposal.data:
        return redirect(
            url_for(
                "structure.proposal", handbook_id=handbook_id, contribution_id=form.proposal.data
            )
        )
    return redirect(_here(handbook_id, section_id))
