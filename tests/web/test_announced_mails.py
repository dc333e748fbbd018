"""Every act that announces how many mails it sends sends just as many."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.people import AddressState
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from reviewtool.models.people import Address
from reviewtool.services import phases
from reviewtool.services.invitations import decline
from reviewtool.services.readiness import say_nothing, say_ready
from tests.factories.accounts import sign_in
from tests.factories.answers import answer, make_bench, said
from tests.factories.people import link_actor
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser

ANNOUNCED = re.compile(
    r"(\d+) (?:person is mailed|people are mailed|mails? with answers|reminders? (?:is|are) sent)"
)


def mails(installation: Installation) -> int:
    with installation.database.read() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def press(
    installation: Installation,
    browser: Browser,
    page: str,
    action: str,
    typed: Mapping[str, str] | None = None,
) -> tuple[int, int]:
    """Give what a page announces, and what its act sends."""
    browser.open(page)
    found = ANNOUNCED.search(browser.text)
    assert found or "No e-mail is sent." in browser.text, page
    before = mails(installation)
    assert browser.submit(action, typed or {}).status_code == 200
    return int(found[1]) if found else 0, mails(installation) - before


def crowd(installation: Installation, *, opened: bool) -> MadeRound:
    """Make a round of people of whom one has no address that works."""
    made = make_round(installation, people=4, opened=opened)
    dead = made.people[0].address
    with installation.database.write() as session:
        session.execute(
            update(Address).where(Address.written == dead).values(state=AddressState.DEAD)
        )
    if opened:
        say_ready(installation, link_actor(installation, made.people[1]))
        decline(installation, link_actor(installation, made.people[2]), "", new_id())
    return made


Act = Callable[[MadeRound], tuple[str, str, dict[str, str]]]


def of_phase(move: str, **typed: str) -> Act:
    def act(made: MadeRound) -> tuple[str, str, dict[str, str]]:
        last = {"closes_on": (made.closes_on + timedelta(days=30)).isoformat()}
        start = f"/handbooks/{made.handbook.id}/process/{made.phase_id}/{move}"
        return start, f"/{move}", {**last, **typed} if typed else {}

    return act


def reminding(group: str) -> Act:
    def act(made: MadeRound) -> tuple[str, str, dict[str, str]]:
        start = f"/handbooks/{made.handbook.id}/people/unanswered/{made.phase_id}/remind"
        return f"{start}?group={group}", "/remind", {}

    return act


@pytest.mark.parametrize(
    ("act", "opened", "closed", "number"),
    [
        (of_phase("open"), False, False, 3),
        (of_phase("extend", reason="Lisää aikaa."), True, False, 1),
        (of_phase("close"), True, False, 0),
        (of_phase("reopen", reason="Jatketaan."), True, True, 2),
        (reminding("silent"), True, False, 1),
    ],
    ids=["open", "extend", "close", "reopen", "remind"],
)
def test_an_act_on_a_phase_mails_as_many_as_it_says(
    installation: Installation,
    client: FlaskClient,
    clock: SetClock,
    act: Act,
    opened: bool,
    closed: bool,
    number: int,
) -> None:
    made = crowd(installation, opened=opened)
    if closed:
        phases.close(installation, made.editor, made.phase_id, new_id())
    clock.advance(days=2)
    browser = sign_in(Browser(client), made.editor)
    browser.open("/?language=en")
    page, action, typed = act(made)
    assert press(installation, browser, page, action, typed) == (number, number)


def test_the_freeze_mails_as_many_as_it_says(
    installation: Installation, client: FlaskClient
) -> None:
    """Some have no address, and one has spoken twice."""
    bench = make_bench(installation)
    ids = [
        said(installation, bench, f"Kommentti {number}", name=name, address=address)
        for number, (name, address) in enumerate(
            [
                ("Outi", "outi@example.org"),
                ("Outi", "outi@example.org"),
                ("Ryhmä 1", ""),
                ("Ryhmä 2", ""),
            ]
        )
    ]
    answer(installation, bench, ids, AnswerKind.NOTED, "")
    browser = sign_in(Browser(client), bench.editor)
    browser.open("/?language=en")
    page = f"/handbooks/{bench.handbook.id}/drafts/freeze"
    assert press(installation, browser, page, "/freeze") == (1, 1)


def test_those_who_began_are_reminded_apart_from_those_who_said_nothing(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=2)
    began, silent = made.people
    say_nothing(installation, link_actor(installation, began), made.texts.first)
    browser = sign_in(Browser(client), made.editor)
    browser.open("/?language=en")
    start = f"/handbooks/{made.handbook.id}/people/unanswered/{made.phase_id}"
    for group, there, elsewhere in (("silent", silent, began), ("began", began, silent)):
        for page in (f"{start}?group={group}", f"{start}/remind?group={group}"):
            browser.open(page)
            assert there.name in browser.text
            assert elsewhere.name not in browser.text
    assert "onko palautteesi valmis?" in browser.text
    assert press(installation, browser, f"{start}/remind?group=began", "/remind") == (1, 1)
    assert browser.open(f"{start}/remind?group=ready").status_code != 200
