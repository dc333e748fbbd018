"""What somebody has put into a handbook besides contributions, shown back to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import TurnVisibility
from reviewtool.models.contributions import Choice, Contribution, Support, Turn
from reviewtool.models.handbooks import Localized
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.phases import Phase, Question
from reviewtool.queries.contributions import ContributionLine, lines_of


@dataclass(frozen=True)
class OwnChoice:
    """An option that one chose, or a step of a scale."""

    phase_id: str
    section_id: str | None
    question: Localized
    option: Localized


@dataclass(frozen=True)
class OwnReply:
    """What one replied to another's contribution."""

    phase_id: str
    section_id: str | None
    to: ContributionLine | None
    """None where one doesn't see the contribution now."""
    words: str
    created_at: datetime


@dataclass(frozen=True)
class OwnAgreement:
    """A contribution of another that one agrees with."""

    phase_id: str
    section_id: str | None
    to: ContributionLine | None
    """None where one doesn't see the contribution now."""
    organisation: str
    """For which one agrees; empty: for oneself."""


@dataclass(frozen=True)
class OwnPart:
    """All of it, the newest round first, each in the order in which it was given."""

    choices: tuple[OwnChoice, ...] = ()
    replies: tuple[OwnReply, ...] = ()
    agreements: tuple[OwnAgreement, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing."""
        return not (self.choices or self.replies or self.agreements)

    def in_phase(self, phase_id: str | None) -> OwnPart:
        """Give what of it belongs to one round."""
        return OwnPart(
            tuple(one for one in self.choices if one.phase_id == phase_id),
            tuple(one for one in self.replies if one.phase_id == phase_id),
            tuple(one for one in self.agreements if one.phase_id == phase_id),
        )


def own_part(session: Session, actor: Actor) -> OwnPart:
    """Read what the person of a link has put into its handbook besides contributions.

    3 queries, and those of the contributions that they replied to or agree with.
    """
    turns = session.execute(
        _newest_round_first(
            select(Turn.words, Turn.created_at, Contribution)
            .join(Contribution, Contribution.id == Turn.contribution_id)
            .join(Phase, Phase.id == Contribution.phase_id)
            .where(
                Contribution.handbook_id == actor.handbook_id,
                Contribution.author_id != actor.person_id,
                Turn.author_id == actor.person_id,
                Turn.visibility == TurnVisibility.PARTICIPANTS,
            )
        ).order_by(Turn.created_at, Turn.id)
    ).all()
    supports = session.execute(
        _newest_round_first(
            select(Support.for_organisation, Organisation.name, Contribution)
            .join(Contribution, Contribution.id == Support.contribution_id)
            .join(Phase, Phase.id == Contribution.phase_id)
            .outerjoin(Organisation, Organisation.id == Support.organisation_id)
            .where(
                Contribution.handbook_id == actor.handbook_id,
                Support.person_id == actor.person_id,
            )
        ).order_by(Support.created_at, Support.id)
    ).all()
    ids = {row.Contribution.id for row in (*turns, *supports)}
    seen = lines_of(session, actor, sorted(ids)) if ids else {}

    def about(said: Contribution) -> tuple[str, str | None, ContributionLine | None]:
        return said.phase_id, said.section_id, seen.get(said.id)

    return OwnPart(
        choices=_choices(session, actor),
        replies=tuple(
            OwnReply(*about(row.Contribution), row.words, row.created_at) for row in turns
        ),
        agreements=tuple(
            OwnAgreement(*about(row.Contribution), (row.name or "") if row.for_organisation else "")
            for row in supports
        ),
    )


def _newest_round_first(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(Phase.created_at.desc(), Phase.position.desc())


def _choices(session: Session, actor: Actor) -> tuple[OwnChoice, ...]:
    rows = session.execute(
        _newest_round_first(
            select(Choice, Question)
            .join(Question, Question.id == Choice.question_id)
            .join(Invitation, Invitation.id == Choice.invitation_id)
            .join(Phase, Phase.id == Invitation.phase_id)
            .where(Phase.handbook_id == actor.handbook_id, Invitation.person_id == actor.person_id)
        ).order_by(Question.position, Choice.updated_at, Choice.id)
    )
    return tuple(
        OwnChoice(
            row.Question.phase_id,
            row.Choice.section_id,
            row.Question.words,
            row.Question.options[row.Choice.option],
        )
        for row in rows
    )
