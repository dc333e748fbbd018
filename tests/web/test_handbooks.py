"""Beginning a handbook on a page."""

from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from tests.factories.accounts import sign_in
from tests.factories.handbooks import make_administrator, make_editor, make_handbook
from tests.web.browser import Browser


def test_an_administrator_begins_a_handbook_and_goes_on_to_its_texts(
    installation: Installation, client: FlaskClient
) -> None:
    browser = sign_in(Browser(client), make_administrator(installation))
    browser.open("/home")
    assert "/handbooks/new" in browser.html
    browser.open("/handbooks/new")
    browser.submit(
        "/handbooks/new", {"title": "Uusi kirja", "language": "sv", "template": "single-round"}
    )
    assert "Käsikirja on luotu" in browser.text
    assert browser.url.endswith("/import")
    browser.open(browser.url.removesuffix("/import"))
    assert "Uusi kirja" in browser.text


def test_a_title_is_asked_for(installation: Installation, client: FlaskClient) -> None:
    browser = sign_in(Browser(client), make_administrator(installation))
    browser.open("/handbooks/new")
    page = browser.submit(
        "/handbooks/new", {"title": "", "language": "fi", "template": "model-case"}
    )
    assert page.status_code == 422
    assert "Kirjoita käsikirjan nimi." in browser.text


def test_editors_cannot_begin_one(installation: Installation, client: FlaskClient) -> None:
    made = make_handbook(installation)
    browser = sign_in(Browser(client), make_editor(installation, made.id))
    assert browser.open("/handbooks/new").status_code == 403


def test_editors_say_what_the_handbook_is(installation: Installation, client: FlaskClient) -> None:
    made = make_handbook(installation)
    browser = sign_in(Browser(client), make_editor(installation, made.id))
    browser.open(f"/handbooks/{made.id}")
    assert f"/handbooks/{made.id}/about" in browser.html
    browser.open(f"/handbooks/{made.id}/about")
    browser.submit(
        "/about",
        {
            "title_sv": "Föreningarnas handbok",
            "introduction_fi": "Järjestöjen työ kunnille.",
            "contact_name": "Tuuli Toimittaja",
            "contact_phone": "040 123 4567",
            "joint_controllers": "Toinen ry\n\nKolmas ry",
        },
    )
    assert browser.form("/about").fields["joint_controllers"][0].split() == [
        "Toinen", "ry", "Kolmas", "ry",
    ]  # fmt: skip
    browser.open(f"/h/{made.id}")
    assert "Järjestöjen työ kunnille." in browser.text
    assert "040 123 4567" in browser.text


def test_a_handbook_keeps_a_title_and_a_real_address(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_handbook(installation, title="Kirja")
    browser = sign_in(Browser(client), make_editor(installation, made.id))
    browser.open(f"/handbooks/{made.id}/about")
    page = browser.submit("/about", {"title_fi": "", "contact_email": "ei osoite"})
    assert page.status_code == 422
    assert "Kirjoita käsikirjan nimi." in browser.text
    assert browser.form("/about").fields["contact_email"] == ["ei osoite"]
    browser.open("/home")
    assert "Kirja" in browser.text
