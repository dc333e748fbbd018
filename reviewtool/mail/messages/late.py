"""Whether what came after the last day is considered, and why."""

from __future__ import annotations

from dataclasses import dataclass

from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.mail.messages.said import Said, told
from reviewtool.models.contributions import Contribution
from reviewtool.models.late import LateDecision


@dataclass(frozen=True, kw_only=True)
class LateMail(Mail):
    """What was decided about one late contribution."""

    url: str
    said: Said
    admitted: bool
    reason: str


def late_decided(rows: Rows) -> LateMail:
    """Give the context of the mail that tells what was decided."""
    contribution = rows.required(Contribution, "contribution")
    decision = rows.session.get_one(LateDecision, contribution.id)
    return LateMail(
        frame=rows.frame,
        url=rows.own_url,
        said=told(rows, [contribution])[0],
        admitted=decision.admitted,
        reason=decision.reason,
    )


def still_decided(rows: Rows) -> bool:
    """Tell whether the decision stands that the mail was written for."""
    contribution = rows.required(Contribution, "contribution")
    return contribution.state.value == rows.message.context["state"]
