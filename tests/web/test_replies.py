"""Replying to what another participant said, where the round lets one see it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from reviewtool.domain.contributions import NameShown, Sharing
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.queries.unsent import own_unsent
from reviewtool.services import replies, turns
from reviewtool.services.unsent import keep_unsent
from tests.factories.contributions import Table, make_table, now_actor, say
from tests.factories.mail import newest, opened, part, write
from tests.web.browser import Browser
from tests.web.test_participant import enter, section


def test_a_reply_is_seen_by_those_who_see_the_words(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, people=3)
    said = say(installation, table, table.actors[1], "Maksaako ryhmä jotain?")
    browser = enter(installation, client, table)
    browser.open(section(table))
    browser.submit(f"{said}/reply", {"words": "Meillä se on maksuton."})
    assert "Vastauksesi on lähetetty" in browser.text
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


def letter_urls(
    installation: Installation, clock: SetClock, table: Table, said: str
) -> tuple[str, str]:
    """Reply to a contribution, and give the addresses of its letter: the thread's, the refusal."""
    turns.reply(installation, now_actor(installation, table, 1), said, "Ei maksa.", new_id())
    clock.advance(days=1)
    replies.tick(installation)
    written = write(installation, newest(installation, MessageKind.REPLIES))
    assert written is not None
    plain = part(opened(written), "plain")
    paths = [urlsplit(url) for url in re.findall(r"https?://\S+", plain)]
    thread = next(one for one in paths if one.query)
    refusal = next(one for one in paths if one.path.startswith("/no-replies/"))
    return f"{thread.path}?{thread.query}", refusal.path


def reply_mail(installation: Installation, table: Table) -> bool:
    with installation.database.read() as session:
        return session.get_one(Invitation, table.round.people[0].invitation_id).reply_mail


def test_the_letter_leads_to_the_thread(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation)
    said = say(installation, table, table.actors[0], "Maksaako ryhmä jotain?")
    thread, _refusal = letter_urls(installation, clock, table, said)
    browser = Browser(client)
    browser.open(thread)
    assert browser.url.startswith(section(table))
    assert "Ei maksa." in browser.text
    browser.open(thread.replace(said, new_id()))
    assert browser.url.endswith("/mine")


def test_one_press_ends_the_letters_and_looking_does_not(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation)
    said = say(installation, table, table.actors[0])
    _thread, refusal = letter_urls(installation, clock, table, said)
    assert client.head(refusal).status_code == 200
    browser = Browser(client)
    browser.open(refusal)
    assert reply_mail(installation, table), "scanners open everything"
    browser.submit("/no-replies/")
    assert "Et saa enää viestejä vastauksista" in browser.text
    assert not reply_mail(installation, table)
    browser.open("/")
    assert "Henkilö" not in browser.text, "the address lets nobody in"


def test_a_mail_program_refuses_without_cookie_or_form(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation)
    said = say(installation, table, table.actors[0])
    _thread, refusal = letter_urls(installation, clock, table, said)
    stranger = client.application.test_client()
    answer = stranger.post(refusal, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not reply_mail(installation, table)
    assert stranger.post(f"{refusal[:-1]}x").status_code == 404


def test_one_s_own_page_turns_the_letters_off_and_on(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    mine = f"/p/{table.actors[0].link_id}/mine"
    browser.open(mine)
    browser.submit("/reply-mail")
    assert "Et saa viestejä vastauksista tällä kierroksella." in browser.text
    assert not reply_mail(installation, table)
    browser.submit("/reply-mail")
    assert reply_mail(installation, table)


def test_a_blind_round_says_nothing_of_replies(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, sharing=Sharing.NOBODY)
    browser = enter(installation, client, table)
    browser.open(f"/p/{table.actors[0].link_id}/mine")
    assert "Viestit vastauksista" not in browser.text


def test_a_half_written_reply_is_kept_for_its_writer_alone(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    said = say(installation, table, table.actors[0], "Ryhmä on maksuton.", quote="Mukaan voi")
    reader = now_actor(installation, table, 1)
    form = f"{said}:reply"
    keep_unsent(installation, reader, form, {"words": "Meilläkin on"}, "")
    browser = enter(installation, client, table, 1)
    link = f"/p/{reader.link_id}"
    browser.open(link)
    assert "Meilläkin on" in browser.text  # left unfinished, with the way on
    browser.open(f"{link}/contributions/{said}?unsent={form}")
    assert browser.form(f"{said}/reply").fields["words"] == ["Meilläkin on"]
    browser.submit(f"{said}/reply", {"words": "Meilläkin on maksutonta."})
    with installation.database.read() as session:
        assert own_unsent(session, reader) == []
    hidden = make_table(installation, sharing=Sharing.NOBODY)
    unseen = say(installation, hidden, hidden.actors[0])
    with pytest.raises(Refused):
        keep_unsent(installation, hidden.actors[1], f"{unseen}:reply", {"words": "Ei."}, "")
