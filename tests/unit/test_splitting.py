"""Texts taken apart and put together again."""

import pytest

from reviewtool.domain.splitting import Part, combine, divide, has_words, pieces
from reviewtool.text.canonical import is_canonical
from reviewtool.text.document import compose, parse

BODY = """Ryhmässä tavataan viikoittain.

## Ohjaajat

Ohjaajat ovat **vapaaehtoisia**.

- yksi
- kaksi

Loppu."""
TEXT = compose("Vertaistuki", ("Ensimmäinen.", "Toinen."), BODY, ("Lähde A", "Lähde B"))


def test_pieces_are_points_paragraphs_whole_lists_and_sources() -> None:
    found = pieces(TEXT)
    assert [piece.part for piece in found] == [Part.POINT] * 2 + [Part.BODY] * 5 + [Part.SOURCE] * 2
    assert [piece.heading for piece in found].index(True) == 3
    assert found[5].words == "- yksi\n- kaksi"


def test_what_stays_and_what_goes_make_the_whole() -> None:
    goes = [{0}, {1}, {0}, {1}, {1}, {1}, {0}, {0, 1}, {1}]
    kept, new = divide(TEXT, ["Ohjaajat"], goes)
    assert parse(kept).points == ("Ensimmäinen.",)
    assert parse(kept).body == "Ryhmässä tavataan viikoittain.\n\nLoppu."
    assert parse(kept).sources == ("Lähde A",)
    assert parse(new).title == "Ohjaajat"
    assert parse(new).body.endswith("- yksi\n- kaksi")
    assert parse(new).sources == ("Lähde A", "Lähde B")
    assert is_canonical(kept)
    assert is_canonical(new)


def test_every_piece_needs_its_place() -> None:
    with pytest.raises(ValueError, match="place"):
        divide(TEXT, ["Ohjaajat"], [{0}])


def test_a_title_alone_says_nothing() -> None:
    assert not has_words(compose("Otsikko", (), "", ()))
    assert has_words(compose("Otsikko", ("Kohta",), "", ()))


def test_texts_become_one_and_nothing_stands_twice() -> None:
    other = compose("Arki *&* tuki", ("Toinen.", "Kolmas."), "## Aika\n\nIltaisin.", ("Lähde B",))
    joined = combine([TEXT, other], "Arjen tuki", headings=True)
    document = parse(joined)
    assert document.title == "Arjen tuki"
    assert document.points == ("Ensimmäinen.", "Toinen.", "Kolmas.")
    assert document.sources == ("Lähde A", "Lähde B")
    assert "### Ohjaajat" in document.body
    assert "## Arki \\*&\\* tuki\n\n### Aika\n\nIltaisin." in document.body
    assert is_canonical(joined)
