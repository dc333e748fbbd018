"""The form that searches the local mailbox."""

from wtforms import SearchField

from reviewtool.infra.i18n import lazy
from reviewtool.web.forms import Form, stripped


class SearchForm(Form):
    """Looks for words in recipients, subjects and texts; sent by GET."""

    words = SearchField(lazy("Words, name or address"), filters=[stripped])
