"""Recording on behalf of somebody: what came by mail, phone, paper or in a meeting."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.contributions import Channel, ContributionKind, NameShown
from reviewtool.domain.days import local_day
from reviewtool.domain.phases import PhaseKind, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized, ngettext
from reviewtool.queries.handbooks import PhaseLine, handbook_line
from reviewtool.queries.sections import handbook_head
from reviewtool.queries.speakers import (
    draft_of_phase,
    find_speakers,
    phases_to_record_in,
    speaker,
)
from reviewtool.queries.tree import working_tree
from reviewtool.services import recording
from reviewtool.services.contributions import Words
from reviewtool.services.recording import Said
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.contributions.door import blueprint, crumbs
from reviewtool.web.contributions.originals import (
    all_waiting,
    drop_original,
    keep_originals,
    originals_beside,
)
from reviewtool.web.contributions.placing import SpokenTexts, drafts_offered, read_place
from reviewtool.web.contributions.record_forms import RecordForm, SaidForm
from reviewtool.web.editor_pages import frame
from reviewtool.wording.files import cannot_show
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]

ASKING = (PhaseKind.WORKSHOP, PhaseKind.ROUND, PhaseKind.INTERVIEWS, PhaseKind.APPROVAL)
"""Kinds of phases in which people are asked to say something."""

IN_THE_FORM = {
    Reason.BAD_FILE: "originals",
    Reason.FILE_TOO_LARGE: "originals",
    Reason.BAD_ADDRESS: "address",
    Reason.DATES_WRONG: "said_on",
}


@blueprint.get("/handbooks/<handbook_id>/contributions/record")
@access(Action.SEE_LEDGER, of_handbook)
def record(handbook_id: str) -> str:
    """Show the form, for a new person or one who has taken part."""
    form = RecordForm(formdata=None)
    head = handbook_head(current.reader(), current.actor(), handbook_id)
    line = handbook_line(current.reader(), handbook_id, current.now())
    form.said_on.data = local_day(current.now(), line.time_zone if line else "UTC")
    form.language.data = head.language
    form.person.data = request.args.get("person", "")
    _offer(form, handbook_id)
    form.phase.data = request.args.get("phase") or _likely_phase(line.phases if line else ())
    for entry in form.said:
        entry.form.section.data = request.args.get("section", "")
    return _page(handbook_id, form)


@blueprint.post("/handbooks/<handbook_id>/contributions/record")
@access(Action.SEE_LEDGER, of_handbook)
def write_down(handbook_id: str) -> Answer:
    """Record what the form holds; other buttons show it again: with one more contribution, with
    the originals beside it, or without one of them.
    """
    form = RecordForm()
    sections = _offer(form, handbook_id)
    if request.form.get("drop"):
        drop_original(handbook_id, request.form["drop"])
        return _page(handbook_id, form)
    if request.form.get("more"):
        form.one_more(sections)
    if request.form.get("more") or request.form.get("read"):
        fine = keep_originals(handbook_id, form)
        return _page(handbook_id, form), (200 if fine else 422)
    said = _checked(handbook_id, form)
    try:
        done = _record(form, said) if said else None
    except Refused as refused:
        name = IN_THE_FORM.get(refused.reason)
        if name is None:
            raise
        form[name].errors = [refusal(refused.reason)]
        done = None
    if done is None:
        keep_originals(handbook_id, form)
        return _page(handbook_id, form), 422
    _tell(done)
    back = request.form.get("back", "")
    if any(back == section_id for section_id, _title in sections):
        url = url_for("merge.show", handbook_id=handbook_id, section_id=back)
    else:
        url = url_for("ledger.show", handbook_id=handbook_id)
    return redirect(url, code=303)


def _checked(handbook_id: str, form: RecordForm) -> list[Said] | None:
    """Give what is to be recorded; None with errors in the form where something is wrong."""
    valid = form.validate()
    valid = form.names_somebody and valid
    said = _said(handbook_id, form)
    if said is None:
        form.form_errors.append(_("Correct what is marked in the contributions below."))
    if not all_waiting(handbook_id, form):
        valid = False
    return said if valid else None


def _record(form: RecordForm, said: Sequence[Said]) -> recording.Recorded:
    assert form.said_on.data is not None  # the form has been validated
    return recording.record(
        current.installation(),
        current.actor(),
        form.phase.data,
        form.speaker,
        Channel(form.channel.data),
        form.said_on.data,
        said,
        form.request_id.data or "",
        form.uploads,
        form.waiting,
    )


def _tell(done: recording.Recorded) -> None:
    count = len(done.numbers)
    words = ngettext("%(num)d contribution recorded.", "%(num)d contributions recorded.", count)
    if done.receipt:
        words = " ".join((words, _("The person gets a receipt by mail.")))
    flash(words, "good")


def _likely_phase(phases: Sequence[PhaseLine]) -> str | None:
    """Name the phase that something most likely was said in: one that is open, or the last."""
    asking = [one for one in phases if one.kind in ASKING and one.state is not PhaseState.PLANNED]
    still_open = [one for one in asking if one.is_open]
    return next((one.id for one in reversed(still_open or asking)), None)


def _offer(form: RecordForm, handbook_id: str) -> list[tuple[str, str]]:
    reader, actor = current.reader(), current.actor()
    head = handbook_head(reader, actor, handbook_id)
    tree = working_tree(reader, handbook_id, head.language)
    sections = [(line.section_id, f"{'– ' * line.depth}{line.title}") for line in tree]
    phases = phases_to_record_in(reader, actor, handbook_id)
    named = [(one, localized(title)) for one, title in phases]
    form.offer(named, sections, drafts_offered(handbook_id))
    return sections


def _said(handbook_id: str, form: RecordForm) -> list[Said] | None:
    """Read the contributions; None with errors in the form where one can't be recorded."""
    texts = _texts(handbook_id, form)
    filled = [entry.form for entry in form.said if not entry.form.is_empty]
    made = [_one(texts, one, form) for one in filled]
    if not filled:
        form.said[0].form.words.errors = [refusal(Reason.EMPTY)]
    said = [one for one in made if one is not None]
    return said if filled and len(said) == len(filled) else None


