"""The letter that tells of replies: those of a day, in the threads that its reader wrote in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from reviewtool.domain.invitations import TAKING_PART
from reviewtool.domain.replies import GATHERED_FOR, told_until
from reviewtool.mail import addresses
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.mail.messages.said import Said, told
from reviewtool.models.contributions import Contribution
from reviewtool.models.messages import Message
from reviewtool.queries.replies import NewInThread, Reply, new_in_threads

MOST_THREADS = 20
"""How many threads one letter repeats; the others are counted."""

LONGEST = 1_000
"""How many characters of what somebody wrote a letter repeats; the rest stands on the page."""


@dataclass(frozen=True)
class Thread:
    """A contribution with what others have replied."""

    said: Said
    words: str
    """What the contribution says, shortened; its replacement words where it has nothing else."""
    own: bool
    replies: tuple[Reply, ...]
    url: str


@dataclass(frozen=True, kw_only=True)
class RepliesMail(Mail):
    """What others have replied since the last such letter."""

    threads: tuple[Thread, ...]
    more: int
    """How many threads are not repeated."""
    count: int
    """How many replies there are."""
    all_own: bool
    """Whether all are replies to the reader's own contributions."""
    open: bool
    no_replies_url: str

    @property
    def refusal_url(self) -> str:
        """Give the address that mail programs press for their user."""
        return self.no_replies_url


def replies(rows: Rows) -> RepliesMail:
    """Give the context of a letter of replies."""
    new = _new(rows)
    shown = new[:MOST_THREADS]
    return RepliesMail(
        frame=rows.frame,
        threads=_threads(rows, shown),
        more=len(new) - len(shown),
        count=sum(len(one.replies) for one in new),
        all_own=all(one.own for one in new),
        open=rows.phase_is_open,
        no_replies_url=addresses.no_replies_url(rows.settings, rows.link.id),
    )


def still_replied(rows: Rows) -> bool:
    """Tell whether the reader takes part, wants such mail, and still sees any of the replies."""
    wanted = rows.invitation.state in TAKING_PART and rows.invitation.reply_mail
    return wanted and bool(_new(rows))


def _new(rows: Rows) -> list[NewInThread]:
    """List what was replied since the letter before, up to this one's morning.

    Both ends follow from stored rows, so that the letter is the same whenever it is written.
    """
    link = rows.found_link
    if link is None:
        return []
    until = told_until(rows.message.created_at, rows.zone)
    since = until - GATHERED_FOR
    before = rows.session.scalar(
        select(func.max(Message.created_at)).where(
            Message.kind == rows.message.kind,
            Message.phase_id == rows.message.phase_id,
            Message.person_id == rows.message.person_id,
            Message.created_at < rows.message.created_at,
        )
    )
    if before is not None:
        since = max(since, told_until(before, rows.zone))
    return new_in_threads(rows.session, link.actor, since, until)


def _threads(rows: Rows, new: list[NewInThread]) -> tuple[Thread, ...]:
    by_id = {one.contribution_id: one for one in new}
    contributions = rows.session.scalars(
        select(Contribution).where(Contribution.id.in_(sorted(by_id)))
    ).all()
    return tuple(
        Thread(
            said=said,
            words=shortened(said.words or said.replacement or said.example[1]),
            own=by_id[said.id].own,
            replies=tuple(
                replace(reply, words=shortened(reply.words)) for reply in by_id[said.id].replies
            ),
            url=addresses.said_url(rows.settings, rows.link, said.id),
        )
        for said in told(rows, contributions)
    )


def shortened(words: str) -> str:
    """Cut long words at a space, with a mark."""
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rpartition(" ")[0] + " …"
