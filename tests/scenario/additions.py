"""What the handbook of the neighbours hadn't: a story of our own, a box, a picture and figures."""

from __future__ import annotations

from tests.factories.pictures import picture
from tests.scenario.cast import Book, Cast
from tests.scenario.people import Person

STORY = "Leena löysi ryhmän"
BOX = "Hyvä tietää ryhmistä"
ALT = "Kaksi ihmistä juttelee kahvipöydässä."
FILE = {"file": ("kahvila.png", picture("PNG", (120, 90)))}


def play(cast: Cast, book: Book) -> None:
    """The editor adds all four, without touching what was brought in."""
    add_a_story(cast, book)
    add_a_box(cast, book)
    add_a_picture_and_figures(cast, book)


def add_a_story(cast: Cast, book: Book) -> None:
    """Whose story it is, with her consent, and which activity its episode tells of."""
    tuuli = cast.tuuli
    tuuli.at("/structure")
    tuuli.fill("/structure/add", {"title": STORY, "kind": "story", "parent": book.areas[0]})
    book.look_again(cast.stage)
    story = book.called(STORY)
    tuuli.write(story, "Leena muutti kuntaan keväällä.\n\n## Ensimmäinen ilta\n\nOvi oli auki.")
    tuuli.at(f"/sections/{story}/story")
    tuuli.fill(
        "/story",
        {
            "person": "Leena",
            "pseudonym": "y",
            "role": "ryhmäläinen",
            "picture_alt": "Piirros naisesta",
            "consent": "Leena suostui 1.9.2026.",
            "episodes-0-activity": book.activities[0],
        },
        files=FILE,
    )
    tuuli.says("ryhmäläinen")


def add_a_box(cast: Cast, book: Book) -> None:
    """A box at the end of a text."""
    tuuli, fifth = cast.tuuli, book.activities[4]
    tuuli.at(f"/sections/{fifth}/edit")
    form = tuuli.browser.form("/edit")
    box = f"::box {BOX}\n\nRyhmään tullaan ilman lähetettä.\n\n::end"
    tuuli.fill("", {"body": f"{form.fields['body'][0]}\n\n{box}"}, form=form)
    tuuli.says(BOX)


def add_a_picture_and_figures(cast: Cast, book: Book) -> None:
    """A picture that is refused without its description, and a graphic of numbers."""
    tuuli, figures = cast.tuuli, f"/sections/{book.activities[4]}/figures"
    tuuli.at(f"{figures}/new/picture")
    about = {"caption": "Avoin kahvila", "date": "2026", "source": "Verkoston kuva"}
    tuuli.fill("/new/picture", about, files=FILE, status=422)
    tuuli.fill("/new/picture", {"alt": ALT})
    tuuli.at(f"{figures}/new/numbers")
    numbers = {"rows-0-value": "120", "rows-0-words": "ryhmää", "date": "2025", "source": "Kysely"}
    tuuli.fill("/new/numbers", numbers)
    tuuli.says("120", "ryhmää")


def read_them(reader: Person, book: Book) -> None:
    """The public finds each where it was put, and from the activity to the story and back."""
    root = f"/h/{book.handbook_id}/texts"
    reader.open(f"{root}/{book.activities[4]}")
    reader.says(
        BOX, "Ryhmään tullaan ilman lähetettä.", "Avoin kahvila", "Verkoston kuva", "ryhmää"
    )
    assert f'alt="{ALT}"' in reader.browser.html
    reader.open(f"{root}/{book.called(STORY)}")
    reader.says("Leena", "ryhmäläinen", "Nimi on muutettu.", "Ovi oli auki.")
    assert "Leena suostui" not in reader.browser.text
    assert f"{root}/{book.activities[0]}" in reader.browser.html
    reader.open(f"{root}/{book.activities[0]}")
    assert f"{root}/{book.called(STORY)}" in reader.browser.html
