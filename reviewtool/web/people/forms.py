"""Forms of people: looking for them, inviting, correcting an address, members."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.invitees import Invitee
from reviewtool.domain.people import OrganisationKind, Role
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, localized
from reviewtool.queries.handbooks import HandbookLine
from reviewtool.queries.people import PeopleFilter
from reviewtool.web.forms import Form, address_field, stripped
from reviewtool.wording.names import wording

LANGUAGE_NAMES = {"fi": lazy("Finnish"), "sv": lazy("Swedish"), "en": lazy("English")}


def language_choices() -> list[tuple[str, str]]:
    """Give the languages by name."""
    return [(code, str(LANGUAGE_NAMES[code])) for code in LANGUAGES]


class FilterForm(Form):
    """What a list of people is narrowed to."""

    words = StringField(lazy("Name, organisation, municipality or address"), filters=[stripped])
    phase = SelectField(lazy("Phase"), validate_choice=False)
    state = SelectField(
        lazy("State"),
        choices=lambda: [
            ("", _("All")),
            *((one.value, wording(one)) for one in InvitationState),
        ],
        validate_choice=False,
    )

    def offer(self, handbook: HandbookLine) -> FilterForm:
        """Offer the handbook's phases."""
        self.phase.choices = [
            ("", _("All")),
            *((phase.id, localized(phase.title)) for phase in handbook.phases),
        ]
        return self

    @property
    def wanted(self) -> PeopleFilter:
        """Give the filter; what nobody can have chosen narrows nothing."""
        state = self.state.data or ""
        known = {one.value for one in InvitationState}
        return PeopleFilter(
            self.words.data or "", self.phase.data or "", state if state in known else ""
        )


class InviteForm(Form):
    """One person to invite."""

    name = StringField(
        lazy("Name"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the person's name.")), Length(max=200)],
    )
    address = address_field(lazy("E-mail address"), lazy("Write the e-mail address."))
    shares = BooleanField(lazy("Several people read this address"))
    asks_who_reads = False
    """Whether the address is known under another name: then it is asked whether it is shared."""
    organisation = StringField(
        lazy("Organisation"), filters=[stripped], validators=[Length(max=200)]
    )
    kind = SelectField(
        lazy("Kind of organisation"),
        choices=lambda: [(one.value, wording(one)) for one in OrganisationKind],
        default=OrganisationKind.NGO.value,
    )
    municipality = StringField(
        lazy("Municipality"), filters=[stripped], validators=[Length(max=100)]
    )
    language = RadioField(lazy("Language"), choices=language_choices, default="fi")

    def invitee(self) -> Invitee:
        """Give the person as typed."""
        return Invitee(
            name=self.name.data or "",
            address=self.address.data or "",
            organisation=self.organisation.data or "",
            kind=self.kind.data or "",
            municipality=self.municipality.data or "",
            language=self.language.data or "",
            shares=bool(self.shares.data),
        )


class TableForm(Form):
    """The spreadsheet to invite from."""

    file = FileField(lazy("Spreadsheet"), validators=[FileRequired(lazy("Choose a file."))])


class ConfirmTableForm(Form):
    """Inviting the people of a checked table."""

    use_suggestions = BooleanField(lazy("Use the suggested municipalities"), default=True)


class AddressForm(Form):
    """Another address in place of one."""

    address = address_field(lazy("New address"), lazy("Write the e-mail address."))


class MemberForm(Form):
    """A new member of the handbook."""

    name = StringField(
        lazy("Name"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the person's name.")), Length(max=200)],
    )
    address = address_field(lazy("E-mail address"), lazy("Write the e-mail address."))
    role = RadioField(
        lazy("Role"),
        choices=lambda: [(one.value, wording(one)) for one in Role],
        default=Role.EDITOR.value,
    )
    language = RadioField(lazy("Language"), choices=language_choices, default="fi")
