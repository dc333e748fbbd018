"""Replying to what another participant said, where the round lets one see it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from reviewtool.domain.contributions import NameShown, Sharing
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services import turns
from tests.factories.contributions import make_table, now_actor, say
from tests.web.test_participant import enter, section


def test_a_reply_is_seen_by_those_who_see_the_words(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, people=3)
    said = say(installation, table, table.actors[1], "Maksaako ryhmä jotain?")
    browser = enter(installation, client, table)
    browser.open(section(table))
    browser.submit(f"{said}/reply", {"words": "Meillä se on maksuton."})
    assert "Vastauksesi on tallessa" in browser.text
    assert "Meillä se on maksuton." in browser.text
    other = enter(installation, client.application.test_client(), table, 1)
    other.open(section(table, 1))
    assert "Meillä se on maksuton." in other.text
    assert "Henkilö 1" not in other.text  # the organisation, as its author wants to be shown
    other.submit(f"{said}/reply", {"words": "Kiitos tiedosta."})
    assert "Kiitos tiedosta." in other.text


def test_in_a_blind_round_nobody_is_replied_to(installation: Installation) -> None:
    table = make_table(installation, sharing=Sharing.NOBODY)
    said = say(installation, table, table.actors[1])
    for number, reason in ((0, Reason.NOT_FOUND), (1, Reason.NOT_ALLOWED)):
        actor = now_actor(installation, table, number)
        with pytest.raises(Refused) as refused:
            turns.reply(installation, actor, said, "Samoin.", new_id())
        assert refused.value.reason is reason


def test_after_one_s_own_words_replies_are_read(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, sharing=Sharing.AFTER_OWN)
    said = say(installation, table, table.actors[1], "Maksaako ryhmä jotain?")
    actor = now_actor(installation, table, 0)
    with pytest.raises(Refused):
        turns.reply(installation, actor, said, "Ei.", new_id())
    say(installation, table, table.actors[0])
    request_id = new_id()
    made = turns.reply(installation, actor, said, "Ei maksa.", request_id)
    assert turns.reply(installation, actor, said, "Ei maksa.", request_id) == made
    browser = enter(installation, client, table)
    browser.open(section(table))
    assert browser.text.count("Ei maksa.") == 1


def test_a_reply_keeps_the_name_that_its_author_wanted_then(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, people=3)
    said = say(installation, table, table.actors[1], "Maksaako ryhmä jotain?")
    say(installation, table, table.actors[0], "Nimettä.", name_shown=NameShown.NOBODY)
    actor = now_actor(installation, table, 0)
    turns.reply(installation, actor, said, "Ei maksa.", new_id())
    say(installation, table, table.actors[0], "Nimellä.", name_shown=NameShown.NAME)
    other = enter(installation, client, table, 1)
    other.open(section(table, 1))
    assert "Ei maksa." in other.text
    assert other.text.count(table.round.people[0].name) == 1, "only what was said by name"
