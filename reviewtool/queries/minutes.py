"""The minutes of a workshop: what they are made from, as they stand, as they were sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.people import AddressState
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.workshops import (
    WorkshopCorrection,
    WorkshopMinutes,
    WorkshopMinutesSent,
    WorkshopSignUp,
)
from reviewtool.queries.entries import Entry, entries
from reviewtool.queries.facts import found
from reviewtool.queries.structure_acts import made_from
from reviewtool.queries.workshop_room import SAID, Room, RoomEntry, room
from reviewtool.queries.workshops import WorkshopHead
from reviewtool.wording.minutes import Material, Part, Said
from reviewtool.wording.workshops import when_held

OTHERWISE = frozenset({AnswerKind.TAKEN_IN_PART, AnswerKind.TAKEN_IN_OTHER_WORDS})
"""Decisions that don't say by themselves what was done."""


def material(session: Session, actor: Actor, head: WorkshopHead) -> Material:
    """Gather what minutes are made from, in the present language; 14 queries at the most."""
    said = room(session, actor, head.handbook_id, head.phase_id, head.handbook_language)
    ids = [one.line.id for one in said.entries]
    decided = Decided(_answers(session, ids), made_from(session, ids))
    present = _present(session, head.phase_id)
    held = head.held
    return Material(
        when=when_held(held.starts_at, held.ends_at) if held else "",
        place=held.place if held else "",
        conveners=head.conveners,
        present=len(present),
        organisations=sorted({one for one in present if one}),
        agenda=localized(held.agenda) if held else "",
        proposals=_proposals(said, decided),
        features=_features(said, decided),
    )


@dataclass(frozen=True)
class Decided:
    """What was decided, and what was done because of it, by contribution."""

    answers: dict[str, Answer]
    made: dict[str, tuple[str, ...]]


def _answers(session: Session, ids: Sequence[str]) -> dict[str, Answer]:
    """Read the decisions, also those that nobody has been told of yet; 1 query."""
    rows = session.scalars(select(Answer).where(Answer.contribution_id.in_(ids)))
    return {row.contribution_id: row for row in rows}


def _present(session: Session, phase_id: str) -> list[str]:
    """List the organisations of those who were there, one for each person; 1 query."""
    rows = session.execute(
        select(Organisation.name)
        .select_from(WorkshopSignUp)
        .join(Invitation, Invitation.id == WorkshopSignUp.invitation_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.phase_id == phase_id, WorkshopSignUp.present_at.is_not(None))
    )
    return [row.name or "" for row in rows]


def _proposals(said: Room, decided: Decided) -> list[Part]:
    themes = [(theme.id, theme.title) for theme in said.themes]
    unsorted = _("Other proposals") if themes else _("Proposals")
    return [
        Part(
            title,
            _all_said([one for one in said.of_theme(theme_id) if one.is_proposal], decided),
        )
        for theme_id, title in (*themes, (None, unsorted))
    ]


def _all_said(those: Sequence[RoomEntry], decided: Decided) -> tuple[Said, ...]:
    return tuple(_said(one, decided) for one in those)


def _said(one: RoomEntry, decided: Decided) -> Said:
    answer = decided.answers.get(one.line.id)
    otherwise = answer is not None and answer.kind in OTHERWISE
    return Said(
        number=one.line.number or 0,
        sentence=one.sentence or one.section or _("The whole handbook"),
        words=one.line.words,
        group=one.group,
        supports=one.line.supports,
        decision=answer.kind if answer else None,
        reason=answer.reason if answer else "",
        done=decided.made.get(one.line.id, ()) if otherwise else (),
    )


def _features(said: Room, decided: Decided) -> list[Part]:
    """Put what the texts must say in the order of the texts; the whole handbook comes last."""
    own = [one for one in reversed(said.entries) if not one.is_proposal]
    known = [(line.section_id, line.title) for line in said.tree]
    ids = {section_id for section_id, _title in known}
    parts = [
        Part(title, _all_said([one for one in own if one.line.section_id == section_id], decided))
        for section_id, title in known
    ]
    rest = _all_said([one for one in own if one.line.section_id not in ids], decided)
    return [*parts, Part(_("The whole handbook"), rest)]


