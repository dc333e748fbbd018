"""Mails on a changed text: from the mail alone one can tell each word that came, and each gone."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewtool.domain.approvals import Decision
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.i18n import speaking
from reviewtool.mail import render
from reviewtool.mail.messages.approvals import CarriedMail
from reviewtool.mail.messages.changes import (
    Changed,
    Told,
    changes_at,
    changes_of,
    pictures_of,
)
from reviewtool.mail.messages.frame import Contact, Frame
from reviewtool.text.changed_lines import Range, at_line
from reviewtool.text.document import compose
from reviewtool.text.hunks import hunks_of
from reviewtool.text.layout import visible_words
from reviewtool.text.tokens import Form

WORDS = [
    "järjestö", "auttaa", "nuoria", "toimintaa", "ryhmä", "kunta", "tapaa", "ohjaaja", "arki",
    "tieto", "kerho", "ilta", "avoin", "maksuton", "tuki-",
]  # fmt: skip
FRAME = Frame("fi", "Irma", "Kumaja", "Käsikirja", "", None, Contact("", "", ""), "", "", "")
ALT = "Ihmisiä pöydän ääressä."
BEFORE, AFTER, MOVED = "Ennen", "Nyt", "Siirretty toiseen kohtaan, sanat ennallaan"
AFTER_MOVED = "Nyt, toisessa kohdassa"


def _plain(line: str) -> str:
    """Take the link of a line away: words of numbers have none."""
    return re.sub(r"\[(.*?)\]\(.*?\)", r"\1", line)


@dataclass(frozen=True)
class Block:
    """Some lines of one kind, as they are put in."""

    kind: str
    lines: tuple[str, ...]

    @property
    def spelt(self) -> str:
        """Give the block in the grammar of texts."""
        first = self.lines[0] if self.lines else "."
        return {
            "paragraph": "\n\n".join(self.lines),
            "heading": f"## {first}",
            "list": "\n".join(f"- {line}" for line in self.lines),
            "numbered": "\n".join(f"1. {line}" for line in self.lines),
            "quote": "\n>\n".join(f"> {line}" for line in self.lines),
            "box": "\n\n".join([f"::box {first}", *self.lines[1:], "::end"]),
            "figure": f"::figure kuva1\n::caption {first}\n::alt {ALT}\n::end",
            "numbers": f"::numbers bars\n::value 12\n::label {_plain(first)}\n::end",
        }[self.kind]

    @property
    def seen(self) -> list[str]:
        """Give the lines that are to be read, spelt as the mail spells them."""
        one = [self.lines[0]]
        lines = {
            "heading": one,
            "figure": [*one, ALT],
            "numbers": ["12", _plain(self.lines[0])],
        }.get(self.kind, list(self.lines))
        return [re.sub(r"\[(.*?)\]\((.*?)\)", r"\1 (\2)", line) for line in lines]


@dataclass(frozen=True)
class Text:
    """A whole text as it is put in."""

    title: str
    points: tuple[str, ...]
    blocks: tuple[Block, ...]
    sources: tuple[str, ...]

    @property
    def canonical(self) -> str:
        """Give the text in its one spelling."""
        body = "\n\n".join(block.spelt for block in self.blocks)
        return compose(self.title, list(self.points), body, list(self.sources))

    @property
    def seen(self) -> list[str]:
        """Give all lines that are to be read."""
        body = [line for block in self.blocks for line in block.seen]
        return [self.title, *self.points, *body, *self.sources]


_line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(
    lambda words: " ".join(words).capitalize() + "."
)
_linked = _line | st.tuples(_line, st.sampled_from(["a", "b"])).map(
    lambda one: f"{one[0][:-1]} [lisää](https://{one[1]}.fi/tieto)"
)
_kinds = st.sampled_from(
    ["paragraph", "heading", "list", "numbered", "quote", "box", "figure", "numbers"]
)
_blocks = st.builds(Block, _kinds, st.lists(_linked, min_size=1, max_size=4).map(tuple))
_texts = st.builds(
    Text,
    _line,
    st.lists(_line, max_size=4).map(tuple),
    st.lists(_blocks, min_size=1, max_size=5).map(tuple),
    st.lists(_line, max_size=3).map(tuple),
)


@st.composite
def _edited(draw: st.DrawFn, text: Text) -> Text:
    """Change a text as editors do, once or a few times."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(text.blocks) - 1, 0)))
        act = draw(st.sampled_from(["line", "word", "gone", "block", "moved", "parts", "every"]))
        blocks = list(text.blocks)
        if act == "parts" or not blocks:
            text = Text(
                draw(_line | st.just(text.title)),
                tuple(_with_line(draw, text.points)),
                text.blocks,
                tuple(_with_line(draw, text.sources)),
            )
            continue
        block = blocks[at]
        if act == "line":
            blocks[at] = Block(block.kind, tuple(_with_line(draw, block.lines)))
        elif act == "word":
            n = draw(st.integers(0, len(block.lines) - 1))
            words = block.lines[n].split(" ")
            k = draw(st.integers(0, len(words) - 1))
            words[k : k + draw(st.integers(0, 1))] = [draw(st.sampled_from(WORDS))]
            lines = (*block.lines[:n], " ".join(words), *block.lines[n + 1 :])
            blocks[at] = Block(block.kind, lines)
        elif act == "gone":
            del blocks[at]
        elif act == "block":
            blocks.insert(at, draw(_blocks))
        elif act == "moved":
            blocks.insert(draw(st.integers(0, len(blocks) - 1)), blocks.pop(at))
        else:
            line = draw(_line)
            blocks = [Block(one.kind, (*one.lines, line)) for one in blocks]
        text = Text(text.title, text.points, tuple(blocks), text.sources)
    return text


