"""The engine's laws on real prose: the demonstration handbook's texts, edited as people edit."""

import re
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewtool.office.handbook import read_handbook
from reviewtool.text.anchors import Status, passage_at, place_many
from reviewtool.text.canonical import canonical
from reviewtool.text.diff import Op, compare
from reviewtool.text.document import compose, parse
from reviewtool.text.merge import merge

HANDBOOK = Path("reviewtool/demo/content/handbook.md")
NEW_WORDS = ["myös", "kunnan", "yhdessä järjestöjen kanssa", "tuki- ja neuvontatyö", "2020-luvulla"]


@cache
def sections() -> list[str]:
    """Read the canonical texts of the demonstration handbook."""
    return [one.text for one in read_handbook(HANDBOOK.read_bytes(), HANDBOOK.name).sections]


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """Give a real text and the same text after some edits of words and paragraphs."""
    text = draw(st.sampled_from(sections()))
    document = parse(text)
    blocks = document.body.split("\n\n")
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(blocks) - 1))
        words = blocks[place].split(" ")
        at = draw(st.integers(0, len(words) - 1))
        new = draw(st.sampled_from(NEW_WORDS))
        act = draw(st.sampled_from(["replace", "insert", "delete", "move", "split", "bold"]))
        if act == "replace":
            words[at] = new
        elif act == "insert":
            words.insert(at, new)
        elif act == "delete" and len(words) > 1:
            del words[at]
        elif act == "bold" and words[at].isalpha():
            words[at] = f"**{words[at]}**"
        elif act == "split" and 0 < at < len(words) - 1:
            words[at] += "\n\n"
        blocks[place] = " ".join(words)
        if act == "move":
            blocks.insert(draw(st.integers(0, len(blocks) - 1)), blocks.pop(place))
    body = "\n\n".join(blocks)
    return text, compose(document.title, document.points, body, document.sources)


def rebuilt(old: str, new: str) -> tuple[str, str]:
    """Rebuild both texts from the spans of their comparison."""
    spans = compare(old, new).spans()
    before = "".join(old[s.old_start : s.old_end] for s in spans if s.op is not Op.INSERT)
    after = "".join(new[s.new_start : s.new_end] for s in spans if s.op is not Op.DELETE)
    return before, after


@settings(max_examples=120, deadline=None)
@given(edited())
def test_a_comparison_is_exact_and_swaps_its_signs(pair: tuple[str, str]) -> None:
    old, new = pair
    assert rebuilt(old, new) == (old, new)
    there = {(c.old_start, c.old_end, c.new_start, c.new_end) for c in compare(old, new).changes}
    back = {(c.new_start, c.new_end, c.old_start, c.old_end) for c in compare(new, old).changes}
    assert there == back
    assert compare(old, old).changes == ()


@settings(max_examples=120, deadline=None)
@given(edited(), st.data())
def test_an_exact_passage_has_the_same_words(pair: tuple[str, str], data: st.DataObject) -> None:
    old, new = pair
    words = [m.span() for m in re.finditer(r"\w+", old)]
    starts = data.draw(st.lists(st.integers(0, len(words) - 1), min_size=1, max_size=5))
    passages = [
        passage_at(old, words[start][0], words[min(start + 6, len(words) - 1)][1])
        for start in starts
    ]
    for passage, placed in zip(passages, place_many(old, new, passages), strict=True):
        assert 0 <= placed.start <= placed.end <= len(new)
        if placed.status in (Status.EXACT, Status.MOVED):
            assert passage_at(new, placed.start, placed.end).quote == passage.quote


@settings(max_examples=80, deadline=None)
@given(edited(), st.data())
def test_edits_of_different_paragraphs_merge_in_any_order(
    pair: tuple[str, str], data: st.DataObject
) -> None:
    base = pair[0]
    document = parse(base)
    blocks = document.body.split("\n\n")
    chosen = data.draw(
        st.lists(st.integers(0, len(blocks) - 1), min_size=1, max_size=4, unique=True)
    )

    def with_word(numbers: list[int]) -> str:
        changed = [f"{b} Lisäys {n}." if n in numbers else b for n, b in enumerate(blocks)]
        body = "\n\n".join(changed)
        return compose(document.title, document.points, body, document.sources)

    theirs = {str(number): with_word([number]) for number in chosen}
    merged = merge(base, base, theirs)
    assert merged.text == with_word(chosen)
    assert merged.conflicts == ()
    assert merge(base, base, dict(reversed(theirs.items()))).text == merged.text
    assert merged.text is not None
    assert canonical(merged.text) == merged.text


@settings(max_examples=80, deadline=None)
@given(edited())
def test_two_wordings_of_one_word_are_always_a_conflict(pair: tuple[str, str]) -> None:
    base = pair[0]
    document = parse(base)
    first, rest = document.body.split(" ", 1)
    assert first

    def saying(word: str) -> str:
        return compose(document.title, document.points, f"{word} {rest}", document.sources)

    result = merge(base, base, {"a": saying("Toisaalta"), "b": saying("Silti")})
    assert result.text is None
    assert set(result.conflicts[0].theirs) == {"a", "b"}
