"""Proposals about the structure: the list, deciding one, an editor's own; what was changed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.policy import Action
from reviewtool.domain.proposals import ProposalAct
from reviewtool.domain.refusals import Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized
from reviewtool.queries.proposals import ProposalLine, changes, phase_choices, proposals
from reviewtool.queries.proposals import proposal as one_proposal
from reviewtool.queries.structure import drop_consequences
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.services.answers import Answering, answer, revise
from reviewtool.services.proposals import propose_as_editor
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editor_pages import Crumb, frame, head_of
from reviewtool.web.structure.blueprint import blueprint
from reviewtool.web.structure.forms import (
    AddForm,
    DecisionForm,
    EditorProposalForm,
    NotTakenForm,
    RelateForm,
    TitleForm,
)
from reviewtool.web.structure.section import place_form
from reviewtool.web.structure.views import parent_choices


def _crumbs(handbook_id: str, *more: Crumb) -> tuple[Crumb, ...]:
    here = url_for("structure.list_proposals", handbook_id=handbook_id)
    return (
        (_("Structure"), url_for("structure.show", handbook_id=handbook_id)),
        (_("Structure proposals"), here if more else None),
        *more,
    )


@blueprint.get("/handbooks/<handbook_id>/structure/proposals")
@access(Action.EDIT, of_handbook)
def list_proposals(handbook_id: str) -> str:
    """List the proposals that wait for a decision, or those that have one."""
    head = head_of(handbook_id)
    decided = request.args.get("show") == "decided"
    page = request.args.get("page", 1, int)
    return render_template(
        "structure/proposals.html",
        proposals=proposals(
            current.reader(), current.actor(), handbook_id, decided=decided, page=page
        ),
        decided=decided,
        **frame(head, "structure", *_crumbs(handbook_id)),
    )


@blueprint.get("/handbooks/<handbook_id>/structure/changes")
@access(Action.EDIT, of_handbook)
def list_changes(handbook_id: str) -> str:
    """List what was changed in the tree, each with the wish that it came from."""
    head = head_of(handbook_id)
    crumbs = ((_("Structure"), url_for("structure.show", handbook_id=handbook_id)),)
    return render_template(
        "structure/changes.html",
        changes=changes(current.reader(), current.actor(), handbook_id, limit=500),
        **frame(head, "structure", *crumbs, (_("What has been changed"), None)),
    )


@blueprint.get("/handbooks/<handbook_id>/structure/proposals/<contribution_id>")
@access(Action.EDIT, of_handbook)
def proposal(handbook_id: str, contribution_id: str) -> str:
    """Show a proposal, and what deciding it would do."""
    return _proposal_page(handbook_id, contribution_id, NotTakenForm(formdata=None, prefix="not"))


def _proposal_page(handbook_id: str, contribution_id: str, not_taken: NotTakenForm) -> str:
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    line = one_proposal(session, actor, handbook_id, contribution_id)
    if not_taken.version.data is None and line.entry.answer is not None:
        not_taken.version.data = str(line.entry.answer.version)
    tree = working_tree(session, handbook_id, head.language)
    dropping = line.act is ProposalAct.DROP and line.section is not None
    return render_template(
        "structure/proposal.html",
        proposal=line,
        form=_deciding(line, tree),
        consequences_of=drop_consequences(session, actor, handbook_id, tree, line.section.id)
        if dropping and line.section
        else None,
        not_taken=not_taken,
        **frame(
            head,
            "structure",
            *_crumbs(handbook_id, (_("Number %(number)d", number=line.entry.number), None)),
        ),
    )


def _deciding(line: ProposalLine, tree: list[TreeLine]) -> DecisionForm | None:
    """Make the form that makes the change as it was proposed; None where it has its own page."""
    form: DecisionForm
    match line.act:
        case ProposalAct.ADD:
            adding = AddForm(formdata=None)
            adding.title.data = line.title
            adding.kind.data = (line.kind or SectionKind.ACTIVITY).value
            adding.parent.choices = parent_choices(tree)
            adding.parent.data = line.parent.id if line.parent else ""
            form = adding
        case ProposalAct.RENAME:
            renaming = TitleForm(formdata=None)
            renaming.title.data = line.title
            form = renaming
        case ProposalAct.MOVE if line.section:
            form = place_form(tree, line.section.id, line.parent.id if line.parent else None)
        case ProposalAct.RELATE:
            relating = RelateForm(formdata=None, prefix="relate")
            relating.other.choices = [(one.id, one.title) for one in line.others]
            form = relating
        case ProposalAct.DROP:
            form = DecisionForm(formdata=None, prefix="drop")
        case _:
            return None
    form.proposal.data = line.entry.id
    return form


@blueprint.post("/handbooks/<handbook_id>/structure/proposals/<contribution_id>/not-taken")
@access(Action.EDIT, of_handbook)
def decline(handbook_id: str, contribution_id: str) -> Response | tuple[str, int]:
    """Answer a proposal: not taken, with the reason."""
    form = NotTakenForm(prefix="not")
    if not form.validate():
        return _proposal_page(handbook_id, contribution_id, form), 422
    one_proposal(current.reader(), current.actor(), handbook_id, contribution_id)
    answering = Answering(AnswerKind.NOT_TAKEN, form.reason.data or "")
    site, actor, request_id = current.installation(), current.actor(), form.request_id.data or ""
    if (form.version.data or "").isdecimal():
        version = int(form.version.data or 0)
        revise(site, actor, contribution_id, answering, version, request_id)
    else:
        answer(site, actor, [contribution_id], answering, request_id)
    flash(
        _("Answered: not taken. Whoever proposed it sees the reason with the next draft."), "good"
    )
    return redirect(url_for("structure.list_proposals", handbook_id=handbook_id))


@blueprint.get("/handbooks/<handbook_id>/structure/proposals/new")
@access(Action.EDIT, of_handbook)
def new_proposal(handbook_id: str) -> str:
    """Show the form of an editor's own proposal."""
    form = EditorProposalForm(formdata=None)
    form.section.data = request.args.get("section", "")
    return _new_page(handbook_id, form)


def _new_page(handbook_id: str, form: EditorProposalForm) -> str:
    head = head_of(handbook_id)
    session, actor = current.reader(), current.actor()
    form.offer(parent_choices(working_tree(session, handbook_id, head.language)))
    phases = phase_choices(session, actor, handbook_id)
    form.phase.choices = [(phase.id, localized(phase.title)) for phase in phases]
    if not form.phase.data:
        form.phase.data = phases[0].id if phases else None
    return render_template(
        "structure/propose.html",
        form=form,
        **frame(head, "structure", *_crumbs(handbook_id, (_("Propose"), None))),
    )


@blueprint.post("/handbooks/<handbook_id>/structure/proposals/new")
@access(Action.EDIT, of_handbook)
def propose(handbook_id: str) -> Response | tuple[str, int]:
    """Take an editor's own proposal."""
    form = EditorProposalForm()
    if not form.validate():
        return _new_page(handbook_id, form), 422
    try:
        made = propose_as_editor(
            current.installation(),
            current.actor(),
            form.phase.data or "",
            form.proposed,
            form.words.data or "",
            form.request_id.data or "",
        )
    except Refused as refused:
        form.tell(refused)
        return _new_page(handbook_id, form), 422
    flash(_("The proposal stands among the others, and waits for a decision."), "good")
    return redirect(url_for("structure.proposal", handbook_id=handbook_id, contribution_id=made))
