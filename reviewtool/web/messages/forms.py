"""The form that filters outgoing mail."""

from __future__ import annotations

from typing import Any

from wtforms import SearchField, SelectField

from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.messages import MessageFilter
from reviewtool.web.forms import Form, stripped
from reviewtool.wording.names import wording


class FilterForm(Form):
    """Chooses messages; sent by GET."""

    state = SelectField(lazy("State"), default="")
    kind = SelectField(lazy("Message"), default="")
    words = SearchField(lazy("Name or address"), filters=[stripped])

    def __init__(self, *positional: Any, **named: Any) -> None:
        """Name the choices in the present language."""
        super().__init__(*positional, **named)
        everything = [("", _("All"))]
        self.state.choices = everything + [(one.value, wording(one)) for one in MessageState]
        self.kind.choices = everything + [(one.value, wording(one)) for one in MessageKind]

    @property
    def wanted(self) -> MessageFilter:
        """Give what is looked for; a choice that doesn't exist counts as none."""
        states = {one.value: one for one in MessageState}
        kinds = {one.value: one for one in MessageKind}
        return MessageFilter(
            states.get(self.state.data or ""),
            kinds.get(self.kind.data or ""),
            self.words.data or "",
        )
