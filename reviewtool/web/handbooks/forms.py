"""The form that begins a handbook."""

from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, Length

from reviewtool.config.processes import load_template, template_names
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.i18n import lazy, localized
from reviewtool.services.handbooks import LONGEST_TITLE
from reviewtool.web.forms import Form, stripped

OWN_NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}


class HandbookForm(Form):
    """Asks for the title, the language of the texts and the process."""

    title = StringField(
        lazy("Title of the handbook"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the title.")), Length(max=LONGEST_TITLE)],
    )
    language = RadioField(
        lazy("Language of the texts"),
        choices=lambda: [(code, OWN_NAMES[code]) for code in LANGUAGES],
        default="fi",
    )
    template = RadioField(
        lazy("Process"),
        choices=lambda: [(name, localized(load_template(name).title)) for name in template_names()],
        default="model-case",
    )
