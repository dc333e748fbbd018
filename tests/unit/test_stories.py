"""Episodes of a story, and the activities that they seem to be about."""

from reviewtool.domain.stories import Proposal, episodes_of, lines_of, person_of, proposals
from reviewtool.text.document import compose

TEXT = compose(
    "Henkilötarina: Kaarlo",
    [],
    "Alku.\n\n## Vertaistuki\n\nRyhmässä puhutaan.\n\n## Arjen apu kotona\n\nKirjeitä.\n\n"
    "## Kevät\n\nSitten alkoi vapaaehtoistoiminta talolla.\n\n## Loppu\n\nKaikki hyvin.",
    [],
)
ACTIVITIES = {"a": "Vertaistuki", "b": "Arjen apu", "c": "Vapaaehtoistoiminta", "d": "Viestintä"}


def test_episodes_are_the_inner_headings_with_their_words() -> None:
    assert [(one.heading, one.words) for one in episodes_of(TEXT)] == [
        ("Vertaistuki", "Ryhmässä puhutaan."),
        ("Arjen apu kotona", "Kirjeitä."),
        ("Kevät", "Sitten alkoi vapaaehtoistoiminta talolla."),
        ("Loppu", "Kaikki hyvin."),
    ]


def test_only_a_heading_that_is_the_title_is_sure_and_what_says_nothing_gets_no_proposal() -> None:
    assert proposals(episodes_of(TEXT), ACTIVITIES) == {
        "Vertaistuki": Proposal("a", True),
        "Arjen apu kotona": Proposal("b", False),
        "Kevät": Proposal("c", False),
    }
    assert proposals(episodes_of(TEXT), {}) == {}


def test_the_person_is_read_from_the_title_only_where_it_says_that_it_is_a_story() -> None:
    assert person_of("Henkilötarina: Kaarlo") == "Kaarlo"
    assert person_of("Personberättelse:  Marja") == "Marja"
    assert person_of("Kaarlo ja hissi") == ""


def test_an_episode_is_found_by_its_heading() -> None:
    found = lines_of(TEXT, ["Kevät", "Poistettu"])
    assert list(found) == ["Kevät"]
    assert [one.line for one in episodes_of(TEXT) if one.heading == "Kevät"] == [found["Kevät"]]
