"""The minutes of a workshop, made from what was said and decided, for its editors to go on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewtool.domain.answers import AnswerKind
from reviewtool.infra.i18n import LazyText, lazy, ngettext
from reviewtool.infra.i18n import gettext as _
from reviewtool.text.blocks import Block, Heading, Item, Paragraph, write_blocks
from reviewtool.text.inline import escape
from reviewtool.wording.names import wording

DECISIONS: dict[AnswerKind, LazyText] = {
    AnswerKind.TAKEN: lazy("it is done"),
    AnswerKind.TAKEN_IN_PART: lazy("it is done in part"),
    AnswerKind.TAKEN_IN_OTHER_WORDS: lazy("it is done in another way"),
    AnswerKind.NOT_TAKEN: lazy("it is not done"),
    AnswerKind.USED: lazy("it is used in the text"),
    AnswerKind.NOT_USED: lazy("it is not used"),
}
"""What is decided about the structure is done or not; it isn't words that go into a text. What a
text must say is used or not."""


@dataclass(frozen=True)
class Said:
    """One thing that was said: a proposal as a sentence, or a feature's words alone."""

    number: int
    sentence: str
    words: str
    group: str
    supports: int
    decision: AnswerKind | None = None
    reason: str = ""
    done: tuple[str, ...] = ()
    """What was made of a proposal, where that isn't what was proposed."""


@dataclass(frozen=True)
class Part:
    """What was said under one heading: a theme, or the title of a text."""

    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Material:
    """What minutes are made from."""

    when: str
    place: str
    conveners: Sequence[str]
    present: int
    organisations: Sequence[str]
    agenda: str
    proposals: Sequence[Part]
    features: Sequence[Part]


def minutes_body(material: Material) -> str:
    """Write the minutes in the present language, as a body of our Markdown."""
    blocks = [
        *_facts(material),
        *_agenda(material.agenda),
        *_proposals(material.proposals),
        *_features(material.features),
        Heading(2, _words(_("How it goes on"))),
        Paragraph(
            _words(
                _(
                    "The editors write the texts from this. What became of each proposal is told "
                    "to everybody when the next draft appears."
                )
            )
        ),
    ]
    return write_blocks(blocks)


def _words(words: str) -> str:
    return escape(" ".join(words.split()))


def _facts(material: Material) -> Iterator[Block]:
    rows = [
        (_("Time"), material.when),
        (_("Place"), material.place),
        (_("Convened by"), ", ".join(material.conveners)),
        (_("Present"), _present(material)),
    ]
    for name, value in rows:
        if value:
            yield Paragraph(f"**{_words(name)}:** {_words(value)}")


def _present(material: Material) -> str:
    if not material.present:
        return ""
    people = ngettext("%(num)d person", "%(num)d people", material.present)
    return ": ".join(part for part in (people, ", ".join(material.organisations)) if part)


def _agenda(agenda: str) -> Iterator[Block]:
    lines = [line for line in agenda.splitlines() if line.strip()]
    if lines:
        yield Heading(2, _words(_("The agenda")))
        yield from (Item(False, 0, _words(line)) for line in lines)


def _proposals(parts: Sequence[Part]) -> Iterator[Block]:
    if not any(part.said for part in parts):
        return
    yield Heading(2, _words(_("What was proposed, and what was decided")))
    for part in parts:
        if not part.said:
            continue
        yield Heading(3, _words(part.title))
        for one in part.said:
            yield Item(False, 0, f"**{_words(one.sentence)}.** {_words(_about(one))}")
            yield Item(False, 1, f"*{_words(_decided(one))}*")


def _about(one: Said) -> str:
    """Give the reason that was given, by whom, and how many agreed."""
    agree = ngettext("%(num)d agrees", "%(num)d agree", one.supports) if one.supports else ""
    source = ", ".join(part for part in (one.group, agree) if part)
    return " ".join(part for part in (one.words, f"({source})" if source else "") if part)


def _decided(one: Said) -> str:
    if one.decision is None:
        return _("Not decided yet.")
    decision = DECISIONS.get(one.decision)
    words = _("Decision: %(decision)s.", decision=decision or wording(one.decision))
    done = [f"{change}." for change in one.done]
    return " ".join(part for part in (words, *done, one.reason) if part)


def _features(parts: Sequence[Part]) -> Iterator[Block]:
    if not any(part.said for part in parts):
        return
    yield Heading(2, _words(_("What the texts must say")))
    for part in parts:
        if part.said:
            yield Heading(3, _words(part.title))
            for one in part.said:
                yield Item(False, 0, _words(_about(one)))
                yield Item(False, 1, f"*{_words(_decided(one))}*")
