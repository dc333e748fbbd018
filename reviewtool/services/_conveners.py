"""The step that says which organisations convene a phase."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from reviewtool.domain.people import OrganisationKind
from reviewtool.models.phases import Convener
from reviewtool.services._people import find_or_make_organisation


def set_conveners(session: Session, phase_id: str, names: Sequence[str], now: datetime) -> None:
    """Let the organisations of these names convene a phase; a new one is made as a network."""
    wanted = [
        find_or_make_organisation(session, name, OrganisationKind.NETWORK.value, "", now).id
        for name in names
        if name.strip()
    ]
    session.execute(delete(Convener).where(Convener.phase_id == phase_id))
    session.add_all(
        Convener(phase_id=phase_id, organisation_id=one) for one in dict.fromkeys(wanted)
    )
    session.flush()
