"""The pages of the starting text: an editor names it, readers see the credit and the marks."""

from flask.testing import FlaskClient

from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.queries.imports import Choices
from reviewtool.queries.tree import working_tree
from reviewtool.services.drafts import freeze_draft
from reviewtool.services.imports import import_file
from reviewtool.services.publication import publish
from tests.factories.accounts import sign_in
from tests.factories.handbooks import make_handbook
from tests.factories.texts import edit, make_section, working_text
from tests.web.browser import Browser

FILE = """# Vertaistuki

Ryhmässä tavataan kerran viikossa kirjastossa.

# Arjen apu

Apua saa heti ja ilman lomakkeita.
"""


def test_credit_is_named_and_shown_and_the_words_are_marked_up_to_publication(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_handbook(installation)
    editor = made.administrator
    import_file(installation, editor, made.id, "kirja.md", FILE.encode(), Choices())
    own = make_section(installation, editor, made.id, "Oma teksti")
    with installation.database.read() as session:
        lines = {line.title: line.section_id for line in working_tree(session, made.id, "fi")}
    browser = Browser(client)
    sign_in(browser, made.administrator.person_id or "")
    browser.open(f"/handbooks/{made.id}/starting-text")
    assert "Tuo tiedosto ensin" in browser.text
    browser.submit("/starting-text", {"title": "Naapurin kirja", "sections": []})
    assert browser.page.status_code == 422
    assert browser.form("/starting-text").fields["title"] == ["Naapurin kirja"]
    browser.submit(
        "/starting-text",
        {
            "title": "Naapurin kirja",
            "credit": "Naapurin verkosto",
            "permission": "CC BY 4.0",
            "dated_on": "2017-05-02",
            "sections": [lines["Vertaistuki"], lines["Arjen apu"]],
        },
    )
    assert "Tallennettu" in browser.text
    _id, text = working_text(installation, lines["Vertaistuki"])
    edit(installation, editor, lines["Vertaistuki"], text.replace("kerran viikossa", "usein"))
    browser.open(f"/handbooks/{made.id}/sections/{lines['Vertaistuki']}/origin")
    assert 'class="origin-changed"' in browser.html
    assert "(muutettu)" in browser.text, "a screen reader hears it too"
    draft = freeze_draft(installation, editor, made.id, new_id())
    publish(installation, editor, made.id, draft.id, "Ilman hyväksyntäkierrosta.")
    visitor = Browser(client.application.test_client())
    visitor.open(f"/h/{made.id}")
    assert "Naapurin verkosto" in visitor.text
    assert "CC BY 4.0" in visitor.text
    visitor.open(f"/h/{made.id}/texts/{lines['Vertaistuki']}")
    assert "Mikä on peritty lähtötekstistä ”Naapurin kirja”" in visitor.text
    visitor.open(f"/h/{made.id}/texts/{lines['Vertaistuki']}/origin")
    assert 'class="origin-changed"' in visitor.html
    visitor.open(f"/h/{made.id}/texts/{own}")
    assert "Mikä on peritty" not in visitor.text
