"""The recording form: a place by its number on the paper, and originals beside what is typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.contributions import NameShown, Sharing
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.files import Attachment, File, WaitingOriginal
from reviewtool.queries.meetings import numbered_texts
from tests.factories.accounts import sign_in
from tests.factories.answers import MadeBench, make_bench
from tests.factories.handbooks import make_editor
from tests.factories.pictures import photograph
from tests.factories.rounds import plan_phase
from tests.unit.office.samples import as_word
from tests.unit.office.test_reading import a_pdf
from tests.web.browser import Browser

WORD = as_word([("heading", 1, "Lausunto"), ("paragraph", "Teksti on <b>selkeä</b>.")])


@pytest.fixture
def bench(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft."""
    return make_bench(installation)


@pytest.fixture
def browser(client: FlaskClient, bench: MadeBench) -> Browser:
    """Give the editor's browser, on the form."""
    browser = Browser(client)
    sign_in(browser, bench.editor)
    browser.open(path(bench))
    return browser


def path(bench: MadeBench) -> str:
    return f"/handbooks/{bench.handbook.id}/contributions/record"


def read(browser: Browser, file_name: str, content: bytes, words: str = "Kesken oleva.") -> None:
    values = {"read": "1", "name": "Seppo Salo", "said-0-words": words}
    browser.submit("contributions/record", values, files={"originals": (file_name, content)})


def said(installation: Installation) -> list[Contribution]:
    with installation.database.read() as session:
        return list(session.scalars(select(Contribution).order_by(Contribution.number)))


def test_a_place_is_told_by_its_number_on_the_paper(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    browser.submit(
        "contributions/record",
        {
            "name": "Seppo Salo",
            "said-0-at": "kohta 1.2",
            "said-0-words": "Tähän esimerkki.",
            "said-1-at": "1",
            "said-1-words": "Hyvä teksti.",
        },
    )
    first, second = said(installation)
    assert first.quote
    assert (first.section_id, second.section_id) == (bench.section_id, bench.section_id)
    assert second.quote == ""
    with installation.database.read() as session:
        (text,) = numbered_texts(session, bench.editor, bench.draft_id, "fi")
    assert first.revision_id == text.revision_id


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"said-0-at": "7.2"}, "Paperissa ei ole tätä numeroa"),
        ({"said-0-at": "1.99"}, "Paperissa ei ole tätä numeroa"),
        ({"said-0-at": "1.1", "said-0-quote": "koulutetut"}, "Näitä sanoja ei löydy"),
        ({"said-0-quote": "koulutetut"}, "Valitse teksti"),
    ],
)
def test_a_place_that_cant_be_told_is_asked_again(
    installation: Installation, browser: Browser, values: dict[str, str], told: str
) -> None:
    values = {"name": "Seppo Salo", "said-0-words": "Tähän esimerkki.", **values}
    page = browser.submit("contributions/record", values)
    assert page.status_code == 422
    assert "Tähän esimerkki." in browser.text
    assert said(installation) == []
    assert told in browser.text


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("lausunto.docx", WORD, "Teksti on <b>selkeä</b>."),
        ("lausunto.pdf", a_pdf("Kunnassa on kaksi ryhmää."), "Kunnassa on kaksi ryhmää."),
        ("lausunto.txt", b"Sanottu puhelimessa.", "Sanottu puhelimessa."),
    ],
)
def test_an_original_is_read_beside_the_form_and_attached(
    installation: Installation, browser: Browser, name: str, content: bytes, shown: str
) -> None:
    read(browser, name, content)
    assert shown in browser.text
    assert "Kesken oleva." in browser.text
    assert "Seppo Salo" in browser.html
    browser.submit("contributions/record")
    (contribution,) = said(installation)
    with installation.database.read() as session:
        (attached,) = session.scalars(select(Attachment)).all()
        file = session.get_one(File, attached.file_id)
        assert (file.name, file.awaiting) == (name, False)
        assert session.scalars(select(WaitingOriginal)).all() == []
    assert contribution.words == "Kesken oleva."


