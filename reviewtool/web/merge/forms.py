"""Forms of the merge page."""

from wtforms import Form as PlainForm
from wtforms import HiddenField, IntegerField, RadioField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from reviewtool.domain.merging import Choice
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.web.contributions.forms import NOT_TOO_LONG
from reviewtool.web.forms import Form, stripped

KEEP, OWN = "keep", "own"


class TakeForm(Form):
    """Suggestions to take into the version of the text that the editor saw."""

    version = IntegerField(validators=[InputRequired()])


class UndoForm(Form):
    """The revision to take back."""

    revision = HiddenField(validators=[DataRequired()])


class ClashForm(PlainForm):
    """How one clash is settled."""

    choice = RadioField(
        lazy("Which words go into the text?"),
        validators=[DataRequired(lazy("Choose the wording."))],
    )
    words = TextAreaField(lazy("Other wording"), filters=[stripped], validators=[NOT_TOO_LONG])

    def validate_words(self, field: TextAreaField) -> None:
        """Ask for the wording where another one is chosen: leaving words out is an edit."""
        if self.choice.data == OWN and not field.data:
            raise ValidationError(_("Write the wording."))

    @property
    def chosen(self) -> Choice:
        """Give what was chosen."""
        if self.choice.data == KEEP:
            return Choice(keep=True)
        if self.choice.data == OWN:
            return Choice(words=self.words.data or "")
        return Choice(contribution_id=self.choice.data)
