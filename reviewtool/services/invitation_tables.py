"""Use cases of inviting from a spreadsheet: keeping the file, then inviting the people in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.files import safe_name
from reviewtool.domain.phases import INVITING, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.files import Blob, File
from reviewtool.models.handbooks import Handbook
from reviewtool.office.people import read_people
from reviewtool.queries.facts import found, handbook_facts, phase_facts
from reviewtool.queries.invitations import check_table, kept_table, municipality_names
from reviewtool.services._invitations import ask_in
from reviewtool.services._invitees import add_invitees, correct_invited, invitations_waiting
from reviewtool.services._phases import ask_prepared, load_phase
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def keep_table(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    name: str,
    content: bytes,
    request_id: str,
) -> str:
    """Keep an uploaded table until its people are invited; gives the file's id. Sends nothing.

    Raises UnreadableFile where it can't be understood, and Refused.
    """
    read_people(content, name)
    now = installation.clock.now()
    digest = hashlib.sha256(content).hexdigest()
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, [name, digest])
        if before is not None and before.same_words:
            return before.object_id
        if session.get(Blob, digest) is None:
            session.add(Blob(sha256=digest, content=content))
            session.flush()
        file = File(
            handbook_id=handbook_id,
            sha256=digest,
            name=safe_name(name),
            media_type=MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream"),
            size=len(content),
            added_by_id=actor.person_id,
            created_at=now,
        )
        session.add(file)
        session.flush()
        remember(session, actor, request_id, [name, digest], file.id, now)
        return file.id


@dataclass(frozen=True)
class InvitedMany:
    """How many people were added to the phase, how many of them are mailed now, and of how many
    of the others something was put right.
    """

    added: int
    mailed: int
    corrected: int = 0


def invite_table(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    file_id: str,
    request_id: str,
    *,
    use_suggestions: bool = True,
) -> InvitedMany:
    """Invite the people of a kept table: what its preview said, checked again.

    Mailed at once where the phase is open, otherwise when it opens. The file is not needed
    afterwards and goes. Pressing again adds nobody. Raises Refused.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        facts = phase_facts(session, phase_id, now)
        assert facts.handbook_id is not None
        before = _asked_before(session, actor, request_id, file_id)
        if before is not None:
            return before
        name, content = kept_table(session, actor, facts.handbook_id, file_id)
        table = read_people(content, name, municipality_names(session))
    with installation.database.write() as session:
        phase = load_phase(session, phase_id)
        require(actor, Action.RUN_PROCESS, phase_facts(session, phase_id, now))
        before = _asked_before(session, actor, request_id, file_id)
        if before is not None:
            return before
        if phase.kind not in INVITING or phase.state is PhaseState.CLOSED:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        rows = check_table(session, actor, phase_id, table)
        language = found(
            session.scalar(select(Handbook.language).where(Handbook.id == phase.handbook_id))
        )
        added = add_invitees(session, phase, rows, language, now, use_suggestions=use_suggestions)
        corrected = correct_invited(session, phase, rows, now, use_suggestions=use_suggestions)
        again = invitations_waiting(session, phase, rows)
        for invitation in again:
            ask_in(session, phase, invitation, now)
        session.flush()
        mailed = ask_prepared(session, phase, now) if phase.state is PhaseState.OPEN else 0
        _forget(session, file_id)
        told = InvitedMany(added + len(again), mailed + len(again), corrected)
        answer = f"{told.added}/{told.mailed}/{told.corrected}"
        remember(session, actor, request_id, [file_id], answer, now)
        counts: dict[str, str | int | bool | None] = {"added": added, "mailed": mailed}
        if corrected:
            counts["corrected"] = corrected
        trace(session, actor, now, phase.handbook_id, Act.PERSON_INVITED, phase_id, counts)
        return told


def _asked_before(
    session: Session, actor: Actor, request_id: str, file_id: str
) -> InvitedMany | None:
    """Give the earlier answer of this form: its counts stand where others keep an object's id."""
    before = earlier(session, actor, request_id, [file_id])
    if before is None or not before.same_words:
        return None
    return InvitedMany(*map(int, before.object_id.split("/")))


def _forget(session: Session, file_id: str) -> None:
    """Remove the file: addresses aren't kept in two places."""
    file = session.get(File, file_id)
    if file is None:
        return
    session.delete(file)
    session.flush()
    session.execute(
        delete(Blob).where(
            Blob.sha256 == file.sha256,
            ~select(File.id).where(File.sha256 == Blob.sha256).exists(),
        )
    )
