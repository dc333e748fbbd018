"""Pictures on pages: who is sent them, with what headers, and how editors send new ones."""

from io import BytesIO

import docx
import pytest
from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.services.publication import publish
from tests.factories.accounts import sign_in
from tests.factories.contributions import way_in
from tests.factories.handbooks import make_editor, make_handbook
from tests.factories.people import link_actor
from tests.factories.pictures import ALT, opened, photograph, picture, show_picture
from tests.factories.rounds import make_round
from tests.factories.texts import make_draft, make_section
from tests.web.browser import Browser


def visit(client: FlaskClient, url: str) -> int:
    return client.get(url).status_code


def test_a_picture_is_public_once_it_is_published(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    editor = handbook.administrator
    section_id = make_section(installation, editor, handbook.id)
    file_id = show_picture(installation, editor, handbook.id, section_id)
    address = f"/pictures/{file_id}/large"
    assert visit(client, address) == 404
    draft_id = make_draft(installation, editor, handbook.id)
    assert visit(client, address) == 404
    publish(installation, editor, handbook.id, draft_id, "Kokeilua varten.")
    later = make_section(installation, editor, handbook.id, "Myöhempi")
    unpublished = show_picture(installation, editor, handbook.id, later, picture("PNG", (90, 90)))

    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert opened(response.data).size == (120, 80)
    again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert visit(client, f"/pictures/{file_id}/small") == 200
    assert visit(client, f"/pictures/{file_id}/other") == 404
    assert visit(client, f"/pictures/{unpublished}/large") == 404
    assert visit(client, "/pictures/0000000000000000/large") == 404
    page = client.get(f"/h/{handbook.id}/texts/{section_id}").text
    assert f'src="{address}.png"' in page
    assert 'width="120" height="80" alt="Kaksi ihmistä kahvilla"' in page
    assert f'src="{address}.png"' in client.get(f"/h/{handbook.id}/print").text
    assert visit(client, f"{address}.png") == 200
    assert visit(client, f"{address}.svg") == 404


def test_a_link_sees_the_pictures_of_its_round_and_no_later_ones(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    editor = handbook.administrator
    section_id = make_section(installation, editor, handbook.id, "Kuvitettu")
    file_id = show_picture(installation, editor, handbook.id, section_id)
    made = make_round(installation, handbook=handbook)
    later = show_picture(installation, editor, handbook.id, section_id, picture("PNG", (90, 90)))
    make_draft(installation, editor, handbook.id)
    actor = link_actor(installation, made.people[0])
    browser, link = Browser(client), actor.link_id
    browser.open(way_in(installation, actor))
    browser.open(f"/p/{link}/sections/{section_id}")
    assert f'src="/p/{link}/pictures/{file_id}/large.png"' in browser.html
    response = client.get(f"/p/{link}/pictures/{file_id}/large")
    assert response.status_code == 200
    assert response.headers["Cache-Control"].startswith("private")
    assert visit(client, f"/p/{link}/pictures/{later}/large") == 404
    assert visit(client, f"/pictures/{file_id}/large") == 404


def test_a_draft_on_paper_and_in_word_has_its_pictures(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    editor = handbook.administrator
    section_id = make_section(installation, editor, handbook.id)
    sent = picture("PNG", (900, 600))
    file_id = show_picture(installation, editor, handbook.id, section_id, sent)
    draft_id = make_draft(installation, editor, handbook.id)
    browser = sign_in(Browser(client), make_editor(installation, handbook.id))
    paper = f"/handbooks/{handbook.id}/drafts/{draft_id}/paper"
    browser.open(paper)
    assert f"/pictures/{file_id}/large.png" in browser.html
    document = docx.Document(BytesIO(client.get(f"{paper}.docx").data))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == ALT
    assert shape.width.cm == pytest.approx(13, abs=0.1)
    assert shape.width / shape.height == pytest.approx(1.5, abs=0.01)


def test_an_editor_sends_a_picture_from_the_text_and_is_told_what_is_none(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    section_id = make_section(installation, handbook.administrator, handbook.id)
    browser = sign_in(Browser(client), make_editor(installation, handbook.id))
    browser.open(f"/handbooks/{handbook.id}/sections/{section_id}/edit")
    token = browser.form("/edit").fields["csrf_token"][0]

    def send(name: str, content: bytes, **more: str) -> tuple[int, dict[str, object]]:
        data = {"csrf_token": token, "picture": (BytesIO(content), name), **more}
        response = client.post(f"/handbooks/{handbook.id}/pictures", data=data)
        return response.status_code, response.get_json(silent=True) or {}

    status, told = send("kuva.jpg", photograph((900, 600)))
    assert status == 200
    assert (told["width"], told["height"]) == (600, 900)
    assert visit(client, str(told["address"])) == 200
    status, told = send("kuva.png", b"<svg/>")
    assert status == 422
    assert "ei ole JPEG-, PNG- tai WebP-kuva" in str(told["words"])
    assert send("kuva.png", picture(), csrf_token="")[0] == 400


@pytest.mark.parametrize("page", ["", "/edit", "/compare"])
def test_another_handbooks_editor_sees_no_pictures_of_this_one(
    installation: Installation, client: FlaskClient, page: str
) -> None:
    handbook, other = make_handbook(installation), make_handbook(installation, title="Toinen")
    section_id = make_section(installation, handbook.administrator, handbook.id)
    file_id = show_picture(installation, handbook.administrator, handbook.id, section_id)
    own = sign_in(Browser(client), make_editor(installation, handbook.id))
    own.open(f"/handbooks/{handbook.id}/sections/{section_id}{page}")
    assert f"/pictures/{file_id}/large.png" in own.html
    sign_in(own, make_editor(installation, other.id))
    assert visit(client, f"/pictures/{file_id}/large") == 404
