"""Forms of the contributions' pages."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from reviewtool.domain.answers import MARKS, SIMPLE_CHOICES, AnswerKind
from reviewtool.domain.contributions import MOST_CHARACTERS
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form, stripped
from reviewtool.wording.names import wording

NOT_TOO_LONG = Length(
    max=MOST_CHARACTERS, message=lazy("The text is too long. Shorten it, or attach it as a file.")
)
FOLDED_CHOICES = tuple(kind for kind in AnswerKind if kind not in (*SIMPLE_CHOICES, *MARKS))


class AnswerForm(Form):
    """The answer to one or several contributions."""

    kind = RadioField(
        lazy("What became of it?"),
        validators=[DataRequired(lazy("Choose what became of it."))],
    )
    ready = SelectField(lazy("Ready sentence"), validators=[Optional()])
    reason = TextAreaField(lazy("Reason"), filters=[stripped], validators=[NOT_TOO_LONG])
    find = BooleanField(lazy("Use the passages found automatically"), default=True)
    lines = SelectMultipleField(
        lazy("Where it is seen in the text"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )
    place = SelectField(lazy("Where the text says this already"), validators=[Optional()])
    other = IntegerField(
        lazy("Number of the other contribution"),
        validators=[Optional()],
    )
    phase = SelectField(lazy("Taken up in the phase"), validators=[Optional()])
    section = SelectField(lazy("The text that it belongs to"), validators=[Optional()])
    version = HiddenField()
    revision = HiddenField()
    back = HiddenField()
    then = HiddenField()

    def offer(
        self,
        *,
        lines: Sequence[tuple[str, str]],
        phases: Sequence[tuple[str, str]],
        sections: Sequence[tuple[str, str]],
        reasons: Sequence[tuple[str, str]],
    ) -> AnswerForm:
        """Set what can be chosen."""
        self.kind.choices = [
            (kind.value, wording(kind)) for kind in (*SIMPLE_CHOICES, *FOLDED_CHOICES)
        ]
        nothing = [("", lazy("Choose"))]
        self.ready.choices = [("", lazy("No ready sentence")), *reasons]
        self.lines.choices = list(lines)
        self.place.choices = nothing + list(lines)
        self.phase.choices = nothing + list(phases)
        self.section.choices = nothing + list(sections)
        return self


class NoteForm(Form):
    """An internal note."""

    words = TextAreaField(
        lazy("Note to the other editors"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write something first.")), NOT_TOO_LONG],
    )


class LateForm(Form):
    """Why a late contribution is considered, or left out."""

    reason = TextAreaField(
        lazy("Why is it considered, or left out?"),
        filters=[stripped],
        validators=[
            DataRequired(lazy("Write the reason: it stays with the contribution.")),
            NOT_TOO_LONG,
        ],
    )


class MaskForm(Form):
    """Words that name a third person."""

    fragments = TextAreaField(
        lazy("Words to mask, one on each line"),
        filters=[stripped],
        validators=[NOT_TOO_LONG],
    )
    with_files = BooleanField(lazy("Remove the attached files"))

    def validate_fragments(self, field: TextAreaField) -> None:
        """Ask for words where no files are removed either."""
        if not field.data and not self.with_files.data:
            raise ValidationError(_("Write something first."))


class PlaceForm(Form):
    """Where a passage stands now."""

    quote = StringField(lazy("Words of the text, copied exactly"), filters=[stripped])
    line = RadioField(lazy("Or the whole paragraph"), validators=[Optional()])
    revision = HiddenField()
