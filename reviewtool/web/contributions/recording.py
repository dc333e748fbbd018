"""Recording on behalf of somebody: what came by mail, phone, paper or in a meeting."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.contributions import Channel, ContributionKind
from reviewtool.domain.days import local_day
from reviewtool.domain.files import Upload
from reviewtool.domain.passages import Range
from reviewtool.domain.phases import PhaseKind, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.quoting import find_words
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized, ngettext
from reviewtool.queries.handbooks import PhaseLine, handbook_line
from reviewtool.queries.sections import handbook_head
from reviewtool.queries.speakers import (
    find_speakers,
    phases_to_record_in,
    speaker,
    spoken_of,
)
from reviewtool.queries.tree import working_tree
from reviewtool.services import recording
from reviewtool.services.contributions import Words
from reviewtool.services.recording import Said, Speaker
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.contributions.door import blueprint, crumbs
from reviewtool.web.contributions.record_forms import RecordForm, SaidForm
from reviewtool.web.editor_pages import frame
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
    """Record what the form holds; "one more" shows it again with another contribution."""
    form = RecordForm()
    sections = _offer(form, handbook_id)
    if request.form.get("more"):
        form.one_more(sections)
        return _page(handbook_id, form)
    valid = form.validate()
    if not form.person.data and not form.name.data:
        form.name.errors = [_("Write the name, or choose the person.")]
        valid = False
    said = _said(handbook_id, form)
    day = form.said_on.data
    if not valid or said is None or day is None:
        if said is None:
            form.form_errors.append(_("Correct what is marked in the contributions below."))
        return _again(handbook_id, form)
    try:
        done = recording.record(
            current.installation(), current.actor(), form.phase.data, _speaker(form),
            Channel(form.channel.data), day, said, form.request_id.data or "",
            _uploads(form),
        )  # fmt: skip
    except Refused as refused:
        name = IN_THE_FORM.get(refused.reason)
        if name is None:
            raise
        form[name].errors = [refusal(refused.reason)]
        return _again(handbook_id, form)
    count = len(done.numbers)
    words = ngettext("%(num)d contribution recorded.", "%(num)d contributions recorded.", count)
    if done.receipt:
        words = " ".join((words, _("The person gets a receipt by mail.")))
    flash(words, "good")
    back = request.form.get("back", "")
    if any(back == section_id for section_id, _title in sections):
        url = url_for("merge.show", handbook_id=handbook_id, section_id=back)
    else:
        url = url_for("ledger.show", handbook_id=handbook_id)
    return redirect(url, code=303)


def _again(handbook_id: str, form: RecordForm) -> tuple[str, int]:
    """Show the form with what is wrong; a browser never keeps the files that were chosen."""
    if any(file.filename for file in request.files.values()):
        form.form_errors.append(_("Choose the originals again: files aren't kept."))
    return _page(handbook_id, form), 422


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
    form.offer([(one, localized(title)) for one, title in phases], sections)
    return sections


def _speaker(form: RecordForm) -> Speaker:
    return Speaker(
        name=form.name.data or "",
        person_id=form.person.data or None,
        address=form.address.data or "",
        language=form.language.data,
        organisation=form.organisation.data or "",
        organisation_kind=form.organisation_kind.data,
    )


def _uploads(form: RecordForm) -> list[Upload]:
    return [
        Upload(file.filename, file.read())
        for file in form.originals.data or ()
        if getattr(file, "filename", "")
    ]


def _said(handbook_id: str, form: RecordForm) -> list[Said] | None:
    """Read the contributions; None with errors in the form where one can't be recorded."""
    said: list[Said] = []
    fine = True
    for entry in form.said:
        one: SaidForm = entry.form
        if one.is_empty:
            continue
        made = _one(handbook_id, form.phase.data or "", one)
        fine = fine and made is not None
        said += [made] if made else []
    if fine and not said:
        form.said[0].form.words.errors = [refusal(Reason.EMPTY)]
        fine = False
    return said if fine else None


def _one(handbook_id: str, phase_id: str, form: SaidForm) -> Said | None:
    kind = ContributionKind(form.kind.data or ContributionKind.COMMENT)
    suggestion = kind is ContributionKind.SUGGESTION
    words = Words(
        words=form.words.data or "",
        replacement=(form.replacement.data or "") if suggestion else None,
        target_group=form.target_group.data or "",
        activity=form.activity.data or "",
        effect=form.effect.data or "",
    )
    if not suggestion and not any((words.words, words.target_group, words.activity, words.effect)):
        form.words.errors = [refusal(Reason.EMPTY)]
        return None
    if not form.section.data:
        return Said(kind, words)
    text = spoken_of(current.reader(), current.actor(), handbook_id, phase_id, form.section.data)
    if not form.quote.data:
        if suggestion:
            form.quote.errors = [_("Copy the words that are to be replaced.")]
            return None
        return Said(kind, words, form.section.data, text.revision_id)
    places = find_words(text.text, form.quote.data)
    if len(places) != 1:
        form.quote.errors = [
            _("These words stand in several places. Copy more of the text.")
            if places
            else refusal(Reason.NO_SUCH_WORDS)
        ]
        return None
    place = Range(places[0].start, places[0].end)
    return Said(kind, words, form.section.data, text.revision_id, place)


def _page(handbook_id: str, form: RecordForm) -> str:
    reader, actor = current.reader(), current.actor()
    looked_for = request.args.get("find", "")
    return render_template(
        "contributions/record.html",
        form=form,
        person=speaker(reader, actor, handbook_id, form.person.data) if form.person.data else None,
        looked_for=looked_for,
        found=find_speakers(reader, actor, handbook_id, looked_for) if looked_for else [],
        limit=current.installation().settings.upload_limit_mb,
        **frame(
            handbook_head(reader, actor, handbook_id),
            "ledger",
            *crumbs(handbook_id, (_("Record"), None)),
        ),
    )
