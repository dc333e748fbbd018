"""Who said something that an editor writes down: a person who took part, or a new one by name."""

from __future__ import annotations

from wtforms import EmailField, HiddenField, SelectField, StringField
from wtforms.validators import Length

from reviewtool.domain.people import OrganisationKind
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.services.recording import Speaker
from reviewtool.web.forms import Form, stripped
from reviewtool.wording.names import wording

SHORT = Length(max=300, message=lazy("This is too long for this field."))


class SpeakerForm(Form):
    """The fields that name a person; `person` is the id of one who has taken part."""

    person = HiddenField()
    name = StringField(lazy("Name"), filters=[stripped], validators=[SHORT])
    organisation = StringField(lazy("Organisation"), filters=[stripped], validators=[SHORT])
    organisation_kind = SelectField(lazy("Kind of organisation"))
    address = EmailField(lazy("E-mail address"), filters=[stripped], validators=[SHORT])
    language = SelectField(lazy("Language"))

    def offer_speaker(self) -> None:
        """Set what can be chosen of a person."""
        self.organisation_kind.choices = [(one.value, wording(one)) for one in OrganisationKind]
        names = {"fi": "suomi", "sv": "svenska", "en": "English"}
        self.language.choices = [(code, names[code]) for code in LANGUAGES]

    @property
    def names_somebody(self) -> bool:
        """Tell whether a person is named; else an error says it."""
        if self.person.data or self.name.data:
            return True
        self.name.errors = [_("Write the name, or choose the person.")]
        return False

    @property
    def speaker(self) -> Speaker:
        """Give the person as the use cases take them."""
        return Speaker(
            name=self.name.data or "",
            person_id=self.person.data or None,
            address=self.address.data or "",
            language=self.language.data,
            organisation=self.organisation.data or "",
            organisation_kind=self.organisation_kind.data,
        )