def _texts(handbook_id: str, form: RecordForm) -> SpokenTexts:
    """Give the texts that were spoken of: of the chosen draft, the phase's, or the newest."""
    reader, actor = current.reader(), current.actor()
    head = handbook_head(reader, actor, handbook_id)
    phase_id = form.phase.data or ""
    chosen = form.draft.data or None
    paper = chosen or draft_of_phase(reader, actor, handbook_id, phase_id)
    return SpokenTexts(handbook_id, phase_id, head.language, paper, named=chosen is not None)


def _one(texts: SpokenTexts, form: SaidForm, whole: RecordForm) -> Said | None:
    kind = ContributionKind(form.kind.data or ContributionKind.COMMENT)
    suggestion = kind is ContributionKind.SUGGESTION
    words = Words(
        words=form.words.data or "",
        replacement=(form.replacement.data or "") if suggestion else None,
        target_group=form.target_group.data or "",
        activity=form.activity.data or "",
        effect=form.effect.data or "",
        name_shown=NameShown(whole.name_shown.data or NameShown.ORGANISATION),
    )
    if not suggestion and not any((words.words, words.target_group, words.activity, words.effect)):
        form.words.errors = [refusal(Reason.EMPTY)]
        return None
    placed = read_place(form, texts)
    if placed is not None and suggestion and placed.place is None:
        form.quote.errors = [_("Copy the words that are to be replaced.")]
        return None
    if placed is None:
        return None
    shared = bool(whole.shared.data)
    return Said(kind, words, placed.section_id, placed.revision_id, placed.place, shared)


def _page(handbook_id: str, form: RecordForm) -> str:
    beside = originals_beside(handbook_id, form)
    reader, actor = current.reader(), current.actor()
    looked_for = request.args.get("find", "")
    return render_template(
        "contributions/record.html",
        form=form,
        person=speaker(reader, actor, handbook_id, form.person.data) if form.person.data else None,
        looked_for=looked_for,
        found=find_speakers(reader, actor, handbook_id, looked_for) if looked_for else [],
        limit=current.installation().settings.upload_limit_mb,
        beside=beside,
        unreadable=cannot_show,
        **frame(
            handbook_head(reader, actor, handbook_id),
            "ledger",
            *crumbs(handbook_id, (_("Record"), None)),
        ),
    )
