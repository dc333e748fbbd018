"""The form of publishing."""

from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form, stripped


class PublishForm(Form):
    """Publish the draft that is shown; a reason where approvals are missing."""

    override = TextAreaField(
        lazy("Why it is published although something is missing"),
        filters=[stripped],
        validators=[Optional(), Length(max=2000)],
    )