@dataclass(frozen=True)
class Sent:
    """The minutes as they were sent."""

    id: str
    number: int
    text: str
    final: bool
    by: str
    at: datetime


@dataclass(frozen=True)
class MinutesPage:
    """The minutes as their editors see them.

    text: as they stand, None before they have been begun. mailable: how many of those who were
    there can be mailed. corrections: what came about the minutes that were sent, newest first.
    """

    text: str | None
    version: int
    sent: tuple[Sent, ...]
    present: int
    mailable: int
    corrections: tuple[Entry, ...]
    undecided: int
    """How many wishes have no decision yet."""
    decided_since: int
    """How many were decided, or decided anew, since the minutes were last saved."""

    @property
    def unanswered(self) -> int:
        """Count the corrections that have no answer yet."""
        return sum(one.is_open for one in self.corrections)

    @property
    def newest(self) -> Sent | None:
        """Give the newest ones that were sent."""
        return self.sent[0] if self.sent else None

    @property
    def unsent(self) -> bool:
        """Tell whether they have been changed since they were sent."""
        return self.text is not None and (self.newest is None or self.newest.text != self.text)


def sent_minutes(session: Session, phase_id: str) -> tuple[Sent, ...]:
    """List the minutes that were sent, the newest first; 1 query."""
    rows = session.execute(
        select(WorkshopMinutesSent, Person.name)
        .outerjoin(Person, Person.id == WorkshopMinutesSent.sent_by_id)
        .where(WorkshopMinutesSent.phase_id == phase_id)
        .order_by(WorkshopMinutesSent.number.desc())
    )
    return tuple(
        Sent(row.id, row.number, row.text, row.final, name or "", row.sent_at) for row, name in rows
    )


def sent_number(session: Session, phase_id: str, number: int) -> Sent:
    """Give the minutes of a number. Raises Refused (not found)."""
    numbered = (one for one in sent_minutes(session, phase_id) if one.number == number)
    return found(next(numbered, None))


def minutes_page(session: Session, actor: Actor, phase_id: str) -> MinutesPage:
    """Read the minutes for their editors; 6 queries."""
    working = session.get(WorkshopMinutes, phase_id)
    people = session.execute(
        select(Address.state, Invitation.state.label("part"))
        .select_from(WorkshopSignUp)
        .join(Invitation, Invitation.id == WorkshopSignUp.invitation_id)
        .outerjoin(Address, Address.id == Invitation.address_id)
        .where(Invitation.phase_id == phase_id, WorkshopSignUp.present_at.is_not(None))
    ).all()
    decided = session.scalars(
        select(Answer.answered_at)
        .select_from(Contribution)
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .where(
            Contribution.phase_id == phase_id,
            Contribution.kind.in_(SAID),
            Contribution.state == ContributionState.RECEIVED,
        )
    ).all()
    return MinutesPage(
        text=working.text if working else None,
        version=working.version if working else 0,
        sent=sent_minutes(session, phase_id),
        present=len(people),
        mailable=sum(
            row.state not in (None, AddressState.DEAD) and row.part != InvitationState.CANCELLED
            for row in people
        ),
        corrections=tuple(corrections_of(session, actor, phase_id)),
        undecided=sum(at is None for at in decided),
        decided_since=sum(working is not None and at > working.updated_at for at in decided if at),
    )


def corrections_of(session: Session, actor: Actor, phase_id: str) -> list[Entry]:
    """List the corrections of a workshop's minutes, the newest first; 2 queries."""
    ids = session.scalars(
        select(WorkshopCorrection.contribution_id)
        .join(Contribution, Contribution.id == WorkshopCorrection.contribution_id)
        .where(Contribution.phase_id == phase_id)
    ).all()
    return sorted(entries(session, actor, ids), key=lambda one: -one.number)
