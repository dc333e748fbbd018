"""Saying by one's link that one doesn't take part: the same for rounds and approvals."""

from wtforms import TextAreaField
from wtforms.validators import Length

from reviewtool.infra.i18n import lazy
from reviewtool.services import invitations
from reviewtool.web import current
from reviewtool.web.forms import Form, stripped


class DeclineForm(Form):
    """Asks why, for the editors."""

    reason = TextAreaField(
        lazy("Why?"),
        filters=[stripped],
        validators=[Length(max=invitations.LONGEST_REASON)],
    )


def declined(form: DeclineForm, key: str) -> bool:
    """Record that the person doesn't take part; False leaves what is wrong at its field.

    key: of the form among those of its link.
    """
    if not form.validate():
        return False
    invitations.decline(
        current.installation(),
        current.actor(),
        form.reason.data or "",
        form.request_id.data or "",
        key,
    )
    return True
