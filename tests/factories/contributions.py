"""What participants of a round say, by the use cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind, NameShown, Sharing
from reviewtool.domain.passages import Range
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import Revision
from reviewtool.services.contributions import Submission, Words, submit
from reviewtool.services.links import link_url
from tests.factories.people import link_actor
from tests.factories.rounds import MadeRound, make_round
from tests.factories.texts import BODY


@dataclass(frozen=True)
class Table:
    """An open round with participants, each as the actor of their own link."""

    round: MadeRound
    actors: tuple[Actor, ...]

    @property
    def section_id(self) -> str:
        """Give the first activity's text."""
        return self.round.texts.first


def make_table(
    installation: Installation,
    *,
    people: int = 2,
    sharing: Sharing = Sharing.EVERYONE,
    shared_from: date | None = None,
    body: str = BODY,
) -> Table:
    """Open a round with some participants; body: of the activities' texts."""
    made = make_round(
        installation, people=people, sharing=sharing, shared_from=shared_from, body=body
    )
    return Table(made, tuple(link_actor(installation, person) for person in made.people))


def now_actor(installation: Installation, table: Table, number: int = 0) -> Actor:
    """Read a participant's actor again, as it stands now."""
    return link_actor(installation, table.round.people[number])


def way_in(installation: Installation, actor: Actor) -> str:
    """Give the address that stands in a participant's mail."""
    assert actor.link_id is not None
    return link_url(installation, actor.link_id)


def drafted(installation: Installation, table: Table, section_id: str) -> tuple[str, str]:
    """Give (revision id, text) of a section in the round's draft."""
    with installation.database.read() as session:
        row = session.execute(
            select(Revision.id, Revision.text)
            .join(DraftItem, DraftItem.revision_id == Revision.id)
            .where(DraftItem.draft_id == table.round.draft_id, DraftItem.section_id == section_id)
        ).one()
    return row.id, row.text


def say(
    installation: Installation,
    table: Table,
    actor: Actor,
    words: str = "Tähän kaivataan esimerkki.",
    *,
    quote: str | None = None,
    replacement: str | None = None,
    section_id: str | None = None,
    name_shown: NameShown = NameShown.ORGANISATION,
    request_id: str | None = None,
    late: bool = False,
) -> str:
    """Comment on, or (with a replacement) suggest other words for, a quote or a whole text."""
    section_id = section_id or table.section_id
    revision_id, text = drafted(installation, table, section_id)
    place = None
    if quote is not None:
        start = text.index(quote)
        place = Range(start, start + len(quote))
    kind = ContributionKind.COMMENT if replacement is None else ContributionKind.SUGGESTION
    submission = Submission(
        kind=kind,
        words=Words(words, replacement, name_shown=name_shown),
        section_id=section_id,
        revision_id=revision_id,
        place=place,
    )
    return submit(installation, actor, submission, request_id or new_id(), late=late)


def stored(installation: Installation, contribution_id: str) -> Contribution:
    """Read a contribution's row."""
    with installation.database.read() as session:
        return session.get_one(Contribution, contribution_id)


def fill(installation: Installation, table: Table, actor: Actor, count: int) -> Sequence[str]:
    """Copy one contribution many times, faster than the use case would make them."""
    first = stored(installation, say(installation, table, actor, quote="Mukaan voi tulla"))
    columns = {
        column.key: getattr(first, column.key)
        for column in Contribution.__table__.columns
        if column.key not in ("id", "number")
    }
    with installation.database.write() as session:
        rows = [
            Contribution(id=new_id(), number=first.number + 1 + n, **columns)
            for n in range(count - 1)
        ]
        session.add_all(rows)
        handbook = session.get_one(Handbook, first.handbook_id)
        handbook.last_number += count - 1
        return [first.id, *(row.id for row in rows)]
