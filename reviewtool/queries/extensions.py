"""The organisations that have more time in a phase than the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.models.extensions import Extension
from reviewtool.models.organisations import Organisation
from reviewtool.queries.people import require_editor


@dataclass(frozen=True)
class ExtensionLine:
    """An organisation that has more time than the others."""

    organisation_id: str
    organisation: str
    closes_on: date
    reason: str


def extensions_of(
    session: Session, actor: Actor, handbook_id: str, phase_id: str
) -> list[ExtensionLine]:
    """List the extensions of a phase, by organisation; 1 query. Raises Refused (not allowed)."""
    require_editor(actor, handbook_id)
    rows = session.execute(
        select(Extension, Organisation.name)
        .join(Organisation, Organisation.id == Extension.organisation_id)
        .where(Extension.phase_id == phase_id)
        .order_by(Organisation.search_key, Organisation.id)
    )
    return [
        ExtensionLine(row.organisation_id, name, row.closes_on, row.reason) for row, name in rows
    ]
