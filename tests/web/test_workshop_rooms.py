"""The room of a workshop by its pages: who can say something, and what they read."""

import pytest
from flask.testing import FlaskClient

from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.services import contributions, workshop_rooms
from reviewtool.services.links import link_url
from reviewtool.services.proposals import Decision
from reviewtool.services.structure import add_section
from reviewtool.services.workshop_charts import ChartLine, mend_line, record_chart
from tests.factories.accounts import sign_in
from tests.factories.people import link_actor
from tests.factories.workshops import code_of, make_workshop, open_room, running
from tests.web.browser import Browser


def test_where_there_are_no_groups_one_speaks_at_once(
    installation: Installation, clock: SetClock, client: FlaskClient
) -> None:
    made = make_workshop(installation, people=0)
    open_room(clock, made)
    guest = Browser(client)
    guest.open("/join?language=en")
    guest.submit("/join", {"code": code_of(installation, made), "name": "Ville Vieras"})
    assert "Pick your group" not in guest.text
    guest.open(f"{guest.url}?say=add")
    guest.submit("/propose", {"title": "Velkaneuvonta"})
    assert "Velkaneuvonta" in guest.text


def test_who_convenes_a_workshop_is_entered_in_its_plan(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_workshop(installation, people=1)
    editor = sign_in(Browser(client), made.editor)
    editor.open(f"/handbooks/{made.handbook.id}/process/{made.phase_id}/plan")
    editor.submit("/plan", {"conveners": "Kumaja\nHyvinvointialue"})
    assert editor.page.status_code == 200
    guest = Browser(client)
    actor = link_actor(installation, made.people[0])
    guest.open(link_url(installation, actor.link_id or ""))
    assert "Hyvinvointialue, Kumaja" in guest.text


def test_people_in_the_room_read_the_texts_and_see_no_form_of_a_round(
    installation: Installation, clock: SetClock, client: FlaskClient
) -> None:
    made, _groups = running(installation, clock, people=1)
    actor = link_actor(installation, made.people[0])
    guest = Browser(client)
    guest.open(link_url(installation, actor.link_id or ""))
    room = guest.url
    assert f"/workshop/texts/{made.texts.first}" in guest.html
    guest.open(f"/p/{actor.link_id}/workshop/texts/{made.texts.first}")
    assert guest.page.status_code == 200
    assert "Vertaistuki" in guest.text
    guest.open(f"/p/{actor.link_id}/workshop/texts/{new_id()}")
    assert guest.page.status_code == 404
    for rest in ("whole", "ready", "structure", f"sections/{made.texts.first}"):
        guest.open(f"/p/{actor.link_id}/{rest}")
        assert guest.url == room, rest


def test_ones_own_page_names_the_texts_and_speaks_of_no_round(
    installation: Installation, clock: SetClock, client: FlaskClient
) -> None:
    made, _groups = running(installation, clock, people=1)
    actor = link_actor(installation, made.people[0])
    workshop_rooms.feature(installation, actor, made.texts.first, "Tavoittaa.", new_id())
    guest = Browser(client)
    guest.open(link_url(installation, actor.link_id or ""))
    guest.open(f"/p/{actor.link_id}/mine?language=en")
    assert "Vertaistuki" in guest.text
    assert "The whole handbook" not in guest.text
    assert "round" not in guest.text
    assert "I am ready" not in guest.text


def test_what_was_carried_out_isnt_withdrawn_and_isnt_carried_out_twice(
    installation: Installation, clock: SetClock, client: FlaskClient
) -> None:
    made, _groups = running(installation, clock, people=2)
    first, second = (link_actor(installation, one) for one in made.people)
    wish = Proposed(ProposalAct.ADD, title="Velkaneuvonta", kind=SectionKind.ACTIVITY)
    ids = [workshop_rooms.propose(installation, one, wish, "", new_id()) for one in (first, second)]

    def carry_out(proposal_id: str, title: str) -> str:
        return add_section(
            installation, made.editor, made.handbook.id, SectionKind.ACTIVITY, title, None,
            new_id(), Decision(proposal_id),
        )  # fmt: skip

    carry_out(ids[0], "Velkaneuvonta")
    with pytest.raises(Refused) as refused:
        carry_out(ids[1], "velkaneuvonta")
    assert refused.value.reason is Reason.SAME_TITLE
    with pytest.raises(Refused) as refused:
        contributions.withdraw(installation, first, ids[0], new_id())
    assert refused.value.reason is Reason.CARRIED_OUT
    contributions.withdraw(installation, second, ids[1], new_id())
    guest = Browser(client)
    guest.open(link_url(installation, first.link_id or ""))
    guest.open(f"/p/{first.link_id}/contributions/{ids[0]}/withdraw?language=en")
    assert "The editors have changed the handbook by this proposal already." in guest.text
    assert not [one for one in guest.forms() if one.action.endswith("/withdraw")]


def test_a_mistyped_line_of_a_flip_chart_is_mended_until_it_is_carried_out(
    installation: Installation, clock: SetClock, client: FlaskClient
) -> None:
    made, groups = running(installation, clock)
    wish = Proposed(ProposalAct.ADD, title="Velkaneuvnota", kind=SectionKind.ACTIVITY)
    (said,) = record_chart(
        installation, made.editor, groups[0], [ChartLine("Kasvaa.", proposed=wish)], new_id()
    )
    editor = sign_in(Browser(client), made.editor)
    here = f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}/decisions"
    editor.open(here)
    editor.submit("/mend/", {"title": "Velkaneuvonta", "words": "Kysyntä kasvaa."})
    assert editor.url == here
    assert "Velkaneuvonta" in editor.text
    assert "Kysyntä kasvaa." in editor.text
    assert "Velkaneuvnota" not in editor.text
    for title, words in (("Velka" * 100, "Kasvaa."), ("Velkaneuvonta", "Kasvaa. " * 9000)):
        with pytest.raises(Refused) as refused:
            mend_line(installation, made.editor, said, words, title, new_id())
        assert refused.value.reason is Reason.TOO_LONG
    add_section(
        installation, made.editor, made.handbook.id, SectionKind.ACTIVITY, "Velkaneuvonta", None,
        new_id(), Decision(said),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        mend_line(installation, made.editor, said, "Kasvaa.", "Muu", new_id())
    assert refused.value.reason is Reason.CARRIED_OUT
    own = workshop_rooms.feature(
        installation, link_actor(installation, made.people[0]), None, "Omat sanat.", new_id()
    )
    with pytest.raises(Refused) as refused:
        mend_line(installation, made.editor, own, "Toisen sanat.", "", new_id())
    assert refused.value.reason is Reason.NOT_FOUND


def test_a_line_of_a_flip_chart_stays_as_it_was_answered(
    installation: Installation, clock: SetClock
) -> None:
    made, groups = running(installation, clock)
    (said,) = record_chart(
        installation, made.editor, groups[0], [ChartLine("Kysyntä kasvaa.")], new_id()
    )
    with installation.database.write() as session:
        session.add(
            Answer(
                contribution_id=said, kind=AnswerKind.NOT_TAKEN, reason="Ei nyt.",
                batch_id=new_id(), state=AnswerState.PUBLISHED, answered_at=clock.now(),
            )
        )  # fmt: skip
    with pytest.raises(Refused) as refused:
        mend_line(installation, made.editor, said, "Muuta.", "", new_id())
    assert refused.value.reason is Reason.ANSWERED
