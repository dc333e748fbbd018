"""The form of a round's questions: choices, scales, free words, examples with their parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Optional

from reviewtool.domain.contributions import WITH_OPTIONS, NameShown, QuestionKind
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, localized
from reviewtool.queries.contributions import ContributionLine
from reviewtool.queries.participant import QuestionLine
from reviewtool.services.contributions import Words
from reviewtool.web.forms import stripped
from reviewtool.web.participant.forms import SHOWN, FurtherTexts, ParticipantForm, not_too_long

PARTS = {
    "target_group": lazy("For whom"),
    "activity": lazy("What is done"),
    "effect": lazy("What has come of it"),
}
"""The parts of an example, by the name of their field."""


class QuestionsForm(ParticipantForm):
    """The base of the round's questions; `questions_form` adds the fields of each."""

    revision = HiddenField()
    name_shown = RadioField(
        lazy("How you are shown"),
        choices=lambda: SHOWN,
        validators=[Optional()],
        id="asked-name_shown",  # the page has another form that asks it
    )
    asked: Sequence[QuestionLine] = ()

    def option(self, question_id: str) -> int | None:
        """Give the chosen option of a question."""
        field = self[f"option-{question_id}"]
        return int(field.data) if field.data not in (None, "", "None") else None

    def example(self, question_id: str) -> Words:
        """Give the example that answers a question."""
        return Words(
            target_group=self[f"target_group-{question_id}"].data or "",
            activity=self[f"activity-{question_id}"].data or "",
            effect=self[f"effect-{question_id}"].data or "",
            publish_consent=bool(self[f"publish_consent-{question_id}"].data),
        )

    @property
    def options(self) -> dict[str, int | None]:
        """Give the chosen options by question."""
        return {one.id: self.option(one.id) for one in self.asked if one.kind in WITH_OPTIONS}

    @property
    def words(self) -> dict[str, str]:
        """Give the free words by question."""
        asked = [one.id for one in self.asked if one.kind is not QuestionKind.EXAMPLE]
        return {one: self[f"words-{one}"].data or "" for one in asked}

    @property
    def _examples(self) -> list[str]:
        return [one.id for one in self.asked if one.kind is QuestionKind.EXAMPLE]

    @property
    def examples(self) -> dict[str, Words]:
        """Give the examples by question."""
        return {one: self.example(one) for one in self._examples}

    @property
    def also(self) -> dict[str, frozenset[str]]:
        """Give the further texts that the examples fit, by question."""
        return {one: self[f"also-{one}"].data for one in self._examples}

    def shown_as(self, usual: NameShown) -> NameShown:
        """Give how their author wants to be shown."""
        return NameShown(self.name_shown.data or usual.value)


def questions_form(
    asked: Sequence[QuestionLine],
    said: Mapping[str, ContributionLine],
    **arguments: Any,
) -> QuestionsForm:
    """Make the form of a round's questions, filled with what its reader answered before.

    said: their answer in words, by question.
    """
    fields: dict[str, Field] = {}
    for question in asked:
        before = said.get(question.id)
        if question.kind is QuestionKind.EXAMPLE:
            fields |= _example_fields(question.id, before)
            continue
        words = localized(question.words)
        if question.kind in WITH_OPTIONS:
            fields[f"option-{question.id}"] = RadioField(
                words,
                choices=partial(_options, question),
                default=str(question.chosen) if question.chosen is not None else None,
                validators=[Optional()],
            )
            words = _("Your reasons, if you like")
        fields[f"words-{question.id}"] = _words_field(words, before.words if before else "")
    made: type[QuestionsForm] = type("AskedForm", (QuestionsForm,), fields)
    form = made(**arguments)
    form.asked = asked
    return form


def _words_field(label: str, words: str, kind: type[Field] = TextAreaField) -> Field:
    return kind(label, default=words, filters=[stripped], validators=[not_too_long])


def _example_fields(question_id: str, before: ContributionLine | None) -> dict[str, Field]:
    fields = {
        f"{part}-{question_id}": _words_field(
            label,
            getattr(before, part) if before else "",
            StringField if part == "target_group" else TextAreaField,
        )
        for part, label in PARTS.items()
    }
    fields[f"publish_consent-{question_id}"] = BooleanField(
        lazy("This example may be published in the handbook"),
        default=before.publish_consent if before else False,
    )
    fields[f"also-{question_id}"] = FurtherTexts(
        lazy("It fits other texts too"),
        default=frozenset(text.section_id for text in before.also_for) if before else frozenset(),
    )
    return fields


def _options(question: QuestionLine) -> list[tuple[str, str]]:
    return [(str(number), localized(name)) for number, name in enumerate(question.options)]
