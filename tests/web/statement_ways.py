"""The ways to the forms of joint statements, and of files that are attached."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.links import Link
from reviewtool.models.statements import StatementMember
from reviewtool.services import signups
from tests.factories.people import make_invitee
from tests.web import staging
from tests.web.browser import Browser
from tests.web.doubled import Stage
from tests.web.filling import HANDBOOK, PARTICIPANT, TABLE


def _attached(stage: Stage) -> Browser:
    role, page = stage.found[f"{PARTICIPANT}/contributions/<contribution_id>/files"]
    browser = stage.enter(role)
    browser.open(page)
    browser.submit("/files", files={"files": TABLE})
    return browser


def _beginning_a_statement(stage: Stage) -> Browser:
    link_id = staging.one(
        stage,
        select(Link.id)
        .join(Assignment, Assignment.invitation_id == Link.invitation_id)
        .join(Invitation, Invitation.id == Link.invitation_id)
        .where(
            Link.phase_id == staging.phase_of(stage, "coordinators-round"),
            Link.person_id.not_in(select(StatementMember.person_id)),
            Invitation.state == InvitationState.CAME_IN,
        ),
    )
    browser = stage.enter("visitor")
    browser.open(staging.link_url(stage.installation, link_id))
    browser.open(f"/p/{link_id}/statement")
    return browser


def _unasked(stage: Stage) -> Browser:
    """Lead an editor to somebody who signed up in an organisation's name."""
    signups.sign_up(stage.installation, staging.open_round_again(stage), make_invitee())
    person_id = staging.one(
        stage,
        select(Invitation.person_id).where(
            Invitation.origin == Origin.SIGNED_UP, Invitation.organisation_id.is_not(None)
        ),
    )
    browser = stage.enter("editor")
    browser.open(f"/handbooks/{stage.ways.handbook_id}/people/{person_id}")
    return browser


STATEMENT_WAYS: dict[str, Callable[[Stage], Browser]] = {
    f"{PARTICIPANT}/contributions/<contribution_id>/files/<file_id>/remove": _attached,
    f"{HANDBOOK}/people/<person_id>/invitations/<invitation_id>/speaks-for": _unasked,
    f"{PARTICIPANT}/statement/begin": _beginning_a_statement,
}
