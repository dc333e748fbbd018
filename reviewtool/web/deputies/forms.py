"""Naming a deputy: the same form for a person by their link, and for an editor."""

from __future__ import annotations

from wtforms import DateField, StringField
from wtforms.validators import DataRequired, Length

from reviewtool.domain.people import LONGEST_NAME
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.services.deputies import Naming, name_deputy
from reviewtool.web import current
from reviewtool.web.forms import Form, address_field, plain_name, stripped
from reviewtool.wording.refusals import refusal


class DeputyForm(Form):
    """Names who stands in, from which day to which."""

    name = StringField(
        lazy("The deputy's name"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the name.")), Length(max=LONGEST_NAME), plain_name],
    )
    address = address_field(lazy("The deputy's e-mail address"), lazy("Write the e-mail address."))
    starts_on = DateField(lazy("First day"), validators=[DataRequired(lazy("Choose the day."))])
    ends_on = DateField(lazy("Last day"), validators=[DataRequired(lazy("Choose the day."))])


def deputy_named(form: DeputyForm, handbook_id: str, person_id: str) -> bool:
    """Name the deputy as the form says; False leaves what is wrong at its fields."""
    if not form.validate():
        return False
    starts_on, ends_on = form.starts_on.data, form.ends_on.data
    assert starts_on is not None
    assert ends_on is not None
    naming = Naming(form.name.data or "", form.address.data or "", starts_on, ends_on)
    try:
        name_deputy(
            current.installation(),
            current.actor(),
            handbook_id,
            person_id,
            naming,
            form.request_id.data or "",
        )
    except Refused as refused:
        _show(form, refused.reason)
        return False
    return True


def _show(form: DeputyForm, reason: Reason) -> None:
    """Put a refusal at its field. Raises Refused for one that no field can cure."""
    if reason is Reason.BAD_ADDRESS:
        form.address.errors = [refusal(reason)]
    elif reason is Reason.DATES_WRONG:
        form.ends_on.errors = [
            _("Choose a date within a year, today or later, and not before the first day.")
        ]
    elif reason is Reason.ALREADY_DONE:
        form.starts_on.errors = [_("There is a deputy on some of these days already.")]
    elif reason is Reason.NOT_POSSIBLE_NOW:
        form.address.errors = [_("A person can't be their own deputy. Name somebody else.")]
    else:
        raise Refused(reason)
