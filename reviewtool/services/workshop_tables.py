"""Use cases of the conveners in a workshop: groups, themes, sorting, who is there, a new code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationMove, InvitationState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.domain.workshops import LONGEST_NAME, MOST_GROUPS, MOST_THEMES, Attendance
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.models.workshops import (
    Workshop,
    WorkshopEntry,
    WorkshopGroup,
    WorkshopSignUp,
    WorkshopTheme,
)
from reviewtool.queries.facts import found
from reviewtool.services._invitations import change
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.services._workshops import fresh_code, load_for, sign_up_of

Place = type[WorkshopGroup] | type[WorkshopTheme]

MOST: dict[Place, int] = {WorkshopGroup: MOST_GROUPS, WorkshopTheme: MOST_THEMES}


def add_group(
    installation: Installation, actor: Actor, phase_id: str, name: str, request_id: str
) -> str:
    """Add a group; gives its id. Raises Refused: empty, too long, not possible now (too many)."""
    return _add(installation, actor, phase_id, WorkshopGroup, name, request_id)


def add_theme(
    installation: Installation, actor: Actor, phase_id: str, title: str, request_id: str
) -> str:
    """Add a theme; gives its id. Raises Refused: empty, too long, not possible now (too many)."""
    return _add(installation, actor, phase_id, WorkshopTheme, title, request_id)


def _add(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    kind: Place,
    name: str,
    request_id: str,
) -> str:
    words = [kind.__tablename__, phase_id, name]
    now = installation.clock.now()
    _check_name(name)
    with installation.database.write() as session:
        phase = load_for(session, actor, Action.RUN_PROCESS, phase_id, now)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        number, last = session.execute(
            select(func.count(), func.max(kind.position)).where(kind.phase_id == phase_id)
        ).one()
        if number >= MOST[kind]:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        row = kind(phase_id=phase_id, position=(last or 0) + 1)
        _name(row, name)
        session.add(row)
        session.flush()
        remember(session, actor, request_id, words, row.id, now)
        facts = {"phase": phase_id, "what": kind.__tablename__}
        trace(session, actor, now, phase.handbook_id, Act.WORKSHOP_ARRANGED, row.id, facts)
        return row.id


def rename(
    installation: Installation, actor: Actor, place_id: str, name: str, request_id: str
) -> None:
    """Give a group or a theme another name. Raises Refused: empty, too long, not found."""
    _check_name(name)

    def act(_session: Session, row: WorkshopGroup | WorkshopTheme) -> None:
        _name(row, name)

    _on_place(installation, actor, place_id, ["rename", place_id, name], request_id, act)


def remove(installation: Installation, actor: Actor, place_id: str, request_id: str) -> None:
    """Remove a theme, whose entries are unsorted then, or a group that nobody is in.

    Raises Refused: not possible now (somebody is in the group, or it has said something).
    """

    def act(session: Session, row: WorkshopGroup | WorkshopTheme) -> None:
        if isinstance(row, WorkshopGroup):
            _check_empty(session, row)
        else:
            session.execute(
                update(WorkshopEntry)
                .where(WorkshopEntry.theme_id == row.id)
                .values(theme_id=None)
                .execution_options(synchronize_session=False)
            )
        session.delete(row)

    _on_place(installation, actor, place_id, ["remove", place_id], request_id, act)


def _check_empty(session: Session, group: WorkshopGroup) -> None:
    sits = select(WorkshopSignUp.invitation_id).where(WorkshopSignUp.group_id == group.id)
    said = select(WorkshopEntry.contribution_id).where(WorkshopEntry.group_id == group.id)
    if session.scalar(sits.limit(1)) or session.scalar(said.limit(1)):
        raise Refused(Reason.NOT_POSSIBLE_NOW)


def _on_place(
    installation: Installation,
    actor: Actor,
    place_id: str,
    words: list[str],
    request_id: str,
    act: Callable[[Session, WorkshopGroup | WorkshopTheme], None],
) -> None:
    now = installation.clock.now()
    with installation.database.write() as session:
        if _repeated(session, actor, request_id, words):
            return
        group: WorkshopGroup | None = session.get(WorkshopGroup, place_id)
        row = group or found(session.get(WorkshopTheme, place_id))
        phase = load_for(session, actor, Action.RUN_PROCESS, row.phase_id, now)
        act(session, row)
        remember(session, actor, request_id, words, place_id, now)
        facts = {"phase": phase.id, "act": words[0]}
        trace(session, actor, now, phase.handbook_id, Act.WORKSHOP_ARRANGED, place_id, facts)


def _repeated(session: Session, actor: Actor, request_id: str, words: Sequence[str]) -> bool:
    """Tell whether this very form has been done; other words under its id are an edit."""
    before = earlier(session, actor, request_id, words)
    return before is not None and before.same_words


def _check_name(name: str) -> None:
    if not name.strip():
        raise Refused(Reason.EMPTY)
    if len(name.strip()) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)


def _name(row: WorkshopGroup | WorkshopTheme, name: str) -> None:
    if isinstance(row, WorkshopGroup):
        row.name = name.strip()
    else:
        row.title = name.strip()


def sort_entry(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    theme_id: str | None,
    request_id: str,
) -> None:
    """Put what was said under a theme, or (None) under none. Raises Refused: not found."""
    now = installation.clock.now()
    words = ["sort", contribution_id, theme_id or ""]
    with installation.database.write() as session:
        contribution = found(session.get(Contribution, contribution_id))
        phase = load_for(session, actor, Action.RUN_PROCESS, contribution.phase_id, now)
        if _repeated(session, actor, request_id, words):
            return
        entry = found(session.get(WorkshopEntry, contribution_id, with_for_update=True))
        if theme_id is not None:
            theme = found(session.get(WorkshopTheme, theme_id))
            if theme.phase_id != phase.id:
                raise Refused(Reason.NOT_FOUND)
        if entry.theme_id == theme_id:
            return
        entry.theme_id = theme_id
        remember(session, actor, request_id, words, contribution_id, now)
        facts = {"phase": phase.id, "theme": theme_id}
        trace(session, actor, now, phase.handbook_id, Act.WORKSHOP_SORTED, contribution_id, facts)


def note_presence(
    installation: Installation, actor: Actor, invitation_id: str, present: bool, request_id: str
) -> None:
    """Note that somebody is in the workshop (or isn't): the minutes go to those who were there.

    For those who use no device; whoever comes into the room by their own is noted by that.
    """
    now = installation.clock.now()
    words = ["present", invitation_id, str(present)]
    with installation.database.write() as session:
        invitation = found(session.get(Invitation, invitation_id, with_for_update=True))
        phase = load_for(session, actor, Action.RUN_PROCESS, invitation.phase_id, now)
        if _repeated(session, actor, request_id, words):
            return
        _set_present(session, invitation, present, now)
        remember(session, actor, request_id, words, invitation_id, now)
        facts: dict[str, str | int | bool | None] = {"phase": phase.id, "present": present}
        trace(session, actor, now, phase.handbook_id, Act.PERSON_ATTENDS, invitation_id, facts)


def _set_present(session: Session, invitation: Invitation, present: bool, now: datetime) -> None:
    own = sign_up_of(session, invitation, now)
    own.present_at = (own.present_at or now) if present else None
    if present and own.attendance is Attendance.CANNOT:
        own.attendance = Attendance.COMES
    if present and invitation.state is InvitationState.DECLINED:
        change(invitation, InvitationMove.COME_IN, now)


def new_code(installation: Installation, actor: Actor, phase_id: str, request_id: str) -> None:
    """Give the room another code; the earlier one lets nobody in any more."""
    now = installation.clock.now()
    words = ["code", phase_id]
    with installation.database.write() as session:
        phase: Phase = load_for(session, actor, Action.RUN_PROCESS, phase_id, now)
        if _repeated(session, actor, request_id, words):
            return
        workshop = found(session.get(Workshop, phase_id, with_for_update=True))
        workshop.room_code, workshop.wrong_codes, workshop.guessed_at = fresh_code(session), 0, None
        remember(session, actor, request_id, words, phase_id, now)
        facts = {"what": "code"}
        trace(session, actor, now, phase.handbook_id, Act.WORKSHOP_ARRANGED, phase_id, facts)
