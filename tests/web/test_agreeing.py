"""Agreeing: it is told, shown back, and counted: people for themselves, organisations once each."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient

from reviewtool.domain.contributions import NameShown
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services import contributions, readiness, supports, turns
from tests.factories.accounts import sign_in
from tests.factories.contributions import Table, make_table, now_actor, say
from tests.factories.mail import newest, opened, part, write
from tests.factories.people import link_actor, make_person
from tests.web.browser import Browser
from tests.web.test_participant import address, enter, section

Clients = Callable[[], FlaskClient]


@pytest.fixture
def table(installation: Installation) -> Table:
    """Give a round of three people."""
    return make_table(installation, people=3)


def agree_for(installation: Installation, table: Table, said: str, *who: tuple[str, str]) -> None:
    for name, organisation in who:
        person = make_person(
            installation, table.round.editor, table.round.phase_id, name, organisation=organisation
        )
        actor = link_actor(installation, person)
        supports.support(installation, actor, said, for_organisation=True)


def test_pressing_is_told_in_words_and_taking_back_too(
    installation: Installation, new_client: Clients, table: Table
) -> None:
    made = say(installation, table, table.actors[0], "Tästä puuttuu vertaistuki.")
    reader = enter(installation, new_client(), table, 1)
    reader.open(section(table, 1))
    reader.submit(f"/contributions/{made}/support")
    assert "Olet samaa mieltä. Ne, jotka näkevät" in reader.text
    reader.open(address(table, "mine", 1))
    assert "Tästä puuttuu vertaistuki." in reader.text
    reader.submit(f"/contributions/{made}/support")
    assert "Et ole enää samaa mieltä tästä kommentista." in reader.text
    reader.open(address(table, "mine", 1))
    assert "Tästä puuttuu vertaistuki." not in reader.text
    reader.open(section(table, 1))
    form = reader.form(f"/contributions/{made}/support")
    reader.submit(form=form, values={"for_organisation": "y"})
    assert "yhtyy tähän. Sen näkevät kaikki" in reader.text


def test_an_organisation_agrees_once_and_is_named(
    installation: Installation, client: FlaskClient, new_client: Clients, table: Table
) -> None:
    made = say(installation, table, table.actors[0])
    supports.support(installation, table.actors[1], made)
    agree_for(
        installation, table, made, ("Aila", "Vertaistuki ry"), ("Bo", "Vertaistuki ry"),
        ("Cia", "Apu ry"),
    )  # fmt: skip
    shown = "3 on samaa mieltä, organisaatioina Apu ry, Vertaistuki ry"
    reader = enter(installation, new_client(), table)
    reader.open(section(table))
    assert shown in " ".join(reader.text.split())
    editor = sign_in(Browser(client), table.round.editor)
    home = f"/handbooks/{table.round.handbook.id}"
    editor.open(f"{home}/sections/{table.section_id}/merge")
    assert shown in " ".join(editor.text.split())
    editor.open(f"{home}/contributions/{made}")
    assert "Vertaistuki ry (organisaationa, merkitsi Bo)" in " ".join(editor.text.split())
    page = editor.client.get(f"{home}/contributions/export")
    book = openpyxl.load_workbook(BytesIO(page.data))
    rows = [row[1:4] for row in book["Samaa mieltä"].iter_rows(min_row=2, values_only=True)]
    assert ("Apu ry", "Cia", "Organisaation puolesta") in rows
    assert len(rows) == 4


def test_an_organisation_does_not_agree_with_itself(
    installation: Installation, new_client: Clients, table: Table
) -> None:
    first = make_person(
        installation, table.round.editor, table.round.phase_id, "Eka", organisation="Oma ry"
    )
    made = say(installation, table, link_actor(installation, first))
    agree_for(installation, table, made, ("Toka", "Oma ry"))
    reader = enter(installation, new_client(), table)
    reader.open(section(table))
    assert "1 on samaa mieltä" in reader.text
    assert "organisaatioina" not in reader.text
    # Where its author wants to be nobody, nothing tells of whose organisation they are.
    hidden = say(
        installation, table, link_actor(installation, first), "Nimetön.",
        name_shown=NameShown.NOBODY,
    )  # fmt: skip
    agree_for(installation, table, hidden, ("Kolmas", "Oma ry"))
    reader.open(section(table))
    assert "1 on samaa mieltä, organisaatioina Oma ry" in " ".join(reader.text.split())


def test_who_wants_to_be_nobody_isnt_named_by_their_organisation(
    installation: Installation, new_client: Clients, table: Table
) -> None:
    made = say(installation, table, table.actors[0])
    person = make_person(
        installation, table.round.editor, table.round.phase_id, "Piilo", organisation="Piilo ry"
    )
    actor = link_actor(installation, person)
    say(installation, table, actor, "Oma.", name_shown=NameShown.NOBODY)
    supports.support(installation, actor, made, for_organisation=True)
    reader = enter(installation, new_client(), table)
    reader.open(section(table))
    assert "1 on samaa mieltä" in reader.text
    assert "Piilo ry" not in reader.text


def test_replies_and_agreements_come_back_to_whoever_gave_them(
    installation: Installation, new_client: Clients, table: Table
) -> None:
    made = say(installation, table, table.actors[0], "Ryhmiä on muuallakin.", quote="Mukaan voi")
    turns.reply(installation, table.actors[1], made, "Meillä niitä on kolme.", new_id())
    supports.support(installation, table.actors[1], made, for_organisation=True)
    reader = enter(installation, new_client(), table, 1)
    for page in ("mine", "ready", "print"):
        reader.open(address(table, page, 1))
        assert "Meillä niitä on kolme." in reader.text, page
        assert "Näistä olet samaa mieltä" in reader.text, page
        assert "Ryhmiä on muuallakin." in reader.text, page
    readiness.say_ready(installation, now_actor(installation, table, 1))
    mail = write(installation, newest(installation, MessageKind.RECEIPT))
    assert mail is not None
    for body in (part(opened(mail), "plain"), part(opened(mail), "html")):
        assert "Meillä niitä on kolme." in body
        assert "Ryhmiä on muuallakin." in body
        assert "Organisaation puolesta: Yhdistys" in body
    contributions.withdraw(installation, table.actors[0], made, new_id())
    reader.open(address(table, "mine", 1))
    assert "Meillä niitä on kolme." in reader.text
    assert "Ryhmiä on muuallakin." not in reader.text
    assert "Kommenttia ei enää näytetä." in reader.text
