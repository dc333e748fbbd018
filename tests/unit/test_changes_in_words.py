"""A comparison said as sentences, in each language."""

import pytest

from reviewtool.infra.i18n import speaking
from reviewtool.text.diff import compare
from reviewtool.text.document import compose
from reviewtool.text.statistics import statistics
from reviewtool.wording.changes import change_list, figures_in_words

OLD = compose(
    "Vertaistuki",
    ["Yksi kohta.", "Toinen kohta seisoo pitkän virkkeen keskellä eikä lopussa."],
    "Ensin.\n\nSitten toinen.",
    ["Lähde"],
)
NEW = compose(
    "Vertaistuki",
    ["Yksi **kohta**.", "Toinen asia seisoo pitkän virkkeen keskellä eikä lopussa.", "Uusi"],
    "Ensin.\n\nSitten toinen.",
    ["Lähde"],
)
SAID = {
    "fi": [
        "Ydinkohta 1: vain muotoilu muuttui.",
        "Ydinkohta 2: ”kohta” muuttui muotoon ”asia”.",
        "Ydinkohta 3: lisätty ”Uusi”.",
    ],
    "sv": [
        "Kärnpunkt 1: bara formateringen ändrades.",
        "Kärnpunkt 2: ”kohta” blev ”asia”.",
        "Kärnpunkt 3: ”Uusi” har lagts till.",
    ],
    "en": [
        "Key point 1: only the look changed.",
        "Key point 2: “kohta” became “asia”.",
        "Key point 3: added “Uusi”.",
    ],
}


@pytest.mark.parametrize("language", SAID)
def test_each_change_is_said_with_its_place(language: str) -> None:
    with speaking(language):
        assert change_list(compare(OLD, NEW)) == SAID[language]


def test_figures_leave_out_what_is_none() -> None:
    with speaking("fi"):
        assert (
            figures_in_words(statistics(compare(OLD, NEW))) == "2 sanaa lisätty, 1 sana poistettu"
        )
        assert figures_in_words(statistics(compare(OLD, OLD))) == "Yksikään sana ei muuttunut."


def test_a_moved_paragraph_is_said_to_have_moved() -> None:
    first = "Tämä kappale kertoo ryhmistä ja niiden ohjaajista."
    second = "Toinen kappale puhuu aivan muista asioista pitkästi."
    with speaking("fi"):
        said = change_list(
            compare(
                compose("O", [], f"{first}\n\n{second}\n\nLoppu.", []),
                compose("O", [], f"{second}\n\n{first}\n\nLoppu.", []),
            )
        )
    assert len(said) == 1
    assert "siirtyi" in said[0]
