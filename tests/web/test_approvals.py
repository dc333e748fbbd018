"""The approver's pages: from the mailed link to a receipt, without script."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from reviewtool.domain.approvals import Decision
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.links import Link
from reviewtool.models.sections import Revision
from reviewtool.services.corrections import correct_draft
from reviewtool.services.links import link_url
from tests.factories.accounts import sign_in
from tests.factories.approvals import approval_lines
from tests.factories.rounds import MadeRound, make_round
from tests.factories.texts import make_draft, reword
from tests.web.browser import Browser


@pytest.fixture
def approval(installation: Installation) -> MadeRound:
    """Give an open approval phase with one approver."""
    return make_round(installation, key="approval", open_to_all=False)


@pytest.fixture
def browser(installation: Installation, client: FlaskClient, approval: MadeRound) -> Browser:
    """Give the approver's browser, come in by the mailed link."""
    made = Browser(client)
    made.open(mailed_link(installation, approval))
    return made


def mailed_link(installation: Installation, approval: MadeRound) -> str:
    """Make the link as the mail carries it."""
    with installation.database.read() as session:
        link = session.scalars(
            select(Link).where(Link.invitation_id == approval.people[0].invitation_id)
        ).one()
    return link_url(installation, link.id, link.generation)


def recorded(installation: Installation) -> list[Decision]:
    """List the decisions that stand."""
    with installation.database.read() as session:
        return list(
            session.scalars(select(Approval.decision).where(Approval.superseded_at.is_(None)))
        )


def section_page(installation: Installation, approval: MadeRound, browser: Browser) -> str:
    """Give the address of the first text's page."""
    line = approval_lines(installation, approval.phase_id)[0]
    return f"{browser.url.rstrip('/')}/texts/{line.section_id}"


def test_the_first_page_says_what_is_asked_and_until_when(browser: Browser) -> None:
    assert browser.page.status_code == 200
    assert "Hyväksytkö lopulliset tekstit?" in browser.text
    assert "maanantaina 5.10.2026 klo 23.59" in browser.text
    assert "Vastaus ei ole kunnan päätös" in browser.text
    assert ".0." not in browser.url, "the token has left the address"


def test_looking_records_nothing_whoever_looks(
    installation: Installation, approval: MadeRound, browser: Browser
) -> None:
    start = browser.url
    for path in (start, f"{start}/all", f"{start}/receipt", f"{start}/pass-on"):
        assert browser.client.get(path).status_code == 200
        assert browser.client.head(path).status_code == 200
    browser.client.get(section_page(installation, approval, browser))
    assert recorded(installation) == []


def test_one_text_is_decided_and_the_next_one_opens(
    installation: Installation, approval: MadeRound, browser: Browser
) -> None:
    here = section_page(installation, approval, browser)
    browser.open(here)
    browser.submit("/approve/texts/", {"decision": "approved-with-comments", "words": "Hyvä."})
    assert recorded(installation) == [Decision.WITH_COMMENTS]
    assert browser.url != here
    browser.open(here)
    assert "Hyväksytty, lisäksi kommentoitu" in browser.text
    assert "Hyvä." in browser.text


def test_asking_for_changes_without_words_is_told_at_the_field_and_loses_nothing(
    installation: Installation, approval: MadeRound, browser: Browser
) -> None:
    browser.open(section_page(installation, approval, browser))
    browser.submit(
        "/approve/texts/",
        {"decision": "changes-requested", "capacity": "board", "capacity_detail": "Lautakunta"},
    )
    assert browser.page.status_code == 422
    assert 'value="Lautakunta"' in browser.html
    assert 'href="#words"' in browser.html
    assert recorded(installation) == []


def test_all_texts_are_approved_at_once_with_one_press(
    installation: Installation, approval: MadeRound, browser: Browser
) -> None:
    start = browser.url
    browser.open(f"{start}/all")
    form = browser.form("/approve/all")
    browser.submit(form=form)
    assert browser.url.endswith("/receipt")
    count = len(approval_lines(installation, approval.phase_id))
    assert recorded(installation) == [Decision.APPROVED] * count
    # The same form again: the back button, or a second press.
    browser.submit(form=form)
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Approval)) == count


def test_after_the_last_day_the_pages_read_but_take_nothing(
    installation: Installation, approval: MadeRound, browser: Browser, clock: SetClock
) -> None:
    browser.open(section_page(installation, approval, browser))
    form = browser.form("/approve/texts/")
    clock.advance(days=30)
    browser.open(browser.url)
    assert "Vastausaika on päättynyt." in browser.text
    browser.submit(form=form, values={"decision": "approved", "words": "Kirjoitin tämän."})
    assert browser.page.status_code == 422
    assert "Kirjoitin tämän." in browser.html, "what was typed is still on the page"
    assert recorded(installation) == []


def test_a_decision_is_opened_again_with_its_words(
    installation: Installation, approval: MadeRound, browser: Browser
) -> None:
    page = section_page(installation, approval, browser)
    browser.open(page)
    browser.submit("/approve/texts/", {"decision": "changes-requested", "words": "Lisää lähde."})
    browser.open(page)
    assert browser.form("/approve/texts/").fields["words"] == ["Lisää lähde."]


