"""Use cases of originals that wait beside the recording form, until what they hold is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.files import Upload
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.files import File, WaitingOriginal
from reviewtool.queries.facts import handbook_facts
from reviewtool.services._attachments import check_file, store_upload
from reviewtool.services._files import clear_awaiting
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember

__all__ = ["discard", "keep"]


def keep(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    uploads: Sequence[Upload],
    request_id: str,
) -> tuple[str, ...]:
    """Keep originals to be read beside the form; gives their ids, in order.

    What nobody has recorded anything of is cleared when it is a day old. Raises Refused: bad
    file, file too large; then none of them is kept.
    """
    now, limit = installation.clock.now(), installation.settings.upload_limit_mb
    for upload in uploads:
        check_file(upload, limit)
    words = [handbook_id, *(sha256(one.content).hexdigest() for one in uploads)]
    with installation.database.write() as session:
        require(actor, Action.SEE_LEDGER, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return tuple(before.object_id.split())
        clear_awaiting(session, now, handbook_id)
        files = [
            store_upload(session, actor, now, handbook_id, upload, limit) for upload in uploads
        ]
        for file in files:
            file.awaiting = True
        session.add_all(WaitingOriginal(file_id=file.id) for file in files)
        session.flush()
        ids = tuple(file.id for file in files)
        remember(session, actor, request_id, words, " ".join(ids), now)
        return ids


def discard(installation: Installation, actor: Actor, handbook_id: str, file_id: str) -> None:
    """Clear an original that isn't recorded from; nothing for one that is gone already.

    Raises Refused (not found) for one that a colleague keeps.
    """
    with installation.database.write() as session:
        require(actor, Action.SEE_LEDGER, handbook_facts(session, handbook_id))
        file = session.scalar(
            select(File)
            .join(WaitingOriginal, WaitingOriginal.file_id == File.id)
            .where(File.id == file_id, File.handbook_id == handbook_id)
        )
        if file is None:
            return
        if file.added_by_id != actor.person_id:
            raise Refused(Reason.NOT_FOUND)
        clear_awaiting(session, installation.clock.now(), handbook_id, file_id)
