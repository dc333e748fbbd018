"""Inherited, changed, ours: every word of a text has one origin, and the right one."""

from hypothesis import given
from hypothesis import strategies as st

from reviewtool.text.canonical import canonical
from reviewtool.text.document import compose
from reviewtool.text.layout import layout
from reviewtool.text.origins import Origin, origins, shares

BASE = compose(
    "Vertaistuki",
    ("Ryhmä on avoin kaikille.",),
    "Ryhmässä tavataan kerran viikossa kirjastossa.\n\n"
    "Ohjaajat ovat koulutettuja vapaaehtoisia, joita työntekijä tukee.",
    (),
)


def words_of(text: str, origin: Origin, *bases: str) -> list[str]:
    return [
        text[one.start : one.end].strip()
        for one in origins(bases or (BASE,), text)
        if one.origin is origin and text[one.start : one.end].strip()
    ]


def test_kept_changed_and_new_words_are_told_apart() -> None:
    text = BASE.replace("kerran viikossa", "joka tiistai").replace(
        "Ohjaajat", "Uusi kappale Uudeltamaalta.\n\nOhjaajat"
    )
    assert words_of(text, Origin.CHANGED) == ["joka tiistai"]
    assert words_of(text, Origin.OURS) == ["Uusi kappale Uudeltamaalta."]
    assert "Ohjaajat ovat koulutettuja vapaaehtoisia, joita työntekijä tukee." in words_of(
        text, Origin.INHERITED
    )


def test_moved_and_restyled_words_stay_inherited() -> None:
    text = compose(
        "Vertaistuki",
        ("**Ryhmä on avoin kaikille.**",),
        "Ohjaajat ovat koulutettuja vapaaehtoisia, joita työntekijä tukee.\n\n"
        "Ryhmässä tavataan kerran viikossa kirjastossa.",
        (),
    )
    assert words_of(text, Origin.OURS) == []
    assert words_of(text, Origin.CHANGED) == []


def test_a_paragraph_that_keeps_no_word_is_ours_even_in_the_place_of_another() -> None:
    text = BASE.replace(
        BASE[BASE.index("Ohjaajat") : BASE.index("tukee.") + 6], "Kuntasi kirjastossa voi kokeilla."
    )
    assert words_of(text, Origin.OURS) == ["Kuntasi kirjastossa voi kokeilla."]


def test_words_of_either_joined_text_are_inherited_and_without_any_all_are_ours() -> None:
    other = compose("Muu", (), "Kahvilassa voi levätä.", ())
    text = compose("Vertaistuki", (), "Kahvilassa voi levätä.\n\nOhjaajat ovat koulutettuja.", ())
    assert words_of(text, Origin.OURS, BASE, other) == []
    assert [one.origin for one in origins((), text)] == [Origin.OURS] * len(layout(text))


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_character_of_every_line_has_one_origin(old: str, new: str) -> None:
    base, text = canonical(old), canonical(new)
    found = origins((base,), text)
    covered = [position for one in found for position in range(one.start, one.end)]
    assert covered == [p for line in layout(text) for p in range(line.start, line.end)]
    assert {one.origin for one in origins((text,), text)} <= {Origin.INHERITED}
    counts = shares(text, found)
    assert counts[Origin.INHERITED] + counts[Origin.CHANGED] + counts[Origin.OURS] >= 0
