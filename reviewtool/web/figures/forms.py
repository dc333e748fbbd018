"""The forms of a picture and of a number graphic, for one place of a text."""

from __future__ import annotations

import hashlib
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, Length

from reviewtool.domain.figures import (
    LONGEST_ALT,
    LONGEST_CAPTION,
    LONGEST_SOURCE,
    LONGEST_VALUE,
    MOST_ROWS,
    YEARS,
    Graphic,
    inline_of,
)
from reviewtool.infra.i18n import gettext, lazy
from reviewtool.text.blocks import BARS, LARGE, NUMBER_FORMS, Figure, Numbers
from reviewtool.text.inline import escape, visible
from reviewtool.web.forms import Form, stripped

SPARE = 3
"""Empty rows offered beside those that are filled."""


def fingerprint(graphic: Graphic) -> str:
    """Give what a figure is known by again in a text that has changed meanwhile."""
    return hashlib.sha256(repr(graphic).encode()).hexdigest()[:32]


class GraphicForm(Form):
    """What all figures have: their words, and where they stand."""

    base = HiddenField(validators=[DataRequired()])
    was = HiddenField()
    caption = TextAreaField(
        lazy("Caption"), filters=[stripped], validators=[Length(max=LONGEST_CAPTION)]
    )
    date = StringField(
        lazy("As of (year)"), filters=[stripped], validators=[Length(max=LONGEST_VALUE)]
    )
    source = StringField(
        lazy("Source"), filters=[stripped], validators=[Length(max=LONGEST_SOURCE)]
    )
    place = SelectField(lazy("Place in the text"), choices=[])

    def fill(self, graphic: Graphic, place: int) -> None:
        """Put a figure's words into the fields, as plain words."""
        self.was.data = fingerprint(graphic)
        self.caption.data = visible(graphic.caption)
        self.date.data = visible(graphic.date)
        self.source.data = visible(graphic.source)
        self.place.data = str(place)

    def words(self, before: Graphic | None) -> dict[str, str]:
        """Give caption, date and source as a text holds them; untouched ones keep their looks."""
        return {
            "caption": inline_of(self.caption.data or "", before.caption if before else ""),
            "date": escape(self.date.data or ""),
            "source": inline_of(self.source.data or "", before.source if before else ""),
        }


class FigureForm(GraphicForm):
    """A picture with its alternative text; `picture` holds one that was sent already."""

    picture = HiddenField()
    file = FileField(lazy("Picture file"))
    alt = TextAreaField(
        lazy("What the picture shows"),
        filters=[stripped],
        validators=[DataRequired(lazy("Say what the picture shows.")), Length(max=LONGEST_ALT)],
    )

    def fill(self, graphic: Graphic, place: int) -> None:
        """Put a figure into the fields."""
        super().fill(graphic, place)
        if isinstance(graphic, Figure):
            self.alt.data, self.picture.data = visible(graphic.alt), graphic.file

    def graphic(self, before: Graphic | None) -> Figure:
        """Give the figure that was written."""
        alt = escape(" ".join((self.alt.data or "").split()))
        return Figure(self.picture.data or "", alt=alt, **self.words(before))


class RowForm(PlainForm):
    """One number with what it counts."""

    value = StringField(
        lazy("The number"), filters=[stripped], validators=[Length(max=LONGEST_VALUE)]
    )
    words = StringField(
        lazy("What it counts"), filters=[stripped], validators=[Length(max=LONGEST_CAPTION)]
    )


class NumbersForm(GraphicForm):
    """A number graphic: its rows, large or as bars."""

    shape = RadioField(
        lazy("Shape of the numbers"),
        choices=lambda: [(LARGE, gettext("Large numbers")), (BARS, gettext("Bars"))],
        default=LARGE,
    )
    rows = FieldList(
        FormField(RowForm, label=""), lazy("Numbers"), min_entries=SPARE, max_entries=MOST_ROWS
    )

    def fill(self, graphic: Graphic, place: int) -> None:
        """Put a number graphic into the fields, with room for more rows."""
        super().fill(graphic, place)
        if not isinstance(graphic, Numbers):
            return
        self.shape.data = graphic.form
        while self.rows.entries:
            self.rows.pop_entry()
        room = [("", "")] * min(SPARE, MOST_ROWS - len(graphic.rows))
        for value, label in (*graphic.rows, *room):
            self.rows.append_entry({"value": visible(value), "words": visible(label)})

    def graphic(self, before: Graphic | None) -> Numbers:
        """Give the number graphic that was written, without its empty rows."""
        rows = [
            (escape(row.form.value.data or ""), escape(row.form.words.data or ""))
            for row in self.rows
        ]
        form = self.shape.data if self.shape.data in NUMBER_FORMS else LARGE
        return Numbers(form, tuple(row for row in rows if any(row)), **self.words(before))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for at least one row, each whole."""
        fits = bool(super().validate(extra_validators))
        rows = self.graphic(None).rows
        if not rows or not all(value and label for value, label in rows):
            self.form_errors.append(
                lazy("Write at least one number, and beside each what it counts.")
            )
            return False
        return fits


class YearsForm(Form):
    """After how many years figures are old."""

    years = SelectField(
        lazy("A figure is out of date after (years)"),
        coerce=int,
        choices=lambda: [(years, str(years)) for years in YEARS],
    )
