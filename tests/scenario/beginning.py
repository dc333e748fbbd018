"""A handbook is begun, its texts are brought in, and later frozen as draft 1."""

from __future__ import annotations

from tests.scenario.cast import Book, Cast
from tests.scenario.source import handbook_file

PHASES = {
    "workshop": "Työpaja järjestöille",
    "ngos": "Järjestöjen kommenttikierros",
    "coordinators": "Hyvinvointikoordinaattorien kierros",
    "interviews": "Täydentävät haastattelut",
    "approval": "Hyväksyntä",
}


def begin(cast: Cast) -> Book:
    """The administrator begins the handbook, brings in the file, and names an editor."""
    aino, tuuli = cast.aino, cast.tuuli
    aino.sign_in()
    aino.begin_handbook("Järjestökäsikirja")
    aino.at("/about")
    whom = {"contact_name": tuuli.name, "contact_email": tuuli.address, "host": "Kumaja ry"}
    aino.fill("/about", whom)
    preview = aino.bring_in(handbook_file())
    book = Book.of(cast.stage, aino.handbook)
    for title in book.titles.values():
        assert title in preview
    aino.says(f"{len(book.titles)} uutta tekstiä")
    aino.at("/people/members")
    aino.fill("/members", {"name": tuuli.name, "address": tuuli.address}, having="role")
    tuuli.handbook = aino.handbook
    tuuli.sign_in()
    book.phases = {key: tuuli.phase(title) for key, title in PHASES.items()}
    return book


def freeze(cast: Cast, book: Book) -> None:
    """What the texts are after the workshop becomes draft 1."""
    book.drafts["1"] = cast.tuuli.freeze()
    cast.tuuli.says("Luonnos 1")
    cast.anna.one_letter(saying=("Kannatus on nyt muistiossa.",))
