"""Contributions as the editors' pages show them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from reviewtool.domain.trace import Act
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.contributions import VerdictLine
from reviewtool.queries.entries import Entry
from reviewtool.text.layout import Kind, layout
from reviewtool.web.participant.shown import suggested
from reviewtool.wording.names import wording

LONGEST = 90

ACTS = {
    Act.CONTRIBUTION_MADE: lazy("Contribution received"),
    Act.CONTRIBUTION_EDITED: lazy("Wording changed by its author"),
    Act.FILE_ATTACHED: lazy("File attached by its author"),
    Act.FILE_REMOVED: lazy("File removed by its author"),
    Act.CONTRIBUTION_WITHDRAWN: lazy("Withdrawn by its author"),
    Act.CONTRIBUTION_ADMITTED: lazy("Considered although it came after the deadline"),
    Act.CONTRIBUTION_LEFT_OUT: lazy("Left out because it came after the deadline"),
    Act.CONTRIBUTION_MASKED: lazy("Words about another person masked"),
    Act.CONTRIBUTION_PLACED: lazy("Passage placed by hand"),
    Act.CONTRIBUTION_SUPPORTED: lazy("Somebody agreed"),
    Act.CONTRIBUTION_UNSUPPORTED: lazy("Somebody no longer agrees"),
    Act.TURN_ADDED: lazy("Note written"),
    Act.ANSWER_GIVEN: lazy("Answered"),
    Act.ANSWER_REVISED: lazy("Answer changed"),
    Act.VERDICT_GIVEN: lazy("The author said whether the answer is sufficient"),
}
"""What can be done to a contribution, for its history."""


def act_name(act: Act) -> str:
    """Name an act on a contribution."""
    return str(ACTS.get(act, act.value))


def suggestion_of(entry: Entry) -> Markup | None:
    """Give a suggestion as the difference between the quoted and the proposed words."""
    if entry.replacement is None:
        return None
    return suggested(entry.quote, entry.replacement)


def said_words(entry: Entry) -> str:
    """Give all that was said in one text: the words, and the parts of an example."""
    parts = [entry.asks, entry.words]
    for label, words in (
        (_("For whom"), entry.target_group),
        (_("What is done"), entry.activity),
        (_("What has come of it"), entry.effect),
        (_("Fits these texts too"), ", ".join(text.title for text in entry.also_for)),
    ):
        if words:
            parts.append(f"{label}: {words}")
    return "\n".join(part for part in parts if part)


def line_names(text: str) -> list[tuple[str, str]]:
    """List (number, name) of the paragraphs, key points and sources of a text."""
    names = []
    for line in layout(text):
        if line.kind is Kind.TITLE or not line.visible.strip():
            continue
        words = line.visible
        if len(words) > LONGEST:
            words = words[:LONGEST].rsplit(" ", 1)[0] + "…"
        names.append((str(line.number), f"{line.number}. {words}"))
    return names


def place_name(text: str, start: int | None, end: int | None) -> str:
    """Name a place in a text as people do: "key point 2", "paragraph 5"; empty for none."""
    if start is None or end is None:
        return ""
    for line in layout(text):
        if start < line.end or start == end == line.end:
            return _line_name(line.kind, line.ordinal, line.number)
    return ""


def _line_name(kind: Kind, ordinal: int, number: int) -> str:
    if kind is Kind.TITLE:
        return _("title")
    if kind is Kind.POINT:
        return _("key point %(number)d", number=ordinal)
    if kind is Kind.SOURCE:
        return _("source %(number)d", number=ordinal)
    return _("paragraph %(number)d", number=number)


def languages_of(entries: Sequence[Entry]) -> tuple[str, ...]:
    """List the languages that contributions were written in, each once."""
    return tuple(dict.fromkeys(entry.language for entry in entries))


def author_of(entry: Entry) -> str:
    """Name who said it, with who wrote it down."""
    if not entry.recorded_by:
        return entry.author
    return _("%(author)s (recorded by %(editor)s)", author=entry.author, editor=entry.recorded_by)


def verdict_name(verdict: VerdictLine) -> str:
    """Say whether an answer answers, as the contribution's author sees it."""
    return _("Yes") if verdict.satisfied else _("Not sufficiently")


def channel_of(entry: Entry) -> str:
    """Name the channel, where it isn't the web."""
    return "" if entry.channel == "web" else wording(entry.channel)
