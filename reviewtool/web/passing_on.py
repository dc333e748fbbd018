"""Passing a link's task on to a colleague: the same for rounds and approvals."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import lazy
from reviewtool.services import delegation
from reviewtool.web import current
from reviewtool.web.forms import Form, address_field, plain_name, stripped, told_at


class PassOnForm(Form):
    """Names the colleague who takes the task over."""

    name = StringField(
        lazy("Your colleague's name"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the name.")), Length(max=200), plain_name],
    )
    address = address_field(
        lazy("Your colleague's e-mail address"), lazy("Write the e-mail address.")
    )


def passed_on(form: PassOnForm) -> bool:
    """Pass the task on as the form says; False leaves what is wrong at its fields."""
    if not form.validate():
        return False
    try:
        delegation.pass_on(
            current.installation(),
            current.actor(),
            form.name.data or "",
            form.address.data or "",
            form.request_id.data or "",
        )
    except Refused as refused:
        told_at(form.address, refused, Reason.BAD_ADDRESS)
        return False
    return True
