"""Who has answered in a phase and who hasn't, and a reminder to exactly those shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, StringField

from reviewtool.domain.invitations import AWAITED, HowFar, InvitationState
from reviewtool.domain.people import OrganisationKind
from reviewtool.domain.phases import ASKING, PhaseKind, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, localized, ngettext
from reviewtool.mail.previews import reminder_subject
from reviewtool.queries.handbooks import HandbookLine, PhaseLine
from reviewtool.queries.unanswered import (
    UnansweredFilter,
    UnansweredLine,
    all_unanswered,
    unanswered_page,
)
from reviewtool.services import people, reminders
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.forms import Form, stripped
from reviewtool.web.people.forms import LANGUAGE_NAMES
from reviewtool.web.people.views import blueprint, phase_in, read_handbook
from reviewtool.wording.names import wording

GROUPS = {
    HowFar.SILENT: lazy("Nothing sent yet"),
    HowFar.BEGAN: lazy("Begun, not ready"),
    HowFar.READY: lazy("Ready"),
}
"""The groups of the page; who declined stands on the list of people, with the reason."""

KINDS = {kind.value: kind for kind in OrganisationKind}


class UnansweredForm(Form):
    """What the list is narrowed to: one group, and filters."""

    group = HiddenField()
    words = StringField(lazy("Name, organisation or address"), filters=[stripped])
    kind = SelectField(lazy("Kind of organisation"), validate_choice=False)
    municipality = SelectField(lazy("Municipality"), validate_choice=False)

    @property
    def wanted(self) -> UnansweredFilter:
        """Give the filter."""
        return UnansweredFilter(
            group=HowFar(self.group.data) if self.group.data in GROUPS else HowFar.SILENT,
            words=self.words.data or "",
            kind=self.kind.data or "",
            municipality=self.municipality.data or "",
        )

    @property
    def arguments(self) -> dict[str, str]:
        """Give the filter as it stands in addresses."""
        given = {one.name: one.data for one in (self.words, self.kind, self.municipality)}
        return {name: value for name, value in given.items() if value}


class RemindForm(Form):
    """Those whom the preview showed."""

    invitations = HiddenField()


def kind_name(kind: str | None) -> str:
    """Name a kind of organisation; a word of one's own stands as it is."""
    return wording(KINDS[kind]) if kind in KINDS else kind or ""


def _asking(handbook_id: str, phase_id: str) -> tuple[HandbookLine, PhaseLine]:
    handbook = read_handbook(handbook_id)
    phase = phase_in(handbook, phase_id)
    if phase.kind not in ASKING or phase.state is PhaseState.PLANNED:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return handbook, phase


@blueprint.get("/unanswered/<phase_id>")
@access(Action.RUN_PROCESS, of_handbook)
def unanswered(handbook_id: str, phase_id: str) -> str:
    """Show one group of those asked, narrowed by kind, municipality or words."""
    handbook, phase = _asking(handbook_id, phase_id)
    form = UnansweredForm(formdata=request.args)
    page = unanswered_page(
        current.reader(),
        current.actor(),
        handbook_id,
        phase_id,
        form.wanted,
        current.now(),
        request.args.get("page", 1, type=int),
    )
    everything = ("", _("All"))
    form.kind.choices = [everything, *((kind, kind_name(kind)) for kind in page.kinds)]
    form.municipality.choices = [
        everything,
        *((key, localized(name)) for key, name in page.municipalities),
    ]
    return render_template(
        "people/unanswered.html",
        handbook=handbook,
        phase=phase,
        form=form,
        page=page,
        groups=[(key, words, page.groups.get(key, 0)) for key, words in GROUPS.items()],
        group=form.wanted.group,
        awaited=form.wanted.group in AWAITED,
        kind_name=kind_name,
        asking=[one for one in handbook.phases if one.kind in ASKING and _has_begun(one)],
        approval=phase.kind is PhaseKind.APPROVAL,
        takes_answers=_takes_answers(phase),
    )


def _takes_answers(phase: PhaseLine) -> bool:
    """Tell whether one could still answer: late comments are taken, late decisions aren't."""
    return phase.kind is not PhaseKind.APPROVAL or phase.is_open


def _has_begun(phase: PhaseLine) -> bool:
    return phase.state is not PhaseState.PLANNED


