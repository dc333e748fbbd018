"""Who is asked for what, who gets more time, and who isn't reached: between the scenes."""

from __future__ import annotations

from datetime import timedelta

from reviewtool.demo.script import Entry
from reviewtool.demo.stage import Stage
from reviewtool.domain.invitees import Invitee
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.services.assignments import Task, change_assignment
from reviewtool.services.boxes import answer_as, mark_box
from reviewtool.services.deputies import Naming, name_deputy
from reviewtool.services.extensions import give_extension
from reviewtool.services.invitations import Invited, invite
from reviewtool.services.people import note_unreached
from reviewtool.services.succession import name_successor


def ask_first(stage: Stage, phase: str) -> None:
    """Ask some organisations about some texts in particular, before a phase opens."""
    for entry in _of(stage, "first", phase):
        invitation_id = stage.invitations[phase, entry["person"]]
        change_assignment(
            stage.installation,
            stage.editor(),
            stage.phases[phase],
            _organisation(stage, invitation_id),
            Task(frozenset(stage.sections[one] for one in entry["sections"]), invitation_id),
            stage.request(),
        )


def give_time(stage: Stage, phase: str) -> None:
    """Give some organisations more time, and note why somebody isn't reached."""
    with stage.installation.database.read() as session:
        last_day = session.get_one(Phase, stage.phases[phase]).closes_on
    assert last_day is not None
    for entry in _of(stage, "extension", phase):
        give_extension(
            stage.installation,
            stage.editor(),
            stage.phases[phase],
            _organisation(stage, stage.invitations[phase, entry["person"]]),
            last_day + timedelta(days=entry["days"]),
            entry["reason"],
            stage.request(),
        )
    for entry in _of(stage, "unreached", phase):
        note_unreached(
            stage.installation,
            stage.editor(),
            stage.handbook_id,
            stage.invitations[phase, entry["person"]],
            entry["note"],
            stage.request(),
        )


def invite_more(stage: Stage, phase: str) -> None:
    """Invite somebody twice, and a shared box from which one person answers."""
    for entry in _of(stage, "double", phase):
        who = stage.script.people[entry["person"]]
        _invite(stage, phase, entry, who.kind, who.municipality)
    for entry in _of(stage, "box", phase):
        box = _invite(stage, phase, entry, entry["kind"], entry["municipality"])
        stage.invitations[phase, entry["name"]] = box.invitation_id
        mark_box(
            stage.installation,
            stage.editor(),
            stage.handbook_id,
            box.person_id,
            stage.request(),
            is_box=True,
        )
        guest = stage.guest(phase, entry["name"])
        answer_as(stage.installation, guest, entry["answers"], stage.request())


def replace_some(stage: Stage, phase: str) -> None:
    """Let somebody name their deputy by their own link, and an editor a successor."""
    for entry in _of(stage, "deputy", phase):
        guest = stage.guest(phase, entry["person"])
        naming = Naming(
            entry["name"], entry["email"], stage.day(entry["starts"]), stage.day(entry["ends"])
        )
        name_deputy(
            stage.installation,
            guest,
            stage.handbook_id,
            guest.person_id or "",
            naming,
            stage.request(),
        )
    for entry in _of(stage, "successor", phase):
        name_successor(
            stage.installation,
            stage.editor(),
            stage.handbook_id,
            stage.guest(phase, entry["person"]).person_id or "",
            entry["name"],
            entry["email"],
            stage.request(),
        )


def _invite(stage: Stage, phase: str, entry: Entry, kind: str, municipality: str) -> Invited:
    invitee = Invitee(
        name=entry["name"],
        address=entry["email"],
        organisation=entry["organisation"],
        kind=kind,
        municipality=municipality,
        language="fi",
    )
    return invite(stage.installation, stage.editor(), stage.phases[phase], invitee, stage.request())


def _of(stage: Stage, what: str, phase: str) -> list[Entry]:
    return [entry for entry in stage.script.asking[what] if entry["phase"] == phase]


def _organisation(stage: Stage, invitation_id: str) -> str:
    with stage.installation.database.read() as session:
        organisation_id = session.get_one(Invitation, invitation_id).organisation_id
    assert organisation_id is not None
    return organisation_id
