"""The use case of sending a picture: checked and made anew before anything is kept."""

from __future__ import annotations

from reviewtool.domain.actors import Actor
from reviewtool.domain.files import Upload
from reviewtool.domain.policy import Action
from reviewtool.infra.installation import Installation
from reviewtool.office.pictures import read_picture
from reviewtool.queries.facts import handbook_facts
from reviewtool.services._pictures import sent_hash, store_picture
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember


def add_picture(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    upload: Upload,
    request_id: str | None = None,
) -> str:
    """Keep a picture for the handbook's texts; gives its file's id, the same for the same bytes.

    Not traced: a picture is nothing before a text shows it, and that is. Raises Refused, and
    UnreadablePictureError for what is no picture of ours.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
    read = read_picture(upload.content)
    words = [handbook_id, sent_hash(upload.content)]
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        file_id = store_picture(session, actor, now, handbook_id, upload, read)
        remember(session, actor, request_id, words, file_id, now)
        return file_id
