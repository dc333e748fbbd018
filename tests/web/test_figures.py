"""The figures' pages without script: adding, changing, moving, removing, and the list of all."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from tests.factories.accounts import sign_in
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.pictures import figure_markdown, picture, show_picture
from tests.factories.texts import edit, make_section, reword, working_text
from tests.web.browser import Browser
from tests.web.queries import count_queries


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def section(installation: Installation, handbook: MadeHandbook) -> str:
    """Give a section with a text of two paragraphs."""
    return make_section(
        installation, handbook.administrator, handbook.id, body="Ensimmäinen.\n\nToinen."
    )


@pytest.fixture
def browser(installation: Installation, handbook: MadeHandbook, client: FlaskClient) -> Browser:
    """Give an editor's browser."""
    return sign_in(Browser(client), make_editor(installation, handbook.id))


def page(handbook: MadeHandbook, section: str, rest: str) -> str:
    return f"/handbooks/{handbook.id}/sections/{section}/figures/{rest}"


def body_of(installation: Installation, section: str) -> str:
    _id, text = working_text(installation, section)
    return text.partition("::body\n\n")[2].partition("\n\n::sources")[0]


FILE = {"file": ("kuva.png", picture())}


def test_a_picture_is_put_after_a_chosen_paragraph_then_changed_moved_and_removed(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    browser.open(f"/handbooks/{handbook.id}/sections/{section}")
    browser.open(page(handbook, section, "new/picture"))
    assert "Tämän jälkeen: ”Ensimmäinen.”" in browser.text
    words = {"alt": "Kaksi  ihmistä", "source": "Oma, https://example.org", "place": "1"}
    browser.submit("/new/picture", words, files=FILE)
    assert "Teksti on tallennettu." in browser.text
    body = body_of(installation, section)
    file_id = body.partition("::figure ")[2].split("\n")[0]
    assert body == (
        f"Ensimmäinen.\n\n::figure {file_id}\n::alt Kaksi ihmistä\n"
        "::source Oma, [https://example.org](https://example.org)\n::end\n\nToinen."
    )
    browser.open(page(handbook, section, "0"))
    assert browser.form("/figures/0").fields["source"] == ["Oma, https://example.org"]
    browser.submit("/figures/0", {"caption": "Väkeä", "date": "2025", "place": "2"})
    assert body_of(installation, section) == (
        f"Ensimmäinen.\n\nToinen.\n\n::figure {file_id}\n::caption Väkeä\n::alt Kaksi ihmistä\n"
        "::date 2025\n::source Oma, [https://example.org](https://example.org)\n::end"
    )
    browser.open(page(handbook, section, "0"))
    browser.submit("/remove")
    assert body_of(installation, section) == "Ensimmäinen.\n\nToinen."


def test_a_form_that_lacks_something_keeps_the_picture_and_the_words(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    browser.open(page(handbook, section, "new/picture"))
    browser.submit("/new/picture", {"caption": "Säilyy", "place": "0"}, files=FILE)
    assert browser.page.status_code == 422
    assert "Kerro, mitä kuvassa näkyy." in browser.text
    form = browser.form("/new/picture")
    assert form.fields["caption"] == ["Säilyy"]
    browser.submit("/new/picture", {"alt": "Kaksi ihmistä"})
    assert body_of(installation, section).startswith("::figure ")


@pytest.mark.parametrize(
    ("files", "said"),
    [({}, "Valitse kuva."), ({"file": ("k.png", b"<svg/>")}, "ei ole JPEG-, PNG- tai WebP-kuva")],
)
def test_what_is_no_picture_is_told_and_the_words_stay(
    browser: Browser,
    handbook: MadeHandbook,
    section: str,
    files: dict[str, tuple[str, bytes]],
    said: str,
) -> None:
    browser.open(page(handbook, section, "new/picture"))
    browser.submit("/new/picture", {"alt": "Säilyy"}, files=files)
    assert browser.page.status_code == 422
    assert said in browser.text
    assert browser.form("/new/picture").fields["alt"] == ["Säilyy"]


def test_numbers_are_put_in_and_changed(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    browser.open(page(handbook, section, "new/numbers"))
    browser.submit("/new/numbers", {"rows-0-value": "3 066", "place": "2"})
    assert browser.page.status_code == 422
    assert "Kirjoita vähintään yksi luku" in browser.text
    browser.submit("/new/numbers", {"rows-0-words": "järjestöä", "date": "2018"})
    assert body_of(installation, section).endswith(
        "::numbers large\n::value 3 066\n::label järjestöä\n::date 2018\n::end"
    )
    browser.open(page(handbook, section, "0"))
    browser.submit("/figures/0", {"rows-1-value": "120", "rows-1-words": "kuntaa", "shape": "bars"})
    assert (
        "::numbers bars\n::value 3 066\n::label järjestöä\n::value 120\n::label kuntaa\n"
    ) in body_of(installation, section)


def test_a_colleagues_save_is_not_overwritten_and_another_figure_is_not_taken_for_this_one(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    editor = handbook.administrator
    show_picture(installation, editor, handbook.id, section)
    browser.open(page(handbook, section, "0"))
    form = browser.form("/figures/0")
    first = make_numbers(installation, handbook, section)
    browser.submit(form=form, values={"caption": "Uusi kuvateksti"})
    assert browser.page.status_code == 422
    assert "Teksti on tallennettu sillä välin" in browser.text
    browser.submit("/figures/1")
    assert first in body_of(installation, section)
    assert "::caption Uusi kuvateksti" in body_of(installation, section)

    browser.open(page(handbook, section, "1"))
    form = browser.form("/figures/1", "alt")
    reword(installation, editor, section, "Uusi kuvateksti", "Kollegan kuvateksti")
    browser.submit(form=form, values={"caption": "Minun"})
    assert browser.page.status_code == 422
    assert "Tätä on sillä välin muutettu, tai se on poistettu." in browser.text
    assert "Kollegan kuvateksti" in body_of(installation, section)


def make_numbers(installation: Installation, handbook: MadeHandbook, section: str) -> str:
    """Put a number graphic before everything else, as a colleague."""
    block = "::numbers large\n::value 7\n::label ryhmää\n::date 2018\n::source Oma\n::end"
    _id, text = working_text(installation, section)
    changed = text.replace("::body\n\n", f"::body\n\n{block}\n\n")
    edit(installation, handbook.administrator, section, changed)
    return block


def test_the_list_says_what_has_grown_old_and_what_is_missing(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    address = f"/handbooks/{handbook.id}/figures"
    browser.open(address)
    assert "Kuvia tai lukuja ei vielä ole" in browser.text
    make_numbers(installation, handbook, section)
    show_picture(installation, handbook.administrator, handbook.id, section)
    other = make_section(
        installation,
        handbook.administrator,
        handbook.id,
        "Toinen teksti",
        body=figure_markdown("lost", date="", alt=""),
    )
    browser.open(f"/handbooks/{handbook.id}")
    assert "Teksteissä on 1 vanhentunut kuva tai luku." in browser.text
    browser.open(address)
    assert "3 kuvaa tai lukukuviota" in browser.text
    assert "Vanhentunut" in browser.text
    assert "Kuvausta ei ole" in browser.text
    assert "Vuosi puuttuu" in browser.text
    browser.open(f"{address}?show=old")
    assert "Ryhmä kokoontuu" not in browser.text
    browser.open(f"{address}?show=lacking")
    assert f"/sections/{other}/figures/0" in browser.html
    assert f"/sections/{section}/figures/" not in browser.html
    browser.submit("/figures/years", {"years": "10"})
    assert "Yksikään ei ole vanhentunut." in browser.text


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    browser: Browser, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    show_picture(installation, handbook.administrator, handbook.id, section)
    address = f"/handbooks/{handbook.id}/figures"
    with count_queries(installation) as few:
        browser.open(address)
    for number in range(4):
        more = make_section(installation, handbook.administrator, handbook.id, f"Teksti {number}")
        show_picture(
            installation,
            handbook.administrator,
            handbook.id,
            more,
            picture("PNG", (100 + number, 90)),
        )
    with count_queries(installation) as many:
        browser.open(address)
    assert few.number == many.number
    assert "5 kuvaa" in browser.text
