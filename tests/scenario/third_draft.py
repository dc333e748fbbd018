"""Draft 3: the coordinators read draft 2 from a mail, and the editors answer them too."""

from __future__ import annotations

from tests.scenario.cast import COORDINATORS, GUNILLA, Book, Cast
from tests.scenario.participants import Participant
from tests.scenario.reading import mark
from tests.scenario.second_draft import edit_for


def play(cast: Cast, book: Book) -> None:
    """From the invitation to the frozen draft."""
    open_the_round(cast, book)
    kerttu_answers(cast, book)
    sven_passes_on(cast, book)
    gunilla_answers(cast, book)
    answer_and_freeze(cast, book)
    tell_the_coordinators(cast)


def open_the_round(cast: Cast, book: Book) -> None:
    """It opens with draft 2; those invited before are mailed then."""
    tuuli, phase_id = cast.tuuli, book.phases["coordinators"]
    tuuli.plan(phase_id, closes_on=cast.stage.day(20))
    tuuli.invite(phase_id, COORDINATORS)
    assert cast.kerttu.new_letters() == []
    tuuli.at(f"/process/{phase_id}/open")
    assert tuuli.browser.form("/open").fields["draft_id"] == [book.drafts["2"]]
    tuuli.open_phase(phase_id)
    tuuli.says("Luettava luonnos Luonnos 2")


def kerttu_answers(cast: Cast, book: Book) -> None:
    """She reads the clean text, its changes one switch away, and answers both questions."""
    kerttu, said = cast.kerttu, book.said
    first, second = book.activities[:2]
    kerttu.come_in(saying=("Se ei sido kuntaa",))
    kerttu.read(first)
    assert "<ins>" not in kerttu.browser.html
    kerttu.press_link("Näytä muutokset luonnoksesta 1")
    kerttu.says("lisätty: selvemmät sanat")
    kerttu.answer_questions(f"sections/{first}", "Käytän tätä perehdytyksessä.", option=1)
    line = kerttu.read(second)[1]
    said["kerttu comment"] = kerttu.comment(
        second, mark(line, *line.run(2)), "Kunnan osuus jää epäselväksi."
    )
    kerttu.be_ready()
    receipt = kerttu.one_letter(saying=("Kunnan osuus jää epäselväksi.", "enimmäkseen"))
    assert "jonkin verran" in receipt.text
    said["kerttu question"] = kerttu.find_own("Käytän tätä perehdytyksessä.")


def sven_passes_on(cast: Cast, book: Book) -> None:
    """The task isn't for him: a colleague gets a link of her own, his only reads on."""
    sven = cast.sven
    sven.come_in(saying=("Det binder inte kommunen",))
    sven.pass_on(GUNILLA[0], GUNILLA[1])
    sven.at(f"sections/{book.activities[0]}")
    assert not any("/say" in form.action for form in sven.browser.forms())
    cast.gunilla.come_in(saying=("Sven Holm",))
    assert cast.gunilla.home != sven.home


def gunilla_answers(cast: Cast, book: Book) -> None:
    """In a blind round she sees nothing of what Kerttu said."""
    gunilla, said = cast.gunilla, book.said
    second = book.activities[1]
    gunilla.read(second)
    assert "Kunnan osuus jää epäselväksi." not in gunilla.browser.text
    assert "Kerttu" not in gunilla.browser.text
    said["gunilla comment"] = gunilla.comment_on_text(second, "Vem ansvarar för samordningen?")
    gunilla.be_ready()
    gunilla.one_letter(saying=("Vem ansvarar för samordningen?",))


def answer_and_freeze(cast: Cast, book: Book) -> None:
    """What was deferred to this round stands in the way again, until it is answered."""
    tuuli, said = cast.tuuli, book.said
    second, fourth = book.activities[1], book.activities[3]
    tuuli.close_phase(book.phases["coordinators"])
    tuuli.at("/drafts/freeze")
    tuuli.says(f"{book.titles[fourth]} : 1 vastaamatta", f"{book.titles[second]} : 2 vastaamatta")
    edit_for(cast, fourth, "esimerkiksi kotiapu", said["phone"])
    tuuli.answer([said["phone"]], "taken", "Esimerkki on nyt tekstissä.")
    edit_for(cast, second, "kunta ja järjestöt yhdessä", said["kerttu comment"])
    tuuli.answer([said["kerttu comment"]], "taken-in-other-words", "Lisäsimme kunnan osuuden.")
    tuuli.answer([said["gunilla comment"]], "outside-this-handbook", "Det avtalas i nätverket.")
    tuuli.answer([said["kerttu question"]], "noted", "Kiitos.")
    book.drafts["3"] = tuuli.freeze()
    tuuli.at(f"/drafts/compare?old={book.drafts['2']}&new={book.drafts['3']}")
    tuuli.says(book.titles[second], book.titles[fourth])


def tell_the_coordinators(cast: Cast) -> None:
    """Both are answered by mail, each in her language; who said nothing gets nothing."""
    cast.kerttu.come_back(saying=("Lisäsimme kunnan osuuden.", "kunta ja järjestöt yhdessä"))
    cast.kerttu.says("kunta ja järjestöt yhdessä")
    cast.gunilla.come_back(saying=("Det avtalas i nätverket.",))
    lauri = Participant(cast.stage, COORDINATORS[2][0], COORDINATORS[2][1])
    assert len(lauri.new_letters()) == 1
