"""Forms after a workshop: a group's flip chart, the minutes, a correction of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import HiddenField, MultipleFileField, SelectField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from reviewtool.domain.contributions import MOST_CHARACTERS
from reviewtool.domain.files import Upload
from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.tree import TreeLine
from reviewtool.queries.workshop_room import GroupLine
from reviewtool.services.workshop_charts import MOST_LINES, ChartLine
from reviewtool.text.html import from_html
from reviewtool.web.forms import Form, stripped
from reviewtool.web.participant.forms import KeptForm
from reviewtool.web.workshops.room_forms import named
from reviewtool.wording.proposals import act_name

FEATURE = "feature"
NAMING = (ProposalAct.ADD, ProposalAct.RENAME)
"""Acts for which each line is a name; after a dash comes the reason."""


class ChartForm(Form):
    """What stands on a group's flip chart: each line of one kind is a contribution."""

    group = SelectField(lazy("Group"), validate_choice=False)
    what = SelectField(lazy("What the lines are"))
    section = SelectField(lazy("About which text"), validate_choice=False)
    other = SelectField(lazy("The other text"), validate_choice=False)
    lines = TextAreaField(
        lazy("The lines"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write something first.")), Length(max=MOST_CHARACTERS)],
    )
    photos = MultipleFileField(lazy("Photo of the flip chart"))

    def offer(self, groups: Sequence[GroupLine], tree: Sequence[TreeLine]) -> ChartForm:
        """Offer the groups and the texts."""
        self.group.choices = [(one.id, one.name) for one in groups]
        self.what.choices = [
            (FEATURE, _("What a text must say")),
            *((act.value, act_name(act)) for act in ProposalAct),
        ]
        self.section.choices = [("", _("The whole handbook")), *named(tree)]
        self.other.choices = [("", _("No other text")), *named(tree)]
        return self

    def validate_lines(self, _field: TextAreaField) -> None:
        """Refuse more lines than one chart has."""
        if len(self.written) > MOST_LINES:
            raise ValidationError(_("Type in at most forty lines at a time."))

    @property
    def written(self) -> list[str]:
        """List the lines as typed."""
        return [line.strip() for line in (self.lines.data or "").splitlines() if line.strip()]

    @property
    def chart(self) -> list[ChartLine]:
        """Give each line as what it is."""
        section_id = self.section.data or None
        if self.what.data == FEATURE:
            return [ChartLine(line, section_id) for line in self.written]
        return [self._proposal(ProposalAct(self.what.data), line) for line in self.written]

    def _proposal(self, act: ProposalAct, line: str) -> ChartLine:
        name, _dash, why = line.partition(" – ") if act in NAMING else ("", "", line)
        other = self.other.data or None
        proposed = Proposed(
            act,
            section_id=self.section.data or None,
            others=(other,) if other else (),
            title=name.strip(),
            parent_id=self.section.data or None if act is ProposalAct.ADD else other,
            kind=SectionKind.ACTIVITY,
        )
        return ChartLine(why.strip(), proposed=proposed)

    @property
    def uploads(self) -> list[Upload]:
        """Give the files that were chosen."""
        return [
            Upload(file.filename or "", file.read())
            for file in self.photos.data or []
            if getattr(file, "filename", "")
        ]


class VersionForm(Form):
    """An act on the minutes as the editor saw them."""

    version = HiddenField(default="0")

    @property
    def seen(self) -> int:
        """Give the version that the editor saw."""
        written = self.version.data or ""
        return int(written) if written.isdecimal() else 0


class MinutesForm(VersionForm):
    """The minutes in the visual editor."""

    body = TextAreaField(lazy("The minutes"))

    @property
    def text(self) -> str:
        """Give what was written, as our Markdown."""
        html: Any = request.form.get("body_html")
        return from_html(html) if html is not None else (self.body.data or "")


class CorrectionForm(KeptForm):
    """What the minutes have wrong."""

    words = TextAreaField(
        lazy("What was said otherwise?"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write something first.")), Length(max=MOST_CHARACTERS)],
    )
