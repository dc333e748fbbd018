"""What lasts: editions by permalink, drafts, comparisons, figures, the picture of the process."""

import re

from flask.testing import FlaskClient

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import Sharing
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services import phases
from reviewtool.services.answers import Answering, answer
from reviewtool.services.publication import publish
from tests.factories.contributions import make_table, say
from tests.factories.handbooks import make_handbook
from tests.factories.texts import make_draft, make_texts, reword
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
    for path in ("editions", "editions/1", "drafts/1", "drafts/1/1", "participation"):
        answered = client.get(f"/h/{handbook.id}/{path}")
        assert answered.status_code in (302, 403, 404), path
    assert client.get(f"/h/{handbook.id}/process").status_code == 200


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
    assert "2 pyydetty" in browser.text or "pyydetty 2" in browser.text
    assert "kommenttia 1" in browser.text or "1 kommenttia" in browser.text


def test_the_figures_count_each_contribution_once(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    editor, handbook = table.round.editor, table.round.handbook
    said = [say(installation, table, table.actors[n % 2], f"Asia {n}.") for n in range(4)]
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
    assert cells[:4] == ["2", "2", "4", "0"], "asked, took part, said, taken"
    assert "Merkitty tiedoksi" in page.text
    assert queries.number <= 20
