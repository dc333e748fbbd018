"""The acts on a phase: each shows what it will do before the button, and is repeat-safe."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for

from reviewtool.domain.phases import ASKING, PHASE_TABLE, PhaseMove, plan_warnings
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Refused
from reviewtool.domain.tables import step
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, ngettext
from reviewtool.queries.phases import PhaseCard, PhasePage
from reviewtool.services import phases
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.forms import Form
from reviewtool.web.process.forms import CloseForm, ExtendForm, OpenForm, ReopenForm
from reviewtool.web.process.shown import missing_links
from reviewtool.web.process.views import Answer, blueprint, read_phase
from reviewtool.wording.process import WARNINGS
from reviewtool.wording.refusals import refusal

MoveForm = OpenForm | CloseForm | ExtendForm | ReopenForm

FORMS: dict[PhaseMove, type[MoveForm]] = {
    PhaseMove.OPEN: OpenForm,
    PhaseMove.EXTEND: ExtendForm,
    PhaseMove.CLOSE: CloseForm,
    PhaseMove.REOPEN: ReopenForm,
}

DONE = {
    PhaseMove.OPEN: lazy("The phase is open."),
    PhaseMove.EXTEND: lazy("There is more time to answer now."),
    PhaseMove.CLOSE: lazy("The phase is closed."),
    PhaseMove.REOPEN: lazy("The phase is open again."),
}


@blueprint.get("/<phase_id>/open", defaults={"move": "open"})
@blueprint.get("/<phase_id>/extend", defaults={"move": "extend"})
@blueprint.get("/<phase_id>/close", defaults={"move": "close"})
@blueprint.get("/<phase_id>/reopen", defaults={"move": "reopen"})
@access(Action.RUN_PROCESS, of_handbook)
def move(handbook_id: str, phase_id: str, move: str) -> str:
    """Show what an act would do, and ask for what it needs."""
    page = read_phase(handbook_id, phase_id)
    wanted = PhaseMove(move)
    step(PHASE_TABLE, page.card.state, wanted)
    return _page(page, wanted, FORMS[wanted](formdata=None))


@blueprint.post("/<phase_id>/open", defaults={"move": "open"})
@blueprint.post("/<phase_id>/extend", defaults={"move": "extend"})
@blueprint.post("/<phase_id>/close", defaults={"move": "close"})
@blueprint.post("/<phase_id>/reopen", defaults={"move": "reopen"})
@access(Action.RUN_PROCESS, of_handbook)
def do_move(handbook_id: str, phase_id: str, move: str) -> Answer:
    """Do an act; a repeated press does nothing more."""
    page = read_phase(handbook_id, phase_id)
    wanted = PhaseMove(move)
    form = FORMS[wanted]()
    if isinstance(form, OpenForm):
        form.offer(page.drafts)
    if not form.validate():
        return _page(page, wanted, form), 422
    try:
        _do(phase_id, form)
    except Refused as refused:
        form.form_errors = [refusal(refused.reason)]
        return _page(page, wanted, form), 422
    flash(str(DONE[wanted]), "good")
    return redirect(url_for("process.phase", handbook_id=handbook_id, phase_id=phase_id))


def _do(phase_id: str, form: MoveForm) -> None:
    site, actor, request_id = current.installation(), current.actor(), form.request_id.data or ""
    if isinstance(form, OpenForm):
        phases.open_phase(site, actor, phase_id, request_id, draft_id=form.draft_id.data or None)
    elif isinstance(form, ExtendForm):
        assert form.closes_on.data is not None
        phases.extend(
            site, actor, phase_id, form.closes_on.data, form.reason.data or "", request_id
        )
    elif isinstance(form, ReopenForm):
        phases.reopen(
            site, actor, phase_id, form.closes_on.data, form.reason.data or "", request_id
        )
    else:
        phases.close(site, actor, phase_id, request_id)


def _page(page: PhasePage, wanted: PhaseMove, form: Form) -> str:
    if isinstance(form, OpenForm):
        form.offer(page.drafts)
    card = page.card
    asks = card.kind in ASKING
    days = getattr(form, "closes_on", None)
    typed = days.data if days is not None else None
    warned = card.warnings
    if typed is not None:
        warned = tuple(plan_warnings(card.kind, card.opens_on or page.timeline.today, typed))
    blocks = missing_links(page.timeline.handbook_id, card.missing)
    return render_template(
        "process/move.html",
        page=page,
        card=card,
        wanted=wanted,
        form=form,
        asks=asks,
        blocks=blocks if wanted is PhaseMove.OPEN else [],
        warnings=[] if wanted is PhaseMove.CLOSE else [str(WARNINGS[one]) for one in warned],
        consequences=consequences_of(card, wanted, _mails(card, wanted)),
    )


def _mails(card: PhaseCard, wanted: PhaseMove) -> int:
    return phases.mails_announced(current.reader(), current.actor(), card.id, wanted)


def consequences_of(card: PhaseCard, wanted: PhaseMove, mails: int) -> list[tuple[str, str]]:
    """Say what an act does: what is recorded, who can do what, how many are mailed."""
    lines = [("note", _("The act is recorded with your name, the time and the reason."))]
    if card.kind in ASKING and wanted is PhaseMove.OPEN:
        fixed = _("The draft, the last day and what participants see are fixed.")
        lines.append(("lock", fixed))
        if card.open_to_all:
            lines.append(("people", _("Anyone interested can sign up.")))
    elif card.kind in ASKING and wanted is PhaseMove.CLOSE:
        lines.append(
            ("lock", _("Nobody can write any more. Everybody can still read what they have said."))
        )
    elif card.kind in ASKING:
        lines.append(("clock", _("Everybody who takes part can write until the new last day.")))
    if not mails:
        return [*lines, ("mail", _("No e-mail is sent."))]
    mailed = ngettext("%(num)d person is mailed.", "%(num)d people are mailed.", mails)
    return [*lines, ("mail", mailed)]
