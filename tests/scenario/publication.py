"""The publication: what the public reads, why it stands so, and the whole on one page."""

from __future__ import annotations

from tests.scenario import additions, starting
from tests.scenario.cast import COORDINATORS, Book, Cast
from tests.scenario.people import Person
from tests.scenario.reading import links_on


def play(cast: Cast, book: Book) -> None:
    """The editor publishes; somebody who has never been here reads."""
    publish(cast, book)
    tell_the_approvers(cast)
    reader = Person(cast.stage, "", "")
    read_the_handbook(reader, book)
    read_the_reasons(reader, book)
    print_it(reader, book)
    starting.read_what_is_left(reader, book)
    additions.read_them(reader, book)


def publish(cast: Cast, book: Book) -> None:
    """Each text has an approval of exactly its words; one comment still waits for an answer."""
    tuuli, first = cast.tuuli, book.activities[0]
    tuuli.at("/publication")
    tuuli.fill("/publication", status=422)
    tuuli.says("Kommentit, joihin ei ole vastattu", book.titles[first])
    comment = tuuli.find(first, "Ett bra exempel.")
    tuuli.answer([comment], "noted", "Tack för rådet.")
    tuuli.at("/publication")
    tuuli.says("Hyväksyntä")
    tuuli.close_phase(book.phases["approval"])
    tuuli.at("/publication")
    tuuli.says("Luonnos 3.2 on valmis julkaistavaksi")
    form = tuuli.browser.form("/publication")
    assert "override" not in form.fields
    assert form.fields["draft_id"] == [book.drafts["3.2"]]
    tuuli.fill("", form=form)
    tuuli.says("Käsikirja on julkaistu")


def tell_the_approvers(cast: Cast) -> None:
    """What they said as they decided is answered with the publication, by mail too."""
    _answer_and_news(cast.gunilla, ("Ett bra exempel.", "Tack för rådet."))
    lauri = Person(cast.stage, COORDINATORS[2][0], COORDINATORS[2][1])
    _answer_and_news(lauri, ("Neuvonta on nyt mukana.",))


def _answer_and_news(person: Person, answer: tuple[str, ...]) -> None:
    """One letter answers what somebody said, another tells where the handbook is read."""
    letters = [one.text for one in person.new_letters()]
    assert len(letters) == 2
    assert any(all(words in text for words in answer) for text in letters)


def read_the_handbook(reader: Person, book: Book) -> None:
    """Contents lead to every text; the texts have the words that came of the process."""
    reader.open("/")
    reader.press_link("Järjestökäsikirja")
    leads = {href for _words, href in links_on(reader.browser.html)}
    root = f"/h/{book.handbook_id}"
    assert {f"{root}/texts/{section_id}" for section_id in book.titles} <= leads
    first, second, _third, fourth = book.activities[:4]
    for section_id, words in (
        (first, ("selvemmät sanat", "kuten kirjaston kahvihetki", "myös neuvonta")),
        (second, ("yhteinen sanamuoto", "kunta ja järjestöt yhdessä")),
        (fourth, ("esimerkiksi kotiapu",)),
    ):
        reader.open(f"{root}/texts/{section_id}")
        reader.says(book.titles[section_id], *words)


def read_the_reasons(reader: Person, book: Book) -> None:
    """Names as each has agreed: by name, by organisation, not at all; nothing of a blind round."""
    first, second = book.activities[:2]
    root = f"/h/{book.handbook_id}/texts"
    reader.open(f"{root}/{first}/reasons")
    reader.says("Anna Kallio Tukikeskus ry", "Käymme viikoittain kahvilla kirjastossa.")
    reader.says("Kiitos, sanat ovat nyt tekstissä.", "Hyväksyjä pyysi mainintaa.")
    reader.says("Texten är bra men lång.", "Texten har redan kortats.")
    assert "Börje Lindholm" not in reader.browser.text
    assert "Närstöd rf" not in reader.browser.text
    # What only the editors were to see stands nowhere, nor its answer.
    for words in ("Mainitkaa myös neuvonta.", "Neuvonta on nyt mukana."):
        assert words not in reader.browser.text
    reader.open(f"{root}/{second}/reasons")
    reader.says("Närstöd rf", "Det gamla ordet är oklart.", "Sanamuoto on koottu")
    assert "Börje Lindholm" not in reader.browser.text


def print_it(reader: Person, book: Book) -> None:
    """One page holds everything."""
    reader.open(f"/h/{book.handbook_id}/print")
    reader.says(*book.titles.values(), "yhteinen sanamuoto", "esimerkiksi kotiapu")
