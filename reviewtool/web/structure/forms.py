"""Forms of the tree."""

from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from reviewtool.domain.proposals import LONGEST_TITLE
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form, stripped
from reviewtool.wording.names import wording


class TitleForm(Form):
    """Asks for a title."""

    title = StringField(
        lazy("Title"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the title.")), Length(max=LONGEST_TITLE)],
    )


class AddForm(TitleForm):
    """A new section: its title, kind and parent (empty: at the top)."""

    kind = SelectField(
        lazy("Kind"),
        choices=lambda: [(kind.value, wording(kind)) for kind in SectionKind],
        default=SectionKind.ACTIVITY.value,
    )
    parent = SelectField(lazy("Stands under"), validate_choice=False, default="")


class ParentForm(Form):
    """Another parent for a section (empty: at the top)."""

    parent = SelectField(lazy("Stands under"), validate_choice=False, default="")


class RelateForm(Form):
    """Another section that belongs together with this one."""

    other = SelectField(
        lazy("Text"), validate_choice=False, validators=[DataRequired(lazy("Choose a text."))]
    )
