"""The form of signing up."""

from __future__ import annotations

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from reviewtool.domain.invitees import Invitee
from reviewtool.domain.people import OrganisationKind
from reviewtool.infra.i18n import current_language, lazy
from reviewtool.web.forms import Form, address_field, plain_name, stripped
from reviewtool.wording.names import wording

NAMES_OF_LANGUAGES = [
    ("fi", "Suomi"),
    ("sv", "Svenska"),
    ("en", "English"),
]
"""Each in its own language."""


class SignUpForm(Form):
    """Who wants to take part, for which organisation, at which address."""

    name = StringField(
        lazy("Your name"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write your name.")), Length(max=200), plain_name],
    )
    organisation = StringField(
        lazy("Organisation"),
        filters=[stripped],
        validators=[Length(max=200), plain_name],
    )
    kind = SelectField(
        lazy("Kind of organisation"),
        choices=lambda: [(one.value, wording(one)) for one in OrganisationKind],
        default=OrganisationKind.NGO.value,
    )
    municipality = StringField(
        lazy("Municipality"), filters=[stripped], validators=[Length(max=100)]
    )
    address = address_field(lazy("E-mail address"), lazy("Write your e-mail address."))
    language = RadioField(
        lazy("Language of the messages"),
        choices=lambda: NAMES_OF_LANGUAGES,
        default=current_language,
    )

    def invitee(self) -> Invitee:
        """Give the person as typed."""
        return Invitee(
            name=self.name.data or "",
            address=self.address.data or "",
            organisation=self.organisation.data or "",
            kind=self.kind.data or "",
            municipality=self.municipality.data or "",
            language=self.language.data or "",
        )
