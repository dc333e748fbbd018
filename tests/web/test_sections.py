"""A section's pages: reading, editing, joining, comparing, undoing."""

import re

import pytest
from flask.testing import FlaskClient

from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from tests.factories.accounts import sign_in
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.texts import make_draft, make_section, reword, working_text
from tests.web.browser import Browser
from tests.web.queries import count_queries


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def section(installation: Installation, handbook: MadeHandbook) -> str:
    """Give a section with a text."""
    return make_section(installation, handbook.administrator, handbook.id)


@pytest.fixture
def browser(installation: Installation, handbook: MadeHandbook, client: FlaskClient) -> Browser:
    """Give an editor's browser."""
    return sign_in(Browser(client), make_editor(installation, handbook.id))


def address(handbook: MadeHandbook, section: str, page: str = "") -> str:
    """Give the address of a section's page."""
    return f"/handbooks/{handbook.id}/sections/{section}{page}"


def test_the_page_shows_the_text_and_its_history(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    make_draft(installation, handbook.administrator, handbook.id)
    reword(installation, handbook.administrator, section, "viikossa", "kuussa")
    browser.open(address(handbook, section))
    assert "Ryhmässä tavataan kerran kuussa." in browser.text
    assert "Muuttunut luonnoksen 1 jälkeen" in browser.text
    assert "Aino Alava" in browser.text
    assert "**" not in browser.text
    assert "::" not in browser.text


def test_a_page_of_the_history_that_is_nowhere_is_empty(
    browser: Browser, handbook: MadeHandbook, section: str
) -> None:
    for number in ("0", "-1", "99999999999999999999999", "x"):
        page = browser.open(f"{address(handbook, section)}?page={number}")
        assert page.status_code == 200


def test_an_edit_without_script_is_saved_with_its_note(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    browser.open(address(handbook, section, "/edit"))
    form = browser.form("/edit")
    browser.submit(
        "/edit",
        {
            "body": form.fields["body"][0].replace("viikossa", "kuussa"),
            "note": "Tiheys tarkistettu",
        },
    )
    assert "Tallennettu klo 12.00" in browser.text
    assert "Tiheys tarkistettu" in browser.text
    assert "kerran kuussa" in working_text(installation, section)[1]


def test_the_visual_editor_s_html_wins_over_the_field(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    browser.open(address(handbook, section, "/edit"))
    browser.submit(
        "/edit",
        {
            "body_html": "<p>Uusi <strong>teksti</strong>.<script>alert(1)</script></p>",
            "points_html": "<ul><li>Yksi</li><li><p>Kaksi</p></li></ul>",
            "sources_html": '<ul><li><a href="https://example.org/">Lähde</a></li></ul>',
        },
    )
    _id, text = working_text(installation, section)
    assert text == (
        "# Vertaistuki\n\n::points\n\n- Yksi\n- Kaksi\n\n::body\n\nUusi **teksti**.\n\n"
        "::sources\n\n- [Lähde](https://example.org/)\n"
    )


def test_a_text_without_a_title_keeps_the_words(
    browser: Browser, handbook: MadeHandbook, section: str
) -> None:
    browser.open(address(handbook, section, "/edit"))
    page = browser.submit("/edit", {"title": "", "body": "Pitkä ja tärkeä teksti."})
    assert page.status_code == 422
    assert "Kirjoita otsikko." in browser.text
    assert browser.form("/edit").fields["body"] == ["Pitkä ja tärkeä teksti."]


def test_what_is_typed_is_kept_and_can_be_gone_on_with_or_thrown_away(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    browser.open(address(handbook, section, "/edit"))
    fields = {**browser.form("/edit").fields, "body": "Kesken jäänyt."}
    kept = browser.client.post(address(handbook, section, "/buffer"), data=fields)
    assert kept.get_json()["words"] == "Tallessa klo 12.00"
    browser.open(address(handbook, section, "/edit"))
    assert browser.form("/edit").fields["body"] == ["Kesken jäänyt."]
    assert "Kesken jäänyt" not in working_text(installation, section)[1]
    browser.submit("/buffer/discard")
    browser.open(address(handbook, section, "/edit"))
    assert "Kesken jäänyt" not in browser.html


def test_a_second_editor_is_shown_both_texts_joined(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    browser.open(address(handbook, section, "/edit"))
    form = browser.form("/edit")
    reword(installation, handbook.administrator, section, "avoin kaikille", "avoin aikuisille")
    browser.submit(
        "/edit", {"body": form.fields["body"][0].replace("viikossa", "kuussa")}, form=form
    )
    assert browser.url.endswith("/join")
    assert "Aino Alava on tallentanut tämän tekstin" in browser.text
    browser.submit("/edit")
    _id, text = working_text(installation, section)
    assert "avoin aikuisille" in text
    assert "kerran kuussa" in text
    assert "Kaksi tallennettua tekstiä yhdistetty" in browser.text


def test_a_clash_shows_both_wordings_and_takes_the_chosen_one(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    browser.open(address(handbook, section, "/edit"))
    form = browser.form("/edit")
    reword(installation, handbook.administrator, section, "kerran viikossa", "joka päivä")
    browser.submit(
        "/edit",
        {"body": form.fields["body"][0].replace("kerran viikossa", "kahdesti kuussa")},
        form=form,
    )
    assert "1 kohta on muutettu kahdella tavalla" in browser.text
    assert "joka päivä" in browser.text
    assert "kahdesti kuussa" in browser.text
    browser.open(address(handbook, section, "/join?c0=mine"))
    assert "kahdesti kuussa" in browser.form("/edit").fields["body"][0]
    browser.submit("/edit")
    assert "kahdesti kuussa" in working_text(installation, section)[1]


def test_one_s_own_second_tab_is_no_colleague_and_a_clash_leaves_words_to_choose(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    browser.open(address(handbook, section, "/edit"))
    form = browser.form("/edit")
    for words in ("joka päivä", "kahdesti kuussa"):
        body = form.fields["body"][0].replace("kerran viikossa", words)
        browser.submit("/edit", {"body": body, "request_id": new_id()}, form=form)
    assert browser.url.endswith("/join")
    assert "Olet itse tallentanut tämän tekstin sillä välin" in browser.text
    assert "kollega" not in browser.text.lower()
    assert "1 kohta on muutettu kahdella tavalla" in browser.text
    assert "on jo kaikki" not in browser.text
    assert "ovat tallennetut sanat, kunnes valitset toisin" in browser.text


def test_two_revisions_are_compared_in_both_forms_and_as_a_list(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    old, _text = working_text(installation, section)
    new = reword(installation, handbook.administrator, section, "viikossa", "kuussa")
    browser.open(address(handbook, section, f"/compare?old={old}&new={new}"))
    assert re.search(r"<del>.*?viikossa</del>", browser.html)
    assert re.search(r"<ins>.*?kuussa</ins>", browser.html)
    assert "”viikossa” muuttui muotoon ”kuussa”" in browser.text
    browser.open(address(handbook, section, f"/compare?old={old}&new={new}&view=sides"))
    assert '<table class="compare">' in browser.html


def test_a_comparison_asks_for_the_rights_on_both_versions(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    other = make_handbook(installation, title="Toinen")
    foreign = make_section(installation, other.administrator, other.id)
    there, _text = working_text(installation, foreign)
    here, _text = working_text(installation, section)
    for old, new in ((there, here), (here, there)):
        response = browser.client.get(address(handbook, section, f"/compare?old={old}&new={new}"))
        assert response.status_code == 404
    assert browser.client.get(address(handbook, section, f"/revisions/{there}")).status_code == 404


def test_undo_is_shown_first_and_leaves_later_changes(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    first = reword(installation, handbook.administrator, section, "viikossa", "kuussa")
    reword(installation, handbook.administrator, section, "avoin kaikille", "avoin aikuisille")
    browser.open(address(handbook, section, f"/undo/{first}"))
    assert "Kumoa muutos" in browser.text
    browser.submit("/edit")
    _id, text = working_text(installation, section)
    assert "kerran viikossa" in text
    assert "avoin aikuisille" in text
    assert "Muutos kumottu" in browser.text


def test_the_number_of_queries_does_not_grow_with_the_history(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    with count_queries(installation) as few:
        browser.open(address(handbook, section))
    for number in range(30):
        _base, text = working_text(installation, section)
        word = re.search(r"kerran (\S+?)\.", text)
        assert word is not None
        reword(installation, handbook.administrator, section, word[1], f"kuussa{number}")
    make_draft(installation, handbook.administrator, handbook.id)
    with count_queries(installation) as many:
        browser.open(address(handbook, section))
    assert few.number == many.number
    assert many.number <= 20
