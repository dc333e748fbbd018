"""Somebody who works for several organisations says for which one they speak."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.approvals import Capacity, Decision
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.organisations import Organisation
from reviewtool.services import approvals
from reviewtool.services.contributions import Submission, Words, submit
from tests.factories.accounts import sign_in
from tests.factories.approvals import approval_lines
from tests.factories.contributions import way_in
from tests.factories.people import link_actor, make_person
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser


def with_two(
    installation: Installation, client: FlaskClient, key: str = "ngo-round"
) -> tuple[MadeRound, Browser]:
    """Make a round whose one person works for two organisations, and open their first page."""
    made = make_round(installation, key=key, people=1)
    (person,) = made.people
    editor = sign_in(Browser(client), made.editor)
    editor.open("/?language=en")
    editor.open(f"/handbooks/{made.handbook.id}/people/{person.id}")
    editor.submit("/organisations", {"organisation": "Toinen ry"})
    assert "Toinen ry" in editor.text
    guest = Browser(client)
    guest.open(way_in(installation, link_actor(installation, person)))
    return made, guest


def organisation(installation: Installation, name: str) -> str:
    with installation.database.read() as session:
        return session.scalars(select(Organisation.id).where(Organisation.name == name)).one()


def said_for(installation: Installation) -> list[str]:
    with installation.database.read() as session:
        rows = (
            select(Organisation.name)
            .join(Contribution, Contribution.organisation_id == Organisation.id)
            .order_by(Contribution.number)
        )
        return list(session.scalars(rows))


def test_for_whom_is_chosen_at_sending_and_changed_when_editing(
    installation: Installation, client: FlaskClient
) -> None:
    made, guest = with_two(installation, client)
    other = organisation(installation, "Toinen ry")
    link = guest.url.split("/")[2]
    guest.open(f"/p/{link}/sections/{made.texts.first}")
    box = next(one for one in guest.forms() if one.choices.get("speaks_for"))
    own, second = box.choices["speaks_for"]
    assert second == other
    assert box.fields["speaks_for"] == [own], "the invitation's is offered first"
    guest.submit(form=box, values={"words": "Oman puolesta.", "kind": "comment"})
    box = next(one for one in guest.forms() if one.choices.get("speaks_for"))
    guest.submit(
        form=box, values={"words": "Toisen puolesta.", "kind": "comment", "speaks_for": other}
    )
    assert said_for(installation)[1] == "Toinen ry"
    with installation.database.read() as session:
        first = session.scalars(select(Contribution).order_by(Contribution.number)).first()
    assert first is not None
    guest.open(f"/p/{link}/contributions/{first.id}/edit")
    guest.submit("/edit", {"speaks_for": other})
    assert said_for(installation) == ["Toinen ry", "Toinen ry"]


def test_a_point_of_a_statement_is_said_for_whom_its_writer_chose(
    installation: Installation, client: FlaskClient
) -> None:
    made, guest = with_two(installation, client)
    other = organisation(installation, "Toinen ry")
    link = guest.url.split("/")[2]
    guest.open(f"/p/{link}/statement")
    guest.submit("/statement/begin")
    guest.open(f"/p/{link}/sections/{made.texts.first}")
    box = next(one for one in guest.forms() if one.choices.get("voice"))
    own = box.choices["speaks_for"][0]
    with installation.database.read() as session:
        name = session.get_one(Organisation, own).name
    assert f"As a point of our statement: {name}" in guest.text
    point = {"words": "Toisen puolesta.", "kind": "comment", "voice": "statement"}
    guest.submit(form=box, values={**point, "speaks_for": other})
    assert guest.page.status_code == 422
    assert "the statement is another one's" in guest.text
    box = next(one for one in guest.forms() if "Toisen puolesta." in str(one.fields.get("words")))
    guest.submit(form=box, values={"voice": "own", "speaks_for": other})
    assert said_for(installation) == ["Toinen ry"]
    box = next(one for one in guest.forms() if one.choices.get("voice"))
    guest.submit(form=box, values=point)
    assert "Point of our statement" in guest.text


def test_a_decision_is_recorded_for_the_chosen_one(
    installation: Installation, client: FlaskClient
) -> None:
    _made, guest = with_two(installation, client, "approval")
    other = organisation(installation, "Toinen ry")
    guest.open(f"{guest.url.rstrip('/')}/all")
    guest.submit("/all", {"speaks_for": other})
    with installation.database.read() as session:
        assert set(session.scalars(select(Approval.organisation_id))) == {other}


def test_nobody_speaks_for_an_organisation_that_is_not_theirs(
    installation: Installation,
) -> None:
    made = make_round(installation, people=2)
    theirs, strange = made.people
    make_person(installation, made.editor, made.phase_id, "Muu", organisation="Vieras ry")
    other = organisation(installation, "Vieras ry")
    with pytest.raises(Refused) as refused:
        submit(
            installation,
            link_actor(installation, theirs),
            Submission(ContributionKind.COMMENT, Words("Sana."), organisation_id=other),
            new_id(),
        )
    assert refused.value.reason is Reason.NOT_FOUND
    assert strange.id != theirs.id
    approving = make_round(installation, key="approval", people=1)
    line = approval_lines(installation, approving.phase_id)[0]
    with pytest.raises(Refused) as refused:
        approvals.decide(
            installation,
            link_actor(installation, approving.people[0]),
            [approvals.Wish(line.section_id, line.text_hash, Decision.APPROVED)],
            capacity=Capacity.EXPERT,
            capacity_detail="",
            language="fi",
            request_id=new_id(),
            organisation_id=other,
        )
    assert refused.value.reason is Reason.NOT_FOUND
