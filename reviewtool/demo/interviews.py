"""Beside the coordinators' round: interviews with their notes, and a letter that came on paper."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from reviewtool.demo.acting import Cue
from reviewtool.demo.finding import place_of
from reviewtool.demo.script import Entry
from reviewtool.demo.stage import Stage
from reviewtool.domain.contributions import Channel, ContributionKind, NameShown
from reviewtool.domain.files import Upload
from reviewtool.domain.interviews import NoteWish
from reviewtool.models.interviews import Interview
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person
from reviewtool.office.pdf import Part, write_pdf
from reviewtool.services import interview_notes, interviews, recording
from reviewtool.services.answers import mark_used
from reviewtool.services.contributions import Words
from reviewtool.services.interviews import Held, Said, Speaker

PHASE = "interviews"
ROUND = "coordinators-round"


def interview_cues(stage: Stage) -> list[Cue]:
    """Give the moments at which somebody is interviewed, and at which the letter is recorded."""
    script = stage.script.interviews
    cues = [
        Cue(stage.moment(entry["day"], entry["hour"]), partial(_interview, stage, entry))
        for entry in script["interview"]
    ]
    letter = script["letter"]
    cues.append(Cue(stage.moment(letter["day"], letter["hour"]), partial(_letter, stage, letter)))
    return cues


def _interview(stage: Stage, entry: Entry) -> None:
    """Note an interview; the person answers an hour later."""
    site, editor = stage.installation, stage.editor()
    held = Held(
        stage.day(entry["day"]), entry["role"], NameShown(entry["consent"]), entry["quotable"]
    )
    interview_id = interviews.hold(
        site, editor, stage.phases[PHASE], _speaker(stage, entry), held, stage.request()
    )
    said = [_said(stage, note) for note in entry["note"]]
    ids = interviews.add_notes(site, editor, interview_id, said, stage.request())
    for note_id, note in zip(ids, entry["note"], strict=True):
        if "used" in note:
            why = note.get("reason", "")
            mark_used(site, editor, [note_id], note["used"], stage.request(), why)
    if not entry.get("sent"):
        return
    interviews.send(site, editor, interview_id, stage.request())
    _learn(stage, entry["person"], interview_id)
    stage.clock.at += timedelta(hours=1)
    person = stage.guest(PHASE, entry["person"])
    for note_id, note in zip(ids, entry["note"], strict=True):
        if "disputed" in note:
            interview_notes.dispute(
                site, person, note_id, NoteWish.CORRECT, note["disputed"], stage.request()
            )
    if entry.get("confirmed"):
        interview_notes.confirm(site, person, interview_id, stage.request())


def _speaker(stage: Stage, entry: Entry) -> Speaker:
    if not entry["person"]:
        return Speaker(entry["name"], language=entry["language"])
    with stage.installation.database.read() as session:
        invitation = session.get_one(Invitation, stage.invitations[ROUND, entry["person"]])
        person = session.get_one(Person, invitation.person_id)
    return Speaker(person.name, person_id=person.id)


def _learn(stage: Stage, person: str, interview_id: str) -> None:
    """Note a person's part in the interviews under the script's key."""
    with stage.installation.database.read() as session:
        held = session.get_one(Interview, interview_id)
    stage.invitations[PHASE, person] = held.invitation_id


def _said(stage: Stage, note: Entry) -> Said:
    kind, words = ContributionKind.INTERVIEW_NOTE, Words(note["text"])
    if not note["section"]:
        return Said(kind, words)
    section_id = stage.sections[note["section"]]
    revision_id, text, _version = stage.working(section_id)
    return Said(kind, words, section_id, revision_id, place_of(text, note.get("quote", "")))


def _letter(stage: Stage, entry: Entry) -> None:
    """Record what came on paper, with the letter attached."""
    letter = write_pdf(
        entry["title"], "", [Part(entry["organisation"], tuple(entry["lines"]))],
        language="fi", foot="", made_at=stage.clock.now(),
    )  # fmt: skip
    said = [
        Said(ContributionKind.COMMENT, Words(one["text"]), stage.sections[one["section"]])
        for one in entry["said"]
    ]
    recording.record(
        stage.installation,
        stage.editor(),
        stage.phases[ROUND],
        Speaker(entry["name"], organisation=entry["organisation"]),
        Channel.PAPER,
        stage.day(entry["day"]),
        said,
        stage.request(),
        [Upload(entry["file"], letter)],
    )
