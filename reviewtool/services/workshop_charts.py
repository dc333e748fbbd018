"""The use case of typing in what a group wrote on its flip chart, several at once, with a photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel, ContributionKind, NameShown
from reviewtool.domain.days import local_day
from reviewtool.domain.files import Upload
from reviewtool.domain.policy import Action
from reviewtool.domain.proposals import LONGEST_TITLE, Proposed
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.files import Attachment
from reviewtool.models.handbooks import Handbook
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.proposals import Proposal
from reviewtool.models.workshops import Workshop, WorkshopEntry, WorkshopGroup
from reviewtool.queries.facts import found
from reviewtool.queries.structure_acts import is_carried_out
from reviewtool.services._attachments import check_file, store_upload, without_metadata
from reviewtool.services._contributions import (
    Words,
    add_contribution,
    check_length,
    check_words,
    require_unanswered,
    reword,
    trace_made,
)
from reviewtool.services._people import make_person
from reviewtool.services._phases import zone_of
from reviewtool.services._proposals import add_proposal
from reviewtool.services._requests import earlier, is_repeat, remember
from reviewtool.services._trace import trace
from reviewtool.services._workshops import check_standing, load_for

MOST_LINES = 40
MOST_PHOTOS = 4


@dataclass(frozen=True)
class ChartLine:
    """One thing on a flip chart: a proposal, or what a text must say (None: the whole)."""

    words: str
    section_id: str | None = None
    proposed: Proposed | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """List all of it: what a repeated press of a form is compared by."""
        return (self.words, self.section_id or "", *(self.proposed.all if self.proposed else ()))


def record_chart(
    installation: Installation,
    actor: Actor,
    group_id: str,
    lines: Sequence[ChartLine],
    request_id: str,
    photos: Sequence[Upload] = (),
) -> tuple[str, ...]:
    """Write down what a group had on its flip chart, on its behalf; gives the contributions.

    The photos are attached to each, without what the camera noted of place and person. Raises
    Refused: empty, too long, bad file, file too large, what a proposal still has to name.
    """
    _check(lines, photos)
    clean = [without_metadata(photo) for photo in photos]
    limit = installation.settings.upload_limit_mb
    for photo in clean:
        check_file(photo, limit)
    now = installation.clock.now()
    words = ["chart", group_id, *(part for line in lines for part in line.all)]
    with installation.database.write() as session:
        group = found(session.get(WorkshopGroup, group_id, with_for_update=True))
        phase = load_for(session, actor, Action.RUN_PROCESS, group.phase_id, now)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return tuple(before.object_id.split())
        files = [store_upload(session, actor, now, phase.handbook_id, one, limit) for one in clean]
        author = _speaker(session, group, phase, now)
        rows = [_add(session, actor, phase, author, line, now) for line in lines]
        for row in rows:
            session.add(WorkshopEntry(contribution_id=row.id, group_id=group.id))
            session.add_all(Attachment(contribution_id=row.id, file_id=one.id) for one in files)
        remember(session, actor, request_id, words, " ".join(row.id for row in rows), now)
        for row in rows:
            trace_made(session, actor, now, row)
        return tuple(row.id for row in rows)


def mend_line(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    words: str,
    title: str,
    request_id: str,
) -> None:
    """Mend what was mistyped of a flip chart; the earlier wording is kept beside it.

    title: of a proposal that names one. Raises Refused: not found (it stood on no flip chart),
    empty, too long, title missing; answered, where its answer is published;
    carried out, where a proposal's title was used already.
    """
    now = installation.clock.now()
    form = ["mend", contribution_id, words, title]
    with installation.database.write() as session:
        line = found(session.get(Contribution, contribution_id, with_for_update=True))
        load_for(session, actor, Action.RUN_PROCESS, line.phase_id, now)
        if is_repeat(session, actor, request_id, form):
            return
        group = select(WorkshopGroup.id).where(WorkshopGroup.person_id == line.author_id)
        found(session.scalar(group))
        proposal = session.get(Proposal, contribution_id)
        require_unanswered(session, line.id)
        if proposal is None:
            check_words(line.kind, Words(words))
        check_length(words)
        if proposal is not None and proposal.title not in ("", title):
            if is_carried_out(session, contribution_id):
                raise Refused(Reason.CARRIED_OUT)
            if not title:
                raise Refused(Reason.TITLE_MISSING)
            if len(title) > LONGEST_TITLE:
                raise Refused(Reason.TOO_LONG)
            proposal.title = title
        reword(session, line, Words(words, name_shown=line.name_shown), now)
        remember(session, actor, request_id, form, line.id, now)
        facts = {"version": line.version}
        trace(session, actor, now, line.handbook_id, Act.CONTRIBUTION_EDITED, line.id, facts)


def _check(lines: Sequence[ChartLine], photos: Sequence[Upload]) -> None:
    if not lines:
        raise Refused(Reason.EMPTY)
    if len(lines) > MOST_LINES or len(photos) > MOST_PHOTOS:
        raise Refused(Reason.TOO_LONG)
    for line in lines:
        if line.proposed is None:
            check_words(ContributionKind.FEATURE, Words(line.words))


def _speaker(session: Session, group: WorkshopGroup, phase: Phase, now: datetime) -> Person:
    """Give the one under whose name a group's notes stand: the group, nobody in person."""
    if group.person_id is not None:
        return session.get_one(Person, group.person_id)
    handbook = session.get_one(Handbook, phase.handbook_id)
    person = make_person(session, group.name, handbook.language, now)
    group.person_id = person.id
    session.flush()
    return person


def _add(
    session: Session,
    actor: Actor,
    phase: Phase,
    author: Person,
    line: ChartLine,
    now: datetime,
) -> Contribution:
    workshop = session.get(Workshop, phase.id)
    held = workshop.starts_at if workshop else now
    words = Words(line.words.strip(), name_shown=NameShown.NAME)
    said_on = local_day(min(held, now), zone_of(session, phase))
    if line.proposed is not None:
        return add_proposal(
            session, actor, now, phase=phase, proposed=line.proposed, channel=Channel.WORKSHOP,
            author_id=author.id, organisation_id=None, language=author.language, words=words,
            said_on=said_on,
        )  # fmt: skip
    if line.section_id is not None:
        check_standing(session, phase.handbook_id, line.section_id)
    return add_contribution(
        session, actor, now, phase=phase, kind=ContributionKind.FEATURE, channel=Channel.WORKSHOP,
        author_id=author.id, organisation_id=None, language=author.language,
        section_id=line.section_id, words=words, said_on=said_on,
    )  # fmt: skip
