"""Whom to ask about a phase is the same person everywhere, and somebody who can be reached."""

import pytest

from reviewtool.domain.messages import MessageKind
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase
from reviewtool.queries.approver import approval_request
from reviewtool.queries.contacts import names_contact
from reviewtool.queries.links import way_on_of
from reviewtool.services import links
from tests.factories.mail import newest, opened, write
from tests.factories.people import link_actor
from tests.factories.rounds import make_round, plan_phase

HANDBOOKS = ("Katri Vainiola", "", "katri.vainiola@kumaja.example.org")


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        (("", "", ""), HANDBOOKS),
        (("Oili Tamminen", "", ""), HANDBOOKS),
        (("", "040 123", "oili@kumaja.example.org"), HANDBOOKS),
        (("Oili Tamminen", "040 123", ""), ("Oili Tamminen", "040 123", "")),
        (
            ("Oili Tamminen", "", "oili@kumaja.example.org"),
            ("Oili Tamminen", "", "oili@kumaja.example.org"),
        ),
    ],
)
def test_all_places_name_the_same_contact(
    installation: Installation, named: tuple[str, str, str], asked: tuple[str, str, str]
) -> None:
    made = make_round(installation, key="approval", people=1)
    name, phone, email = named
    plan_phase(
        installation, made.editor, made.phase_id,
        responsible_name=name, responsible_phone=phone, responsible_email=email,
    )  # fmt: skip
    actor = link_actor(installation, made.people[0])
    links.send_again(installation, actor.link_id or "")
    letter = write(installation, newest(installation, MessageKind.NEW_LINK))
    assert letter is not None
    with installation.database.read() as session:
        page = approval_request(session, actor)
        over = way_on_of(session, actor)
        phase = session.get_one(Phase, made.phase_id)
        assert names_contact(phase, session.get_one(Handbook, made.handbook.id))
    assert (page.responsible_name, page.responsible_phone, page.responsible_email) == asked
    assert (over.name, over.phone, over.email) == asked
    answered = opened(letter)["Reply-To"]
    assert (answered is None) if not asked[2] else (asked[2] in str(answered))
