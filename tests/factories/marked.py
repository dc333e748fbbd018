"""Things said under every promise, of every kind, with every consent: each with its own marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product

from sqlalchemy.orm import Session

from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
    NameShown,
    Sharing,
    TurnVisibility,
)
from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.people import fold
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, Support, Turn
from reviewtool.models.files import Attachment, Blob, File
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from tests.factories.contributions import Table, drafted

BEGAN = datetime(2026, 8, 1, 4, 1, tzinfo=UTC)
CONSENTED = frozenset({ContributionKind.EXAMPLE, ContributionKind.INTERVIEW_NOTE})
"""Kinds that are published only where their author agreed to that, too."""

QUOTE = "kerran viikossa"


@dataclass(frozen=True)
class Opening:
    """What has happened that opens something to a reader."""

    spoken: bool = False
    """The reader has said something in the round."""
    day: bool = False
    """The promised day has come."""
    published: bool = False


@dataclass(frozen=True)
class Marked:
    """Something said: a contribution, a reply or an agreement; number: of its marks."""

    number: int
    id: str
    person_id: str
    organisation_id: str
    sharing: Sharing
    shown: NameShown
    at: datetime
    kind: ContributionKind | None = None
    consents: bool = False
    of_text: bool = False
    """Whether it is about a text, beside which it is shown; else about the whole."""
    file_id: str = ""
    agrees_with: Marked | None = None
    """What an organisation agrees with: that is read where the contribution itself is."""

    @property
    def is_contribution(self) -> bool:
        """Tell whether it is one."""
        return self.kind is not None

    @property
    def is_public(self) -> bool:
        """Tell whether anybody may read it beside the published text."""
        if self.agrees_with is not None:
            return self.agrees_with.is_public
        agreed = self.kind not in CONSENTED or self.consents
        return self.is_contribution and self.sharing is Sharing.PUBLIC and agreed

    def may_be_read(self, opening: Opening, *, fellow: bool, mark: str) -> bool:
        """Tell whether a reader may get one of its marks; a fellow is one of the same round.

        mark: Nimi, Talo (the organisation), Sana, Syy (of the answer), Liite; empty: the time.
        """
        public = self.is_public and opening.published and mark != "Liite"
        among = (
            fellow
            and {
                Sharing.NOBODY: False,
                Sharing.AFTER_OWN: opening.spoken,
                Sharing.FROM_DAY: opening.day,
                Sharing.EVERYONE: True,
                Sharing.PUBLIC: True,
            }[self.sharing]
        )
        if not (public or among):
            return False
        if self.agrees_with is not None:
            return mark == "Talo"
        if mark == "Nimi":
            return self.shown is NameShown.NAME
        return mark != "Talo" or self.shown is not NameShown.NOBODY


def mark_everything(installation: Installation, table: Table, opens: date) -> list[Marked]:
    """Let everything be said in a round; opens: the day of what opens on one."""
    revision_id, text = drafted(installation, table, table.section_id)
    start = text.index(QUOTE)
    channels = list(Channel)
    made: list[Marked] = []
    with installation.database.write() as session:
        handbook = session.get_one(Handbook, table.round.handbook.id)
        combined = [
            (sharing, kind, shown, consents)
            for sharing, kind, shown in product(Sharing, ContributionKind, NameShown)
            for consents in ((False, True) if kind in CONSENTED else (False,))
        ]
        for n, (sharing, kind, shown, consents) in enumerate(combined):
            one = _somebody(session, len(made), sharing, shown)
            handbook.last_number += 1
            suggests = kind is ContributionKind.SUGGESTION
            words = f"Sana{one.number:03}x"
            whole = n % 5 == 4 and not suggests
            row = Contribution(
                handbook_id=handbook.id, number=handbook.last_number,
                phase_id=table.round.phase_id, kind=kind,
                channel=channels[(n + n // 27) % len(channels)],
                state=ContributionState.RECEIVED, author_id=one.person_id,
                organisation_id=one.organisation_id,
                section_id=None if whole else table.section_id,
                revision_id=None if whole else revision_id,
                start=start if suggests else None, end=start + len(QUOTE) if suggests else None,
                quote=QUOTE if suggests else "", language="fi", words=words,
                replacement=f"joka {words}" if suggests else None,
                target_group=words if kind is ContributionKind.EXAMPLE else "",
                publish_consent=consents, name_shown=shown, sharing=sharing,
                shared_from=opens if sharing is Sharing.FROM_DAY else None,
                created_at=one.at, updated_at=one.at,
            )  # fmt: skip
            session.add(row)
            session.flush()
            file_id = _attach(session, row, one.number) if n % 6 == 0 else ""
            said = _of(
                one, id=row.id, kind=kind, consents=consents, of_text=not whole, file_id=file_id
            )
            made.append(said)
            if n % 6 == 1:
                made.append(_reply(session, table, row, len(made), shown))
                made.append(_agreement(session, row, len(made), said))
    return made


def _of(one: Marked, **values: object) -> Marked:
    return Marked(**{**vars(one), **values})  # type: ignore[arg-type]


def _somebody(session: Session, number: int, sharing: Sharing, shown: NameShown) -> Marked:
    at = BEGAN + timedelta(minutes=61 * number)
    name = f"Talo{number:03}x"
    person = Person(name=f"Nimi{number:03}x", language="fi", created_at=at)
    house = Organisation(name=name, folded=fold(name), kind="ngo", created_at=at)
    session.add_all((person, house))
    session.flush()
    return Marked(number, "", person.id, house.id, sharing, shown, at)


def _attach(session: Session, row: Contribution, number: int) -> str:
    sha256 = f"{number:064}"
    session.add(Blob(sha256=sha256, content=f"Liite{number:03}x".encode()))
    session.flush()
    file = File(
        handbook_id=row.handbook_id, sha256=sha256, name=f"Liite{number:03}x.txt",
        media_type="text/plain", size=9, created_at=row.created_at,
    )  # fmt: skip
    session.add(file)
    session.flush()
    session.add(Attachment(contribution_id=row.id, file_id=file.id))
    return file.id


def _reply(
    session: Session, table: Table, row: Contribution, number: int, shown: NameShown
) -> Marked:
    """Let somebody reply, who takes part for their organisation."""
    one = _somebody(session, number, row.sharing, shown)
    session.add(
        Invitation(
            phase_id=table.round.phase_id, person_id=one.person_id,
            organisation_id=one.organisation_id, state=InvitationState.READY,
            origin=Origin.INVITED, vouched=True, ready_at=one.at, created_at=one.at,
        )
    )  # fmt: skip
    session.add(
        Turn(
            contribution_id=row.id, author_id=one.person_id, name_shown=shown,
            visibility=TurnVisibility.PARTICIPANTS, words=f"Sana{number:03}x", created_at=one.at,
        )
    )  # fmt: skip
    return _of(one, id=new_id())


def _agreement(session: Session, row: Contribution, number: int, said: Marked) -> Marked:
    """Let somebody agree for their organisation: that is told of it, but of nobody by name."""
    one = _somebody(session, number, row.sharing, NameShown.ORGANISATION)
    session.add(
        Support(
            contribution_id=row.id, person_id=one.person_id, organisation_id=one.organisation_id,
            for_organisation=True, version=1, created_at=one.at,
        )
    )  # fmt: skip
    return _of(one, id=new_id(), agrees_with=said)
