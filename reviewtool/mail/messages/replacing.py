"""Mails of those who answer instead of somebody: deputies, successors, and who was succeeded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reviewtool.domain.days import local_day
from reviewtool.domain.links import Purpose
from reviewtool.mail.messages.asking import RequestMail, request, still_passed_on
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.models.deputies import Deputy
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person
from reviewtool.models.statements import Statement


@dataclass(frozen=True, kw_only=True)
class DeputyMail(RequestMail):
    """Somebody answers in a person's stead until a day."""

    person: str
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class SuccessorMail(RequestMail):
    """Somebody has taken over what was asked of a person."""

    person: str


@dataclass(frozen=True, kw_only=True)
class SucceededMail(Mail):
    """What was asked of the recipient is a successor's now."""

    url: str
    person: str
    approves: bool


@dataclass(frozen=True, kw_only=True)
class StatementHolderMail(Mail):
    """Whoever submitted their organisation's statement no longer does: now the recipient does."""

    url: str
    organisation: str


def deputy(rows: Rows) -> DeputyMail:
    """Give the context of the mail to a deputy."""
    span = rows.required(Deputy, "deputy")
    person = rows.session.get_one(Person, span.person_id).name
    return DeputyMail(**vars(request(rows)), person=person, ends_on=span.ends_on)


def successor(rows: Rows) -> SuccessorMail:
    """Give the context of the mail to a successor."""
    return SuccessorMail(**vars(request(rows)), person=_name(rows, "former"))


def succeeded(rows: Rows) -> SucceededMail:
    """Give the context of the note to the one who was succeeded."""
    return SucceededMail(
        frame=rows.frame,
        url=rows.link_url,
        person=_name(rows, "successor"),
        approves=rows.link.purpose is Purpose.APPROVE,
    )


def statement_holder(rows: Rows) -> StatementHolderMail:
    """Give the context of the mail to the one who submits a statement from now on."""
    organisation_id = rows.required(Statement, "statement").organisation_id
    return StatementHolderMail(
        frame=rows.frame,
        url=rows.link_url,
        organisation=rows.organisation_name(organisation_id),
    )


def still_holds(rows: Rows) -> bool:
    """Tell whether the recipient still submits the statement, and the round is open."""
    statement = rows.session.get(Statement, rows.message.context["statement"])
    return statement is not None and statement.holder_id == rows.person.id and rows.phase_is_open


def _name(rows: Rows, key: str) -> str:
    part = rows.required(Invitation, key)
    return rows.session.get_one(Person, part.person_id).name


def still_standing_in(rows: Rows) -> bool:
    """Tell whether the days have not been taken back or gone by, and there is still to answer."""
    span = rows.session.get(Deputy, rows.message.context["deputy"])
    if span is None or local_day(rows.now, rows.zone) > span.ends_on:
        return False
    return still_passed_on(rows)


def still_reads(rows: Rows) -> bool:
    """Tell whether the link still lets its holder read."""
    return rows.link.revoked_at is None
