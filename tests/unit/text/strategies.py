"""Strings that are likely to hit the grammar, for the property tests of the text engine."""

from hypothesis import strategies as st

from reviewtool.text.canonical import canonical
from reviewtool.text.document import compose
from reviewtool.text.html import Figures, Picture

FIGURES = Figures(
    {file: Picture(f"/{file}", 800, 600, f"/{file}/small", 400) for file in ("x", "kuva1")},
    date="Tilanne",
    source="Lähde:",
)
"""The pictures of the figures below."""

_PIECES = [
    *"ab *_[]()\\#->:.1\n\n\u0301\u0338é\u200d=<\ufeff\t|`&",
    "👍🏽", "::box ", "::end\n", "\n::figure x\n", "\n::points\n", "\n::sources\n", "\n::body\n",
    "\n::alt ", "\n::caption ",
    "\n::numbers bars\n", "\n::numbers large\n", "\n::value 3 066", "\n::label ", "\n::date ",
    "](https://a.fi/)", "](javascript:x)", "**", "\n- ", "1. ", "> ",
    "# ", "\n## ", "  - ", "tuki- ja ", "sana ", "\n\n", "2020. ",
]  # fmt: skip

hostile = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join) | st.text(max_size=80)

_WORDS = [
    "järjestö", "tuki-", "ja", "auttaa", "nuoria", "Uudellamaalla.", "toimintaa,", "2020", "(3)",
    "–", "“sana”", "e-mail", "👩\u200d👩\u200d👧", "å", "**vahva**", "_vino_", "[linkki](https://a.fi)",
]  # fmt: skip
words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12).map(" ".join)

_BLOCKS = st.one_of(
    words,
    words.map(lambda w: f"## {w}"),
    st.lists(words, min_size=1, max_size=4).map(lambda ws: "\n".join(f"- {w}" for w in ws)),
    st.lists(words, min_size=1, max_size=2).map(lambda ws: "\n>\n".join(f"> {w}" for w in ws)),
    words.map(lambda w: f"::box Tieto\n\n{w}\n\n::end"),
    words.map(lambda w: f"::figure kuva1\n::caption {w}\n::alt {w}\n::date 2020\n::end"),
    st.tuples(words, st.sampled_from(["bars", "large"])).map(
        lambda w: f"::numbers {w[1]}\n::value 12,5 %\n::label {w[0]}\n::value 3\n::end"
    ),
)

documents = st.builds(
    compose,
    st.sampled_from(["Vertaistuki", "Ohjattu toiminta"]),
    st.lists(words, max_size=3),
    st.lists(_BLOCKS, max_size=6).map("\n\n".join),
    st.lists(words, max_size=2),
)
"""Canonical texts of a few blocks, with few different words: many repeats and near misses."""

pairs = st.tuples(documents, documents) | st.tuples(hostile.map(canonical), hostile.map(canonical))
