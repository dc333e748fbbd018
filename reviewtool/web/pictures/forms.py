"""The form of a picture alone, as the visual editor sends it."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form

ACCEPTED = "image/png,image/jpeg,image/webp"
"""What a browser offers when it asks for the file."""


class PictureForm(Form):
    """One picture."""

    picture = FileField(lazy("Picture"), validators=[FileRequired(lazy("Choose a picture."))])
