"""What lasts: editions by permalink, drafts, comparisons, figures, the picture of the process."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import Sharing
from reviewtool.domain.few import FEW
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services import phases
from reviewtool.services.answers import Answering, answer
from reviewtool.services.processes import begin_next_run
from reviewtool.services.publication import publish
from reviewtool.services.structure import drop_section
from reviewtool.web.static_archive import archived_files
from tests.factories.accounts import sign_in
from tests.factories.contributions import make_table, now_actor, say
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.texts import MadeTexts, make_draft, make_texts, reword
from tests.integration.test_extensions import after, give
from tests.web.browser import Browser
from tests.web.queries import count_queries


def test_an_edition_stays_at_its_address_when_a_newer_one_comes(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    handbook = make_handbook(installation)
    editor = handbook.administrator
    section_id = make_texts(installation, editor, handbook.id).first
    publish(
        installation, editor, handbook.id, make_draft(installation, editor, handbook.id), "Ensin."
    )
    first = f"/h/{handbook.id}/editions/1/texts/{section_id}"
    before = client.get(first)
    assert "kerran viikossa" in before.text
    assert "Uudempi laitos" not in before.text
    reword(installation, editor, section_id, "kerran viikossa", "iltaisin")
    unpublished = make_draft(installation, editor, handbook.id)
    assert client.get(f"/h/{handbook.id}/drafts/2").status_code == 404
    assert client.get(f"/h/{handbook.id}/drafts/1/2").status_code == 404
    clock.advance(days=30)
    publish(installation, editor, handbook.id, unpublished, "Sitten.")
    after = client.get(first)
    assert "kerran viikossa" in after.text
    assert "Uudempi laitos" in after.text
    assert "iltaisin" in client.get(f"/h/{handbook.id}/editions/2/texts/{section_id}").text
    changes = client.get(f"/h/{handbook.id}/drafts/1/2/{section_id}").text
    assert re.search("<del>.*kerran.*</del>.*<ins>.*iltaisin.*</ins>", changes, re.S)
    browser = Browser(client)
    browser.open(f"/h/{handbook.id}/editions?language=fi")
    assert "2. laitos" in browser.text
    assert "Muutokset luonnoksesta 1" in browser.text


def test_nothing_of_it_is_shown_before_publication(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    make_texts(installation, handbook.administrator, handbook.id)
    make_draft(installation, handbook.administrator, handbook.id)
    for path in ("editions", "editions/1", "drafts/1", "drafts/1/1", "participation", "process"):
        assert client.get(f"/h/{handbook.id}/{path}").status_code == 404, path


def test_the_picture_tells_figures_only_of_what_is_over(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, sharing=Sharing.NOBODY)
    path = f"/h/{table.round.handbook.id}/process?language=fi"
    quiet = client.get(path).text
    said = say(installation, table, table.actors[0], "Puuttuu esimerkki.")
    assert client.get(path).text == quiet, "a blind round tells nothing while it runs"
    answer(installation, table.round.editor, [said], Answering(AnswerKind.NOTED), new_id())
    phases.close(installation, table.round.editor, table.round.phase_id, new_id())
    browser = Browser(client)
    browser.open(path)
    assert "pyydetty 2" in browser.text
    assert "Osallistujia oli alle 5, joten muita lukuja ei julkaista." in browser.text


def test_nothing_is_told_while_somebody_has_more_time(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation, sharing=Sharing.NOBODY)
    made = table.round
    give(installation, made, made.people[0], made.closes_on + timedelta(days=5))
    path = f"/h/{made.handbook.id}/process?language=fi"
    clock.at = after(made, 2)
    quiet = client.get(path).text
    assert "pyydetty" not in quiet
    say(installation, table, now_actor(installation, table), "Puuttuu esimerkki.")
    assert client.get(path).text == quiet, "for them the blind round goes on"
    clock.at = after(made, 6)
    assert "pyydetty" in client.get(path).text


def test_the_figures_count_each_contribution_once(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, people=FEW)
    editor, handbook = table.round.editor, table.round.handbook
    said = [say(installation, table, actor, f"Asia {n}.") for actor in table.actors for n in (1, 2)]
    answer(installation, editor, said, Answering(AnswerKind.NOTED), new_id())
    phases.close(installation, editor, table.round.phase_id, new_id())
    reword(installation, editor, table.section_id, "kerran viikossa", "iltaisin")
    publish(
        installation, editor, handbook.id, make_draft(installation, editor, handbook.id), "Koe."
    )
    path = f"/h/{handbook.id}/participation?language=fi"
    with count_queries(installation) as queries:
        page = client.get(path)
    cells = re.findall(r'class="num">(\d+)</td>', page.text)
    assert cells[:4] == ["5", "5", "10", "0"], "asked, took part, said, taken"
    assert "Merkitty tiedoksi" in page.text
    assert queries.number <= 25


@pytest.mark.parametrize("people", [FEW - 1, FEW])
def test_of_few_people_nothing_is_told_but_how_many_were_asked(
    installation: Installation, client: FlaskClient, people: int
) -> None:
    table = make_table(installation, people=people)
    editor, handbook = table.round.editor, table.round.handbook
    said = [say(installation, table, actor, "Asia.") for actor in table.actors]
    answer(installation, editor, said, Answering(AnswerKind.NOTED), new_id())
    phases.close(installation, editor, table.round.phase_id, new_id())
    reword(installation, editor, table.section_id, "kerran viikossa", "iltaisin")
    publish(
        installation, editor, handbook.id, make_draft(installation, editor, handbook.id), "Koe."
    )
    page = client.get(f"/h/{handbook.id}/participation?language=fi").text
    process = client.get(f"/h/{handbook.id}/process?language=fi").text
    many = people == FEW
    for table_of in ("Organisaation tyypin mukaan", "Osa-alueittain", "Merkitty tiedoksi"):
        assert (table_of in page) is many, table_of
    cells = re.findall(r'class="num">([^<]+)</td>', page)[:5]
    assert cells == (["5", "5", "5", "0", "0"] if many else ["4", "–", "–", "–", "–"])
    assert ("Osallistujia oli alle 5" in process) is not many


def test_runs_stand_side_by_side_each_with_its_record(
    installation: Installation, app: Flask, client: FlaskClient, clock: SetClock
) -> None:
    """Beginning the next run takes nothing away: pages, the editors' own and the archive."""
    table = make_table(installation, people=FEW)
    editor, handbook = table.round.editor, table.round.handbook
    said = [say(installation, table, actor, "Asia.") for actor in table.actors]
    answer(installation, editor, said, Answering(AnswerKind.NOTED), new_id())
    phases.close(installation, editor, table.round.phase_id, new_id())
    reword(installation, editor, table.section_id, "kerran viikossa", "iltaisin")
    second = make_draft(installation, editor, handbook.id)
    publish(installation, editor, handbook.id, second, "Koe.")
    pages = [f"/h/{handbook.id}/{page}?language=fi" for page in ("participation", "process")]
    before = [main_of(client.get(page).text) for page in pages]
    clock.advance(days=400)
    begin_next_run(installation, editor, handbook.id, "single-round", new_id())

    for page, record in zip(pages, before, strict=True):
        one = page.replace("?", "/1?")
        assert figures_in(main_of(client.get(page).text)) == figures_in(record)
        assert figures_in(main_of(client.get(one).text)) == figures_in(record)
        assert client.get(page.replace("?", "/2?")).status_code == 200
        assert client.get(page.replace("?", "/3?")).status_code == 404
        assert "2. prosessi" in client.get(page).text
    front = client.get(f"/h/{handbook.id}?language=fi").text
    new, _, old = front.partition("1. prosessi")
    assert new.count("Järjestöjen kommenttikierros") == 0
    assert old.count("Järjestöjen kommenttikierros") == 1
    files = {one.path: one.content for one in archived_files(app, handbook.id, "fi")}
    for page, record in zip(("participation", "process"), before, strict=True):
        archived = main_of(files[f"{page}/1.html"].decode())
        assert figures_in(archived) == figures_in(record)
        assert f"{page}/2.html" in files
    own = sign_in(Browser(app.test_client()), editor)
    own.open(f"/handbooks/{handbook.id}/process")
    assert f"/h/{handbook.id}/participation/1" in own.html


