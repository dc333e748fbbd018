"""Every word of a file is in the outline or among the left-overs, once; and none is invented."""

import re
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewtool.office.handbook import read_handbook
from reviewtool.text.canonical import canonical
from tests.unit.office.samples import (
    SampleBlock,
    as_markdown,
    as_word,
    paragraph,
    raw_word,
    run,
    words_in,
)

NAMES = ("", "Lähteet", "Henkilötarina: ", "Osa-alue 2: ", "Ydinkohdat", "Henkilötarinat", "3.1 ")
KINDS = ("text", "bold", "bullet", "number", "quote")
FORMATS = ("", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", "<w:vanish/>")


@st.composite
def documents(draw: st.DrawFn) -> list[SampleBlock]:
    """Blocks in any order, each with words of its own."""
    blocks: list[SampleBlock] = [("title", "sana0")] if draw(st.booleans()) else []
    for number in range(1, draw(st.integers(1, 25))):
        words = f"sana{number} muu{number}"
        kind = draw(st.sampled_from(("heading", "box", *KINDS)))
        if kind == "heading":
            name = draw(st.sampled_from(NAMES))
            words = name if name.isalpha() else f"{name}{words}"
            blocks.append(("heading", draw(st.integers(1, 5)), words))
        elif kind == "box":
            blocks.append(("box", f"otsake{number}", words))
        else:
            blocks.append((kind, words))
    return [*blocks, ("text", "loppu")]


def counted(blocks: list[SampleBlock]) -> Counter[str]:
    words = (part for block in blocks for part in block[1:] if isinstance(part, str))
    return Counter(re.findall(r"\w+", " ".join(words)))


@settings(max_examples=50, deadline=None)
@given(documents())
def test_blocks_in_any_order(blocks: list[SampleBlock]) -> None:
    for data, name in ((as_markdown(blocks), "a.md"), (as_word(blocks), "a.docx")):
        outline = read_handbook(data, name)
        assert words_in(outline) == counted(blocks)
        assert all(canonical(one.text) == one.text for one in outline.sections)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(FORMATS), st.text("ab*_[]()<>#|~`\\!&-:. \u00a0\u00ad", max_size=8)
        ),
        min_size=1,
        max_size=8,
    )
)
@example(runs=[("<w:vanish/>", "_\u00ad_")])
def test_any_characters_in_any_format(runs: list[tuple[str, str]]) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;")

    body = "".join(run(escaped(text), properties) for properties, text in runs)
    outline = read_handbook(
        raw_word(paragraph("Luku", "Heading1") + f"<w:p>{run('alku')}{body}</w:p>"), "a.docx"
    )
    shown = "alku" + "".join(text for properties, text in runs if "vanish" not in properties)
    hidden = [text for properties, text in runs if "vanish" in properties]
    expected = Counter(
        re.findall(r"\w+", "Luku " + " ".join([shown, *hidden]).replace("\u00ad", ""))
    )
    assert words_in(outline) == expected


@settings(max_examples=100, deadline=None)
@given(st.text("ab \n#>-*_[]()<!|`1.~:=\\\t", max_size=80))
def test_any_markdown_is_read_and_stays_canonical(text: str) -> None:
    outline = read_handbook(f"# alku\n\n{text}\n\nloppu".encode(), "a.md")
    assert all(canonical(one.text) == one.text for one in outline.sections)
    letters = Counter("".join(words_in(outline).elements()))
    assert letters["l"] >= 2
