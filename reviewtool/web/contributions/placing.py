"""Where something that was said belongs: a text and words of it, or a number on a draft's paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from wtforms import Form as PlainForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from reviewtool.domain.meetings import quoted
from reviewtool.domain.passages import Place, Range, WholeLine, passage_in
from reviewtool.domain.quoting import find_words
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.drafts import drafts_of_handbook
from reviewtool.queries.meetings import NumberedText, numbered_texts
from reviewtool.queries.speakers import SpokenOf, spoken_of
from reviewtool.web import current
from reviewtool.web.contributions.forms import NOT_TOO_LONG
from reviewtool.web.drafts.views import draft_name
from reviewtool.web.forms import stripped
from reviewtool.wording.refusals import refusal


class PlacedForm(PlainForm):
    """One thing of several that was said, and what it is about."""

    section = SelectField(lazy("About the text"), validators=[Optional()])
    at = StringField(lazy("Number on the paper"), filters=[stripped], validators=[Length(max=40)])
    quote = StringField(
        lazy("Words of the text that it is about"), filters=[stripped], validators=[NOT_TOO_LONG]
    )
    words = TextAreaField(lazy("What was said"), filters=[stripped], validators=[NOT_TOO_LONG])

    def offer(self, sections: Sequence[tuple[str, str]]) -> None:
        """Set what can be chosen."""
        self.section.choices = [("", lazy("The whole handbook")), *sections]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.words.data or self.quote.data or self.at.data)


def drafts_offered(handbook_id: str) -> list[tuple[str, str]]:
    """List (id, name) of the handbook's drafts, the newest first."""
    drafts = drafts_of_handbook(current.reader(), current.actor(), handbook_id)
    return [(draft.id, draft_name(draft.label)) for draft in drafts]


@dataclass(frozen=True)
class Placed:
    """What something is about: a text as it was shown, and the passage in it."""

    section_id: str | None = None
    revision_id: str | None = None
    place: Place = None


@dataclass
class SpokenTexts:
    """The texts that what is said in a phase may be about.

    draft_id: of the paper that numbers are read from; named: that draft was chosen, so that
    words are looked for in its texts too, and not in the phase's own or the working ones.
    """

    handbook_id: str
    phase_id: str
    language: str
    draft_id: str | None
    named: bool = True

    @cached_property
    def numbered(self) -> dict[int, NumberedText]:
        """Give the draft's texts by their number."""
        if self.draft_id is None:
            return {}
        texts = numbered_texts(current.reader(), current.actor(), self.draft_id, self.language)
        return {text.number: text for text in texts}

    def of(self, section_id: str) -> SpokenOf:
        """Give the text of a section: of the chosen draft where that has it."""
        if self.named:
            for text in self.numbered.values():
                if text.section_id == section_id:
                    return SpokenOf(text.revision_id, text.text)
        return spoken_of(
            current.reader(), current.actor(), self.handbook_id, self.phase_id, section_id
        )


@dataclass(frozen=True)
class _Text:
    """The text that a form names, with the line that its number says."""

    section_id: str
    revision_id: str
    text: str
    line: int | None = None


def read_place(form: PlacedForm, texts: SpokenTexts) -> Placed | None:
    """Find what something is about; None with an error in the form where that can't be told.

    The words narrow what the number says, and the number tells which of the same words are meant.
    """
    if not form.at.data and not form.section.data:
        if form.quote.data:
            form.section.errors = [refusal(Reason.SECTION_MISSING)]
        return None if form.quote.data else Placed()
    about = _by_number(form, texts) if form.at.data else _by_name(form, texts)
    if about is None:
        return None
    if form.quote.data:
        return _by_words(form, about)
    place = WholeLine(about.line) if about.line is not None else None
    return Placed(about.section_id, about.revision_id, place)


def _by_name(form: PlacedForm, texts: SpokenTexts) -> _Text:
    text = texts.of(form.section.data)
    return _Text(form.section.data, text.revision_id, text.text)


def _by_number(form: PlacedForm, texts: SpokenTexts) -> _Text | None:
    """Read "3.2" from the paper; None with an error where the paper has no such number."""
    if not texts.numbered:
        form.at.errors = [refusal(Reason.DRAFT_MISSING)]
        return None
    number = quoted(form.at.data or "")
    text = texts.numbered.get(number.text) if number else None
    if number is None or text is None or not _has_line(text.text, number.line):
        form.at.errors = [
            _("The paper has no such number. Write it as it stands there, for example 3.2.")
        ]
        return None
    if form.section.data not in ("", text.section_id):
        form.at.errors = [_("On the paper this number is in “%(text)s”.", text=text.title)]
        return None
    return _Text(text.section_id, text.revision_id, text.text, number.line)


def _has_line(text: str, line: int | None) -> bool:
    try:
        passage_in(text, WholeLine(line) if line is not None else None)
    except Refused:
        return False
    return True


def _by_words(form: PlacedForm, about: _Text) -> Placed | None:
    places = find_words(about.text, form.quote.data or "")
    if about.line is not None:
        line = passage_in(about.text, WholeLine(about.line))
        places = [one for one in places if line and line.start <= one.start < line.end]
    if len(places) != 1:
        form.quote.errors = [
            _("These words stand in several places. Copy more of the text.")
            if places
            else refusal(Reason.NO_SUCH_WORDS)
        ]
        return None
    place = Range(places[0].start, places[0].end)
    return Placed(about.section_id, about.revision_id, place)
