"""The process in words: warnings of a plan, and what becomes of a row of the table of people."""

from reviewtool.domain.invitees import Correction, Outcome, Remark
from reviewtool.domain.phases import PlanWarning
from reviewtool.infra.i18n import LazyText, lazy

WARNINGS: dict[PlanWarning, LazyText] = {
    PlanWarning.SHORT: lazy(
        "The time to answer is shorter than 14 days. Many won't manage to answer beside their work."
    ),
    PlanWarning.WEEKEND: lazy("The last day is a Saturday or a Sunday. Choose a weekday."),
    PlanWarning.JULY: lazy("The time to answer falls on July, when many are on holiday."),
    PlanWarning.CHRISTMAS: lazy("The time to answer falls on Christmas."),
}

OUTCOMES: dict[Outcome, LazyText] = {
    Outcome.NEW: lazy("New: will be invited"),
    Outcome.KNOWN: lazy("Known from before: will be invited"),
    Outcome.SHARED: lazy("Several people share the address: each gets a link of their own"),
    Outcome.ALREADY: lazy("Invited already: nothing happens"),
    Outcome.CORRECTED: lazy("Invited already: this will be corrected"),
    Outcome.DUPLICATE: lazy("The same person twice: left out"),
    Outcome.BAD_ADDRESS: lazy("The e-mail address isn't right: left out"),
    Outcome.NAME_MISSING: lazy("The name is missing: left out"),
    Outcome.TOO_LONG: lazy("A cell is too long: left out"),
}

CORRECTIONS: dict[Correction, LazyText] = {
    Correction.ORGANISATION: lazy("Organisation: %(before)s becomes %(after)s."),
    Correction.LANGUAGE: lazy("Language: %(before)s becomes %(after)s."),
}

REMARKS: dict[Remark, LazyText] = {
    Remark.UNKNOWN_MUNICIPALITY: lazy("Unknown municipality"),
    Remark.UNKNOWN_KIND: lazy("Unknown kind of organisation"),
    Remark.UNKNOWN_LANGUAGE: lazy("Unknown language"),
}
