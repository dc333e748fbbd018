"""The workshop: people are asked in, speak in the room, and learn what came of it."""

from __future__ import annotations

import re

from tests.scenario.cast import IN_THE_ROOM, NGOS, Book, Cast

CODE = re.compile(r"\b\d{3} \d{2} \d{3}\b")
ADDED = "Talous- ja velkaneuvonta"


def play(cast: Cast, book: Book) -> None:
    """From the invitation to the final minutes."""
    ask_in(cast, book)
    speak_in_the_room(cast, book)
    decide(cast, book)
    send_minutes(cast, book)


def page(book: Book, path: str = "") -> str:
    """Give the editors' page of the workshop."""
    return f"/workshops/{book.phases['workshop']}{path}"


def ask_in(cast: Cast, book: Book) -> None:
    """Anna is invited with an agenda and a calendar entry, and says what she needs."""
    tuuli, anna, phase_id = cast.tuuli, cast.anna, book.phases["workshop"]
    tuuli.at(page(book, "/plan"))
    tuuli.fill(
        "/plan",
        {
            "day": cast.stage.day(1),
            "begins": "09:00",
            "ends": "12:00",
            "place": "Järjestötalo, Espoo",
            "agenda_fi": "9.00 Kahvit",
        },
    )
    tuuli.invite(phase_id, NGOS[:1])
    tuuli.open_phase(phase_id)
    anna.come_in(saying=("Järjestötalo, Espoo", "9.00 Kahvit"))
    anna.home = "/".join(anna.home.split("/")[:3])
    anna.fill("/invitation", {"attendance": "comes", "needs": "Induktiosilmukka"})
    entry = anna.browser.client.get(f"{anna.home}/workshop/calendar.ics").text
    assert "LOCATION:Järjestötalo" in entry
    tuuli.at(page(book, "/people"))
    tuuli.says("Induktiosilmukka")


def speak_in_the_room(cast: Cast, book: Book) -> None:
    """Ville comes in with the code on the screen; his group's wish is seen and supported."""
    tuuli, anna, ville = cast.tuuli, cast.anna, cast.ville
    tuuli.at(page(book, "/groups"))
    tuuli.fill("/groups", {"groups-name": "Ryhmä 1"})
    cast.stage.days(1)
    tuuli.at(page(book, "/projector"))
    code = CODE.findall(tuuli.browser.text)[0]
    ville.open("/join")
    ville.fill("/join", {"code": code, "name": IN_THE_ROOM[0], "organisation": IN_THE_ROOM[1]})
    ville.fill("/room/group")
    room = ville.browser.url
    ville.open(f"{room}?say=add")
    ville.fill("/propose", {"title": ADDED, "words": "Kysyntä kasvaa.", "parent": book.areas[0]})
    ville.open(f"{room}?say=feature")
    ville.fill("/feature", {"section": book.activities[0], "words": "Vertainen tavoittaa."})
    anna.at("workshop/room")
    anna.fill("/room/group")
    anna.says(ADDED, "Vertainen tavoittaa.")
    anna.fill("/support")


def decide(cast: Cast, book: Book) -> None:
    """The wish becomes a text of the handbook; the feature is used."""
    tuuli = cast.tuuli
    tuuli.close_phase(book.phases["workshop"])
    tuuli.at("/structure/proposals")
    tuuli.press_link(next(words for words in tuuli.links() if ADDED in words))
    tuuli.fill("/structure/add", {"reason": "Työpaja toivoi."})
    tuuli.says(f"Lisätty: {ADDED}")
    book.look_again(cast.stage)
    added = book.called(ADDED)
    tuuli.write(added, "Järjestöt neuvovat talousasioissa maksutta. Neuvoja saa myös puhelimitse.")
    tuuli.at(f"/structure/{added}")
    tuuli.says("Ehdotuksesta")
    tuuli.at(page(book, "/decisions"))
    tuuli.fill("/contributions/used", having="used")
    tuuli.says("Käytetty tekstissä")


def send_minutes(cast: Cast, book: Book) -> None:
    """Who was there reads the minutes, corrects them, and gets the final ones."""
    tuuli, anna = cast.tuuli, cast.anna
    tuuli.at(page(book, "/minutes"))
    tuuli.fill("/minutes/draw-up")
    tuuli.says(ADDED)
    tuuli.fill("/minutes/send")
    anna.follow(anna.one_letter())
    anna.says(ADDED)
    anna.fill("/minutes", {"words": "Minäkin kannatin tätä."})
    tuuli.at(page(book, "/minutes"))
    tuuli.says("Minäkin kannatin tätä.")
    tuuli.press_link("Kommentti 3")
    correction = tuuli.browser.url.rsplit("/", 1)[1]
    tuuli.at(page(book, "/minutes"))
    tuuli.fill("/minutes/send-final")
    anna.follow(anna.one_letter())
    anna.says(ADDED)
    tuuli.answer([correction], "noted", "Kannatus on nyt muistiossa.")
