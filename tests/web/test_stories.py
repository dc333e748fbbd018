"""A story's page for editors, and how readers find from a story to an activity and back."""

import pytest
from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.queries.imports import Choices
from reviewtool.queries.tree import working_tree
from reviewtool.services.imports import import_file
from reviewtool.services.publication import publish
from tests.factories.accounts import sign_in
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.pictures import opened, picture
from tests.factories.texts import MadeTexts, edit, make_draft, make_texts, working_text
from tests.web.browser import Browser


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def texts(installation: Installation, handbook: MadeHandbook) -> MadeTexts:
    """Give its texts, the story with two episodes."""
    made = make_texts(installation, handbook.administrator, handbook.id)
    _id, text = working_text(installation, made.story)
    more = "kirjastosta.\n\n## Vertaistuki\n\nRyhmässä.\n\n## Talolla vapaaehtoisena\n\nNyt."
    edit(installation, handbook.administrator, made.story, text.replace("kirjastosta.", more))
    return made


@pytest.fixture
def browser(installation: Installation, handbook: MadeHandbook, client: FlaskClient) -> Browser:
    """Give an editor's browser."""
    return sign_in(Browser(client), make_editor(installation, handbook.id))


def test_of_a_story_never_opened_nothing_is_taken_for_said(
    browser: Browser, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    file = "# Kirja\n\n## Apu\n\n### Henkilötarina: Kaarlo\n\nKaarlo asuu yksin.\n".encode()
    editor = handbook.administrator
    import_file(installation, editor, handbook.id, "kirja.md", file, Choices())
    with installation.database.read() as session:
        tree = working_tree(session, handbook.id, "fi")
    imported = next(one.section_id for one in tree if one.title == "Henkilötarina: Kaarlo")
    for section_id, person in ((texts.story, "Marja"), (imported, "Kaarlo")):
        browser.open(f"/handbooks/{handbook.id}/sections/{section_id}")
        assert "Nimi on muutettu" not in browser.text
        browser.open(f"/handbooks/{handbook.id}/sections/{section_id}/story")
        fields = browser.form("/story").fields
        assert (fields["person"], fields["pseudonym"], fields["consent"]) == ([person], [], [""])


def test_an_editor_says_whose_story_it_is_and_readers_find_their_way(
    browser: Browser, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    section = f"/handbooks/{handbook.id}/sections/{texts.story}"
    browser.open(section)
    assert "Ei vielä kerrottu." in browser.text
    browser.open(f"{section}/story")
    assert "Ehdotus: tallennus vahvistaa sen" in browser.text
    form = browser.form("/story")
    assert form.fields["person"] == ["Marja"]
    assert form.fields["episodes-0-activity"] == [texts.first]
    browser.submit(
        "/story",
        {"role": "eläkeläinen", "picture_alt": "Piirros", "episodes-1-activity": texts.second},
        files={"file": ("kuva.png", picture("PNG", (300, 300)))},
    )
    assert browser.page.status_code == 422
    assert "Kirjaa suostumus" in browser.text
    browser.submit("/story", {"consent": "Marja suostui 1.2.2026.", "pseudonym": "y"})
    assert "eläkeläinen" in browser.text
    browser.open(f"/handbooks/{handbook.id}/sections/{texts.first}")
    assert "Tähän liittyvä tarina" in browser.text
    draft_id = make_draft(installation, handbook.administrator, handbook.id)
    publish(installation, handbook.administrator, handbook.id, draft_id, "Kokeilua varten.")

    visitor = Browser(browser.client.application.test_client())
    visitor.open(f"/h/{handbook.id}/texts/{texts.story}")
    assert "Marja eläkeläinen Nimi on muutettu." in visitor.text
    assert "suostui" not in visitor.text
    activity = f'href="/h/{handbook.id}/texts/{texts.first}"'
    assert f"Toiminto: <a {activity}>Vertaistuki</a>" in visitor.html
    image = visitor.html.partition('<img src="')[2].partition('"')[0]
    assert opened(visitor.client.get(image).data).size == (300, 300)
    visitor.open(f"/h/{handbook.id}/texts/{texts.first}")
    assert f'href="/h/{handbook.id}/texts/{texts.story}#p2"' in visitor.html
    assert 'id="p2"' in visitor.client.get(f"/h/{handbook.id}/texts/{texts.story}").text
    visitor.open(f"/h/{handbook.id}/print")
    assert f'href="#t-{texts.first}"' in visitor.html


def test_a_section_that_is_no_story_has_no_such_page(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    browser.open(f"/handbooks/{handbook.id}/sections/{texts.first}/story")
    assert browser.page.status_code == 404


def test_the_picture_is_removed_by_one_tick(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    page = f"/handbooks/{handbook.id}/sections/{texts.story}/story"
    browser.open(page)
    browser.submit(
        "/story",
        {"picture_alt": "Piirros", "consent": "Suostui 1.2."},
        files={"file": ("k.png", picture())},
    )
    browser.open(page)
    file_id = browser.form("/story").fields["picture"][0]
    assert browser.client.get(f"/pictures/{file_id}/large").status_code == 200
    browser.submit("/story", {"without": "y"})
    assert browser.client.get(f"/pictures/{file_id}/large").status_code == 404
