"""Forms of bringing in a file."""

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form


class UploadForm(Form):
    """Asks for the file."""

    file = FileField(lazy("File"), validators=[FileRequired(lazy("Choose a file."))])


class ConfirmForm(Form):
    """Confirms a preview; its choices are the fields `renamed` and `take_file`."""

    fingerprint = HiddenField()
