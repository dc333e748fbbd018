"""HTML out and in: safe, positioned, and the same text again."""

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewtool.text.canonical import canonical
from reviewtool.text.document import compose, parse
from reviewtool.text.html import Mark, body_html, from_html, inline_html, to_html, to_plain
from reviewtool.text.layout import layout
from tests.unit.text.strategies import FIGURES, hostile

_VOID = {"img", "br"}
_TAGS = [
    "<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</li>", "</ul>", "a", "b ", "*", "- ", "::end",
    "<aside>", "</aside>", "<blockquote>", "</blockquote>", "<figure data-figure=x>", "</figure>",
    "<figure data-numbers=bars>", "<span class=figure-value>", "<span class=figure-label>", "7",
    "<a href='http://x.y/a(b'>", "</a>", "<h2>", "</h2>", "<br>", "<table><tr><td>", "</td>", " ",
    "<script>", "</script>", "<span data-aside>", "</span>", "<![if x]>", "&lt;", "<ol>", "</ol>",
]  # fmt: skip


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style")
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def balanced(html: str) -> _Balance:
    parser = _Balance()
    parser.feed(html)
    parser.close()
    assert not parser.open
    assert len(set(parser.ids)) == len(parser.ids)
    return parser


@settings(max_examples=75, deadline=None)
@given(hostile)
def test_the_visual_editor_gives_back_the_text_that_it_was_given(text: str) -> None:
    body = parse(canonical(text)).body
    assert from_html(body_html(body)) == body


@settings(max_examples=75, deadline=None)
@given(st.lists(st.sampled_from(_TAGS), max_size=40).map("".join))
def test_any_html_becomes_a_canonical_body(html: str) -> None:
    markdown = from_html(html)
    assert parse(compose("", (), markdown, ())).body == markdown


@settings(max_examples=75, deadline=None)
@given(hostile, st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=5))
def test_marks_split_over_everything_and_leave_the_words(
    text: str, spans: list[tuple[int, int]]
) -> None:
    spelt = canonical(text)
    marks = [Mark(s, s + n, str(i), "c") for i, (s, n) in enumerate(spans)]
    shown = balanced(to_html(spelt, marks, figures=FIGURES))
    assert not shown.open
    plain = balanced(to_html(spelt, figures=FIGURES))
    assert "".join(shown.words) == "".join(plain.words)


def test_a_mark_over_two_paragraphs_and_bold_is_split_correctly() -> None:
    text = compose("t", [], "yksi **kaksi** kolme\n\nneljä", [])
    html = to_html(text, [(text.index("kaksi") + 2, text.index("neljä") + 3, "m", "c", "")])
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", html) == ["ksi", " kolme", "nel"]


def test_overlapping_marks_share_a_piece() -> None:
    text = compose("t", [], "yksi kaksi kolme", [])
    at = text.index("yksi")
    html = to_html(text, [(at, at + 10, "x", "a", ""), (at + 5, at + 16, "y", "b", "")])
    assert 'data-marks="x">yksi ' in html
    assert 'class="a b" data-marks="x y" data-count="2">kaksi' in html
    assert 'data-marks="y"> kolme' in html


def test_hostile_words_are_shown_and_never_run() -> None:
    html = to_html(canonical('# <script>x</script>\n<img src=x onerror=y> [a](http://b"onclick=z)'))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img" in html


def test_word_paste_keeps_words_styles_and_links_only() -> None:
    pasted = (
        '<!--[if x]><p>no</p><![endif]--><style>p{}</style><p class="MsoNormal"><b>Lihava</b> '
        '<span style="font-style:italic">kursivoitu</span> <a href="https://a.fi">linkki</a></p>'
        "<table><tr><td>a</td><td>b</td></tr></table><ul><li>x<ol><li>y</li></ol></li></ul>"
    )
    assert from_html(pasted) == (
        "**Lihava** _kursivoitu_ [linkki](https://a.fi)\n\na | b\n\n- x\n  1. y"
    )


def test_plain_text_has_every_visible_line_once() -> None:
    text = compose("Otsikko", ["a **b**"], "kappale\n\n- x\n- y", ["lähde"])
    assert to_plain(text, sources_label="Lähteet") == (
        "Otsikko\n\n- a b\n\nkappale\n\n- x\n- y\n\nLähteet\n\n- lähde\n"
    )


def test_every_line_carries_its_range() -> None:
    text = canonical("# T\n::points\n- p\n::body\nx\n- i\n> q\n## h\n::sources\n- s")
    html = to_html(text)
    for line in layout(text):
        assert f'data-start="{line.start}" data-end="{line.end}"' in html


def test_an_inline_string_becomes_html_without_a_block() -> None:
    assert inline_html("a **b** <") == "a <strong>b</strong> &lt;"
