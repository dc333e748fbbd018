"""Forms of a workshop's room: coming in, a proposal, a feature; groups and themes."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from reviewtool.domain.contributions import MOST_CHARACTERS
from reviewtool.domain.proposals import LONGEST_TITLE, ProposalAct, Proposed
from reviewtool.domain.sections import SectionKind
from reviewtool.domain.workshops import LONGEST_NAME, read_code
from reviewtool.infra.i18n import current_language, lazy
from reviewtool.infra.i18n import gettext as _
from reviewtool.office.addresses import address_of
from reviewtool.queries.tree import TreeLine
from reviewtool.services.workshop_rooms import Joiner
from reviewtool.web.forms import LONGEST_ADDRESS, Form, plain_name, stripped
from reviewtool.web.participant.forms import KeptForm
from reviewtool.wording.names import wording

NEEDED: dict[ProposalAct, tuple[str, ...]] = {
    ProposalAct.ADD: ("title", "kind", "parent"),
    ProposalAct.RENAME: ("section", "title"),
    ProposalAct.MOVE: ("section", "parent"),
    ProposalAct.MERGE: ("section", "other", "title"),
    ProposalAct.SPLIT: ("section", "title"),
    ProposalAct.DROP: ("section",),
    ProposalAct.RELATE: ("section", "other"),
}
"""Which fields each proposal asks for, besides the reason."""


class JoinForm(Form):
    """Coming into the room with its code."""

    code = StringField(
        lazy("The room's code"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the code that is on the screen."))],
    )
    name = StringField(
        lazy("Your name"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write your name.")), Length(max=LONGEST_NAME), plain_name],
    )
    organisation = StringField(
        lazy("Your organisation"),
        filters=[stripped],
        validators=[Length(max=LONGEST_NAME), plain_name],
    )
    address = StringField(
        lazy("Your e-mail address"), filters=[stripped], validators=[Length(max=LONGEST_ADDRESS)]
    )

    def validate_code(self, field: StringField) -> None:
        """Refuse what can't be a code."""
        if field.data and read_code(field.data) is None:
            raise ValidationError(_("The code has eight digits. Check it on the screen."))

    def validate_address(self, field: StringField) -> None:
        """Refuse what isn't an address."""
        if field.data and not address_of(field.data):
            raise ValidationError(_("Check the e-mail address."))

    @property
    def joiner(self) -> Joiner:
        """Give who comes in."""
        return Joiner(
            self.name.data or "",
            self.organisation.data or "",
            self.address.data or "",
            current_language(),
        )


def named(tree: Sequence[TreeLine]) -> list[tuple[str, str]]:
    """Give the texts of the structure, indented as they stand."""
    return [(line.section_id, f"{'– ' * line.depth}{line.title}") for line in tree]


class ProposalForm(KeptForm):
    """One proposal about the structure; only what its act needs is shown."""

    act = HiddenField()
    section = SelectField(lazy("Which text"), validate_choice=False)
    other = SelectField(lazy("With which other text"), validate_choice=False)
    title = StringField(lazy("Its name"), filters=[stripped])
    kind = SelectField(
        lazy("What it is"),
        choices=lambda: [(one.value, wording(one)) for one in SectionKind],
        default=SectionKind.ACTIVITY.value,
    )
    parent = SelectField(lazy("Where it stands"), validate_choice=False)
    words = TextAreaField(lazy("Why"), filters=[stripped], validators=[Length(max=MOST_CHARACTERS)])

    def validate_title(self, field: StringField) -> None:
        """Refuse a name that is missing where the act is about one, or too long."""
        if len(field.data or "") > LONGEST_TITLE:
            raise ValidationError(_("The name is too long."))
        if self.chosen in (ProposalAct.ADD, ProposalAct.RENAME) and not field.data:
            raise ValidationError(_("Write the name."))

    def offer(self, tree: Sequence[TreeLine]) -> ProposalForm:
        """Offer the texts of the structure."""
        choose = [("", _("Choose a text"))]
        self.section.choices = [*choose, *named(tree)]
        self.other.choices = [*choose, *named(tree)]
        self.parent.choices = [("", _("At the top")), *named(tree)]
        return self

    @property
    def chosen(self) -> ProposalAct:
        """Give the act; what nobody can have chosen is an addition."""
        known = {one.value for one in ProposalAct}
        return ProposalAct(self.act.data) if self.act.data in known else ProposalAct.ADD

    @property
    def proposed(self) -> Proposed:
        """Give what is proposed."""
        known = {one.value for one in SectionKind}
        kind = SectionKind(self.kind.data) if self.kind.data in known else None
        return Proposed(
            self.chosen,
            section_id=self.section.data or None,
            others=(self.other.data,) if self.other.data else (),
            title=self.title.data or "",
            parent_id=self.parent.data or None,
            kind=kind,
        )


class FeatureForm(KeptForm):
    """What a text must say, and why it is the NGOs' work."""

    section = SelectField(lazy("Which text"), validate_choice=False)
    words = TextAreaField(
        lazy("What must this text say, and why is it the NGOs' work?"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write something first.")), Length(max=MOST_CHARACTERS)],
    )

    def offer(self, tree: Sequence[TreeLine]) -> FeatureForm:
        """Offer the texts of the structure."""
        self.section.choices = [("", _("The whole handbook")), *named(tree)]
        return self


class NameForm(Form):
    """A group's name or a theme's title."""

    name = StringField(
        lazy("Name"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the name.")), Length(max=LONGEST_NAME)],
    )
