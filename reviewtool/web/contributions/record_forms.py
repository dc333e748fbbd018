"""The form that records what came by mail, phone, paper or in a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional

from reviewtool.domain.contributions import ContributionKind, NameShown
from reviewtool.domain.files import Upload
from reviewtool.infra.i18n import lazy
from reviewtool.services.recording import RECORDED_CHANNELS
from reviewtool.web.contributions.forms import NOT_TOO_LONG
from reviewtool.web.contributions.placing import PlacedForm
from reviewtool.web.contributions.speaker_forms import SpeakerForm
from reviewtool.web.forms import stripped
from reviewtool.wording.names import wording

KINDS = (
    ContributionKind.COMMENT,
    ContributionKind.SUGGESTION,
    ContributionKind.EXAMPLE,
    ContributionKind.PROPOSAL,
    ContributionKind.FEATURE,
    ContributionKind.INTERVIEW_NOTE,
)


class SaidForm(PlacedForm):
    """One contribution of several; one that is left empty counts for nothing."""

    kind = SelectField(lazy("Kind"), validators=[Optional()])
    replacement = TextAreaField(
        lazy("Suggested words instead"), filters=[stripped], validators=[NOT_TOO_LONG]
    )
    target_group = StringField(lazy("For whom"), filters=[stripped], validators=[NOT_TOO_LONG])
    activity = StringField(lazy("What is done"), filters=[stripped], validators=[NOT_TOO_LONG])
    effect = StringField(lazy("What has come of it"), filters=[stripped], validators=[NOT_TOO_LONG])

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        fields = (self.replacement, self.target_group, self.activity, self.effect)
        return super().is_empty and not any(field.data for field in fields)

    def offer(self, sections: Sequence[tuple[str, str]]) -> None:
        """Set what can be chosen."""
        super().offer(sections)
        self.kind.choices = [(one.value, wording(one)) for one in KINDS]


class RecordForm(SpeakerForm):
    """Who said what, when, by which way, with the original."""

    phase = SelectField(lazy("In which phase"), validators=[DataRequired()])
    channel = SelectField(lazy("How it came"))
    said_on = DateField(
        lazy("On which day it was said"),
        validators=[DataRequired(lazy("Give the day, for example 13.12.2026."))],
    )
    originals = MultipleFileField(lazy("The original"))
    draft = SelectField(lazy("The draft that it is about"), validators=[Optional()])
    name_shown = RadioField(
        lazy("How the person agreed to be shown"),
        choices=lambda: [(one.value, wording(one)) for one in NameShown],
        default=NameShown.ORGANISATION.value,
    )
    shared = BooleanField(lazy("The person agreed that others may read it, as the phase promises"))
    said = FieldList(FormField(SaidForm), min_entries=2)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Read the form, and which originals wait beside it."""
        super().__init__(*arguments, **named)
        self._uploads: list[Upload] | None = None
        self.waiting = request.values.getlist("waiting")

    @property
    def uploads(self) -> list[Upload]:
        """Give the files that came with this press; they are read once."""
        if self._uploads is None:
            self._uploads = [
                Upload(file.filename, file.read())
                for file in self.originals.data or ()
                if getattr(file, "filename", "")
            ]
        return self._uploads

    def offer(
        self,
        phases: Sequence[tuple[str, str]],
        sections: Sequence[tuple[str, str]],
        drafts: Sequence[tuple[str, str]],
    ) -> RecordForm:
        """Set what can be chosen."""
        self.draft.choices = [("", lazy("The draft of the phase")), *drafts]
        self.phase.choices = list(phases)
        self.channel.choices = [(one.value, wording(one)) for one in RECORDED_CHANNELS]
        self.offer_speaker()
        for entry in self.said:
            entry.form.offer(sections)
        return self

    def one_more(self, sections: Sequence[tuple[str, str]]) -> None:
        """Add an empty contribution at the end."""
        entry = self.said.append_entry()
        entry.form.offer(sections)
