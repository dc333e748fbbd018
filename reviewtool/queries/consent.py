"""How somebody wants to be shown: what they chose before, on the same occasion only."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, exists, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from reviewtool.domain.contributions import NameShown
from reviewtool.models.contributions import Contribution
from reviewtool.models.statements import StatementPoint

_before = aliased(Contribution)


def name_shown_before(
    phase_id: InstrumentedAttribute[str] | str, person_id: InstrumentedAttribute[str] | str
) -> ScalarSelect[NameShown]:
    """Give how a person chose to be shown when they last said something in a phase, if they did.

    Nothing follows from another phase: a consent is for what it was given for. Nor from what others
    wrote down for them, or from their organisation's statement.
    """
    return (
        select(_before.name_shown)
        .where(
            _before.phase_id == phase_id,
            _before.author_id == person_id,
            _before.recorded_by_id.is_(None),
            ~exists().where(StatementPoint.contribution_id == _before.id),
        )
        .order_by(_before.updated_at.desc(), _before.id)
        .limit(1)
        .scalar_subquery()
    )
