"""What became of the sections between two drafts, without reading a text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewtool.text.drafts import Entry, Fate, compare_drafts


def entries(*rows: tuple[str, str, str | None, str]) -> list[Entry]:
    return [Entry(key, title, parent, n, h) for n, (key, title, parent, h) in enumerate(rows)]


OLD = entries(
    ("a", "Alue", None, "1"),
    ("x", "Eka", "a", "2"),
    ("y", "Toka", "a", "3"),
    ("z", "Vika", "a", "4"),
)


def fates(new: list[Entry]) -> dict[str, set[Fate]]:
    return {change.id: set(change.fates) for change in compare_drafts(OLD, new)}


def test_the_same_draft_is_unchanged() -> None:
    assert set().union(*fates(OLD).values()) == {Fate.UNCHANGED}


def test_changed_renamed_new_dropped_and_moved_sections_are_told_apart() -> None:
    new = entries(
        ("a", "Alue", None, "1"),
        ("b", "Toinen alue", None, "9"),
        ("z", "Vika", "a", "4"),
        ("x", "Eka uusi", "a", "5"),
        ("w", "Uusi", "b", "6"),
    )
    got = fates(new)
    assert (got["a"], got["b"], got["w"], got["y"]) == (
        {Fate.UNCHANGED},
        {Fate.NEW},
        {Fate.NEW},
        {Fate.DROPPED},
    )
    assert got["x"] - {Fate.MOVED} == {Fate.CHANGED, Fate.RENAMED}
    assert (Fate.MOVED in got["x"]) != (Fate.MOVED in got["z"])


def test_a_section_in_another_area_has_moved_and_its_neighbours_have_not() -> None:
    new = entries(
        ("a", "Alue", None, "1"),
        ("b", "Toinen", None, "9"),
        ("y", "Toka", "a", "3"),
        ("z", "Vika", "a", "4"),
        ("x", "Eka", "b", "2"),
    )
    got = fates(new)
    assert got["x"] == {Fate.MOVED}
    assert got["y"] == got["z"] == {Fate.UNCHANGED}


def test_a_dropped_section_stands_where_it_was() -> None:
    new = [entry for entry in OLD if entry.id != "x"]
    assert [change.id for change in compare_drafts(OLD, new)] == ["a", "x", "y", "z"]


ROWS = st.lists(
    st.builds(
        Entry,
        st.sampled_from("abcdefgh"),
        st.sampled_from(["A", "B"]),
        st.sampled_from([None, "a", "b", "q"]),
        st.integers(0, 5),
        st.sampled_from(["1", "2"]),
    ),
    unique_by=lambda entry: entry.id,
).map(lambda rows: [e for e in rows if e.parent != e.id and (e.id, e.parent) != ("a", "b")])


@settings(max_examples=100, deadline=None)
@given(ROWS, ROWS)
def test_every_section_of_either_draft_is_listed_once(old: list[Entry], new: list[Entry]) -> None:
    changes = compare_drafts(old, new)
    assert sorted(c.id for c in changes) == sorted({e.id for e in [*old, *new]})
    for change in changes:
        assert (Fate.NEW in change.fates) == (change.old is None)
        assert (Fate.DROPPED in change.fates) == (change.new is None)
        if change.old and change.new:
            assert change.changed_words == (change.old.text_hash != change.new.text_hash)
