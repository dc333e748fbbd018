"""Draft 2: everything that was said is taken or not, answered, frozen, and told to its authors."""

from __future__ import annotations

import re

from tests.scenario.cast import ON_THE_PHONE, Book, Cast
from tests.scenario.participants import Participant
from tests.scenario.reading import Line, paragraphs

PARTS = re.compile(r'name="p(\d+)"')
SPLIT_OFF = "Toinen aihe omanaan"
ORIGINAL = ("puhelu.txt", "Muistiinpano puhelusta: Pirkko toivoo esimerkkiä.".encode())


def play(cast: Cast, book: Book) -> None:
    """From the first suggestion taken to the last participant who reads the answers."""
    take_one(cast, book)
    settle_a_clash(cast, book)
    edit_for_two(cast, book)
    answer_the_others(cast, book)
    consider_what_came_late(cast, book)
    split_a_text(cast, book)
    freeze(cast, book)
    tell_the_authors(cast, book)


def lines_on_bench(cast: Cast, section_id: str) -> list[Line]:
    """Read a text on the page where its contributions are handled."""
    cast.tuuli.bench(section_id)
    return paragraphs(cast.tuuli.browser.html)


def take_one(cast: Cast, book: Book) -> None:
    """A suggestion goes into the text with one press; its words are its evidence."""
    tuuli, first, wording = cast.tuuli, book.activities[0], book.said["anna wording"]
    tuuli.bench(first)
    tuuli.says("Näin on selvempää.", "Texten är bra men lång.", "1 on samaa mieltä")
    tuuli.take(first, wording)
    assert "selvemmät sanat" in lines_on_bench(cast, first)[1].shown
    tuuli.answer([wording], "taken", "Kiitos, sanat ovat nyt tekstissä.")


def settle_a_clash(cast: Cast, book: Book) -> None:
    """Two suggestions for the same words: nothing happens before the editor has chosen."""
    tuuli, second = cast.tuuli, book.activities[1]
    both = [book.said["anna clash"], book.said["borje clash"]]
    before = lines_on_bench(cast, second)
    tuuli.take(second, *both)
    tuuli.says("Annan oma sanamuoto", "Börjes egna ord")
    assert tuuli.browser.url.endswith("/merge/settle")
    assert lines_on_bench(cast, second) == before
    tuuli.take(second, *both)
    tuuli.settle("yhteinen sanamuoto")
    assert "yhteinen sanamuoto" in lines_on_bench(cast, second)[0].shown
    tuuli.answer(both, "taken-in-other-words", "Sanamuoto on koottu molemmista ehdotuksista.")
    tuuli.says("2 kommenttiin vastattu")


def edit_for(cast: Cast, section_id: str, words: str, *contribution_ids: str) -> str:
    """Add words after some plain words of the text's last paragraph; gives what is added."""
    line = lines_on_bench(cast, section_id)[-1]
    old = line.piece(*line.run(4))
    added = f"{old} ({words})"
    cast.tuuli.edit_for(section_id, (old, added), *contribution_ids)
    assert words in lines_on_bench(cast, section_id)[-1].shown
    return words


def edit_for_two(cast: Cast, book: Book) -> None:
    """One edit for a comment and an example; each is answered in its own way."""
    tuuli, first, said = cast.tuuli, book.activities[0], book.said
    edit_for(cast, first, "kuten kirjaston kahvihetki", said["anna comment"], said["anna example"])
    tuuli.answer([said["anna comment"]], "taken", "")
    tuuli.answer(
        [said["anna example"]], "taken-in-part", "Esimerkistä on tekstissä lyhyt maininta."
    )


def answer_the_others(cast: Cast, book: Book) -> None:
    """Not taken, already in the text, handled with another; several at once from the ledger."""
    tuuli, said = cast.tuuli, book.said
    tuuli.answer([said["borje comment"]], "not-taken", "Texten har redan kortats.")
    tuuli.at(f"/contributions/answer?c={said['anna question']}")
    place = tuuli.browser.form("/answer").fields["lines"]
    assert place == []
    number = lines_on_bench(cast, book.activities[1])[1].number
    tuuli.answer(
        [said["anna question"]], "already-in-the-text", "Tämä on tekstissä.", place=str(number)
    )
    tuuli.answer(
        [said["ilmo across"]],
        "handled-together-with",
        "",
        other=str(tuuli.number_of(said["anna clash"])),
    )
    tuuli.answer_ticked([said["anna whole"], said["borje whole"]], "noted", "Kiitos. / Tack.")


