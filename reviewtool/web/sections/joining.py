"""Joining one's own text with a colleague's, and undoing a change: both texts are shown."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.joining import Choice, Joined, other_words
from reviewtool.domain.joining import join as join_texts
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.answers import chosen
from reviewtool.queries.sections import (
    WorkingSection,
    buffer_of,
    revisions,
    undone,
    working_section,
)
from reviewtool.text.diff import compare
from reviewtool.text.tokens import visible_part
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.contributions.asking import chosen_ids
from reviewtool.web.editor_pages import frame, head_of, of_own_section
from reviewtool.web.reading import shown_changes
from reviewtool.web.sections.blueprint import blueprint
from reviewtool.web.sections.forms import TextForm, fill, shown
from reviewtool.web.sections.views import crumbs
from reviewtool.wording.changes import change_list


@dataclass(frozen=True)
class Clash:
    """Words that both changed, as a page shows them."""

    number: int
    base: str
    mine: str
    other: str
    chosen: str


def _clashes(joined: Joined) -> list[Clash]:
    return [
        Clash(
            number,
            visible_part(conflict.base).strip(),
            visible_part(conflict.mine).strip(),
            visible_part(other_words(conflict)).strip(),
            choice.value,
        )
        for number, (conflict, choice) in enumerate(
            zip(joined.conflicts, joined.choices, strict=True)
        )
    ]


def _chosen() -> dict[int, Choice]:
    """Read the choices of the address: c0=mine&c1=other."""
    return {
        int(name[1:]): Choice(value)
        for name, value in request.args.items()
        if name[:1] == "c" and name[1:].isdecimal() and value in set(Choice)
    }


def _show(
    handbook_id: str, section: WorkingSection, joined: Joined, cause: str, words: dict[str, str]
) -> str:
    head = head_of(handbook_id)
    form = TextForm(formdata=None)
    fill(form, joined.text, section.revision.line.id)
    ids = chosen_ids()
    causes = chosen(current.reader(), current.actor(), handbook_id, ids) if ids else []
    return render_template(
        "sections/join.html",
        section=section,
        form=form,
        parts=shown(joined.text),
        cause=cause,
        clashes=_clashes(joined),
        html=shown_changes(section.revision.text, joined.text, heading=3, prefix="join-"),
        changes=change_list(compare(section.revision.text, joined.text)),
        words=words,
        causes=causes,
        **frame(
            head,
            "structure",
            *crumbs(handbook_id, section.id, section.revision.line.title, (words["crumb"], None)),
        ),
    )


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/join")
@access(Action.EDIT, of_own_section)
def join(handbook_id: str, section_id: str) -> str | Response:
    """Show one's own unsaved text joined with what a colleague saved meanwhile."""
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    section = working_section(session, actor, handbook_id, section_id, head.language)
    kept = buffer_of(session, actor, handbook_id, section_id, head.language)
    if kept is None or kept.base_revision_id == section.revision.line.id:
        return redirect(url_for("sections.edit", handbook_id=handbook_id, section_id=section_id))
    joined = join_texts(kept.base_text, kept.text, section.revision.text, _chosen())
    author = section.revision.line.author
    own = section.revision.line.author_id == actor.person_id
    words = {
        "crumb": _("Join"),
        "title": _("Join the two texts"),
        "lead": _(
            "You have saved this text yourself meanwhile, in another tab or on another device. "
            "Both texts are kept: nothing is overwritten."
        )
        if own
        else _(
            "%(name)s has saved this text while you were editing it. Both texts are kept: "
            "nothing is overwritten.",
            name=author or _("A colleague"),
        ),
        "mine": _("The words in this tab") if own else _("Your words"),
        "other": _("%(name)s's words", name=author) if author and not own else _("The saved words"),
        "changes": _("What your text adds to the saved one"),
    }
    return _show(handbook_id, section, joined, "merge", words)


@blueprint.get("/handbooks/<handbook_id>/sections/<section_id>/undo/<revision_id>")
@access(Action.EDIT, of_own_section)
def undo(handbook_id: str, section_id: str, revision_id: str) -> str:
    """Show what undoing a revision would change in the working text."""
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    section = working_section(session, actor, handbook_id, section_id, head.language)
    going = revisions(session, actor, handbook_id, [revision_id])[revision_id]
    if going.line.section_id != section_id or going.line.parent_id is None:
        raise Refused(Reason.NOT_FOUND)
    joined = undone(session, actor, handbook_id, revision_id)
    if not joined.clean and _chosen():
        before = revisions(session, actor, handbook_id, [going.line.parent_id])
        joined = join_texts(
            going.text, section.revision.text, before[going.line.parent_id].text, _chosen()
        )
    words = {
        "crumb": _("Undo a change"),
        "title": _("Undo a change"),
        "lead": _("Later changes stay. Undoing makes a new version, which can itself be undone."),
        "mine": _("As the text is now"),
        "other": _("As it was before the change"),
        "changes": _("What undoing changes"),
    }
    return _show(handbook_id, section, joined, "undo", words)
