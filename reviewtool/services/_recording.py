"""Steps of recording: who said it, what it is about, and the receipt to the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
    Sharing,
)
from reviewtool.domain.invitations import InvitationState, Origin, purpose_of
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.passages import Place, check_suggestion, passage_in
from reviewtool.domain.people import AddressState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import LANGUAGES
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Affiliation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.facts import found
from reviewtool.queries.lineage import heir_for
from reviewtool.services._contributions import Words, check_words, next_number, passage_columns
from reviewtool.services._links import find_or_make_link
from reviewtool.services._outbox import post
from reviewtool.services._people import (
    affiliate,
    find_or_make_organisation,
    find_person,
    give_address,
    make_person,
)
from reviewtool.text.anchors import Passage

RECORDED_CHANNELS = (
    Channel.EMAIL,
    Channel.PHONE,
    Channel.PAPER,
    Channel.WORKSHOP,
    Channel.INTERVIEW,
)
"""How something may have come that an editor writes down."""

MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Speaker:
    """Who said it: a known person, or a new one by name; the address is for the receipt."""

    name: str
    person_id: str | None = None
    address: str = ""
    language: str = "fi"
    organisation: str = ""
    organisation_kind: str = "ngo"
    municipality: str = ""


@dataclass(frozen=True)
class Said:
    """One contribution of what was said.

    section_id: None for the whole handbook; revision_id: the text that it is about, by default the
    one of the phase's draft; place: the passage in it.
    """

    kind: ContributionKind
    words: Words
    section_id: str | None = None
    revision_id: str | None = None
    place: Place = None
    shared: bool = False
    """Its author agreed that others read it, as the phase promises; else only the editors do."""

    @property
    def all(self) -> tuple[str, ...]:
        """List all of it, for comparing repeated presses."""
        return (
            self.kind.value,
            *self.words.all,
            str(self.section_id),
            str(self.revision_id),
            str(self.place),
            str(self.shared),
        )


@dataclass(frozen=True)
class Target:
    """A contribution to be recorded, with the passage that it is about."""

    said: Said
    revision_id: str | None
    passage: Passage | None
    heir_id: str | None = None


def check(speaker: Speaker, channel: Channel, said: Sequence[Said]) -> None:
    """Check what needs no database. Raises Refused (empty, too long, bad address)."""
    if channel not in RECORDED_CHANNELS:
        raise Refused(Reason.EMPTY)
    check_speaker(speaker)
    check_said(said)


def check_said(said: Sequence[Said]) -> None:
    """Check that something is said, and not too much of it. Raises Refused (empty, too long)."""
    if not 0 < len(said) <= MOST_AT_ONCE:
        raise Refused(Reason.EMPTY)
    for one in said:
        check_words(one.kind, one.words)


def check_speaker(speaker: Speaker) -> None:
    """Check that somebody is named, with an address as addresses are. Raises Refused."""
    if speaker.person_id is None and not speaker.name.strip():
        raise Refused(Reason.EMPTY)
    if speaker.language not in LANGUAGES:
        raise Refused(Reason.EMPTY)
    address = speaker.address.strip()
    if address and ("@" not in address.strip("@") or any(map(str.isspace, address))):
        raise Refused(Reason.BAD_ADDRESS)


def load_phase(session: Session, phase_id: str) -> tuple[Phase, str]:
    """Read a phase with its handbook's time zone. Raises Refused (not found)."""
    return found(
        session.execute(
            select(Phase, Handbook.time_zone)
            .join(Handbook, Handbook.id == Phase.handbook_id)
            .where(Phase.id == phase_id)
        ).one_or_none()
    )


def target(session: Session, phase: Phase, said: Said) -> Target:
    """Find the text and passage that something was said about.

    Raises Refused: not found; passage gone; no change or text invalid for a suggestion.
    """
    if said.section_id is None:
        return Target(said, None, None)
    revision = found(_revision(session, phase, said))
    passage = passage_in(revision.text, said.place)
    if said.kind is ContributionKind.SUGGESTION and said.words.replacement is not None:
        if passage is None:
            raise Refused(Reason.PASSAGE_GONE)
        check_suggestion(revision.text, passage, said.words.replacement)
    heir_id = heir_for(session, phase.handbook_id, revision, passage, said.words.replacement)
    return Target(said, revision.id, passage, heir_id)


def _revision(session: Session, phase: Phase, said: Said) -> Revision | None:
    """Find the revision that is meant: the named one, the phase's draft, the working text."""
    query = (
        select(Revision)
        .join(Section, Section.id == Revision.section_id)
        .where(Section.id == said.section_id, Section.handbook_id == phase.handbook_id)
    )
    if said.revision_id is not None:
        return session.scalar(query.where(Revision.id == said.revision_id))
    language = select(Handbook.language).where(Handbook.id == phase.handbook_id).scalar_subquery()
    frozen = query.join(DraftItem, DraftItem.revision_id == Revision.id).where(
        DraftItem.draft_id == (phase.draft_id or ""), Revision.language == language
    )
    working = query.join(SectionText, SectionText.working_revision_id == Revision.id).where(
        SectionText.language == language
    )
    return session.scalar(frozen.limit(1)) or session.scalar(working)


