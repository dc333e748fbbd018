"""Languages: one module on Babel for web, mail and command line alike.

Message ids are plain English and are themselves the English catalogue; Finnish and Swedish
stand in translations/<language>/<feature>.po, one file a feature, loaded together. The language
is a context variable, so that a worker and a web request translate in the same way.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import escape

from reviewtool.domain.sections import LANGUAGES

FOLDER = Path(__file__).resolve().parent.parent / "translations"

_language: ContextVar[str] = ContextVar("language", default="fi")
_zone: ContextVar[str] = ContextVar("zone", default="Europe/Helsinki")


def current_language() -> str:
    """Give the language of the present request or mail: fi, sv or en."""
    return _language.get()


@contextmanager
def speaking(language: str, zone: str | None = None) -> Iterator[None]:
    """Translate into a language, and tell times in a zone, within the block."""
    language_token = _language.set(language if language in LANGUAGES else "fi")
    zone_token = _zone.set(zone or _zone.get())
    try:
        yield
    finally:
        _language.reset(language_token)
        _zone.reset(zone_token)


def read_catalogue(language: str, folder: Path = FOLDER) -> Catalog:
    """Read and join the catalogue files of a language, in the order of their names."""
    joined = Catalog(locale=language)
    for path in sorted((folder / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        for message in catalogue:
            if message.id:
                joined[message.id] = message
    return joined


@lru_cache
def translations(language: str) -> NullTranslations:
    """Give the translations of a language; compiled once per process, in memory."""
    if language == "en":
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext(message: str, /, **values: object) -> str:
    """Translate a message, with `%(name)s` places filled."""
    words = translations(current_language()).gettext(message)
    return words % values if values else words


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Translate a message that counts something; `%(num)s` is the number."""
    words = translations(current_language()).ngettext(one, many, number)
    return words % {"num": number, **values}


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Translate a message that means different things in different contexts."""
    words = translations(current_language()).pgettext(context, message)
    return words % values if values else words


def find_message(message: str) -> str:
    """Translate a message and leave its places unfilled: Jinja fills and escapes them itself."""
    return translations(current_language()).gettext(message)


def find_plural(one: str, many: str, number: int) -> str:
    """Translate a message that counts something, its places unfilled."""
    return translations(current_language()).ngettext(one, many, number)


def find_in_context(context: str, message: str) -> str:
    """Translate a message of a context, its places unfilled."""
    return translations(current_language()).pgettext(context, message)


class LazyText:
    """A message that is translated when it is shown: for form labels and enum names."""

    def __init__(self, message: str) -> None:
        """Keep the message id; the extractor finds it as `lazy("…")`."""
        self.message = message

    def __str__(self) -> str:
        """Translate into the present language."""
        return gettext(self.message)

    def __html__(self) -> str:
        """Give the escaped translation, for templates."""
        return str(escape(str(self)))


def lazy(message: str) -> Any:
    """Mark a message for translation at the time when it is shown: gives a LazyText.

    Typed as Any because WTForms' types ask for str, while WTForms itself takes whatever str()
    works on.
    """
    return LazyText(message)


def localized(words: Mapping[str, str], language: str | None = None) -> str:
    """Pick the words of a language from a mapping; falls back to Finnish, then to any."""
    wanted = language or current_language()
    for candidate in (wanted, "fi", *LANGUAGES):
        if words.get(candidate):
            return words[candidate]
    return ""


def _locale() -> str:
    return {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}[current_language()]


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(_zone.get()))


def local_day_of(moment: datetime) -> date:
    """Give the day of a moment where the reader is, for what isn't written in words."""
    return _local(moment).date()


def show_number(number: int) -> str:
    """Write a number with its thousands apart: 3 963 in Finnish and Swedish, 3,963 in English."""
    return format_decimal(number, locale=_locale())


def show_date(day: date | datetime) -> str:
    """Write a day: 13.12.2019."""
    if isinstance(day, datetime):
        day = _local(day).date()
    if current_language() == "en":
        return format_date(day, "d MMMM y", locale=_locale())
    return format_date(day, "d.M.y", locale=_locale())


def show_days(first: date, last: date) -> str:
    """Write from which day to which: 30.9.–9.11.2026, in English 30 September – 9 November 2026."""
    english, whole = current_language() == "en", show_date(last)
    if first.year != last.year:
        return f"{show_date(first)} – {whole}" if english else f"{show_date(first)}–{whole}"
    begun = format_date(first, "d MMMM" if english else "d.M.", locale=_locale())
    return f"{begun} – {whole}" if english else f"{begun}–{whole}"


def show_day(day: date | datetime) -> str:
    """Write on which day: perjantaina 13.12.2019, fredagen den 13.12.2019, Friday 13 December.

    In Finnish and Swedish it is the form that answers "when", as sentences need it.
    """
    if isinstance(day, datetime):
        day = _local(day).date()
    weekday = format_date(day, "cccc", locale=_locale())
    when = {"fi": f"{weekday}na", "sv": f"{weekday}en den", "en": weekday}[current_language()]
    return f"{when} {show_date(day)}"


def show_time(moment: datetime) -> str:
    """Write a clock time as each language does: 14.32 / 14.32 / 14:32."""
    pattern = "H:mm" if current_language() == "en" else "H.mm"
    return format_time(_local(moment).timetz(), pattern, locale=_locale())


def show_moment(moment: datetime) -> str:
    """Write a day and a clock time: 13.12.2019 klo 14.32."""
    return gettext("%(date)s at %(time)s", date=show_date(moment), time=show_time(moment))


def show_deadline(day: date) -> str:
    """Write by when, with weekday and clock time: perjantaina 13.12.2019 klo 23.59."""
    clock = "23:59" if current_language() == "en" else "23.59"
    return gettext("%(date)s at %(time)s", date=show_day(day), time=clock)
