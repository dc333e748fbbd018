"""Use cases of attaching files to what one has said: a report, statistics, a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contribution_moves import CONTRIBUTION_TABLE, ContributionMove
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.files import FROM_PARTICIPANTS, MOST_ATTACHED, Upload, ending
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import step
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.files import Attachment, File
from reviewtool.queries.facts import contribution_facts
from reviewtool.services._attachments import check_file, store_upload, without_metadata
from reviewtool.services._files import drop_files
from reviewtool.services._policy import require
from reviewtool.services._requests import is_repeat, remember
from reviewtool.services._trace import trace


def attach(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    uploads: Sequence[Upload],
    request_id: str,
) -> None:
    """Attach files to one's own contribution, as long as it can be changed, or waits as late.

    Pictures are kept without what the camera noted. Raises Refused: empty, bad file, file too
    large, too many files, not found, not allowed, round closed; then none is attached.
    """
    limit, now = installation.settings.upload_limit_mb, installation.clock.now()
    if not uploads:
        raise Refused(Reason.EMPTY)
    files = [_checked(upload, limit) for upload in uploads]
    words = [contribution_id, *(sha256(one.content).hexdigest() for one in uploads)]
    with installation.database.write() as session:
        contribution = _own(session, actor, contribution_id, now)
        if is_repeat(session, actor, request_id, words):
            return
        there = session.scalar(
            select(func.count()).where(Attachment.contribution_id == contribution_id)
        )
        if (there or 0) + len(files) > MOST_ATTACHED:
            raise Refused(Reason.TOO_MANY_FILES)
        for one in files:
            file = store_upload(session, actor, now, contribution.handbook_id, one, limit)
            session.add(Attachment(contribution_id=contribution_id, file_id=file.id))
        remember(session, actor, request_id, words, contribution_id, now)
        trace(
            session, actor, now, contribution.handbook_id, Act.FILE_ATTACHED, contribution_id,
            {"files": len(files)},
        )  # fmt: skip


def _checked(upload: Upload, limit_mb: int) -> Upload:
    if ending(upload.name) not in FROM_PARTICIPANTS:
        raise Refused(Reason.BAD_FILE)
    check_file(upload, limit_mb)
    return without_metadata(upload)


def remove(installation: Installation, actor: Actor, contribution_id: str, file_id: str) -> None:
    """Take one's own file away again; nothing for one that is gone.

    Raises Refused: not found, not allowed, round closed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        contribution = _own(session, actor, contribution_id, now)
        file = session.scalar(
            select(File.id)
            .join(Attachment, Attachment.file_id == File.id)
            .where(
                Attachment.contribution_id == contribution_id,
                File.id == file_id,
                File.added_by_id == actor.person_id,
            )
        )
        if file is None:
            return
        drop_files(session, [file])
        handbook_id = contribution.handbook_id
        trace(session, actor, now, handbook_id, Act.FILE_REMOVED, contribution_id, {"file": file})


def _own(session: Session, actor: Actor, contribution_id: str, now: datetime) -> Contribution:
    """Lock one's own contribution, while it takes files."""
    contribution = session.get(Contribution, contribution_id, with_for_update=True)
    if contribution is None or contribution.author_id != actor.person_id:
        raise Refused(Reason.NOT_FOUND)
    facts = contribution_facts(session, actor, contribution_id, now)
    open_now = facts.phase_open or contribution.state is ContributionState.LATE
    if actor.phase_id != contribution.phase_id or not open_now:
        raise Refused(Reason.ROUND_CLOSED)
    require(
        actor,
        step(CONTRIBUTION_TABLE, contribution.state, ContributionMove.ATTACH).action,
        facts,
    )
    return contribution
