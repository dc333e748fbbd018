"""A text as a participant reads it: passages marked, a way to comment at each paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from reviewtool.infra.i18n import current_language
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.contributions import ContributionLine
from reviewtool.queries.statements import PointLine
from reviewtool.text.diff import Op, compare
from reviewtool.text.html.pieces import Mark, marked_line, marks_on
from reviewtool.text.html.writing import render
from reviewtool.text.layout import Kind, Line, layout
from reviewtool.text.replacing import FOLLOWED, paragraphs
from reviewtool.text.tokens import Form
from reviewtool.web.reading import figures_of
from reviewtool.web.templating import static_url

SPOKEN_OF = frozenset(
    {
        Kind.POINT,
        Kind.PARAGRAPH,
        Kind.BULLET,
        Kind.NUMBERED,
        Kind.QUOTE,
        Kind.SOURCE,
        Kind.CAPTION,
    }
)
"""Lines that have their own way to comment on them."""


def text_to_comment(
    text: str,
    marks: Sequence[Mark],
    say_url: Callable[[int], str] | None,
    add_url: Callable[[int], str] | None = None,
) -> Markup:
    """Give a canonical text as safe HTML with marks and, while one may write, ways to comment.

    say_url: line number -> address of the page that comments on it without script;
    add_url: -> of the one that proposes new text after it.
    """
    spoken = (mark._replace(language=current_language()) for mark in marks)
    ordered = sorted(spoken, key=lambda mark: (mark.start, mark.end, mark.id))
    starts = [mark.start for mark in ordered]

    icon, plus = _icon("comment"), _icon("plus")

    def words(line: Line) -> str:
        inside = marked_line(line, marks_on(ordered, starts, line), "")
        if say_url is None or line.kind not in SPOKEN_OF or not line.visible.strip():
            return inside
        add = ""
        if add_url is not None and line.kind in FOLLOWED and not line.boxed:
            add = f" {_add_link(line, add_url(line.number), plus)}"
        return f"{inside} {_say_link(line, say_url(line.number), icon)}{add}"

    html = render(
        layout(text),
        words,
        points_label=_("Key points"),
        sources_label=_("Sources"),
        figures=figures_of([text]),
    )
    return Markup(html)  # noqa: S704 (every character was escaped by the engine)


def _say_link(line: Line, url: str, icon: Markup) -> Markup:
    about = {
        Kind.POINT: _("Comment on this key point"),
        Kind.SOURCE: _("Comment on this source"),
    }.get(line.kind, _("Comment on this paragraph"))
    return _way("say", "data-say-line", line, url, icon, about)


def _add_link(line: Line, url: str, icon: Markup) -> Markup:
    return _way("say say-add", "data-say-after", line, url, icon, _("Add text here"))


def _way(classes: str, data: str, line: Line, url: str, icon: Markup, words: str) -> Markup:
    """Give a link in the text that is no word of it, in the page's language."""
    return Markup(
        '<a class="{}" lang="{}" data-aside {}="{}" href="{}">{}'
        '<span class="visually-hidden">{}</span></a>'
    ).format(classes, current_language(), data, line.number, url, icon, words)


def _icon(name: str) -> Markup:
    """Give a symbol, as templates/components/icons.html writes it."""
    return Markup(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
    ).format(static_url("icons.svg"), name)


def suggestion_shown(line: ContributionLine | PointLine) -> Markup | None:
    """Give a suggestion as the difference between the quoted and the proposed words."""
    if line.replacement is None:
        return None
    return suggested(line.quote, line.replacement)


def suggested(quote: str, replacement: str) -> Markup:
    """Give what is suggested as a difference; taking out and adding are said in words too."""
    before, after = ("\n\n".join(paragraphs(words)) for words in (spaced(quote), replacement))
    changed = words_changed(before, after)
    if "\n" in before + after:
        changed = Markup('<span class="as-typed">{}</span>').format(changed)
    if not replacement:
        lead = _("To be taken out:")
    elif not quote:
        lead = _("New text here:")
    else:
        return changed
    return Markup('<span class="suggestion-lead">{}</span> {}').format(lead, changed)


def spaced(quote: str) -> str:
    """Give the words of a passage as one writes them: an empty line between its paragraphs."""
    return quote.replace("\n", "\n\n")


def words_changed(before: str, after: str) -> Markup:
    """Give the difference between two runs of plain words, word by word."""
    out = []
    for span in compare(before, after, Form.PLAIN).spans():
        if span.op is Op.EQUAL:
            out.append(escape(before[span.old_start : span.old_end]))
        elif span.op is Op.DELETE:
            gone = before[span.old_start : span.old_end]
            out.append(Markup("<del>{}{}</del>").format(_hidden(_("removed:")), gone))
        else:
            new = after[span.new_start : span.new_end]
            out.append(Markup("<ins>{}{}</ins>").format(_hidden(_("added:")), new))
    return Markup("").join(out)


def _hidden(words: str) -> Markup:
    return Markup('<span class="visually-hidden">{} </span>').format(words)
