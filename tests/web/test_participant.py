"""Behind a personal link: read, comment, answer, be ready, see what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionKind, ContributionState, Sharing
from reviewtool.domain.files import Upload
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, Support
from reviewtool.models.messages import Message
from reviewtool.services import answers, attachments, merging, phases
from tests.factories.accounts import sign_in
from tests.factories.answers import text_version
from tests.factories.contributions import Table, fill, make_table, now_actor, say, stored, way_in
from tests.factories.people import link_actor, make_person
from tests.factories.rounds import make_round, plan_phase
from tests.factories.texts import edit, make_draft, working_text
from tests.web.browser import Browser


def enter(
    installation: Installation, client: FlaskClient, table: Table, number: int = 0
) -> Browser:
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[number]))
    assert browser.page.status_code == 200
    return browser


def address(table: Table, path: str, number: int = 0) -> str:
    return f"/p/{table.actors[number].link_id}/{path}"


def section(table: Table, number: int = 0) -> str:
    return address(table, f"sections/{table.section_id}", number)


def rows(installation: Installation) -> list[Contribution]:
    with installation.database.read() as session:
        return list(session.scalars(select(Contribution).order_by(Contribution.number)))


def test_the_landing_says_what_is_asked_and_leads_on(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    assert "5.10.2026 klo 23.59" in browser.text
    assert "Kommentoit nimellä Henkilö 1" in browser.text
    assert "Aloita lukeminen" in browser.text
    assert 'aria-label="Johdanto"' not in browser.html  # a chapter is no group of its own
    assert rows(installation) == []  # opening is not recorded
    say(installation, table, table.actors[0], section_id=table.round.texts.chapter)
    browser.open(browser.url)
    assert "Jatka siitä, mihin jäit" in browser.text
    assert f'href="{address(table, "sections/" + table.round.texts.area)}"' in browser.html


def test_comment_change_withdraw_and_ready(installation: Installation, client: FlaskClient) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(section(table))
    browser.submit("/say", {"words": "Puuttuu vertaisohjaajien koulutus."}, form=box(browser))
    assert browser.page.status_code == 200
    assert "Puuttuu vertaisohjaajien koulutus." in browser.text
    [made] = rows(installation)
    assert (made.section_id, made.quote) == (table.section_id, "")
    browser.open(address(table, f"contributions/{made.id}/edit"))
    browser.submit("/edit", {"words": "Kertokaa vertaisohjaajien koulutuksesta."})
    assert "Kertokaa vertaisohjaajien koulutuksesta." in browser.text
    browser.open(address(table, "mine"))
    assert "Kertokaa vertaisohjaajien koulutuksesta." in browser.text
    browser.open(address(table, f"contributions/{made.id}/withdraw"))
    browser.submit("/withdraw")
    assert stored(installation, made.id).state is ContributionState.WITHDRAWN
    browser.open(address(table, "ready"))
    browser.submit("/ready")
    assert "Kiitos, olet valmis" in browser.text
    with installation.database.read() as session:
        kinds = session.scalars(
            select(Message.kind).where(Message.person_id == table.actors[0].person_id)
        ).all()
    assert MessageKind.RECEIPT in kinds


def box(browser: Browser):  # type: ignore[no-untyped-def]  # the form as the test browser gives it
    return next(
        form
        for form in browser.forms()
        if form.action.endswith("/say") and form.fields.get("kind") == ["comment"]
        and "start_block" in form.fields and form.fields["keep"][0].endswith(":box")
    )  # fmt: skip


def test_without_script_each_paragraph_has_its_own_way(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(section(table))
    links = re.findall(r'data-say-line="(\d+)" href="([^"]+)"', browser.html)
    assert len(links) >= 5
    browser.open(links[2][1].replace("&amp;", "&"))
    assert "Ryhmässä tavataan kerran viikossa." in browser.text
    browser.submit("/say", {"words": "Meillä tavataan joka toinen viikko."})
    [made] = rows(installation)
    assert made.quote.startswith("Ryhmässä tavataan kerran viikossa.")
    assert f'id="m-{made.id}"' in browser.html


def test_other_words_are_refused_kindly_when_nothing_changes(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    compose = f"{section(table)}/say?kind=suggestion&block=3"
    browser.open(compose)
    quote = browser.form("/say").fields["replacement"][0].strip()
    assert quote.startswith("Ryhmässä tavataan")
    browser.submit("/say")
    assert browser.page.status_code == 422
    assert "on sama kuin teksti" in browser.text
    assert rows(installation) == []
    browser.submit("/say", {"replacement": quote.replace("kerran", "kahdesti")})
    [made] = rows(installation)
    assert made.kind is ContributionKind.SUGGESTION
    assert "<del>" in browser.html
    assert "<ins>" in browser.html
    browser.open(compose)
    browser.submit("/say", {"replacement": ""})
    assert rows(installation)[1].replacement == ""


def test_marked_words_come_as_lines_and_utf16_offsets(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(section(table))
    form = next(form for form in browser.forms() if form.fields["keep"][0].endswith(":say"))
    browser.submit(
        form=form,
        values={
            "kind": "comment", "words": "Hyvä.", "start_block": "4", "start_offset": "0",
            "end_block": "4", "end_offset": "38", "quote": "jotain",
        },
    )  # fmt: skip
    [made] = rows(installation)
    assert made.quote == "Ohjaajina toimivat koulutetut vapaaeht"


def test_an_example_has_its_parts_and_its_consent(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(f"{section(table)}/say?kind=example")
    browser.submit(
        "/say",
        {
            "target_group": "Yksin asuvat", "activity": "Kahvila torstaisin",
            "effect": "Naapurit tuntevat toisensa", "publish_consent": "y", "name_shown": "name",
        },
    )  # fmt: skip
    [made] = rows(installation)
    assert made.kind is ContributionKind.EXAMPLE
    assert (made.target_group, made.publish_consent) == ("Yksin asuvat", True)
    assert made.name_shown.value == "name"
    browser.open(f"{section(table)}/say?kind=example")
    assert browser.form("/say").fields["name_shown"] == ["name"]  # asked once
    browser.open(section(table))
    beside = next(form for form in browser.forms() if form.fields["keep"][0].endswith(":say"))
    assert "name_shown" not in beside.fields
    browser.submit(form=beside, values={"words": "Tästä lisää.", "block": "1"})
    assert rows(installation)[1].name_shown.value == "name"


def test_nothing_to_say_marks_the_text_done_and_can_be_taken_back(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(section(table))
    browser.submit("/nothing")
    assert browser.url.endswith(table.round.texts.second)
    browser.open(address(table, ""))
    assert "Teksteistä kommentoitu 1 / 5" in browser.text
    browser.open(section(table))
    browser.submit("/nothing")
    browser.open(address(table, ""))
    assert "Teksteistä kommentoitu 0 / 5" in browser.text


def test_the_rounds_questions_keep_their_answers(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(address(table, "whole"))
    form = browser.form("/questions")
    scale = next(name for name in form.fields if name.startswith("option-"))
    words = next(name for name in form.fields if name.startswith("words-"))
    browser.submit(form=form, values={scale: "3", words: "Nuorten toiminta puuttuu."})
    again = browser.form("/questions")
    assert again.fields[scale] == ["3"]
    assert again.fields[words][0].strip() == "Nuorten toiminta puuttuu."
    assert rows(installation)[0].kind is ContributionKind.QUESTION_ANSWER


def test_a_round_by_email_asks_its_questions_first(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, key="coordinators-round", open_to_all=False)
    table = Table(made, (link_actor(installation, made.people[0]),))
    browser = enter(installation, client, table)
    browser.open(section(table))
    assert browser.html.index('id="questions"') < browser.html.index('id="say-something"')


def test_others_voices_are_shown_as_consented_and_can_be_supported(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    made = say(installation, table, table.actors[1], "Hyvä kohta.", quote="kerran viikossa")
    browser = enter(installation, client, table)
    browser.open(section(table))
    assert "Hyvä kohta." in browser.text
    assert "Henkilö 2" not in browser.text
    browser.submit("/support", {"for_organisation": "y"})
    with installation.database.read() as session:
        support = session.scalars(select(Support)).one()
    assert (support.contribution_id, support.for_organisation) == (made, True)
    assert "1 on samaa mieltä" in browser.text
    browser.submit("/support")
    with installation.database.read() as session:
        assert session.scalars(select(Support)).all() == []


@pytest.mark.parametrize("sharing", [Sharing.EVERYONE, Sharing.NOBODY])
def test_a_texts_page_asks_the_database_as_often_for_a_thousand(
    installation: Installation, client: FlaskClient, sharing: Sharing
) -> None:
    table = make_table(installation, sharing=sharing)
    browser = enter(installation, client, table)
    fill(installation, table, table.actors[1], 10)
    few = count_queries(installation, lambda: browser.open(section(table)))
    fill(installation, table, table.actors[1], 990)
    many = count_queries(installation, lambda: browser.open(section(table)))
    assert few == many
    assert many <= 15


def count_queries(installation: Installation, act: Callable[[], object]) -> int:
    counted: list[str] = []

    def note(*arguments: object) -> None:
        if str(arguments[2]).lstrip().upper().startswith("SELECT"):
            counted.append(str(arguments[2]))

    event.listen(installation.database.reading, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(installation.database.reading, "before_cursor_execute", note)
    return len(counted)


def test_afterwards_mine_shows_the_answer_and_the_words_that_changed(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation)
    taken = say(
        installation, table, table.actors[0], "", quote="kerran viikossa", replacement="joka viikko"
    )
    refused = say(installation, table, table.actors[0], "Liian lyhyt.")
    browser = enter(installation, client, table)
    clock.advance(days=22)
    editor = table.round.editor
    merging.take(installation, editor, [taken], version_of(installation, table), new_id())
    answers.answer(
        installation, editor, [taken], answers.Answering(AnswerKind.TAKEN, "Selkeämpi näin."),
        new_id(),
    )  # fmt: skip
    answers.answer(
        installation, editor, [refused],
        answers.Answering(AnswerKind.NOT_TAKEN, "Pidämme tekstit lyhyinä."), new_id(),
    )  # fmt: skip
    browser.open(address(table, "mine"))
    assert "Pidämme tekstit lyhyinä." not in browser.text  # not before publication
    assert "Odottaa vastausta" in browser.text
    make_draft(installation, editor, table.round.handbook.id)
    browser.open(address(table, "mine"))
    assert "Pidämme tekstit lyhyinä." in browser.text
    assert "Selkeämpi näin." in browser.text
    answer = browser.html[browser.html.index("Selkeämpi näin.") :]
    assert re.search(r"<del>.{0,80}kerran viikossa", answer[:1500], re.S)
    assert re.search(r"<ins>.{0,80}joka viikko", answer[:1500], re.S)
    form = browser.form(f"/contributions/{refused}/verdict")
    browser.submit(form=form, values={"satisfied": "no", "reason": "Esimerkki jäi pois."})
    assert "Kiitos. Toimitus näkee tämän." in browser.text
    assert "vastaus ei riitä" in browser.text
    assert "Esimerkki jäi pois." in browser.text


def version_of(installation: Installation, table: Table) -> int:
    return text_version(installation, table.section_id)


def test_a_coordinator_has_changes_one_switch_away_and_a_note_on_publicity(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, key="ngo-round")
    editor = made.editor
    _revision, text = working_text(installation, made.texts.first)
    edit(installation, editor, made.texts.first, text.replace("kerran viikossa", "joka viikko"))
    phase_id = made.handbook.phases["coordinators-round"]
    make_draft(installation, editor, made.handbook.id)
    plan_phase(installation, editor, phase_id, closes_on=made.closes_on)
    person = make_person(installation, editor, phase_id, "Satu", kind="municipality")
    phases.open_phase(installation, editor, phase_id, new_id())
    actor = link_actor(installation, person)
    browser = Browser(client)
    browser.open(way_in(installation, actor))
    assert "julkinen asiakirja" in browser.text
    browser.open(f"/p/{actor.link_id}/sections/{made.texts.first}")
    assert "<del" not in browser.html
    assert browser.form("/questions")
    browser.open(f"/p/{actor.link_id}/sections/{made.texts.first}?changes=1")
    assert "joka" in browser.text
    assert "<del" in browser.html
    browser.open(f"/p/{actor.link_id}/pass-on")
    browser.submit("/pass-on", {"name": "Ville Virtanen", "address": "ville@kunta.example.org"})
    assert "Kollegasi saa oman linkin" in browser.text
    assert "Tehtävä on nyt kollegallasi" in browser.text


def test_not_me_forgets_the_link_in_this_browser(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    browser.open(address(table, "not-me"))
    browser.submit("/not-me/")
    assert "poistettu tästä selaimesta" in browser.text
    browser.open(address(table, ""))
    assert browser.page.status_code == 403
    assert "Avaa linkkisi uudelleen" in browser.text


def test_a_late_contribution_is_given_a_file_that_the_editors_see_where_they_admit_it(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation)
    clock.advance(days=22)
    actor = now_actor(installation, table)
    made = say(installation, table, actor, "Tilasto liitteenä.", late=True)
    browser = Browser(client)
    browser.open(way_in(installation, actor))
    browser.open(f"/p/{actor.link_id}/mine")
    assert f"/p/{actor.link_id}/contributions/{made}/files" in browser.html
    browser.open(f"/p/{actor.link_id}/contributions/{made}/files")
    assert browser.form(f"/contributions/{made}/files").action
    attachments.attach(installation, actor, made, [Upload("tilasto.pdf", b"%PDF-1.7 x")], new_id())
    browser.open(f"/p/{actor.link_id}/contributions/{made}/files")
    assert "tilasto.pdf" in browser.text
    editor = sign_in(Browser(client.application.test_client()), table.round.editor)
    editor.open(f"/handbooks/{table.round.handbook.id}/contributions/{made}")
    assert "tilasto.pdf" in editor.text
    assert editor.form("/admit").action
