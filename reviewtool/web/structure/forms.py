"""Forms of the tree; each change may name the proposal that it answers, and its reason."""

from __future__ import annotations

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from reviewtool.domain.proposals import LONGEST_TITLE, ProposalAct
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.i18n import lazy
from reviewtool.services.proposals import Decision
from reviewtool.web.forms import Form, stripped
from reviewtool.wording.names import wording
from reviewtool.wording.proposals import act_name


class DecisionForm(Form):
    """Why the structure is changed, and from which proposal."""

    proposal = HiddenField()
    reason = StringField(lazy("Reason"), filters=[stripped], validators=[Length(max=2000)])

    @property
    def decision(self) -> Decision:
        """Give the decision as use cases take it."""
        return Decision(self.proposal.data or None, self.reason.data or "")


class TitleForm(DecisionForm):
    """Asks for a title."""

    title = StringField(
        lazy("Title"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the title.")), Length(max=LONGEST_TITLE)],
    )


class AddForm(TitleForm):
    """A new section: its title, kind and parent (empty: at the top)."""

    kind = SelectField(
        lazy("Kind"),
        choices=lambda: [(kind.value, wording(kind)) for kind in SectionKind],
        default=SectionKind.ACTIVITY.value,
    )
    parent = SelectField(lazy("Stands under"), validate_choice=False, default="")


class ParentForm(DecisionForm):
    """Another parent for a section (empty: at the top)."""

    parent = SelectField(lazy("Stands under"), validate_choice=False, default="")


class RelateForm(DecisionForm):
    """Another section that belongs together with this one."""

    other = SelectField(
        lazy("Text"), validate_choice=False, validators=[DataRequired(lazy("Choose a text."))]
    )


class NotTakenForm(Form):
    """The reason for not taking a proposal."""

    reason = TextAreaField(
        lazy("Reason"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the reason: the contributor will read it."))],
    )


class ProposalForm(Form):
    """A proposal: what, about which text, and why; only what the act needs is looked at."""

    act = SelectField(
        lazy("What do you propose?"),
        choices=lambda: [(act.value, act_name(act)) for act in ProposalAct],
    )
    section = SelectField(lazy("Which text"), validate_choice=False, default="")
    others = SelectMultipleField(
        lazy("The other texts"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    title = StringField(
        lazy("New name"), filters=[stripped], validators=[Length(max=LONGEST_TITLE)]
    )
    kind = SelectField(
        lazy("Kind"),
        choices=lambda: [(kind.value, wording(kind)) for kind in SectionKind],
        default=SectionKind.ACTIVITY.value,
    )
    parent = SelectField(lazy("Stands under"), validate_choice=False, default="")
    words = TextAreaField(lazy("Why"), filters=[stripped], validators=[Length(max=20_000)])


class EditorProposalForm(ProposalForm):
    """An editor's own proposal, tied to the phase in which it came up."""

    phase = SelectField(lazy("In which phase it came up"), validate_choice=False)
