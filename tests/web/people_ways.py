"""The ways to the forms about people: addresses, boxes, deputies, doubles, who is still invited."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from reviewtool.domain.invitations import InvitationState
from reviewtool.infra.ids import new_id
from reviewtool.models.deputies import Deputy
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.services import addresses, boxes
from tests.factories.people import make_person
from tests.web import staging
from tests.web.browser import Browser
from tests.web.doubled import Stage
from tests.web.filling import DAYS, HANDBOOK, PARTICIPANT, WHO


def _shared_box(stage: Stage) -> Browser:
    """Let the coordinator's address be the one of an office that several people read."""
    handbook_id, link_id = stage.ways.handbook_id, stage.ways.coordinator.rsplit("/", 1)[1]
    person_id = staging.one(stage, select(Link.person_id).where(Link.id == link_id.split(".")[0]))
    editor = staging.editor_of(stage)
    boxes.mark_box(stage.installation, editor, handbook_id, person_id, new_id(), is_box=True)
    return stage.enter("coordinator")


def _two_addresses(stage: Stage) -> Browser:
    """Let somebody who was invited have another address too."""
    handbook_id = stage.ways.handbook_id
    link_id = stage.ways.coordinator.rsplit("/", 1)[1].split(".")[0]
    person_id = staging.one(stage, select(Link.person_id).where(Link.id == link_id))
    addresses.add_address(
        stage.installation, staging.editor_of(stage), handbook_id, person_id,
        "toinen@kunta.example.org", new_id(),
    )  # fmt: skip
    return stage.editors_page(f"/people/{person_id}")


def _two_organisations(stage: Stage) -> Browser:
    """Invite people of an organisation whose name is written with its legal form and without."""
    site, editor, phase_id = (
        stage.installation,
        staging.editor_of(stage),
        staging.open_round_again(stage),
    )
    firms = []
    for name, organisation in (("Aila Aho", "Tuki ja apu ry"), ("Bo Berg", "Tuki ja apu")):
        person = make_person(site, editor, phase_id, name, organisation=organisation)
        firms.append(
            staging.one(
                stage,
                select(Invitation.organisation_id).where(Invitation.id == person.invitation_id),
            )
        )
    return stage.editors_page(f"/people/doubles/organisations/{firms[0]}/{firms[1]}")


def _still_invited(stage: Stage) -> Browser:
    waits = select(Invitation.person_id).where(
        Invitation.state == InvitationState.INVITED,
        Invitation.phase_id == staging.phase_of(stage, "coordinators-round"),
    )
    return stage.editors_page(f"/people/{staging.one(stage, waits)}")


def _own_deputy(stage: Stage) -> Browser:
    browser = stage.enter("coordinator")
    browser.open(f"{browser.url.rstrip('/')}/deputy")
    browser.submit("/deputy", {**WHO, **DAYS})
    return browser


def _deputised(stage: Stage) -> Browser:
    return stage.editors_page(f"/people/{staging.one(stage, select(Deputy.person_id))}")


def _leaving(stage: Stage) -> Browser:
    return stage.editors_page(f"/people/{staging.one(stage, select(Deputy.person_id))}/successor")


PEOPLE_WAYS: dict[str, Callable[[Stage], Browser]] = {
    f"{PARTICIPANT}/who": _shared_box,
    f"{HANDBOOK}/people/<person_id>/addresses/<address_id>/choose": _two_addresses,
    f"{HANDBOOK}/people/<person_id>/addresses/<address_id>/end": _two_addresses,
    f"{HANDBOOK}/people/doubles/organisations/<kept_id>/<merged_id>": _two_organisations,
    f"{HANDBOOK}/people/<person_id>/invitations/<invitation_id>/cancel": _still_invited,
    f"{PARTICIPANT}/deputy/<deputy_id>/end": _own_deputy,
    f"{HANDBOOK}/people/<person_id>/deputies/<deputy_id>/end": _deputised,
    f"{HANDBOOK}/people/<person_id>/successor": _leaving,
}
