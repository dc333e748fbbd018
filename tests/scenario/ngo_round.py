"""The NGO round: some are invited, anyone may come, and each says what they think."""

from __future__ import annotations

from tests.scenario.cast import NGOS, SIGNED_UP, Book, Cast
from tests.scenario.participants import Participant
from tests.scenario.reading import mark, said_on


def play(cast: Cast, book: Book) -> None:
    """Open it, let everybody speak, and let it close by itself on its last day."""
    open_the_ngo_round(cast, book)
    sign_up(cast, book)
    anna_speaks(cast, book)
    borje_speaks(cast, book)
    ilmo_speaks(cast, book)
    close_by_date(cast, book)


def open_the_ngo_round(cast: Cast, book: Book) -> None:
    """The editor plans the round open to all, invites from a spreadsheet, and opens it."""
    tuuli, phase_id = cast.tuuli, book.phases["ngos"]
    tuuli.at(f"/process/{phase_id}/open")
    tuuli.says("Vaihetta ei voi vielä avata")
    tuuli.plan(
        phase_id,
        closes_on=cast.stage.day(24),
        sharing="public",
        open_to_all="y",
        responsible_name=tuuli.name,
        responsible_email=tuuli.address,
    )
    nowhere = ("Ilman Osoitetta", "", "Ei ry", "järjestö", "Espoo", "fi")
    preview = tuuli.invite(phase_id, [*NGOS, NGOS[0], nowhere])
    assert "3 henkilöä voidaan kutsua" in preview, preview
    assert "jätetään pois 2" in preview
    assert cast.anna.new_letters() == []
    tuuli.open_phase(phase_id)
    tuuli.says("Vaihe on avattu", "Vastausaika päättyy perjantaina 9.10.2026 klo 23.59")
    cast.anna.come_in(saying=("Yhdenkin tekstin lukeminen auttaa",))
    cast.borje.come_in(saying=("Börje",))


def sign_up(cast: Cast, book: Book) -> None:
    """Somebody whom nobody invited signs up by the open link; it counts once confirmed."""
    ilmo = cast.ilmo
    ilmo.open(f"/h/{book.handbook_id}")
    ilmo.open(f"/h/{book.handbook_id}/rounds/{book.phases['ngos']}/sign-up")
    name, address, organisation = SIGNED_UP
    ilmo.fill("/sign-up", {"name": name, "address": address, "organisation": organisation})
    ilmo.follow(ilmo.one_letter())
    ilmo.fill("/confirm")
    ilmo.one_letter(saying=("Tässä on oma linkkisi teksteihin.",))
    ilmo.home = ilmo.browser.url.rstrip("/")
    ilmo.says(name)


def anna_speaks(cast: Cast, book: Book) -> None:
    """All that one can say, changed and withdrawn too, with a receipt at the end."""
    anna, said = cast.anna, book.said
    first, second, third, fourth = book.activities[:4]
    lines = anna.read(first)
    said["anna comment"] = anna.comment(
        first, mark(lines[0], *lines[0].run(3)), "Tähän kaivataan esimerkki."
    )
    said["anna wording"] = anna.propose(
        first, mark(lines[1], *lines[1].run(2)), "selvemmät sanat", "Näin on selvempää."
    )
    said["anna example"] = anna.give_example(
        first,
        consent=True,
        target_group="yksin asuvat ikäihmiset",
        activity="Käymme viikoittain kahvilla kirjastossa.",
        effect="Moni on löytänyt ystävän.",
    )
    line = anna.read(second)[0]
    start, _three = line.run(4)
    said["anna clash"] = anna.propose(
        second, mark(line, start, 3), "Annan oma sanamuoto", "Vanha sana on outo."
    )
    anna.answer_questions(f"sections/{second}", "Ruotsinkieliset palvelut puuttuvat.")
    anna.answer_questions("whole", "Sanasto puuttuu.", option=3)
    anna.say_nothing(third)
    gone = anna.comment_on_text(fourth, "Tämän otan takaisin.")
    anna.take_back(gone)
    anna.says("Vedetty takaisin")
    said["anna question"] = said_on(anna.browser.html, "Ruotsinkieliset palvelut puuttuvat.")
    said["anna whole"] = said_on(anna.browser.html, "Sanasto puuttuu.")
    anna.reword(said["anna comment"], "Tähän kaivataan esimerkki arjesta.")
    anna.be_ready()
    receipt = anna.one_letter(saying=("Tähän kaivataan esimerkki arjesta.", "kirjastossa"))
    assert "Tämän otan takaisin." not in receipt.text


def borje_speaks(cast: Cast, book: Book) -> None:
    """In Swedish; he sees what Anna said, agrees for his organisation, and clashes with her."""
    borje, said = cast.borje, book.said
    first, second = book.activities[:2]
    borje.read(first)
    borje.says("Tähän kaivataan esimerkki arjesta.")
    borje.agree(first, said["anna comment"])
    line = borje.read(second)[0]
    start, _three = line.run(4)
    said["borje clash"] = borje.propose(
        second, mark(line, start + 1, 3), "Börjes egna ord", "Det gamla ordet är oklart."
    )
    said["borje comment"] = borje.comment_on_text(first, "Texten är bra men lång.", shown="nobody")
    said["borje whole"] = borje.comment_on_whole("Handboken behövs.")
    borje.be_ready()
    borje.one_letter(saying=("Texten är bra men lång.",))


def ilmo_speaks(cast: Cast, book: Book) -> None:
    """He comments on words that run from one paragraph into the next, and leaves one alone."""
    ilmo, said = cast.ilmo, book.said
    third, fourth = book.activities[2:4]
    said["ilmo meeting"] = ilmo.type_in(fourth, "Kokous piti tätä hyvänä.", "2026-09-15")
    ilmo.says("Käsitelty kokouksessamme 15.9.2026")
    sixth = book.activities[5]
    line = ilmo.read(sixth)[-1]
    said["ilmo split"] = ilmo.comment(sixth, mark(line, *line.run(3)), "Tämä on oma aiheensa.")
    lines = ilmo.read(third)
    said["ilmo comment"] = ilmo.comment(third, mark(lines[0], 0, 4), "Tämä on kuin mainos.")
    lines = ilmo.read(fourth)
    across = mark(lines[0], len(lines[0].words) - 2, 2, to=lines[1])
    said["ilmo across"] = ilmo.comment(fourth, across, "Näiden väliin tarvitaan otsikko.")
    ilmo.say_nothing(book.chapters[0])
    ilmo.be_ready()
    ilmo.one_letter(saying=("Tämä on kuin mainos.",))


def close_by_date(cast: Cast, book: Book) -> None:
    """Those who are silent are reminded, those who are ready aren't; then the day is over.

    What is sent from a page that was opened earlier is kept, and goes as late with one press.
    """
    ilmo, fourth = cast.ilmo, book.activities[3]
    erkki = Participant(cast.stage, NGOS[2][0], NGOS[2][1])
    cast.stage.days(24)
    subjects = [one.subject for one in erkki.new_letters()]
    assert len(subjects) == 3, subjects
    ilmo.at(f"sections/{fourth}")
    before = ilmo.box()
    cast.stage.days(2)
    assert erkki.new_letters() == []
    assert ilmo.new_letters() == []
    ilmo.fill("", {"words": "Tämä tuli myöhässä."}, form=before, status=422)
    ilmo.says("Tämä tuli myöhässä.", "Kommenttikierros on päättynyt")
    ilmo.fill("/say")
    ilmo.says("Tämä tuli myöhässä.", "määräajan jälkeen")
