"""In a blind round no response to one participant varies with what another wrote (rule 11)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviewtool.domain.contributions import QuestionKind, Sharing
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services.choices import Answers, answer_questions
from reviewtool.services.contributions import Words
from reviewtool.services.readiness import say_nothing, say_ready
from tests.factories.contributions import Table, drafted, make_table, say, stored
from tests.integration.test_questions import ask
from tests.web.browser import Browser
from tests.web.test_participant import address, enter, section

CHANGING = re.compile(r'name="(?:csrf_token|request_id|ticket)"[^>]*?value="[^"]*"')
BLIND = pytest.mark.parametrize("sharing", [Sharing.NOBODY, Sharing.FROM_DAY])
Told = tuple[str, int, dict[str, str]]


def told(page: TestResponse) -> Told:
    """Give a response without what is new in each."""
    headers = {k: v for k, v in page.headers.items() if k not in ("Set-Cookie", "Content-Length")}
    return CHANGING.sub("", page.text), page.status_code, headers


def all_told(browser: Browser, table: Table, revision_id: str) -> list[Told]:
    """Ask for everything that a participant can ask for without saying anything."""
    texts = [table.section_id, table.round.texts.second]
    paths = [
        "", "whole", "mine", "ready", "print", "not-me", "pass-on", "decline", "statement",
        "paper", *(f"sections/{one}" for one in texts),
        f"sections/{table.section_id}?show=comment",
        f"sections/{table.section_id}?changes=1",
        f"sections/{table.section_id}/said?at=whole&page=1",
    ]  # fmt: skip
    found = [told(browser.open(address(table, path))) for path in paths]
    form = {
        "revision": revision_id,
        "kind": "suggestion",
        "block": "2",
        "words": "Aivan väärin.",
        "replacement": "Mukaan pääsee",
    }
    for name in ("alike", "preview"):
        browser.open(section(table))
        token = browser.form("/say").fields["csrf_token"][0]
        path = f"sections/{table.section_id}/{name}"
        answer = browser.client.post(address(table, path), data={**form, "csrf_token": token})
        found.append(told(answer))
    return found


def speak(installation: Installation, table: Table, question_id: str) -> list[str]:
    """Let the other say all kinds of things; gives the ids of what can be asked for by one."""
    other = table.actors[1]
    made = [
        say(installation, table, other, "Aivan väärin.", quote="kerran viikossa"),
        say(installation, table, other, "", quote="Mukaan voi tulla", replacement="Mukaan pääsee"),
    ]
    example = Words(activity="Kahvila torilla.", publish_consent=True)
    answers = Answers(
        section_id=table.section_id,
        examples={question_id: example},
        also={question_id: [table.round.texts.second]},
    )
    answer_questions(installation, other, answers)
    say_nothing(installation, other, table.round.texts.second)
    say_ready(installation, other)
    return made


@BLIND
def test_nothing_varies_with_what_another_says(
    installation: Installation, new_client: Callable[[], FlaskClient], sharing: Sharing
) -> None:
    table = make_table(installation, sharing=sharing)
    question_id = ask(installation, table, QuestionKind.EXAMPLE)
    say(installation, table, table.actors[0], quote="kerran viikossa")
    first = enter(installation, new_client(), table, 0)
    revision_id, _text = drafted(installation, table, table.section_id)
    before = all_told(first, table, revision_id)
    others = speak(installation, table, question_id)
    assert all_told(first, table, revision_id) == before
    # What another said is as unknown as what nobody said.
    unknown = new_id()
    for path in ("edit", "files", "withdraw"):
        answers = {
            told(first.open(address(table, f"contributions/{one}/{path}")))[0].replace(one, "")
            for one in (*others, unknown)
        }
        assert len(answers) == 1, path
    # Nor does the number of one's own next contribution tell how much others have said.
    made = stored(installation, say(installation, table, table.actors[0], "Vielä yksi."))
    assert made.number == 5
    first.open(section(table))
    assert not re.search(r'contribution-number">', first.html)
    assert "Aivan väärin" not in first.html


def test_what_was_blind_opens_on_its_day(
    installation: Installation, new_client: Callable[[], FlaskClient], clock: SetClock
) -> None:
    day = clock.now().date() + timedelta(days=2)
    table = make_table(installation, sharing=Sharing.FROM_DAY, shared_from=day)
    say(installation, table, table.actors[1], "Aivan väärin.", quote="kerran viikossa")
    first = enter(installation, new_client(), table, 0)
    promised = "kierroksen osallistujat 16.9.2026 alkaen"
    for _day in range(2):
        first.open(section(table))
        assert "Aivan väärin." not in first.text
        assert promised in " ".join(first.text.split())
        clock.advance(days=1)
    first.open(section(table))
    assert "Aivan väärin." in first.text
    assert promised not in " ".join(first.text.split())