def consider_what_came_late(cast: Cast, book: Book) -> None:
    """What came late is admitted with a reason, and answered like the rest."""
    tuuli, fourth = cast.tuuli, book.activities[3]
    late = tuuli.find(fourth, "Tämä tuli myöhässä.")
    tuuli.admit(late, "Ehtii vielä mukaan.")
    cast.ilmo.one_letter(saying=("Ehtii vielä mukaan.",))
    tuuli.answer([late, book.said["ilmo comment"]], "not-taken", "Teksti on jo pitkä.")
    tuuli.answer([book.said["ilmo meeting"]], "noted", "Kiitos, että luitte yhdessä.")


def split_a_text(cast: Cast, book: Book) -> None:
    """A text becomes two; what was said of its second half stands at the new one."""
    tuuli, sixth, said = cast.tuuli, book.activities[5], book.said["ilmo split"]
    here = f"/structure/{sixth}/split?t1={SPLIT_OFF}"
    tuuli.at(here)
    parts = sorted({int(one) for one in PARTS.findall(tuuli.browser.html)})
    chosen = "".join(f"&p{one}=1" for one in parts[len(parts) // 2 :])
    tuuli.at(f"{here}&shown=1{chosen}")
    tuuli.fill("/split", {"reason": "Aiheita on kaksi."})
    book.look_again(cast.stage)
    assert tuuli.find(book.called(SPLIT_OFF), "Tämä on oma aiheensa.") == said
    tuuli.answer([said], "noted", "Kiitos, se on nyt oma tekstinsä.")


def freeze(cast: Cast, book: Book) -> None:
    """While the editor looks, a colleague records a phone call: the freeze names its text."""
    tuuli, aino, fourth = cast.tuuli, cast.aino, book.activities[3]
    tuuli.at("/drafts/freeze")
    pressed = tuuli.browser.form("/drafts/freeze")
    line = lines_on_bench(cast, fourth)[2]
    words = "Tähän kaivataan esimerkki kotiavusta."
    name, address, organisation = ON_THE_PHONE
    aino.record(
        fourth, line.piece(*line.run(4)), words, "phone", ORIGINAL,
        name=name, address=address, organisation=organisation, phase=book.phases["ngos"],
    )  # fmt: skip
    tuuli.fill("", form=pressed, status=422)
    tuuli.says("Vielä puuttuu", f"{book.titles[fourth]} : 1 vastaamatta")
    phone = book.said["phone"] = tuuli.find(fourth, words)
    tuuli.open(f"/handbooks/{book.handbook_id}/contributions/{phone}")
    tuuli.says(ORIGINAL[0])
    tuuli.answer([phone], "deferred", "Kysymme kunnilta ensin.", phase=book.phases["coordinators"])
    book.drafts["2"] = tuuli.freeze()
    tuuli.says("Luonnos 2")


def tell_the_authors(cast: Cast, book: Book) -> None:
    """Each gets one mail in their language, and sees answers and changed words behind the link."""
    anna, borje, ilmo = cast.anna, cast.borje, cast.ilmo
    pirkko = Participant(cast.stage, ON_THE_PHONE[0], ON_THE_PHONE[1])
    anna.come_back(saying=("Kiitos, sanat ovat nyt tekstissä.", "selvemmät sanat"))
    anna.says("Kiitos, sanat ovat nyt tekstissä.", "lisätty: selvemmät sanat")
    anna.says("Sanamuoto on koottu", "yhteinen sanamuoto", "lyhyt maininta", "kirjaston kahvihetki")
    borje.come_back(saying=("Texten har redan kortats.",))
    borje.says("Texten har redan kortats.", "Redaktionen", "yhteinen sanamuoto")
    ilmo.come_back(saying=("Teksti on jo pitkä.",))
    receipt, answers = pirkko.new_letters()
    assert "kotiavusta" in receipt.text
    assert "Kysymme kunnilta ensin." in answers.text
    pirkko.follow(answers)
    pirkko.says("Kysymme kunnilta ensin.", "kotiavusta")
