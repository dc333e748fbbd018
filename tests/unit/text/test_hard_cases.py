"""Hand-made hard cases, each with the reading that a person expects."""

import pytest

from reviewtool.text.changes import Item, items
from reviewtool.text.diff import Kind, Op, compare
from reviewtool.text.document import compose
from reviewtool.text.layout import Kind as LineKind
from reviewtool.text.tokens import Form

A = "Järjestö järjestää avointa vertaistukea kaikille alueen asukkaille."
B = "Vapaaehtoiset saavat koulutuksen ja ohjausta tehtäväänsä."
C = "Toimintaan voi tulla ilman lähetettä ja ajanvarausta."


def body(*blocks: str) -> str:
    return compose("Otsikko", ["ydin"], "\n\n".join(blocks), ["lähde"])


def said(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(item.kind.value, item.old, item.new) for item in items(compare(old, new))]


CASES = {
    "a compound that ends in a hyphen is a word": (
        [A, "Meillä on tuki- ja neuvontapalveluja."],
        [A, "Meillä on kriisi- ja neuvontapalveluja."],
        [("replaced", "tuki-", "kriisi-")],
    ),
    "a compound that begins with a hyphen is a word": (
        ["Tukitoiminta ja -palvelut auttavat."],
        ["Tukitoiminta ja -ryhmät auttavat."],
        [("replaced", "-palvelut", "-ryhmät")],
    ),
    "an inflected word is replaced as a whole": (
        ["Tukea järjestöille tarjolla."],
        ["Tukea järjestöjen tarjolla."],
        [("replaced", "järjestöille", "järjestöjen")],
    ),
    "a skin tone belongs to its emoji": (
        ["Hieno juttu 👍🏽 kaikille"],
        ["Hieno juttu 👍🏿 kaikille"],
        [("replaced", "👍🏽", "👍🏿")],
    ),
    "a flag is one sign": (
        ["Tervetuloa 🇫🇮 kaikki"],
        ["Tervetuloa 🇸🇪 kaikki"],
        [("replaced", "🇫🇮", "🇸🇪")],
    ),
    "capital letters only": (
        ["Uudenmaan Liitto auttaa."],
        ["Uudenmaan liitto auttaa."],
        [("case", "Liitto", "liitto")],
    ),
    "a comma only": (
        ["Apua tukea ja iloa."],
        ["Apua, tukea ja iloa."],
        [("punctuation", "", ",")],
    ),
    "formatting only": ([A], [A.replace("vertaistukea", "**vertaistukea**")], None),
    "another address under the same words": (
        ["Lue [lisää](https://a.fi) tästä."],
        ["Lue [lisää](https://b.fi/x) tästä."],
        None,
    ),
    "a new item renumbers no other": (
        ["1. yksi asia\n1. kaksi asiaa"],
        ["1. alku ensin\n1. yksi asia\n1. kaksi asiaa"],
        [("inserted", "", "alku ensin")],
    ),
    "a new last item": (
        ["- yksi asia\n- kaksi asiaa"],
        ["- yksi asia\n- kaksi asiaa\n- kolme asiaa"],
        [("inserted", "", "kolme asiaa")],
    ),
    "a sentence added in the middle": (
        [f"{A} {C}"],
        [f"{A} {B} {C}"],
        [("inserted", "", B)],
    ),
    "a sentence taken from between like ones": (
        ["Kysy lisää. Kysy apua. Kysy lisää."],
        ["Kysy lisää. Kysy lisää."],
        [("deleted", "Kysy apua.", "")],
    ),
    "a rewritten phrase is one change": (
        ["Järjestö tukee ja auttaa sekä ohjaa ihmisiä arjessa."],
        ["Järjestö kuulee ja neuvoo sekä ohjaa ihmisiä arjessa."],
        [("replaced", "tukee ja auttaa", "kuulee ja neuvoo")],
    ),
    "a comma in a figure is no punctuation": (
        ["Matkaa on 15 kilometriä."],
        ["Matkaa on 1,5 kilometriä."],
        [("replaced", "15", "1,5")],
    ),
    "a paragraph removed": ([A, B, C], [A, C], [("deleted", B, "")]),
    "a figure in a sentence": (
        ["Jäseniä on 3000 henkeä."],
        ["Jäseniä on 3500 henkeä."],
        [("replaced", "3000", "3500")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_reading(name: str) -> None:
    old, new, expected = CASES[name]
    got = said(body(*old), body(*new))
    if expected is None:
        assert {kind for kind, _, _ in got} == {"formatting"}
    else:
        assert got == expected


def test_a_white_space_change_is_not_shown_as_a_change() -> None:
    old, new = "yksi kaksi  kolme", "yksi  kaksi kolme"
    comparison = compare(old, new, Form.PLAIN)
    assert {change.kind for change in comparison.changes} == {Kind.SPACE}
    assert items(comparison) == []


def moved(found: list[Item]) -> list[Item]:
    return [item for item in found if item.kind is Kind.MOVED]


def test_the_third_paragraph_moved_before_the_first() -> None:
    (item,) = items(compare(body(A, B, C), body(C, A, B)))
    assert item.kind is Kind.MOVED
    assert item.new == C
    assert item.source is not None
    assert (item.source.kind, item.source.ordinal) == (LineKind.PARAGRAPH, 3)
    assert item.before is not None
    assert (item.before.kind, item.before.ordinal) == (LineKind.PARAGRAPH, 1)


def test_a_move_with_an_edit_says_both() -> None:
    edited = C.replace("ajanvarausta", "kutsua")
    first, second = items(compare(body(A, B, C), body(edited, A, B)))
    assert (first.kind, first.new) == (Kind.MOVED, edited)
    assert (second.kind, second.old, second.new) == (Kind.REPLACED, "ajanvarausta", "kutsua")


def test_a_list_item_moved() -> None:
    old = body("- ohjaus ja neuvonta kaikille\n- ryhmät nuorille ja aikuisille\n- retket ja leirit")
    new = body("- ryhmät nuorille ja aikuisille\n- retket ja leirit\n- ohjaus ja neuvonta kaikille")
    found = items(compare(old, new))
    assert len(found) == len(moved(found)) == 1
    assert found[0].new == "ohjaus ja neuvonta kaikille"


def test_a_key_point_is_named_by_its_number() -> None:
    old = compose("t", ["Avoin kaikille", "Tukea arkeen"], A, [])
    new = compose("t", ["Avoin kaikille", "Apua arkeen"], A, [])
    (item,) = items(compare(old, new))
    assert (item.place.part, item.place.ordinal, item.old, item.new) == (
        "points",
        2,
        "Tukea",
        "Apua",
    )


def test_a_split_and_a_join_change_no_word() -> None:
    for old, new, kind in (
        (body(f"{A} {B}"), body(A, B), Kind.SPLIT),
        (body(A, B), body(f"{A} {B}"), Kind.JOINED),
    ):
        (item,) = items(compare(old, new))
        assert item.kind is kind


PATHOLOGICAL = {
    "nothing in common, one line": (
        " ".join(f"a{n}" for n in range(20_000)),
        " ".join(f"b{n}" for n in range(20_000)),
    ),
    "one word a thousandfold": ("sana " * 20_000, "sana " * 19_000),
    "two words that change places": ("a b " * 10_000, "b a " * 10_000),
    "no space at all": ("a" * 120_000, "a" * 119_999 + "b"),
    "the same line a thousandfold": ("Sama rivi taas.\n\n" * 5_000, "Sama rivi yhä.\n\n" * 5_000),
    "lines in reverse": (
        "\n".join(f"- kohta {n} on tämä asia" for n in range(3_000)),
        "\n".join(f"- kohta {n} on tämä asia" for n in reversed(range(3_000))),
    ),
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
@pytest.mark.parametrize("form", Form)
def test_pathological_texts_are_compared_exactly(name: str, form: Form) -> None:
    old, new = PATHOLOGICAL[name]
    spans = compare(old, new, form).spans()
    assert "".join(old[s.old_start : s.old_end] for s in spans if s.op is not Op.INSERT) == old
    assert "".join(new[s.new_start : s.new_end] for s in spans if s.op is not Op.DELETE) == new
