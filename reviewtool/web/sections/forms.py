"""The form of a text: its parts in the visual editor, or as plain fields without script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from markupsafe import Markup
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause
from reviewtool.infra.i18n import lazy
from reviewtool.text.canonical import TextError
from reviewtool.text.document import Document, compose, items, parse
from reviewtool.text.html import body_html, from_html, inline_html
from reviewtool.web.forms import Form, stripped
from reviewtool.web.reading import figures_of

LISTS = ("points", "sources")
CAUSES = {"edit": Cause.EDIT, "merge": Cause.MERGE, "undo": Cause.UNDO}


class TextForm(Form):
    """Title, key points, body, sources; a note for the history; the revision it began from.

    The visual editor posts `<name>_html` beside a field, and that wins over the field.
    """

    base = HiddenField(validators=[DataRequired()])
    title = StringField(
        lazy("Title"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the title.")), Length(max=300)],
    )
    points = TextAreaField(lazy("Key points"), filters=[stripped])
    body = TextAreaField(lazy("Text"), filters=[stripped])
    sources = TextAreaField(lazy("Sources"), filters=[stripped])
    note = StringField(
        lazy("What did you change, and why?"), filters=[stripped], validators=[Length(max=500)]
    )


class CorrectionForm(TextForm):
    """A correction of a frozen draft, with its reason."""

    reason = StringField(
        lazy("Reason for the correction"),
        filters=[stripped],
        validators=[
            DataRequired(lazy("Write the reason: it is shown with the draft.")),
            Length(max=500),
        ],
    )


@dataclass(frozen=True)
class Shown:
    """The parts as HTML, for the visual editor to begin with."""

    points: Markup
    body: Markup
    sources: Markup


def fill(form: TextForm, text: str, base: str) -> None:
    """Put a canonical text into the form's fields."""
    document = parse(text)
    form.base.data = base
    form.title.data = document.title
    form.points.data = _as_lines(document.points)
    form.body.data = document.body
    form.sources.data = _as_lines(document.sources)


def shown(text: str) -> Shown:
    """Give the parts of a canonical text as HTML."""
    document: Document = parse(text)
    return Shown(
        points=_as_list(document.points),
        body=Markup(  # noqa: S704 (escaped by the engine)
            body_html(document.body, figures=figures_of([text]))
        ),
        sources=_as_list(document.sources),
    )


def posted_text(form: TextForm) -> str:
    """Compose the canonical text that was posted. Raises Refused (too long)."""
    posted: Mapping[str, str] = request.form
    try:
        parts = {name: _part(form, posted, name) for name in (*LISTS, "body")}
        return compose(
            form.title.data or "",
            items(parts["points"]),
            parts["body"],
            items(parts["sources"]),
        )
    except TextError as error:
        raise Refused(Reason.TOO_LONG) from error


def cause_in(posted: Mapping[str, str]) -> Cause:
    """Read from the page that posted a text why it changes."""
    return CAUSES.get(posted.get("cause", ""), Cause.EDIT)


def _part(form: TextForm, posted: Mapping[str, str], name: str) -> str:
    html = posted.get(f"{name}_html")
    if html is not None:
        return from_html(html)
    return str(form[name].data or "")


def _as_lines(inline: tuple[str, ...]) -> str:
    return "\n".join(f"- {one}" for one in inline)


def _as_list(inline: tuple[str, ...]) -> Markup:
    entries = "".join(f"<li>{inline_html(one)}</li>" for one in inline)
    return Markup(f"<ul>{entries}</ul>")  # noqa: S704 (escaped by the engine)
