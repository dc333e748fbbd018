"""Forms of links."""

from wtforms import EmailField
from wtforms.validators import DataRequired, Length

from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form, stripped


class NewLinkForm(Form):
    """Asks for the address that the living links are mailed to."""

    address = EmailField(
        lazy("E-mail address"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write your e-mail address.")), Length(max=254)],
    )
