"""The ledger's filters: a GET form, so that a view has an address."""

from __future__ import annotations

from wtforms import SearchField, SelectField
from wtforms.validators import Optional

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import Channel, ContributionKind, ContributionState
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, localized
from reviewtool.queries.ledger import (
    ANSWERED,
    OPEN,
    SHORT_ANSWER,
    WHOLE,
    Judged,
    LedgerFilter,
    LedgerOptions,
    Sort,
    Voice,
)
from reviewtool.web.forms import Form, stripped
from reviewtool.wording.names import wording

SORTS = {
    Sort.NEWEST: lazy("Newest first"),
    Sort.NUMBER: lazy("By number"),
    Sort.SECTION: lazy("In the order of the texts"),
    Sort.ORGANISATION: lazy("By organisation"),
}
JUDGED = {
    Judged.SATISFIED: lazy("Yes"),
    Judged.NOT_REALLY: lazy("Not sufficiently"),
    Judged.NOTHING: lazy("Not said"),
}
FILTERS = (
    "search",
    "phase",
    "section",
    "organisation",
    "kind",
    "channel",
    "answer",
    "verdict",
    "voice",
    "state",
)


class LedgerForm(Form):
    """What the ledger lists."""

    request_id = None  # type: ignore[assignment]  # WTForms' way to leave a field out
    search = SearchField(lazy("Words or number"), filters=[stripped])
    phase = SelectField(lazy("Phase"), validators=[Optional()])
    section = SelectField(lazy("Text"), validators=[Optional()])
    organisation = SelectField(lazy("Organisation"), validators=[Optional()])
    kind = SelectField(lazy("Kind"), validators=[Optional()])
    channel = SelectField(lazy("How it came"), validators=[Optional()])
    answer = SelectField(lazy("Answer"), validators=[Optional()])
    verdict = SelectField(lazy("What the author says about the answer"), validators=[Optional()])
    voice = SelectField(lazy("As whom"), validators=[Optional()])
    state = SelectField(lazy("State"), validators=[Optional()])
    sort = SelectField(lazy("Order"), validators=[Optional()])

    def offer(self, options: LedgerOptions) -> LedgerForm:
        """Set what can be chosen."""
        everything = ("", lazy("All"))
        self.phase.choices = [everything, *((one, localized(name)) for one, name in options.phases)]
        self.section.choices = [
            everything,
            (WHOLE, lazy("The whole handbook")),
            *((line.section_id, f"{'– ' * line.depth}{line.title}") for line in options.sections),
            *((one, _("%(title)s (taken out)", title=title)) for one, title in options.dropped),
        ]
        self.organisation.choices = [everything, *options.organisations]
        self.kind.choices = [
            everything,
            *((one.value, wording(one)) for one in ContributionKind),
            (SHORT_ANSWER, lazy("Choices and nothing to say")),
        ]
        self.channel.choices = [everything, *((one.value, wording(one)) for one in Channel)]
        self.answer.choices = [
            everything,
            (OPEN, lazy("Waits for an answer")),
            (ANSWERED, lazy("Has an answer")),
            *((one.value, wording(one)) for one in AnswerKind),
        ]
        self.verdict.choices = [everything, *((one.value, words) for one, words in JUDGED.items())]
        self.voice.choices = [
            everything,
            (Voice.STATEMENT.value, lazy("Organisation's statement")),
            (Voice.GROUP.value, lazy("A workshop's group")),
            (Voice.PERSONAL.value, lazy("A person's own")),
        ]
        self.state.choices = [everything, *((one.value, wording(one)) for one in ContributionState)]
        self.sort.choices = [(one.value, words) for one, words in SORTS.items()]
        return self

    @property
    def wanted(self) -> LedgerFilter:
        """Give the filter; what isn't known is left out."""
        values = {name: self[name].data or "" for name in FILTERS}
        sort = Sort(self.sort.data) if self.sort.data in set(Sort) else Sort.NEWEST
        return LedgerFilter(**values, sort=sort)

    @property
    def arguments(self) -> dict[str, str]:
        """Give what an address needs to show the same again."""
        return {name: self[name].data for name in (*FILTERS, "sort") if self[name].data}
