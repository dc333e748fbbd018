"""Forms of links."""

from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form, address_field


class NewLinkForm(Form):
    """Asks for the address that the living links are mailed to."""

    address = address_field(lazy("E-mail address"), lazy("Write your e-mail address."))
