"""The public pages show what is published, and nothing of the work that goes on after it."""

from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.services.publication import publish
from tests.factories.handbooks import make_handbook
from tests.factories.texts import make_draft, make_texts, reword


def test_the_reasons_end_with_the_published_draft(
    installation: Installation, client: FlaskClient
) -> None:
    handbook = make_handbook(installation)
    editor = handbook.administrator
    section_id = make_texts(installation, editor, handbook.id).first
    make_draft(installation, editor, handbook.id)
    reword(installation, editor, section_id, "kerran viikossa", "iltaisin")
    draft_id = make_draft(installation, editor, handbook.id)
    publish(installation, editor, handbook.id, draft_id, "Kokeilua varten.")
    reword(installation, editor, section_id, "iltaisin", "keskeneräisesti")
    make_draft(installation, editor, handbook.id)

    page = client.get(f"/h/{handbook.id}/texts/{section_id}/reasons")

    assert page.status_code == 200
    assert "viikossa" in page.text
    assert "iltaisin" in page.text
    assert "keskeneräisesti" not in page.text