def changed(installation: Installation, approval: MadeRound) -> None:
    """Correct the first text while somebody has its page open."""
    line = approval_lines(installation, approval.phase_id)[0]
    with installation.database.read() as session:
        text = session.get_one(Revision, line.revision_id).text
    correct_draft(
        installation, approval.editor, approval.draft_id, line.section_id, "fi",
        base_revision_id=line.revision_id, text=text.replace(".", " nytkin.", 1), reason="Virhe.",
    )  # fmt: skip


def test_a_text_that_changed_meanwhile_is_shown_with_its_change_and_the_words_typed(
    installation: Installation, approval: MadeRound, browser: Browser
) -> None:
    browser.open(section_page(installation, approval, browser))
    changed(installation, approval)
    browser.submit("/approve/texts/", {"decision": "approved-with-comments", "words": "Hyvä."})
    assert browser.page.status_code == 422
    assert recorded(installation) == []
    assert re.search("<ins>.*nytkin</ins>", browser.html), "the change is marked"
    form = browser.form("/approve/texts/")
    assert form.fields["words"] == ["Hyvä."]
    assert not form.fields.get("decision"), "the new text is decided on anew"
    browser.submit(form=form, values={"decision": "approved-with-comments"})
    assert recorded(installation) == [Decision.WITH_COMMENTS]


def test_approving_all_names_what_changed_meanwhile_and_can_be_pressed_again(
    installation: Installation, approval: MadeRound, browser: Browser
) -> None:
    line = approval_lines(installation, approval.phase_id)[0]
    browser.open(f"{browser.url}/all")
    changed(installation, approval)
    browser.submit("/approve/all")
    assert browser.page.status_code == 422
    assert f"<li>{line.title}</li>" in browser.html
    assert recorded(installation) == []
    browser.submit("/approve/all")
    assert len(recorded(installation)) == len(approval_lines(installation, approval.phase_id))


def test_who_has_passed_the_task_on_reads_and_is_told_so(browser: Browser) -> None:
    start = browser.url
    browser.open(f"{start}/pass-on")
    browser.submit("/pass-on", {"name": "Kalle Kollega", "address": "kalle@kunta.example.org"})
    assert "Tehtävä on nyt kollegallasi" in browser.text
    for path in (f"{start}/pass-on", f"{start}/all"):
        browser.open(path)
        assert "Tehtävä on nyt kollegallasi" in browser.text
        assert browser.forms() == []


def test_not_me_is_asked_apart_from_passing_on(browser: Browser) -> None:
    start = browser.url
    browser.open(f"{start}/not-me")
    browser.submit("/not-me/")
    assert browser.client.get(start).status_code == 403


def test_the_editors_read_why_somebody_objects_to_an_editorial_change(
    installation: Installation, approval: MadeRound, browser: Browser, app: Flask
) -> None:
    page = section_page(installation, approval, browser)
    browser.open(page)
    browser.submit("/approve/texts/", {"decision": "approved"})
    changed(installation, approval)
    editor = Browser(app.test_client())
    sign_in(editor, approval.editor.person_id or "")
    overview = f"/handbooks/{approval.handbook.id}/phases/{approval.phase_id}/approvals"
    text = f"{overview}/{page.rsplit('/', 1)[1]}"
    editor.open(text)
    editor.submit("/carry", {"note": "Sana lisättiin."})
    browser.open(page)
    browser.submit("/carries/", {"words": "Merkitys muuttui."})
    editor.open(text)
    assert "Merkitys muuttui." in editor.text
    editor.open(overview)
    assert "Joku vastustaa muutosta" in editor.text


def test_a_later_draft_is_no_earlier_text(
    installation: Installation, approval: MadeRound, browser: Browser
) -> None:
    """An approver compares with what came before, and isn't shown what is still being written."""
    line = approval_lines(installation, approval.phase_id)[0]
    reword(installation, approval.editor, line.section_id, "järjestöjen", "keskeneräistä")
    make_draft(installation, approval.editor, approval.handbook.id)
    browser.open(f"{section_page(installation, approval, browser)}?changes=1")
    assert browser.page.status_code == 200
    assert "keskeneräistä" not in browser.html
    assert "luonnos 2" not in browser.text.lower()


def test_the_editors_are_told_that_a_newer_draft_is_not_the_one_decided_on(
    installation: Installation, approval: MadeRound, client: FlaskClient
) -> None:
    editor = sign_in(Browser(client), approval.editor.person_id or "")
    overview = f"/handbooks/{approval.handbook.id}/phases/{approval.phase_id}/approvals"
    editor.open(overview)
    assert "Tämä hyväksyntä koskee luonnosta" not in editor.text
    reword(installation, approval.editor, approval.texts.first, "viikossa", "kuussa")
    make_draft(installation, approval.editor, approval.handbook.id)
    editor.open(overview)
    assert "Luonnos 2 on vahvistettu" in editor.text
    assert "Tämä hyväksyntä koskee luonnosta 1." in editor.text
