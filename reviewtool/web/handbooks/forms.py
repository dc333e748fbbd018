"""The forms that begin a handbook and say what it is."""

from wtforms import EmailField, RadioField, StringField, TelField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from reviewtool.config.processes import load_template, template_names
from reviewtool.domain.people import LONGEST_NAME
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, localized
from reviewtool.office.addresses import address_of
from reviewtool.queries.handbooks import HandbookLine
from reviewtool.services.descriptions import LONGEST_INTRODUCTION, Description
from reviewtool.services.handbooks import LONGEST_TITLE
from reviewtool.web.forms import Form, stripped

OWN_NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}


class HandbookForm(Form):
    """Asks for the title, the language of the texts and the process."""

    title = StringField(
        lazy("Title of the handbook"),
        filters=[stripped],
        validators=[
            DataRequired(lazy("Write the name of the handbook.")),
            Length(max=LONGEST_TITLE),
        ],
    )
    language = RadioField(
        lazy("Language of the texts"),
        choices=lambda: [(code, OWN_NAMES[code]) for code in LANGUAGES],
        default="fi",
    )
    template = RadioField(
        lazy("Process"),
        choices=lambda: [(name, localized(load_template(name).title)) for name in template_names()],
        default="model-case",
    )


def _title(label: str) -> StringField:
    return StringField(label, filters=[stripped], validators=[Length(max=LONGEST_TITLE)])


def _introduction(label: str) -> TextAreaField:
    return TextAreaField(label, filters=[stripped], validators=[Length(max=LONGEST_INTRODUCTION)])


class AboutForm(Form):
    """What the public pages and the letters say of a handbook."""

    title_fi = _title(lazy("Name in Finnish"))
    title_sv = _title(lazy("Name in Swedish"))
    title_en = _title(lazy("Name in English"))
    introduction_fi = _introduction(lazy("Introduction in Finnish"))
    introduction_sv = _introduction(lazy("Introduction in Swedish"))
    introduction_en = _introduction(lazy("Introduction in English"))
    contact_name = StringField(
        lazy("Name"), filters=[stripped], validators=[Length(max=LONGEST_NAME)]
    )
    contact_phone = TelField(
        lazy("Phone"), filters=[stripped], validators=[Length(max=LONGEST_NAME)]
    )
    contact_email = EmailField(lazy("E-mail address"), filters=[stripped])
    host = StringField(
        lazy("Association that keeps the handbook"),
        filters=[stripped],
        validators=[Length(max=LONGEST_NAME)],
    )
    host_address = StringField(
        lazy("Its postal address"), filters=[stripped], validators=[Length(max=LONGEST_NAME)]
    )
    joint_controllers = TextAreaField(
        lazy("Associations that are responsible for personal data with it"),
        filters=[stripped],
        validators=[Length(max=LONGEST_INTRODUCTION)],
    )

    def needs_title_in(self, language: str) -> None:
        """Ask for the title in the language of the texts."""
        self[f"title_{language}"].validators = [
            DataRequired(lazy("Write the name of the handbook.")),
            Length(max=LONGEST_TITLE),
        ]

    def validate_contact_email(self, field: EmailField) -> None:
        """Refuse what is no address."""
        if field.data and not address_of(field.data):
            raise ValidationError(_("Check the e-mail address."))

    def description(self) -> Description:
        """Give what was typed."""
        return Description(
            title={code: self[f"title_{code}"].data or "" for code in LANGUAGES},
            introduction={code: self[f"introduction_{code}"].data or "" for code in LANGUAGES},
            contact_name=self.contact_name.data or "",
            contact_phone=self.contact_phone.data or "",
            contact_email=self.contact_email.data or "",
            host=self.host.data or "",
            host_address=self.host_address.data or "",
            joint_controllers=self.joint_controllers.data or "",
        )


def about_form(handbook: HandbookLine) -> AboutForm:
    """Give the form filled with what the handbook says now."""
    return AboutForm(
        formdata=None,
        data={
            **{f"title_{code}": handbook.title.get(code, "") for code in LANGUAGES},
            **{f"introduction_{code}": handbook.introduction.get(code, "") for code in LANGUAGES},
            "contact_name": handbook.contact_name,
            "contact_phone": handbook.contact_phone,
            "contact_email": handbook.contact_email,
            "host": handbook.host,
            "host_address": handbook.host_address,
            "joint_controllers": "\n".join(handbook.joint_controllers),
        },
    )
