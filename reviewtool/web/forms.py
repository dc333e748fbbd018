"""The base of all forms: repeat-safe by a request id, with messages in the reader's language."""

from functools import lru_cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField
from wtforms.i18n import get_translations
from wtforms.validators import DataRequired, Length, ValidationError

from reviewtool.domain.people import holds_an_address
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import current_language
from reviewtool.infra.ids import new_id
from reviewtool.wording.refusals import refusal

LONGEST_ADDRESS = 254
"""The longest e-mail address that mail servers take (RFC 5321)."""


@lru_cache
def _translations(language: str) -> Any:
    """Give WTForms' own messages in a language; it would look for their files every time."""
    return get_translations([language])


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form of the product.

    CSRF is checked for every POST by the application itself, before any view runs.
    """

    class Meta:
        """Settings of WTForms."""

        csrf = False

        def get_translations(self, _form: Any) -> Any:
            """Take WTForms' own messages in the present language."""
            return _translations(current_language())

    request_id = HiddenField(default=new_id)


def address_field(label: Any, missing: Any) -> EmailField:
    """Give the field of an e-mail address that can't be left empty."""
    return EmailField(
        label, filters=[stripped], validators=[DataRequired(missing), Length(max=LONGEST_ADDRESS)]
    )


def plain_name(_form: Form, field: Field) -> None:
    """Refuse a name that mail programs would make a link of: a validator for fields."""
    if field.data and holds_an_address(field.data):
        raise ValidationError(refusal(Reason.NAME_HOLDS_ADDRESS))


def told_at(field: Field, refused: Refused, *curable: Reason) -> None:
    """Put a refusal at the field where it can be cured; any other is raised on."""
    if refused.reason not in curable:
        raise refused
    field.errors = [refusal(refused.reason)]


def stripped(words: str | None) -> str:
    """Take white space off the ends of what was typed: a filter for fields."""
    return (words or "").replace("\r\n", "\n").strip()
