"""Forms of the decision pages."""

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from reviewtool.domain.approvals import Capacity, Decision
from reviewtool.domain.contributions import MOST_CHARACTERS
from reviewtool.infra.i18n import lazy
from reviewtool.web import declining
from reviewtool.web.forms import Form, stripped
from reviewtool.web.participant.forms import KeptForm
from reviewtool.wording.names import wording
from reviewtool.wording.statements import decision_statement


class CapacityForm(KeptForm):
    """In what capacity somebody answers."""

    capacity = RadioField(
        lazy("I answer as"),
        choices=lambda: [(c.value, wording(c)) for c in Capacity],
        default=Capacity.EXPERT.value,
    )
    capacity_detail = StringField(
        lazy("Which group or board, its date and section"),
        filters=[stripped],
        validators=[Optional(), Length(max=300)],
    )
    speaks_for = StringField(filters=[stripped])


class DecisionForm(CapacityForm):
    """A decision on one exact text."""

    text_hash = HiddenField(validators=[DataRequired()])
    decision = RadioField(
        lazy("My decision"),
        choices=lambda: [(d.value, decision_statement(d)) for d in Decision],
        validators=[DataRequired(lazy("Choose one of these."))],
    )
    words = TextAreaField(
        lazy("My comment, or what should be changed and why"),
        filters=[stripped],
        validators=[Optional(), Length(max=MOST_CHARACTERS)],
    )

    @property
    def chosen(self) -> Decision:
        """Give the decision that was chosen."""
        return Decision(self.decision.data)


class ApproveAllForm(CapacityForm):
    """An approval of all texts that wait; each carries its hash as `hash-<section id>`."""


class ObjectionForm(KeptForm):
    """Why a carry isn't accepted."""

    words = TextAreaField(
        lazy("What is wrong with the change"),
        filters=[stripped],
        validators=[Optional(), Length(max=MOST_CHARACTERS)],
    )


class DeclineForm(declining.DeclineForm, KeptForm):
    """Says that one doesn't take part."""


class CarryForm(Form):
    """Why a change is editorial, so that the approvals hold for the new text."""

    note = TextAreaField(
        lazy("What was changed, and why it changes nothing that was approved"),
        filters=[stripped],
        validators=[
            DataRequired(lazy("Write what was changed: the approvers read it.")),
            Length(max=2000),
        ],
    )
