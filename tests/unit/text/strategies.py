"""Strings that are likely to hit the grammar, for the property tests of the text engine."""

from hypothesis import strategies as st

_PIECES = [
    *"ab *_[]()\\#->:.1\n\n\u0301\u0338é\u200d=<\ufeff\t|`&",
    "👍🏽", "::box ", "::end\n", "\n::figure x\n", "\n::points\n", "\n::sources\n", "\n::body\n",
    "\n::alt ", "\n::caption ", "](https://a.fi/)", "](javascript:x)", "**", "\n- ", "1. ", "> ",
    "# ", "\n## ", "  - ", "tuki- ja ", "sana ", "\n\n", "2020. ",
]  # fmt: skip

hostile = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join) | st.text(max_size=80)

_WORDS = [
    "järjestö",
    "tuki-",
    "ja",
    "auttaa",
    "nuoria",
    "Uudellamaalla.",
    "toimintaa,",
    "2020",
    "(3)",
    "–",
    "“sana”",
    "e-mail",
    "👩\u200d👩\u200d👧",
    "å",
]
words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12).map(" ".join)
