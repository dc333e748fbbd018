"""The use case of typing in what a meeting said, from its numbered paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel, ContributionKind, NameShown
from reviewtool.domain.days import local_day
from reviewtool.domain.meetings import quoted
from reviewtool.domain.passages import WholeLine, check_suggestion, passage_in
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.queries.meetings import NumberedText, numbered_texts
from reviewtool.services._contributions import (
    Round,
    Words,
    add_contribution,
    check_words,
    find_round,
    require_writing,
    shown_revision,
    something_said,
    state_now,
    trace_made,
)
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._requests import earlier, remember
from reviewtool.services._unsent import forget_unsent
from reviewtool.text.anchors import Passage

MOST_ROWS = 100


@dataclass(frozen=True)
class Noted:
    """One thing that a meeting said.

    place: the number as it stands on the paper ("3.2", "3" for a whole text, "" for the whole
    handbook); replaces: the words are to stand instead of that paragraph.
    """

    place: str
    words: str
    replaces: bool = False


@dataclass(frozen=True)
class _Placed:
    kind: ContributionKind
    words: Words
    section_id: str | None = None
    revision_id: str | None = None
    passage: Passage | None = None


def say_from_meeting(
    installation: Installation,
    actor: Actor,
    draft_id: str,
    discussed_on: date,
    noted: Sequence[Noted],
    request_id: str,
    *,
    language: str,
    name_shown: NameShown,
    late: bool = False,
    form: str = "",
) -> tuple[str, ...]:
    """Take all that a meeting said, or nothing of it; gives the contributions' ids.

    draft_id: the draft that the paper was printed from. Each contribution keeps the day of the
    meeting. form: the key of the form in which it was half written, which ends with it. The same
    request id again gives the same contributions; with other rows, those rows are said as well.
    Raises Refused with the row from 0 in `details`: passage gone (no such number), empty, too long,
    no change, text invalid; without a row: dates wrong (a day to come), empty, round closed.
    """
    now = installation.clock.now()
    key = [draft_id, discussed_on.isoformat()]
    key += [part for one in noted for part in (one.place, one.words, str(one.replaces))]
    with installation.database.read() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round, late=late)
        zone = session.get_one(Handbook, found_round.phase.handbook_id).time_zone
        if discussed_on > local_day(now, zone):
            raise Refused(Reason.DATES_WRONG)
        placed = _place_all(session, actor, found_round, draft_id, language, noted, name_shown)
    with installation.database.write() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round, late=late)
        invitation = load_invitation(session, actor.invitation_id)
        before = earlier(session, actor, request_id, key)
        if before is not None and before.same_words:
            return tuple(before.object_id.split())
        said = _said(session, before.object_id.split() if before is not None else ())
        forget_unsent(session, actor, form)
        ids = tuple(
            said.get(_key(one))
            or _add(session, actor, now, found_round, invitation, one, discussed_on, language)
            for one in placed
        )
        remember(session, actor, request_id, key, " ".join(ids), now)
        if found_round.is_open:
            came_in(session, actor, invitation, now)
        return ids


_Key = tuple[str | None, str | None, int | None, int | None, str, str | None]


def _key(placed: _Placed) -> _Key:
    """Tell a row by where it stands and what it says."""
    passage = placed.passage
    return (
        placed.section_id,
        placed.revision_id,
        passage.start if passage else None,
        passage.end if passage else None,
        placed.words.words,
        placed.words.replacement,
    )


def _said(session: Session, ids: Sequence[str]) -> dict[_Key, str]:
    """Read what this form has said before: a row that stands as it was isn't said twice."""
    rows = session.scalars(select(Contribution).where(Contribution.id.in_(ids)))
    return {
        (row.section_id, row.revision_id, row.start, row.end, row.words, row.replacement): row.id
        for row in rows
    }


def _place_all(
    session: Session,
    actor: Actor,
    found_round: Round,
    draft_id: str,
    language: str,
    noted: Sequence[Noted],
    name_shown: NameShown,
) -> list[_Placed]:
    if not noted or len(noted) > MOST_ROWS:
        raise Refused(Reason.TOO_LONG if noted else Reason.EMPTY)
    texts = {text.number: text for text in numbered_texts(session, actor, draft_id, language)}
    placed = []
    for row, one in enumerate(noted):
        try:
            placed.append(_placed(session, found_round, texts, one, name_shown))
        except Refused as refused:
            reason = refused.reason
            if reason is Reason.NOT_FOUND:
                reason = Reason.PASSAGE_GONE
            raise Refused(reason, details={"row": str(row)}) from refused
    return placed


def _placed(
    session: Session,
    found_round: Round,
    texts: dict[int, NumberedText],
    noted: Noted,
    name_shown: NameShown,
) -> _Placed:
    kind = ContributionKind.SUGGESTION if noted.replaces else ContributionKind.COMMENT
    words = Words(
        words="" if noted.replaces else noted.words,
        replacement=noted.words if noted.replaces else None,
        name_shown=name_shown,
    )
    if not noted.words.strip():
        raise Refused(Reason.EMPTY)
    check_words(kind, words)
    if not noted.place.strip() and not noted.replaces:
        return _Placed(kind, words)
    place = quoted(noted.place)
    text = texts.get(place.text) if place else None
    if place is None or text is None or (noted.replaces and place.line is None):
        raise Refused(Reason.PASSAGE_GONE)
    shown_revision(session, found_round, text.section_id, text.revision_id)
    passage = passage_in(text.text, WholeLine(place.line) if place.line is not None else None)
    if passage is not None and noted.replaces:
        check_suggestion(text.text, passage, noted.words)
    return _Placed(kind, words, text.section_id, text.revision_id, passage)


def _add(
    session: Session,
    actor: Actor,
    now: datetime,
    found_round: Round,
    invitation: Invitation,
    placed: _Placed,
    discussed_on: date,
    language: str,
) -> str:
    something_said(session, actor, placed.section_id)
    contribution = add_contribution(
        session,
        actor,
        now,
        phase=found_round.phase,
        kind=placed.kind,
        channel=Channel.WEB,
        author_id=invitation.person_id,
        organisation_id=invitation.organisation_id,
        language=language,
        section_id=placed.section_id,
        revision_id=placed.revision_id,
        passage=placed.passage,
        words=placed.words,
        state=state_now(found_round),
        said_on=discussed_on,
    )
    trace_made(session, actor, now, contribution)
    return contribution.id
