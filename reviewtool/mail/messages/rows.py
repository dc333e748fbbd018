"""What a message is about: its rows, read once for relevance, context and envelope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.config.settings import Settings
from reviewtool.domain.contributions import is_blind
from reviewtool.domain.days import local_day
from reviewtool.domain.links import LinkState
from reviewtool.domain.phases import PhaseTimes, is_open
from reviewtool.infra.i18n import localized
from reviewtool.mail import addresses
from reviewtool.mail.messages.frame import Frame
from reviewtool.models.base import Base
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import DraftItem
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.actors import FoundLink, find_link
from reviewtool.queries.contacts import Contact, contact_of, contact_of_handbook
from reviewtool.queries.extended import of_invitation

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Rows:
    """A message with its session and settings; everything that it names is read when asked for.

    `required` raises LookupError where a row is missing that the message can't do without.
    """

    session: Session
    message: Message
    settings: Settings
    now: datetime

    def required(self, kind: type[Row], key: str) -> Row:
        """Read the row that the context names under a key. Raises LookupError."""
        row = self.session.get(kind, self.message.context[key])
        if row is None:
            raise LookupError(f"no {key} for message {self.message.id}")
        return row

    @cached_property
    def person(self) -> Person:
        """The recipient."""
        return self.session.get_one(Person, self.message.person_id)

    @cached_property
    def address(self) -> Address:
        """Where the message goes."""
        return self.session.get_one(Address, self.message.address_id)

    @cached_property
    def link(self) -> Link:
        """The link that the message carries."""
        return self.required(Link, "link")

    @cached_property
    def found_link(self) -> FoundLink | None:
        """The link as its holder may act by it; None where it neither writes nor reads."""
        days = self.settings.retention_days
        found = find_link(self.session, self.link.id, self.link.generation, self.now, days)
        if found is None or found.state not in (LinkState.OPEN, LinkState.READING):
            return None
        return found

    @cached_property
    def invitation(self) -> Invitation:
        """The invitation that the message is about."""
        return self.required(Invitation, "invitation")

    @cached_property
    def phase(self) -> Phase | None:
        """The phase that the message is about."""
        phase_id = self.message.phase_id
        return self.session.get_one(Phase, phase_id) if phase_id else None

    @cached_property
    def handbook(self) -> Handbook | None:
        """The handbook that the message is about: named by itself, or by its phase."""
        handbook_id = self.message.handbook_id or (self.phase.handbook_id if self.phase else None)
        return self.session.get_one(Handbook, handbook_id) if handbook_id else None

    @property
    def the_phase(self) -> Phase:
        """The phase, of a message that can't be without one. Raises LookupError."""
        if self.phase is None:
            raise LookupError(f"no phase for message {self.message.id}")
        return self.phase

    @property
    def the_handbook(self) -> Handbook:
        """The handbook, of a message that can't be without one. Raises LookupError."""
        if self.handbook is None:
            raise LookupError(f"no handbook for message {self.message.id}")
        return self.handbook

    @property
    def zone(self) -> str:
        """The time zone in which the message tells days and times."""
        return self.handbook.time_zone if self.handbook else self.settings.time_zone

    def is_blind(self, said: Contribution) -> bool:
        """Tell whether nobody but the editors read a contribution as the message was written.

        Of that day, not of now: a message that is sent again says the same (rule 8).
        """
        written_on = local_day(self.message.created_at, self.zone)
        return is_blind(said.sharing, said.shared_from, written_on)

    @property
    def phase_is_open(self) -> bool:
        """Whether the phase takes contributions or decisions now."""
        return self.phase is not None and is_open(self._times(self.phase), self.now)

    def _times(self, phase: Phase) -> PhaseTimes:
        return PhaseTimes(phase.state, phase.opens_on, phase.closes_on, self.zone, self.extended_to)

    @cached_property
    def extended_to(self) -> date | None:
        """The last day of the recipient's organisation, where it has more time than the others."""
        return self.session.scalar(
            select(Extension.closes_on)
            .join(Invitation, of_invitation())
            .where(
                Invitation.phase_id == self.message.phase_id,
                Invitation.person_id == self.message.person_id,
            )
        )

    def phase_was_open(self, moment: datetime) -> bool:
        """Tell whether the phase's last day had not passed at a moment."""
        return self.phase is not None and is_open(self._times(self.phase), moment)

    def organisation_name(self, organisation_id: str | None) -> str:
        """Give an organisation's name, empty where there is none."""
        if organisation_id is None:
            return ""
        name = self.session.scalar(
            select(Organisation.name).where(Organisation.id == organisation_id)
        )
        return name or ""

    @property
    def places(self) -> dict[str, int]:
        """The place of each section in the draft that the phase looks at."""
        if self.phase is None or self.phase.draft_id is None:
            return {}
        found = self.session.execute(
            select(DraftItem.section_id, DraftItem.place).where(
                DraftItem.draft_id == self.phase.draft_id
            )
        )
        return {row.section_id: row.place for row in found}

    @property
    def link_url(self) -> str:
        """The address of the link that the message carries."""
        return addresses.link_url(self.settings, self.link.id, self.link.generation)

    @property
    def own_url(self) -> str:
        """The address by which the recipient comes to their own contributions and answers."""
        return addresses.own_url(self.settings, self.link)

    @property
    def contact(self) -> Contact:
        """Whom to ask: the phase's responsible person, or the handbook's contact."""
        if self.handbook is None:
            return Contact("", "", "")
        if self.phase is None:
            return contact_of_handbook(self.handbook)
        return contact_of(self.phase, self.handbook)

    @property
    def frame(self) -> Frame:
        """What all mails have in common."""
        closes_on: date | None = self._times(self.phase).last_day if self.phase else None
        return Frame(
            language=self.message.language,
            recipient=self.person.name,
            sender=(self.handbook.host if self.handbook else "")
            or addresses.sender_name(self.settings),
            handbook=localized(self.handbook.title, self.message.language) if self.handbook else "",
            phase=localized(self.phase.title, self.message.language) if self.phase else "",
            closes_on=closes_on,
            contact=self.contact,
            host=self.handbook.host if self.handbook else "",
            request_url=(
                addresses.request_url(self.settings, self.phase.handbook_id, self.phase.id)
                if self.phase
                else ""
            ),
            privacy_url=addresses.privacy_url(self.settings),
        )