def _with_line(draw: st.DrawFn, lines: Sequence[str]) -> list[str]:
    """Put a line among others, or move one of them."""
    out = list(lines)
    if out and draw(st.booleans()):
        out.insert(draw(st.integers(0, len(out) - 1)), out.pop(draw(st.integers(0, len(out) - 1))))
        return out
    out.insert(draw(st.integers(0, len(out))), draw(_line))
    return out


_changes = _texts.flatmap(lambda old: st.tuples(st.just(old), _edited(old)))


class _Paragraphs(HTMLParser):
    """The paragraphs of a mail's HTML: the class, and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":
            self.found.append(["", ""])
        elif tag == "table":
            self.found.append(["end", ""])

    def handle_data(self, data: str) -> None:
        if self.found:
            self.found[-1][1] += data


Fields = list[tuple[str, list[str]]]


def _fields(parts: Sequence[str], pictures: Sequence[str]) -> Fields:
    """Read what a mail tells under the names of before and after."""
    names = {BEFORE, AFTER, AFTER_MOVED, MOVED}
    out: Fields = []
    reading = False
    for part in parts:
        if part in names:
            out.append((part, []))
            reading = True
        elif part in pictures or part.startswith(("Katso muutos", "end")):
            reading = False
        elif reading:
            out[-1][1].append(part)
    return out


def _read(old: str, new: str) -> tuple[Fields, Fields]:
    """Write the mail on a changed text, and read it: the text part, and the HTML part."""
    with speaking("fi"):
        pictures = pictures_of(old, new)
        mail = CarriedMail(
            frame=FRAME,
            url="https://example.org/x",
            section="Teksti",
            decision=Decision.APPROVED,
            note="Kieliasu.",
            changes=changes_of("Teksti", old, new),
            pictures=pictures,
            fingerprint="0000",
        )
        plain = render.text(MessageKind.APPROVAL_CARRIED, mail)
        html = render.html(MessageKind.APPROVAL_CARRIED, mail)
    paragraphs = [part for chunk in plain.split("\n\n") for part in chunk.split("\n")]
    parser = _Paragraphs()
    parser.feed(html)
    parts = [kind or " ".join(words.split()) for kind, words in parser.found]
    return _fields(paragraphs, pictures), _fields(parts, pictures)


def _counted(lines: Sequence[str]) -> Counter[str]:
    return Counter(word for line in lines for word in re.findall(r"[\w:/.-]+", line))


def _difference(old: Sequence[str], new: Sequence[str]) -> Counter[str]:
    found = _counted(new)
    found.subtract(_counted(old))
    return Counter({word: number for word, number in found.items() if number})


def _wholly(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in ("(ei tekstiä)", "(poistettu)")]


@settings(max_examples=150, deadline=None)
@given(_changes)
def test_a_mail_tells_each_word_that_came_or_went_and_none_wrongly(
    texts: tuple[Text, Text],
) -> None:
    old, new = texts
    plain, html = _read(old.canonical, new.canonical)
    assert plain == html
    before = [w for name, words in plain if name == BEFORE for w in _wholly(words)]
    after = [w for name, words in plain if name in (AFTER, AFTER_MOVED) for w in _wholly(words)]
    moved = [w for name, words in plain if name == MOVED for w in words]
    assert _difference(before, after) == _difference(old.seen, new.seen)
    for said, lines in (
        (before, old.seen),
        (after, new.seen),
        (moved, old.seen),
        (moved, new.seen),
    ):
        whole = "\n".join(lines)
        assert [one for one in said if one.replace("[…]", "").strip() not in whole] == []
    gone = [w for (_, w), (_, now) in pairwise(plain) if now == ["(poistettu)"]]
    come = [w for (_, was), (_, w) in pairwise(plain) if was == ["(ei tekstiä)"]]
    assert [words for words in gone if words in come] == []


ITEM = "Kohtaamispaikka on avoinna arkisin."


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("kind", ["list", "numbered", "paragraph", "quote", "box"])
def test_one_line_put_in_is_told_as_it_is(kind: str, place: int) -> None:
    lines = ("Ensin tullaan.", "Kohtaamispaikka on auki.", "Kohta mennään.")
    old = Text("Otsikko", (), (Block(kind, lines),), ())
    new = Text("Otsikko", (), (Block(kind, (*lines[:place], ITEM, *lines[place:])),), ())
    if kind == "box" and place == 0:
        return
    plain, _html = _read(old.canonical, new.canonical)
    assert plain == [(BEFORE, ["(ei tekstiä)"]), (AFTER, [ITEM])]
    for turned in (False, True):
        base, text = (new, old) if turned else (old, new)
        told = Changed("Teksti", *((ITEM, "") if turned else ("", ITEM)))
        for gone, come in _hunks(base.canonical, text.canonical):
            places = [(gone, come)]
            assert changes_at("Teksti", base.canonical, text.canonical, places) == (told,)
            cut = at_line(base.canonical, gone, text.canonical, come)
            went = visible_words(base.canonical, *cut[0])
            assert (went, visible_words(text.canonical, *cut[1])) == (told.before, told.after)


def _hunks(base: str, text: str) -> list[tuple[Range, Range]]:
    """Give what changed as a merge cuts it, and as it may be cut besides: each way is a true one.

    Cut a word or two later, where the same words stand behind it.
    """
    out: list[tuple[Range, Range]] = []
    at = 0
    for hunk in hunks_of(base, text, ("",), Form.MARKUP):
        start = hunk.start + at
        at += len(hunk.text) - (hunk.end - hunk.start)
        for later in range(40):
            gone = hunk.start + later, hunk.end + later
            come = start + later, start + later + len(hunk.text)
            if base[: gone[0]] + text[slice(*come)] + base[gone[1] :] == text:
                out.append((gone, come))
    assert out
    return out


def test_words_whose_place_is_named_without_what_was_there_are_shown_not_told_as_new() -> None:
    text = Text("Otsikko", (), (Block("paragraph", ("Ensin tullaan.", ITEM)),), ()).canonical
    start = text.index(ITEM)
    told = changes_at("Teksti", None, text, [((0, 0), (start, start + len(ITEM)))])
    assert told == (Changed("Teksti", "", ITEM, Told.SHOWN),)


def test_the_unchanged_ends_of_a_long_paragraph_are_cut_alike_and_what_changed_never_is() -> None:
    long = " ".join(f"sana{number}" for number in range(200))
    new = f"{long} uusi juttu {long}"
    (told,) = changes_of(
        "T", compose("T", [], f"{long} vanha asia {long}", []), compose("T", [], new, [])
    )
    assert "vanha asia" in told.before
    assert "uusi juttu" in told.after
    assert len(told.after) < 700
    assert told.before.replace("vanha asia", "uusi juttu") == told.after


def test_another_picture_under_the_same_caption_is_told() -> None:
    def figure(file: str) -> str:
        body = f"::figure {file}\n::caption Talo.\n::alt Talo.\n::end"
        return compose("T", [], f"Alku on tässä.\n\n{body}", [])

    with speaking("fi"):
        assert pictures_of(figure("yksi"), figure("toinen")) == ("Kuva 1: kuva on vaihtunut.",)
        assert pictures_of(figure("yksi"), figure("yksi")) == ()
