"""Many rows at once, as copies of rows that the use cases made: for counting queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, insert, inspect, select
from sqlalchemy.orm import Session

from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person


def copy_row(
    session: Session, row: Any, count: int, change: Callable[[int], Mapping[str, Any]]
) -> list[str]:
    """Insert copies of a row with ids of their own and what `change` gives; gives the new ids."""
    same = {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs}
    copies = [{**same, "id": new_id(), **change(number)} for number in range(count)]
    session.execute(insert(type(row)), copies)
    return [one["id"] for one in copies]


def copy_approver(
    installation: Installation, approval_id: str, count: int, *, comments_by: str | None = None
) -> None:
    """Add people who are asked, and decided and commented, as somebody did.

    comments_by: the person whom all the comments are said to be of; else each has their own.
    """
    with installation.database.write() as session:
        approval = session.get_one(Approval, approval_id)
        said = session.get_one(Contribution, approval.contribution_id)
        person = session.get_one(Person, approval.person_id)
        invitation = session.get_one(Invitation, approval.invitation_id)
        last = session.scalar(select(func.max(Contribution.number))) or 0
        people = copy_row(session, person, count, lambda n: {"name": f"Hyväksyjä {n}"})
        asked = copy_row(
            session, invitation, count, lambda n: {"person_id": people[n], "address_id": None}
        )
        words = copy_row(
            session,
            said,
            count,
            lambda n: {"number": last + 1 + n, "author_id": comments_by or people[n]},
        )
        copy_row(
            session,
            approval,
            count,
            lambda n: {
                "person_id": people[n],
                "invitation_id": asked[n],
                "contribution_id": words[n],
                "link_id": None,
            },
        )