def main_of(html: str) -> str:
    """Give what stands in a page's main part."""
    return html.partition("<main")[2].partition("</main")[0]


def figures_in(html: str) -> list[str]:
    """List the words of a page's tables, figures and headings, without its addresses."""
    words = re.sub(r"<[^>]*>", "\n", html)
    return [
        line.strip()
        for line in words.splitlines()
        if line.strip() and not line.strip().startswith("1. prosessi")
    ]


def test_a_text_says_its_edition_and_each_passage_has_a_link_that_stays(
    installation: Installation, client: FlaskClient
) -> None:
    handbook, texts = _published(installation)
    browser = Browser(client)
    browser.open(f"/h/{handbook.id}/texts/{texts.first}?language=fi")
    assert "1. laitos" in browser.text
    assert "Julkaistu 14.9.2026" in browser.text
    address = f"/h/{handbook.id}/editions/1/texts/{texts.first}"
    (number, *_more) = re.findall(rf'href="{address}#p(\d+)"', browser.html)
    assert f'href="{address}"' in browser.html
    cited = client.get(address).text
    assert f'id="p{number}"' in cited


def test_a_text_that_a_later_edition_dropped_is_read_in_the_last_one_that_has_it(
    installation: Installation, client: FlaskClient
) -> None:
    handbook, texts = _published(installation)
    editor = handbook.administrator
    drop_section(installation, editor, texts.second, new_id())
    publish(
        installation, editor, handbook.id, make_draft(installation, editor, handbook.id), "Sitten."
    )
    browser = Browser(client)
    browser.open(f"/h/{handbook.id}/texts/{texts.second}?language=fi")
    assert browser.url == f"/h/{handbook.id}/editions/1/texts/{texts.second}"
    assert "Teksti ei ole enää uusimmassa laitoksessa" in browser.text
    reasons = client.get(f"/h/{handbook.id}/texts/{texts.second}/reasons?language=fi")
    assert reasons.status_code == 200
    assert f"/h/{handbook.id}/editions/1/texts/{texts.second}" in reasons.text
    assert client.get(f"/h/{handbook.id}/texts/{new_id()}").status_code == 404


def _published(installation: Installation) -> tuple[MadeHandbook, MadeTexts]:
    handbook = make_handbook(installation)
    editor = handbook.administrator
    texts = make_texts(installation, editor, handbook.id)
    draft_id = make_draft(installation, editor, handbook.id)
    publish(installation, editor, handbook.id, draft_id, "Ensin.")
    return handbook, texts