@blueprint.get("/unanswered/<phase_id>/remind")
@access(Action.RUN_PROCESS, of_handbook)
def preview_reminder(handbook_id: str, phase_id: str) -> str:
    """Show exactly whom a reminder goes to, in what language, with what subject, and why."""
    handbook, phase = _asking(handbook_id, phase_id)
    if not _takes_answers(phase):
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    narrowed = UnansweredForm(formdata=request.args)
    lines = all_unanswered(
        current.reader(), current.actor(), handbook_id, phase_id, narrowed.wanted, current.now()
    )
    now = current.now()
    going = [line for line in lines if line.can_be_reminded(now)]
    form = RemindForm(
        formdata=None, data={"invitations": " ".join(line.invitation_id for line in going)}
    )
    return render_template(
        "people/remind.html",
        handbook=handbook,
        phase=phase,
        form=form,
        arguments={"group": narrowed.wanted.group, **narrowed.arguments},
        going=going,
        left_out=[(line, why_not(line)) for line in lines if not line.can_be_reminded(now)],
        subjects=_subjects(phase_id, going),
        language_names=LANGUAGE_NAMES,
        why=lambda line: why(line, approval=phase.kind is PhaseKind.APPROVAL),
    )


def _subjects(phase_id: str, going: Sequence[UnansweredLine]) -> list[dict[str, Any]]:
    """Write each subject once: it differs by language, and by a last day of one's own."""
    groups: dict[tuple[str, str], list[UnansweredLine]] = {}
    for line in going:
        groups.setdefault((line.language, str(line.closes_on)), []).append(line)
    return [
        {
            "language": language,
            "count": len(lines),
            "subject": reminder_subject(
                current.reader(),
                current.installation().settings,
                current.now(),
                phase_id=phase_id,
                person_id=lines[0].person_id,
                language=language,
                said=lines[0].begun,
            ),
        }
        for (language, _day), lines in sorted(groups.items())
    ]


def why(line: UnansweredLine, *, approval: bool) -> str:
    """Say why somebody is reminded."""
    if not line.begun:
        came = line.state is InvitationState.CAME_IN
        return (
            _("Has been on the page, but sent nothing yet") if came else _("Invited, hasn't begun")
        )
    if approval:
        return ngettext(
            "Decided on %(num)d text, not on all",
            "Decided on %(num)d texts, not on all",
            line.begun,
        )
    return ngettext(
        "Sent %(num)d comment or answer, hasn't said “ready”",
        "Sent %(num)d comments or answers, hasn't said “ready”",
        line.begun,
    )


def why_not(line: UnansweredLine) -> str:
    """Say why somebody of the group gets no reminder now."""
    if line.address_state is None:
        return _("There is no e-mail address.")
    if not line.reachable:
        return _("The address doesn't work.")
    if line.deputy:
        return _("A deputy answers at present, and is on the list under their own name.")
    return _("Reminded less than a day ago.")


@blueprint.post("/unanswered/<phase_id>/remind")
@access(Action.RUN_PROCESS, of_handbook)
def remind(handbook_id: str, phase_id: str) -> Response:
    """Remind exactly those whom the preview showed."""
    _asking(handbook_id, phase_id)
    form = RemindForm()
    mailed = reminders.remind(
        current.installation(),
        current.actor(),
        phase_id,
        (form.invitations.data or "").split(),
        form.request_id.data or "",
    )
    flash(
        ngettext("%(num)d reminder is on its way.", "%(num)d reminders are on their way.", mailed)
        if mailed
        else _("Nobody was reminded: they have answered meanwhile, or been reminded already."),
        "good" if mailed else "message",
    )
    return redirect(url_for("people.unanswered", handbook_id=handbook_id, phase_id=phase_id))


@blueprint.post("/<person_id>/invitations/<invitation_id>/note")
@access(Action.RUN_PROCESS, of_handbook)
def note(handbook_id: str, person_id: str, invitation_id: str) -> Response:
    """Note why somebody isn't reached, or take the note away."""
    words = request.form.get("note", "")
    people.note_unreached(
        current.installation(),
        current.actor(),
        handbook_id,
        invitation_id,
        words,
        request.form.get("request_id", ""),
    )
    flash(_("The note is saved.") if words.strip() else _("The note is gone."), "good")
    return redirect(
        url_for(
            "people.person", handbook_id=handbook_id, person_id=person_id, _anchor=invitation_id
        )
    )