def find_speaker(
    session: Session, handbook_id: str, speaker: Speaker, now: datetime
) -> tuple[Person, str | None]:
    """Find or make the person who said it, and the organisation spoken for.

    A known person is one who has taken part in this handbook. Raises Refused (not found).
    """
    if speaker.person_id is not None:
        person = found(_known(session, handbook_id, speaker.person_id))
    else:
        known = find_person(session, speaker.address, speaker.name) if speaker.address else None
        person = known or make_person(session, speaker.name, speaker.language, now)
    if speaker.address.strip():
        give_address(session, person, speaker.address, AddressState.UNCONFIRMED, now)
    if speaker.organisation.strip():
        organisation = find_or_make_organisation(
            session, speaker.organisation, speaker.organisation_kind, speaker.municipality, now
        )
        affiliate(session, person, organisation, now)
        return person, organisation.id
    if speaker.person_id is None:
        return person, None
    own = session.scalars(
        select(Affiliation.organisation_id).where(Affiliation.person_id == person.id).limit(2)
    ).all()
    return person, own[0] if len(own) == 1 else None


def _known(session: Session, handbook_id: str, person_id: str) -> Person | None:
    invited = (
        select(Invitation.person_id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(Phase.handbook_id == handbook_id)
    )
    spoke = select(Contribution.author_id).where(Contribution.handbook_id == handbook_id)
    return session.scalar(
        select(Person).where(
            Person.id == person_id,
            Person.erased_at.is_(None),
            Person.id.in_(invited) | Person.id.in_(spoke),
        )
    )


def add_recorded(
    session: Session,
    actor: Actor,
    now: datetime,
    phase: Phase,
    person: Person,
    organisation_id: str | None,
    channel: Channel,
    said_on: date,
    target: Target,
) -> Contribution:
    """Add one recorded contribution; it is shown to others only as far as its author agreed."""
    said = target.said
    row = Contribution(
        handbook_id=phase.handbook_id,
        number=next_number(session, phase.handbook_id),
        phase_id=phase.id,
        kind=said.kind,
        channel=channel,
        state=ContributionState.RECEIVED,
        author_id=person.id,
        organisation_id=organisation_id,
        recorded_by_id=actor.person_id,
        said_on=said_on,
        section_id=said.section_id,
        heir_id=target.heir_id,
        revision_id=target.revision_id,
        language=person.language,
        sharing=phase.sharing if said.shared else Sharing.NOBODY,
        shared_from=phase.shared_from if said.shared else None,
        created_at=now,
        updated_at=now,
        **passage_columns(target.passage),
        **said.words.columns,
    )
    session.add(row)
    session.flush()
    return row


def invite_recorded(
    session: Session,
    phase: Phase,
    person: Person,
    organisation_id: str | None,
    written: str,
    now: datetime,
) -> Invitation:
    """Find or make the person's part in the phase; a new one has said what there was to say."""
    invitation = session.scalar(
        select(Invitation).where(Invitation.phase_id == phase.id, Invitation.person_id == person.id)
    )
    address = session.scalar(
        select(Address)
        .where(Address.person_id == person.id, Address.state != AddressState.DEAD)
        .order_by(Address.created_at.desc(), Address.id)
        .limit(1)
    )
    if written.strip():
        address = give_address(session, person, written, AddressState.UNCONFIRMED, now)
    if invitation is None:
        invitation = Invitation(
            phase_id=phase.id,
            person_id=person.id,
            organisation_id=organisation_id,
            state=InvitationState.READY,
            origin=Origin.RECORDED,
            vouched=True,
            ready_at=now,
            created_at=now,
        )
        session.add(invitation)
    if invitation.address_id is None and address is not None:
        invitation.address_id = address.id
    session.flush()
    return invitation


def post_receipt(
    session: Session,
    now: datetime,
    phase: Phase,
    person: Person,
    invitation: Invitation,
    request_id: str,
) -> bool:
    """Mail the person a copy with a link to their own words; False without an address."""
    if invitation.address_id is None:
        return False
    link = find_or_make_link(
        session,
        now,
        person_id=person.id,
        purpose=purpose_of(phase.kind),
        phase_id=phase.id,
        invitation_id=invitation.id,
    )
    message = post(
        session,
        now,
        MessageKind.RECEIPT,
        f"recorded:{request_id}",
        person_id=person.id,
        address_id=invitation.address_id,
        language=person.language,
        handbook_id=phase.handbook_id,
        phase_id=phase.id,
        context={"invitation": invitation.id, "link": link.id},
    )
    return message is not None
