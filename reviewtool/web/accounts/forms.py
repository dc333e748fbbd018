"""Forms of signing in."""

from wtforms import PasswordField
from wtforms.validators import Length

from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form, address_field


class SignInForm(Form):
    """Asks for the address; the password is only for those who have one."""

    address = address_field(lazy("E-mail address"), lazy("Write your e-mail address."))
    password = PasswordField(lazy("Password"), validators=[Length(max=200)])
