"""From a message's row to the finished letter, in the recipient's language."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import css_inline
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from sqlalchemy.orm import Session

from reviewtool.domain.messages import MessageKind
from reviewtool.infra import i18n
from reviewtool.infra.installation import Installation
from reviewtool.mail import addresses
from reviewtool.mail.letter import Envelope, Letter, make_letter
from reviewtool.mail.messages import context, relevant
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.models.messages import Message
from reviewtool.wording.languages import texts_in
from reviewtool.wording.names import answered_as, wording
from reviewtool.wording.promises import promise

FOLDER = Path(__file__).resolve().parent.parent / "templates"

_SPACES = re.compile(r"[ \t]+$", re.MULTILINE)
_GAPS = re.compile(r"\n{3,}")


def letter(session: Session, message: Message, installation: Installation) -> Letter | None:
    """Write the letter of a message; None where it is no longer relevant.

    The same row gives the same bytes, as long as what it tells of has not changed.
    """
    rows = Rows(session, message, installation.settings, installation.clock.now())
    with i18n.speaking(message.language, rows.zone):
        if not relevant(rows):
            return None
        mail = context(rows)
        return make_letter(
            _envelope(rows, mail),
            subject(message.kind, mail),
            text(message.kind, mail),
            html(message.kind, mail),
            mail.enclosures,
        )


def subject(kind: MessageKind, mail: Mail) -> str:
    """Write the subject in the present language, on one line."""
    return " ".join(_template(kind, "subject.txt", mail).split())


def text(kind: MessageKind, mail: Mail) -> str:
    """Write the text part in the present language."""
    words = _SPACES.sub("", _template(kind, "body.txt", mail))
    return _GAPS.sub("\n\n", words).strip() + "\n"


def html(kind: MessageKind, mail: Mail) -> str:
    """Write the HTML part in the present language, its styles on the elements themselves."""
    return str(_inliner().inline(_template(kind, "body.html", mail)))


def _template(kind: MessageKind, part: str, mail: Mail) -> str:
    return (
        environment().get_template(f"mail/{kind.value}/{part}").render(mail=mail, frame=mail.frame)
    )


def _envelope(rows: Rows, mail: Mail) -> Envelope:
    message = rows.message
    contact = mail.frame.contact
    return Envelope(
        id=message.id,
        host=addresses.host(rows.settings),
        sender=rows.settings.mail_from,
        recipient_name=rows.person.name if mail.named else "",
        recipient=rows.address.written,
        reply_to_name=contact.name,
        reply_to=contact.email,
        thread=f"{message.phase_id}.{message.person_id}" if message.phase_id else None,
        language=message.language,
        written_at=message.created_at,
        refusal_url=mail.refusal_url,
    )


@lru_cache
def environment() -> Environment:
    """Give the mails' own Jinja environment: it works without any request."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # from the extension
        i18n.find_message, i18n.find_plural, newstyle=True, pgettext=i18n.find_in_context
    )
    made.filters.update(
        wording=wording,
        answered_as=answered_as,
        deadline=i18n.show_deadline,
        moment=i18n.show_moment,
        short_day=short_day,
        paragraphs=paragraphs,
    )
    made.globals.update(promise=promise, texts_in=texts_in)
    return made


def short_day(day: date) -> str:
    """Write a day without its year, for subjects: 13.12. / 13.12 / 13 December."""
    language = i18n.current_language()
    pattern = {"fi": "d.M.", "sv": "d.M", "en": "d MMMM"}[language]
    return format_date(day, pattern, locale=language)


def paragraphs(words: str) -> list[str]:
    """Split what somebody wrote at its blank lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", words.strip()) if part.strip()]


@lru_cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