def test_a_picture_is_shown_and_opens_without_reaching_anything(
    installation: Installation, browser: Browser
) -> None:
    read(browser, "taulu.jpg", photograph((60, 40)))
    with installation.database.read() as session:
        (waiting,) = session.scalars(select(WaitingOriginal)).all()
    path = f"{browser.url.removesuffix('/contributions/record')}/originals/{waiting.file_id}"
    assert f'<img src="{path}"' in browser.html
    response = browser.client.get(path)
    assert response.headers["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_other_kinds_of_files_are_never_opened_by_the_browser(
    installation: Installation, browser: Browser
) -> None:
    read(browser, "sivu.txt", b"<script>alert(1)</script>")
    assert "<script>alert(1)</script>" in browser.text
    with installation.database.read() as session:
        (waiting,) = session.scalars(select(WaitingOriginal)).all()
    path = f"{browser.url.removesuffix('/contributions/record')}/originals/{waiting.file_id}"
    assert browser.client.get(path).headers["Content-Disposition"].startswith("attachment")


def test_an_original_is_left_out_again(installation: Installation, browser: Browser) -> None:
    read(browser, "kirje.txt", b"Hei.")
    with installation.database.read() as session:
        (waiting,) = session.scalars(select(WaitingOriginal)).all()
    browser.submit("contributions/record", {"drop": waiting.file_id})
    assert "Kesken oleva." in browser.text
    assert "kirje.txt" not in browser.text
    with installation.database.read() as session:
        assert session.scalars(select(File)).all() == []


def test_what_one_reads_is_no_colleagues_and_waits_on_the_desk(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    read(browser, "kirje.txt", b"Salainen.")
    with installation.database.read() as session:
        (waiting,) = session.scalars(select(WaitingOriginal)).all()
    desk = f"/handbooks/{bench.handbook.id}"
    browser.open(desk)
    assert f"{path(bench)}?waiting={waiting.file_id}" in browser.html
    browser.open(f"{path(bench)}?waiting={waiting.file_id}")
    assert "Salainen." in browser.text
    sign_in(browser, make_editor(installation, bench.handbook.id))
    browser.open(f"{path(bench)}?waiting={waiting.file_id}")
    assert "Salainen." not in browser.text
    assert browser.client.get(f"{desk}/originals/{waiting.file_id}").status_code == 404


def test_an_original_that_waited_too_long_is_asked_for_again(
    installation: Installation, bench: MadeBench, browser: Browser, clock: SetClock
) -> None:
    read(browser, "kirje.txt", b"Hei.")
    form = browser.form("contributions/record")
    clock.at += timedelta(days=2)
    read(browser, "toinen.txt", b"Moi.")
    page = browser.submit("contributions/record", form=form)
    assert page.status_code == 422
    assert "Alkuperäinen ei ole enää tallessa" in browser.text
    assert said(installation) == []


def test_a_file_that_isnt_taken_is_told_and_nothing_typed_is_lost(
    installation: Installation, browser: Browser
) -> None:
    read(browser, "ohjelma.exe", b"MZ")
    assert browser.page.status_code == 422
    assert "Kesken oleva." in browser.text
    with installation.database.read() as session:
        assert session.scalars(select(File)).all() == []


def test_the_form_asks_what_its_author_agreed_to(
    installation: Installation, bench: MadeBench, browser: Browser
) -> None:
    plan_phase(installation, bench.editor, bench.phase_id, sharing=Sharing.PUBLIC)
    form = browser.form("contributions/record", "name_shown")
    assert form.fields["name_shown"] == ["organisation"], "nothing is taken for granted"
    assert not any(form.fields.get("shared", []))
    values = {"name": "Seppo Salo", "phase": bench.phase_id, "said-0-words": "Hyvä."}
    browser.submit("contributions/record", {**values, "shared": "y", "name_shown": "name"})
    browser.open(path(bench))
    browser.submit("contributions/record", values)
    agreed, silent = said(installation)
    assert (agreed.sharing, agreed.name_shown) == (Sharing.PUBLIC, NameShown.NAME)
    assert (silent.sharing, silent.name_shown) == (Sharing.NOBODY, NameShown.ORGANISATION)
