"""An interview completes the texts: noted, found right by its person, and marked used or not."""

from __future__ import annotations

from tests.scenario.cast import INTERVIEWED, Book, Cast
from tests.scenario.reading import said_on
from tests.scenario.second_draft import lines_on_bench


def play(cast: Cast, book: Book) -> None:
    """From what was asked to what was used."""
    note(cast, book)
    find_right(cast)
    use(cast, book)


def note(cast: Cast, book: Book) -> None:
    """Two notes: one on words of a text, one of the whole; their person gets a link."""
    tuuli, phase_id = cast.tuuli, book.phases["interviews"]
    third = book.activities[2]
    line = lines_on_bench(cast, third)[0]
    tuuli.plan(phase_id, responsible_name=tuuli.name)
    tuuli.open_phase(phase_id)
    tuuli.at(f"/phases/{phase_id}/interviews/new")
    name, address = INTERVIEWED
    tuuli.fill(
        "interviews/new",
        {"name": name, "address": address, "role": "koordinaattori", "consent": "nobody"},
    )
    tuuli.fill(
        "/notes",
        {
            "notes-0-section": third,
            "notes-0-quote": line.piece(*line.run(3)),
            "notes-0-words": "Ryhmiä on kunnassa kaksi.",
            "notes-1-words": "Kokonaisuus on selkeä.",
        },
    )
    tuuli.fill("/send")
    book.said["interview"] = tuuli.browser.url.rsplit("/", 1)[1]


def find_right(cast: Cast) -> None:
    """She says what she meant; the note is corrected, and she finds it right."""
    tuuli, vilja = cast.tuuli, cast.vilja
    letter = vilja.one_letter()
    here = tuuli.browser.url
    vilja.follow(letter)
    vilja.says("Ryhmiä on kunnassa kaksi.")
    wrong = vilja.disputed("Ryhmiä on kunnassa kaksi.")
    vilja.fill(f"notes/{wrong}", {"words": "Sanoin kolme."})
    tuuli.open(here)
    tuuli.says("Sanoin kolme.")
    tuuli.fill(
        f"notes/{wrong}",
        {"move": "correct", "words": "Ryhmiä on kunnassa kolme.", "reply": "Korjattu."},
    )
    vilja.follow(letter)
    vilja.says("Ryhmiä on kunnassa kolme.", "Korjattu.")
    vilja.fill("/confirm")


def use(cast: Cast, book: Book) -> None:
    """What was said of the text is used; what was said of the whole isn't."""
    tuuli, third = cast.tuuli, book.activities[2]
    tuuli.bench(third)
    tuuli.says("Ryhmiä on kunnassa kolme.")
    for words, is_used in (("Ryhmiä on kunnassa kolme.", "yes"), ("Kokonaisuus on selkeä.", "no")):
        tuuli.at(f"/interviews/{book.said['interview']}")
        note_id = said_on(tuuli.browser.html, words)
        form = next(
            one
            for one in tuuli.browser.forms()
            if one.fields.get("c") == [note_id] and one.fields.get("used") == [is_used]
        )
        why = {} if is_used == "yes" else {"reason": "Tämä on sanottu johdannossa."}
        tuuli.fill("", why, form=form)
    tuuli.says("Käytetty tekstissä")
