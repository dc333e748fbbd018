"""Use cases of recording: what came by mail, phone or paper, on behalf of its author.

Also what only editors do to contributions: masking a third person's data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contribution_moves import CONTRIBUTION_TABLE, ContributionMove
from reviewtool.domain.contributions import Channel
from reviewtool.domain.days import local_day
from reviewtool.domain.files import Upload
from reviewtool.domain.masking import MASK, mask_words
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import step
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, ContributionVersion, Turn
from reviewtool.models.files import Attachment
from reviewtool.models.late import LateDecision
from reviewtool.models.verdicts import Verdict
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._attachments import check_file, take_originals
from reviewtool.services._files import attached_to, drop_files
from reviewtool.services._policy import require
from reviewtool.services._recording import (
    RECORDED_CHANNELS,
    Said,
    Speaker,
    add_recorded,
    check,
    find_speaker,
    invite_recorded,
    load_phase,
    post_receipt,
    target,
)
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

__all__ = ["MASK", "RECORDED_CHANNELS", "Recorded", "Said", "Speaker", "mask", "record"]


@dataclass(frozen=True)
class Recorded:
    """What was recorded: ids and numbers, in the order in which they were given."""

    contribution_ids: tuple[str, ...]
    numbers: tuple[int, ...]
    person_id: str
    receipt: bool


def record(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    speaker: Speaker,
    channel: Channel,
    said_on: date,
    said: Sequence[Said],
    request_id: str,
    originals: Sequence[Upload] = (),
    waiting: Sequence[str] = (),
) -> Recorded:
    """Write down contributions on behalf of their author, with the originals attached to each.

    They count as received, also after the round has closed: the editors decide that by recording.
    waiting: originals that the editor has kept beside the form, by their ids. With an address the
    person gets a receipt with a link to their own words. Raises Refused: empty, too long, dates
    wrong (a day to come), passage gone, no change, bad file, not found (an original is gone).
    """
    now = installation.clock.now()
    limit = installation.settings.upload_limit_mb
    check(speaker, channel, said)
    for upload in originals:
        check_file(upload, limit)
    words = [phase_id, str(speaker), channel.value, said_on.isoformat()]
    words += [part for one in said for part in one.all]
    words += sorted(waiting)
    with installation.database.read() as session:
        phase, zone = load_phase(session, phase_id)
        require(actor, Action.SEE_LEDGER, handbook_facts(session, phase.handbook_id))
        if said_on > local_day(now, zone):
            raise Refused(Reason.DATES_WRONG)
        targets = [target(session, phase, one) for one in said]
    with installation.database.write() as session:
        phase, _zone = load_phase(session, phase_id)
        require(actor, Action.SEE_LEDGER, handbook_facts(session, phase.handbook_id))
        before = earlier(session, actor, request_id, words)
        # Other words under the same id are recorded beside the first: nothing said is lost.
        if before is not None and before.same_words:
            return _recorded(session, before.object_id)
        person, organisation_id = find_speaker(session, phase.handbook_id, speaker, now)
        files = take_originals(session, actor, now, phase.handbook_id, originals, waiting, limit)
        rows = [
            add_recorded(session, actor, now, phase, person, organisation_id, channel, said_on, one)
            for one in targets
        ]
        session.add_all(
            Attachment(contribution_id=row.id, file_id=file.id) for row in rows for file in files
        )
        invitation = invite_recorded(session, phase, person, organisation_id, speaker.address, now)
        receipt = post_receipt(session, now, phase, person, invitation, request_id)
        remember(session, actor, request_id, words, " ".join(row.id for row in rows), now)
        for row in rows:
            facts = {"phase": phase.id, "kind": row.kind.value, "channel": channel.value}
            trace(session, actor, now, phase.handbook_id, Act.CONTRIBUTION_MADE, row.id, facts)
        numbers = tuple(row.number for row in rows)
        return Recorded(tuple(row.id for row in rows), numbers, person.id, receipt)


def _recorded(session: Session, ids: str) -> Recorded:
    rows = {
        row.id: row
        for row in session.scalars(select(Contribution).where(Contribution.id.in_(ids.split())))
    }
    ordered = [rows[one] for one in ids.split()]
    numbers = tuple(row.number for row in ordered)
    return Recorded(tuple(ids.split()), numbers, ordered[0].author_id, False)


def mask(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    fragments: Sequence[str],
    request_id: str,
    *,
    with_files: bool = False,
) -> int:
    """Mask a third person's data wherever it stands in a contribution, its history and thread.

    fragments: the exact words to be masked; with_files: the attached files, which can't be masked,
    are removed. Gives how many places and files were. Raises Refused: empty where there is
    nothing to mask; not found where none of the words is there.
    """
    now = installation.clock.now()
    wanted = [one.strip() for one in fragments if one.strip()]
    if not wanted and not with_files:
        raise Refused(Reason.EMPTY)
    words = ["mask", contribution_id, *wanted, str(with_files)]
    with installation.database.write() as session:
        contribution = _for_editing(session, actor, contribution_id)
        step(CONTRIBUTION_TABLE, contribution.state, ContributionMove.MASK)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return 0
        count = _mask_all(session, contribution, wanted) if wanted else 0
        if wanted and not count:
            raise Refused(Reason.NO_SUCH_WORDS)
        files = attached_to(session, contribution_id) if with_files else []
        drop_files(session, files)
        count += len(files)
        if not count:
            raise Refused(Reason.NO_SUCH_WORDS)
        contribution.masked_at = now
        remember(session, actor, request_id, words, contribution_id, now)
        handbook_id = contribution.handbook_id
        trace(session, actor, now, handbook_id, Act.CONTRIBUTION_MASKED, contribution_id)
        decision = session.get(LateDecision, contribution.id)
    if decision is not None:
        masked, times = mask_words(decision.reason, fragments)
        decision.reason = masked or ""
        count += times
    return count


def _for_editing(session: Session, actor: Actor, contribution_id: str) -> Contribution:
    contribution = found(
        session.scalar(
            select(Contribution).where(Contribution.id == contribution_id).with_for_update()
        )
    )
    require(actor, Action.SEE_LEDGER, handbook_facts(session, contribution.handbook_id))
    return contribution


def _mask_all(session: Session, contribution: Contribution, fragments: Sequence[str]) -> int:
    count = 0
    for column in ("words", "replacement", "target_group", "activity", "effect"):
        masked, times = mask_words(getattr(contribution, column), fragments)
        setattr(contribution, column, masked)
        count += times
    versions = session.scalars(
        select(ContributionVersion).where(ContributionVersion.contribution_id == contribution.id)
    )
    for version in versions:
        pairs = {name: mask_words(value, fragments) for name, value in version.content.items()}
        version.content = {name: masked for name, (masked, _) in pairs.items()}
        count += sum(times for _, times in pairs.values())
    for turn in session.scalars(select(Turn).where(Turn.contribution_id == contribution.id)):
        masked, times = mask_words(turn.words, fragments)
        turn.words = masked or ""
        count += times
    verdict = session.get(Verdict, contribution.id)
    if verdict is not None:
        masked, times = mask_words(verdict.reason, fragments)
        verdict.reason = masked or ""
        count += times
    decision = session.get(LateDecision, contribution.id)
    if decision is not None:
        masked, times = mask_words(decision.reason, fragments)
        decision.reason = masked or ""
        count += times
    return count
