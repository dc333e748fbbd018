"""The ledger and one contribution: find, filter, answer in bulk, export, record, note, mask."""

from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import ContributionKind, ContributionState
from reviewtool.domain.masking import MASK
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, Placement, Turn
from reviewtool.models.files import Attachment
from tests.factories.accounts import sign_in
from tests.factories.answers import MadeBench, answer, make_bench, said, suggested
from tests.factories.texts import make_section
from tests.web.browser import Browser


@pytest.fixture
def bench(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft."""
    return make_bench(installation)


@pytest.fixture
def browser(client: FlaskClient, bench: MadeBench) -> Browser:
    """Give the editor's browser."""
    return sign_in(Browser(client), bench.editor)


def ledger(bench: MadeBench, rest: str = "") -> str:
    return f"/handbooks/{bench.handbook.id}/contributions{rest}"


def listed(browser: Browser, *ids: str) -> list[bool]:
    return [f'value="{one}"' in browser.html for one in ids]


def test_filters_and_folded_search(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    other = make_section(installation, bench.editor, bench.handbook.id, "Toinen teksti")
    first = said(installation, bench, "ÄLKÄÄ unohtako Järjestöjä 100 %", organisation="Ähtärin ry")
    second = said(installation, bench, "Hyvä.", section_id=other, organisation="Tukikeskus ry")
    third = suggested(installation, bench, "koulutetut", "kokeneet", organisation="Tukikeskus ry")
    answer(installation, bench, [second])
    for query, expected in (
        ("", [True, True, True]),
        ("?search=älkää", [True, False, False]),
        ("?search=99999999999999999999", [False, False, False]),
        ("?search=JÄRJESTÖJÄ+100+%25", [True, False, False]),
        ("?search=ähtärin", [True, False, False]),
        ("?search=KOKENEET", [False, False, True]),
        ("?search=2", [False, True, False]),
        (f"?section={other}", [False, True, False]),
        ("?kind=suggestion", [False, False, True]),
        ("?answer=open", [True, False, True]),
        ("?answer=answered", [False, True, False]),
        ("?answer=not-taken", [False, True, False]),
        ("?channel=web", [False, False, False]),
        ("?state=withdrawn", [False, False, False]),
        ("?kind=nonsense&sort=nonsense&page=99", [True, True, True]),
    ):
        assert browser.open(ledger(bench, query)).status_code == 200
        assert listed(browser, first, second, third) == expected, query
    browser.open(ledger(bench, "?sort=section"))
    places = [browser.html.index(f'value="{one}"') for one in (third, first, second)]
    assert places == sorted(places)


def test_answering_the_ticked_rows(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    ids = [said(installation, bench, f"Kommentti {n}") for n in range(3)]
    whole = said(installation, bench, "Koko käsikirjasta", whole=True)
    browser.open(ledger(bench))
    browser.submit("contributions/choose", {"c": [ids[0], whole]})
    browser.submit("contributions/answer", {"kind": "noted", "reason": "Kiitos."})
    assert browser.url == ledger(bench)
    with installation.database.read() as session:
        answered = set(session.scalars(select(Answer.contribution_id)))
    assert answered == {ids[0], whole}


def test_the_export_holds_every_row_with_its_place(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    suggested(installation, bench, "avoin kaikille", "avoin ja maksuton", words="=1+1")
    said(installation, bench, "Kuka?", quote="koulutetut")
    said(installation, bench, "Koko käsikirja", whole=True)
    response = browser.client.get(ledger(bench, "/export?sort=number"))
    assert "attachment" in response.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(response.data)).active
    assert sheet is not None
    heading, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    place = heading.index("Paikka tekstissä")
    assert [row[0] for row in rows] == [1, 2, 3]
    assert rows[0][place] == "ydinkohta 2"
    assert str(rows[1][place]).startswith("kappale")
    assert rows[2][place] in (None, "")
    assert "=1+1" in rows[0]


def test_recording_on_behalf_with_the_original(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    browser.open(ledger(bench, "/record"))
    browser.submit(
        "contributions/record",
        {"name": "Seppo Salo", "said-0-words": "Ensimmäinen.", "more": "1"},
    )
    assert "said-2-words" in browser.html
    assert "Ensimmäinen." in browser.html
    page = browser.submit(
        "contributions/record",
        {
            "said-1-section": bench.section_id,
            "said-1-quote": "koulutetut vapaaehtoiset",
            "said-1-kind": "suggestion",
            "said-1-replacement": "vapaaehtoiset",
            "said-2-section": bench.section_id,
            "said-2-quote": "ei ole tekstissä",
            "said-2-words": "Lisää tämä.",
            "originals": (BytesIO(b"%PDF-1.4 kirje"), "kirje.pdf"),
            "more": None,
        },
    )
    assert page.status_code == 422
    assert "Korjaa alla kommentteihin merkityt kohdat." in browser.text
    assert "kirje.pdf" in browser.text, "a chosen file is kept"
    browser.submit("contributions/record", {"said-2-quote": "", "more": None})
    assert browser.url == ledger(bench)
    with installation.database.read() as session:
        rows = session.scalars(select(Contribution).order_by(Contribution.number)).all()
        assert [row.kind for row in rows] == [
            ContributionKind.COMMENT, ContributionKind.SUGGESTION, ContributionKind.COMMENT,
        ]  # fmt: skip
        assert rows[1].quote == "koulutetut vapaaehtoiset"
        attached = session.scalars(select(Attachment)).all()
    assert len(attached) == 3
    browser.open(ledger(bench, f"/{rows[0].id}"))
    path = ledger(bench, f"/{rows[0].id}/files/{attached[0].file_id}")
    assert path in browser.html
    response = browser.client.get(path)
    assert response.data == b"%PDF-1.4 kirje"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_what_can_be_done_to_one_contribution(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    one = said(installation, bench, "Matti Meikäläinen sanoi tämän.", quote="koulutetut")
    late = said(installation, bench, "Myöhässä.")
    with installation.database.write() as session:
        session.get_one(Contribution, late).state = ContributionState.LATE
    answer(installation, bench, [one])
    page = ledger(bench, f"/{one}")
    browser.open(page)
    assert browser.submit("/notes", {"words": " "}).status_code == 422
    browser.submit("/notes", {"words": "Kysytään vielä."})
    assert "Kysytään vielä." in browser.text
    assert browser.submit("/mask", {"fragments": "Pekka"}).status_code == 422
    browser.submit("/mask", {"fragments": "Matti Meikäläinen"})
    assert MASK in browser.text
    browser.submit("/publish")
    browser.open(ledger(bench, f"/{one}/place"))
    assert browser.submit("/place", {"quote": "a"}).status_code == 422
    browser.submit("/place", {"quote": "tavataan kerran viikossa"})
    browser.open(ledger(bench, f"/{late}"))
    browser.submit("/admit", {"reason": "Posti oli myöhässä."})
    with installation.database.read() as session:
        row = session.scalars(select(Answer)).one()
        assert row.state is AnswerState.PUBLISHED
        assert session.get_one(Contribution, late).state is ContributionState.RECEIVED
        assert len(session.scalars(select(Placement)).all()) == 1
        assert len(session.scalars(select(Turn)).all()) == 1


def test_a_revised_answer_shows_its_history(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    one = said(installation, bench)
    answer(installation, bench, [one], AnswerKind.NOT_TAKEN, "Ei mahdu.")
    browser.open(ledger(bench, f"/{one}"))
    browser.submit("contributions/answer", {"kind": "noted", "reason": "Kiitos sittenkin."})
    assert browser.url == ledger(bench, f"/{one}")
    assert "Ei mahdu." in browser.text
    assert "Kiitos sittenkin." in browser.text


def test_a_feature_is_marked_used(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    one = said(installation, bench, kind=ContributionKind.FEATURE)
    browser.open(ledger(bench, f"/{one}"))
    browser.submit("contributions/used")
    assert "Käytetty tekstissä" in browser.text
    browser.submit("contributions/used", {"reason": ""})
    assert browser.page.status_code == 422
    browser.open(ledger(bench, f"/{one}"))
    assert "Käytetty tekstissä" in browser.text
    browser.submit("contributions/used", {"reason": "Sanottu jo."})
    assert "Ei käytetty" in browser.text
    assert "Sanottu jo." in browser.text


def test_another_handbooks_contribution_is_not_found(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    other = make_bench(installation)
    foreign = said(installation, other)
    for rest in (f"/{foreign}", f"/answer?c={foreign}", f"/{foreign}/place"):
        assert browser.open(ledger(bench, rest)).status_code == 404
    assert browser.open(ledger(other)).status_code == 403


def test_recording_from_the_merge_page_leads_back_to_it(bench: MadeBench, browser: Browser) -> None:
    browser.open(ledger(bench, f"/record?section={bench.section_id}"))
    browser.submit("contributions/record", {"name": "Seppo Salo", "said-0-words": "Soitettu."})
    assert browser.url == f"/handbooks/{bench.handbook.id}/sections/{bench.section_id}/merge"
    assert "Soitettu." in browser.text


def test_a_bulk_answer_says_that_it_replaces_earlier_ones(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    one = said(installation, bench, "Hyvä.")
    other = said(installation, bench, "Huono.")
    answer(installation, bench, [one])
    browser.open(ledger(bench, f"/answer?c={one}&c={other}"))
    assert "1 on jo saanut vastauksen. Uusi vastaus korvaa sen." in browser.text
    browser.open(ledger(bench, f"/answer?c={other}"))
    assert "on jo saanut" not in browser.text
