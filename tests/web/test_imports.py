"""Bringing in a file on a page: upload, preview, confirmation."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.queries.tree import working_tree
from tests.factories.accounts import sign_in
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.web.browser import Browser

FILE = """# Käsikirja

## Osallisuus

Osallisuus syntyy yhdessä tekemisestä.

### Vertaistuki

- Vertaistuki vahvistaa arjen taitoja.

Ryhmässä tavataan kerran viikossa. Mukaan voi tulla ilman ilmoittautumista.
"""


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook without texts."""
    return make_handbook(installation)


@pytest.fixture
def browser(installation: Installation, handbook: MadeHandbook, client: FlaskClient) -> Browser:
    """Give an editor's browser."""
    return sign_in(Browser(client), make_editor(installation, handbook.id))


def send(browser: Browser, handbook: MadeHandbook, content: bytes, name: str = "kirja.md") -> None:
    """Upload a file on the page."""
    browser.open(f"/handbooks/{handbook.id}/import")
    browser.submit("/import", {"file": (BytesIO(content), name)})


def titles(installation: Installation, handbook: MadeHandbook) -> list[str]:
    """List the titles of the handbook's texts."""
    with installation.database.read() as session:
        return [line.title for line in working_tree(session, handbook.id, "fi")]


def test_a_preview_changes_nothing_and_confirming_brings_in(
    browser: Browser, installation: Installation, handbook: MadeHandbook
) -> None:
    send(browser, handbook, FILE.encode())
    assert "Näin tiedosto ymmärrettiin" in browser.text
    assert "Vertaistuki" in browser.text
    assert titles(installation, handbook) == []
    browser.submit(having="fingerprint")
    assert "Tuotu: 2 uutta tekstiä (Osallisuus, Vertaistuki)" in browser.text
    assert titles(installation, handbook) == ["Osallisuus", "Vertaistuki"]


def test_a_renaming_is_proposed_and_can_be_denied(
    browser: Browser, installation: Installation, handbook: MadeHandbook
) -> None:
    send(browser, handbook, FILE.encode())
    browser.submit(having="fingerprint")
    renamed = FILE.replace("### Vertaistuki", "### Vertaisryhmät").encode()
    send(browser, handbook, renamed)
    assert "”Vertaisryhmät” on entinen ”Vertaistuki”" in browser.text
    assert browser.form(having="fingerprint").fields["renamed"] == ["1"]
    browser.submit(having="fingerprint", values={"renamed": []})
    assert titles(installation, handbook) == ["Osallisuus", "Vertaistuki", "Vertaisryhmät"]


def test_what_is_not_brought_in_leaves_nothing(
    browser: Browser, installation: Installation, handbook: MadeHandbook
) -> None:
    send(browser, handbook, FILE.encode())
    browser.submit("/discard")
    assert "Mikään ei muuttunut" in browser.text
    assert titles(installation, handbook) == []


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"%PDF-1.7 nothing", "kirja.docx", "Tiedosto ei ole sitä, mitä sen nimi sanoo"),
        (b"words", "kirja.doc", "tiedostoa ei voi lukea"),
        (b"", "kirja.md", "Tiedostossa ei ole tekstiä"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_cure(
    browser: Browser, handbook: MadeHandbook, content: bytes, name: str, told: str
) -> None:
    send(browser, handbook, content, name)
    assert browser.page.status_code == 422
    assert told in browser.text


def test_no_file_is_asked_for(browser: Browser, handbook: MadeHandbook) -> None:
    browser.open(f"/handbooks/{handbook.id}/import")
    page = browser.submit("/import")
    assert page.status_code == 422
    assert "Valitse tiedosto." in browser.text
