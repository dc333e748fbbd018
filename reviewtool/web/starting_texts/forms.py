"""The form of a starting text."""

from __future__ import annotations

from wtforms import DateField, SelectMultipleField, StringField, TextAreaField, URLField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from reviewtool.infra.i18n import lazy
from reviewtool.services.starting_texts import LONGEST
from reviewtool.web.forms import Form, stripped


class StartingTextForm(Form):
    """What ours began from, with credit and permission, and which texts took from it."""

    title = StringField(
        lazy("Name of the handbook"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the name.")), Length(max=LONGEST)],
    )
    credit = StringField(
        lazy("Whose it is"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write who made it.")), Length(max=LONGEST)],
    )
    permission = TextAreaField(
        lazy("Permission"),
        filters=[stripped],
        validators=[
            DataRequired(lazy("Write who gave the permission, or the licence.")),
            Length(max=LONGEST),
        ],
    )
    dated_on = DateField(lazy("Date of the edition"), validators=[Optional()])
    address = URLField(
        lazy("Web address"), filters=[stripped], validators=[Optional(), Length(max=LONGEST)]
    )
    sections = SelectMultipleField(
        lazy("Texts that took over something"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
