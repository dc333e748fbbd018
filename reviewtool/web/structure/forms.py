"""Forms of the tree; each change may name the proposal that it answers, and its reason."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from reviewtool.domain.contributions import MOST_CHARACTERS
from reviewtool.domain.proposals import LONGEST_TITLE, ProposalAct, Proposed
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.services.proposals import Decision
from reviewtool.web.forms import Form, stripped
from reviewtool.wording.names import wording
from reviewtool.wording.proposals import act_name
from reviewtool.wording.refusals import refusal


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

    version = HiddenField()
    """Of the answer as the editor saw it; empty for none."""
    reason = TextAreaField(
        lazy("Reason"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the reason: the contributor will read it."))],
    )


_AT_FIELDS = {
    Reason.SECTION_MISSING: "section",
    Reason.OTHER_SECTION_MISSING: "others",
    Reason.TITLE_MISSING: "title",
    Reason.TOO_LONG: "words",
}
"""Refusals that are shown beside the field."""


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
    words = TextAreaField(lazy("Why"), filters=[stripped], validators=[Length(max=MOST_CHARACTERS)])

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Let it choose among texts: (id, title), the first one being the top."""
        self.section.choices = [("", _("Choose a text")), *choices[1:]]
        self.others.choices = [(one, title.strip()) for one, title in choices[1:]]
        self.parent.choices = list(choices)

    @property
    def proposed(self) -> Proposed:
        """Give what it proposes."""
        return Proposed(
            ProposalAct(self.act.data),
            self.section.data or None,
            tuple(self.others.data or ()),
            self.title.data or "",
            self.parent.data or None,
            SectionKind(self.kind.data),
        )

    def tell(self, refused: Refused) -> None:
        """Show a refusal at its field. Raises it where it isn't about the form."""
        if refused.reason not in _AT_FIELDS:
            raise refused
        field = self[_AT_FIELDS[refused.reason]]
        field.errors = [*field.errors, refusal(refused.reason)]


class EditorProposalForm(ProposalForm):
    """An editor's own proposal, tied to the phase in which it came up."""

    phase = SelectField(lazy("In which phase it came up"), validate_choice=False)
