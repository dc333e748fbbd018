"""Forms of signing in."""

from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, Length

from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form, stripped


class SignInForm(Form):
    """Asks for the address; the password is only for those who have one."""

    address = EmailField(
        lazy("E-mail address"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write your e-mail address.")), Length(max=254)],
    )
    password = PasswordField(lazy("Password"), validators=[Length(max=200)])
