"""Where what was said stands in the text that is shown; computed, never stored (rule 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerState
from reviewtool.domain.contributions import ContributionKind, ContributionState
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, ContributionSection, Placement
from reviewtool.models.sections import Revision
from reviewtool.queries.visible import visible_to
from reviewtool.text.anchors import Passage, Status, place_many
from reviewtool.text.anchors import Placement as Placed


class Spot(NamedTuple):
    """Where one contribution stands beside a text, and nothing of what it says: there may be
    thousands.

    place: None where it isn't about a passage.
    """

    id: str
    own: bool
    place: Placed | None
    kind: ContributionKind = ContributionKind.COMMENT
    answered: bool = False
    """Whether the editors' answer has been published."""

    @property
    def is_apart(self) -> bool:
        """Tell whether its passage is no longer in the text that is shown."""
        return self.place is not None and self.place.status is Status.REMOVED


def spots(
    session: Session, actor: Actor, section_id: str, revision_id: str, text: str
) -> list[Spot]:
    """Place all of the round's contributions on a section that the actor sees, in the order in
    which they came; at most 3 queries.

    Examples that are meant for it as well are among them. Of answers to the round's questions,
    one's own and others' examples only; what was withdrawn isn't there.
    """
    which = _which(actor, section_id)
    rows = _rows(session, actor, section_id, which)
    by_hand = _placed_by_hand(session, which)
    # An example for further texts stands on its passage in its own text only.
    passages = {
        row.id: by_hand.get(row.id)
        or (row.revision_id or "", Passage(row.start, row.end, row.quote))
        for row in rows
        if row.here and row.start is not None and row.end is not None
    }
    places = place_in(session, passages, revision_id, text)
    return [
        Spot(row.id, bool(row.own), places.get(row.id), row.kind, bool(row.answered))
        for row in rows
    ]


def _which(actor: Actor, section_id: str) -> Sequence[ColumnElement[bool]]:
    also = select(ContributionSection.contribution_id).where(
        ContributionSection.section_id == section_id
    )
    return (
        Contribution.phase_id == actor.phase_id,
        or_(Contribution.section_id == section_id, Contribution.id.in_(also)),
        Contribution.state != ContributionState.WITHDRAWN,
        or_(
            Contribution.author_id == actor.person_id,
            Contribution.question_id.is_(None),
            Contribution.kind == ContributionKind.EXAMPLE,
        ),
        visible_to(actor),
    )


def _rows(
    session: Session, actor: Actor, section_id: str, which: Sequence[ColumnElement[bool]]
) -> Sequence[Any]:
    answered = exists().where(
        Answer.contribution_id == Contribution.id, Answer.state == AnswerState.PUBLISHED
    )
    return session.execute(
        select(
            Contribution.id,
            (Contribution.author_id == actor.person_id).label("own"),
            (Contribution.section_id == section_id).label("here"),
            Contribution.kind,
            answered.label("answered"),
            Contribution.revision_id,
            Contribution.start,
            Contribution.end,
            Contribution.quote,
        )
        .where(*which)
        .order_by(Contribution.created_at, Contribution.id)
    ).all()


def place_in(
    session: Session, said: Mapping[str, tuple[str, Passage]], revision_id: str, text: str
) -> dict[str, Placed]:
    """Place passages, each with its own revision, in the text of a revision; at most 1 query."""
    places = {
        key: Placed(Status.EXACT, passage.start, passage.end, 1.0)
        for key, (origin, passage) in said.items()
        if origin == revision_id
    }
    elsewhere = {key: one for key, one in said.items() if key not in places}
    return places | (_place(session, elsewhere, text) if elsewhere else {})


def _place(
    session: Session, said: Mapping[str, tuple[str, Passage]], text: str
) -> dict[str, Placed]:
    """Place passages of other revisions, each straight from its own; 1 query."""
    origins: dict[str, list[tuple[str, Passage]]] = {}
    for key, (origin, passage) in said.items():
        origins.setdefault(origin, []).append((key, passage))
    rows = session.execute(select(Revision.id, Revision.text).where(Revision.id.in_(list(origins))))
    texts = {row.id: row.text for row in rows}
    placed: dict[str, Placed] = {}
    for origin, own in origins.items():
        places = _places(texts[origin], text, tuple(passage for _, passage in own))
        placed.update(zip((key for key, _ in own), places, strict=True))
    return placed


@lru_cache(maxsize=256)
def _places(old: str, new: str, passages: tuple[Passage, ...]) -> tuple[Placed, ...]:
    """Place passages; kept in the process, since the same page is read again and again."""
    return tuple(place_many(old, new, passages))


def _placed_by_hand(
    session: Session, which: Sequence[ColumnElement[bool]]
) -> dict[str, tuple[str, Passage]]:
    """Read where people last placed passages; 1 query."""
    rows = session.execute(
        select(
            Placement.contribution_id,
            Placement.revision_id,
            Placement.start,
            Placement.end,
            Revision.text,
        )
        .join(Contribution, Contribution.id == Placement.contribution_id)
        .join(Revision, Revision.id == Placement.revision_id)
        .where(*which)
        .order_by(Placement.created_at, Placement.id)
    )
    return {
        row.contribution_id: (
            row.revision_id,
            Passage(row.start, row.end, row.text[row.start : row.end]),
        )
        for row in rows
    }
