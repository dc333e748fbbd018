"""Forms of the participant's pages; each carries the ticket of its link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm
from wtforms.validators import Optional, ValidationError

from reviewtool.domain.contributions import (
    MOST_CHARACTERS,
    ContributionKind,
    NameShown,
)
from reviewtool.domain.passages import AfterLine, Marked, Place, Range, WholeLine
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.unsent import UnsentLine
from reviewtool.services.contributions import Words
from reviewtool.web import declining, passing_on
from reviewtool.web.forms import Form, stripped
from reviewtool.web.participant import ticket

KINDS = (
    (ContributionKind.COMMENT.value, lazy("Comment")),
    (ContributionKind.SUGGESTION.value, lazy("Suggest a change")),
    (ContributionKind.EXAMPLE.value, lazy("Give an example")),
)
SHOWN = (
    (NameShown.ORGANISATION.value, lazy("Only the organisation is shown")),
    (NameShown.NAME.value, lazy("Name and organisation are shown")),
    (NameShown.NOBODY.value, lazy("Neither name nor organisation is shown")),
)
OWN, STATEMENT = "own", "statement"
VOICES = ((OWN, lazy("In my own name")), (STATEMENT, ""))
"""As whom one speaks; the page says whose statement it is."""
SAYABLE = frozenset(
    {
        ContributionKind.COMMENT.value,
        ContributionKind.SUGGESTION.value,
        ContributionKind.EXAMPLE.value,
        ContributionKind.PROPOSAL.value,
    }
)


def not_too_long(_form: BaseForm, field: Field) -> None:
    """Keep to what one field takes; the words stay in the field."""
    if len(field.data or "") > MOST_CHARACTERS:
        raise ValidationError(_("The text is too long. Shorten it, or send it in parts."))


class KeptForm(Form):
    """A form behind a link: with the ticket, and the key under which its words are kept."""

    ticket = HiddenField(default=ticket.make)
    keep = HiddenField()


class ParticipantForm(KeptForm):
    """A form of a participant, who may also send it as late."""

    late = HiddenField()


Kept = TypeVar("Kept", bound=KeptForm)


def resume(form: Kept, line: UnsentLine | None) -> Kept:
    """Put half-written words into the form that they were written in; none: nothing happens.

    What was chosen of another text than the one shown now isn't chosen of this one (rule 5).
    """
    if line is None or not (form.keep.data or "").endswith(f":{line.form}"):
        return form
    shown = form["text_hash"].data if "text_hash" in form else None
    stale = shown != line.fields.get("text_hash", shown)
    for field in form:
        if isinstance(field, BooleanField):
            field.data = field.name in line.fields
        elif isinstance(field, FurtherTexts):
            field.data = field.among(line.fields)
        elif isinstance(field, RadioField) and stale:
            continue
        elif not isinstance(field, HiddenField) and field.name in line.fields:
            field.data = line.fields[field.name]
    return form


class FurtherTexts(Field):
    """Further texts that an example fits: a tick box for each, named NAME-SECTION.

    Each has a name of its own, so that half-filled forms are kept and given back box by box.
    """

    data: frozenset[str]

    def process(self, formdata: Any, data: Any = None, *_further: Any, **_named: Any) -> None:
        """Read the boxes that are ticked, or else begin from the texts that are named already."""
        self.errors: list[str] = []
        self.data = self.among(formdata) if formdata else frozenset(data or self.default or ())

    def among(self, names: Iterable[str]) -> frozenset[str]:
        """Give the texts whose boxes are among the names of fields."""
        lead = f"{self.name}-"
        return frozenset(name.removeprefix(lead) for name in names if name.startswith(lead))

    def box(self, section_id: str) -> str:
        """Give the name of the box of a text."""
        return f"{self.name}-{section_id}"


class WordsForm(ParticipantForm):
    """What is said, in the parts that the kinds have."""

    words = TextAreaField(
        lazy("What do you want to say?"), filters=[stripped], validators=[not_too_long]
    )
    replacement = TextAreaField(
        lazy("Your suggestion"), filters=[stripped], validators=[not_too_long]
    )
    target_group = StringField(lazy("For whom"), filters=[stripped], validators=[not_too_long])
    activity = TextAreaField(lazy("What is done"), filters=[stripped], validators=[not_too_long])
    effect = TextAreaField(
        lazy("What has come of it"), filters=[stripped], validators=[not_too_long]
    )
    publish_consent = BooleanField(lazy("This example may be published in the handbook"))
    also = FurtherTexts(lazy("It fits other texts too"))
    name_shown = RadioField(
        lazy("How you are shown"), choices=lambda: SHOWN, validators=[Optional()]
    )
    speaks_for = StringField(filters=[stripped])

    def said(self, kind: ContributionKind, shown: NameShown) -> Words:
        """Give what was said, as far as the kind has such parts.

        shown: how its author wants to be shown, where the form doesn't ask.
        """
        example = kind is ContributionKind.EXAMPLE
        suggestion = kind is ContributionKind.SUGGESTION
        return Words(
            words=self.words.data or "",
            replacement=(self.replacement.data or "") if suggestion else None,
            target_group=(self.target_group.data or "") if example else "",
            activity=(self.activity.data or "") if example else "",
            effect=(self.effect.data or "") if example else "",
            publish_consent=bool(self.publish_consent.data) and example,
            name_shown=NameShown(self.name_shown.data or shown.value),
        )


class SayForm(WordsForm):
    """Says something about a passage, a text or the whole.

    The passage comes as line numbers and UTF-16 offsets from a browser with script (start_block
    and so on), as one line's number without (block), or as code points from our own page; the place
    for new text as the number of the line before it (after).
    """

    kind = RadioField(
        lazy("What do you want to do?"),
        choices=lambda: KINDS,
        default=ContributionKind.COMMENT.value,
        validate_choice=False,
    )
    voice = RadioField(lazy("As whom"), choices=lambda: VOICES, default=OWN, validate_choice=False)
    revision = HiddenField()
    block = HiddenField()
    after = HiddenField()
    start_block = HiddenField()
    start_offset = HiddenField()
    end_block = HiddenField()
    end_offset = HiddenField()
    quote = HiddenField()
    start = HiddenField()
    end = HiddenField()

    @property
    def chosen(self) -> ContributionKind:
        """Give the kind; whatever is no kind of ours is a comment."""
        wanted = self.kind.data
        return ContributionKind(wanted if wanted in SAYABLE else ContributionKind.COMMENT.value)

    @property
    def as_point(self) -> bool:
        """Tell whether it is to be a point of the organisation's statement."""
        return bool(self.voice.data == STATEMENT)

    @property
    def place(self) -> Place:
        """Give what was pointed at."""
        marked = numbers(self.start_block, self.start_offset, self.end_block, self.end_offset)
        if marked:
            return Marked(*marked)
        exact = numbers(self.start, self.end)
        if exact:
            return Range(*exact)
        after = numbers(self.after)
        if after:
            return AfterLine(*after)
        line = numbers(self.block)
        return WholeLine(*line) if line else None


def numbers(*fields: Field) -> list[int] | None:
    """Read hidden fields that all hold a whole number; None where one doesn't."""
    written = [str(field.data or "") for field in fields]
    if all(word.isascii() and word.isdecimal() and len(word) < 10 for word in written):
        return [int(word) for word in written]
    return None


class ActForm(ParticipantForm):
    """A single press."""

    undo = HiddenField()


class SupportForm(ActForm):
    """Agrees with what another participant said."""

    for_organisation = BooleanField(lazy("We agree as an organisation"))


class PassOnForm(passing_on.PassOnForm, ParticipantForm):
    """Names the colleague; keeps the ticket that a lost session needs."""


class DeclineForm(declining.DeclineForm, ParticipantForm):
    """Says that one doesn't take part."""
