"""Use cases of merging: suggestions into the working text, clashes settled by a person (rule 10).

Undoing what was taken is `sections.undo_revision`, as for every other revision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.merging import Choice, Clash, Outcome, Suggestion, take_into
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.domain.sections import Cause
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.sections import Revision, RevisionHunk, SectionText
from reviewtool.queries.facts import found, section_facts
from reviewtool.queries.suggestions import suggestions_of
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._revisions import add_revision
from reviewtool.services._trace import trace
from reviewtool.text.errors import TextError


@dataclass(frozen=True)
class Taken:
    """What taking came to.

    revision_id: the new revision; None where there is nothing new or a clash must be settled.
    taken: contributions that changed words; contained: those whose words stand there already;
    left_out: those to take after the clashes have been settled.
    """

    revision_id: str | None
    taken: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    contained: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Bench:
    handbook_id: str
    section_id: str
    language: str
    version: int
    working: Revision
    suggestions: list[Suggestion]


def take(
    installation: Installation,
    actor: Actor,
    contribution_ids: Sequence[str],
    expected_version: int,
    request_id: str,
) -> Taken:
    """Take suggestions into the working text as one revision, or give back what clashes.

    contribution_ids: suggestions of one section, in any order. expected_version: of the section's
    text, as the editor saw it. Raises Refused: edit conflict; passage gone for those that have no
    passage; not possible now for withdrawn ones.
    """
    return resolve(installation, actor, contribution_ids, {}, expected_version, request_id)


def resolve(
    installation: Installation,
    actor: Actor,
    contribution_ids: Sequence[str],
    choices: Mapping[str, Choice],
    expected_version: int,
    request_id: str,
) -> Taken:
    """Take suggestions with a person's choice for each clash; see `take`.

    choices: key of the clash -> choice. Raises Refused (text invalid) where the chosen words
    can't stand in the text.
    """
    ids = sorted(set(contribution_ids))
    words = _words(ids, choices)
    with installation.database.read() as session:
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return Taken(before.object_id)
        bench = _bench(session, actor, ids)
    if bench.version != expected_version:
        raise Refused(Reason.EDIT_CONFLICT)
    outcome = _outcome(bench, choices)
    if outcome.text is None or outcome.text == bench.working.text:
        return Taken(None, (), outcome.clashes, outcome.contained, outcome.left_out)
    revision_id = _write(installation, actor, bench, outcome, words, request_id)
    taken = tuple(dict.fromkeys(hunk.contribution_id for hunk in outcome.hunks))
    return Taken(revision_id, taken, (), outcome.contained, outcome.left_out)


def taken_before(
    installation: Installation,
    actor: Actor,
    contribution_ids: Sequence[str],
    choices: Mapping[str, Choice],
    request_id: str,
) -> Taken | None:
    """Give what a form that is sent again has taken already; None for one that hasn't.

    Once taken, its clashes aren't there any more to be asked about.
    """
    words = _words(sorted(set(contribution_ids)), choices)
    with installation.database.read() as session:
        before = earlier(session, actor, request_id, words)
    return Taken(before.object_id) if before is not None and before.same_words else None


def _words(ids: Sequence[str], choices: Mapping[str, Choice]) -> list[str]:
    return [*ids, *(f"{key}={choices[key]}" for key in sorted(choices))]


def _bench(session: Session, actor: Actor, ids: Sequence[str]) -> _Bench:
    rows = session.execute(
        select(Contribution.id, Contribution.number, Contribution.state).where(
            Contribution.id.in_(ids)
        )
    ).all()
    if not ids or len(rows) != len(ids):
        raise Refused(Reason.NOT_FOUND)
    if any(row.state is ContributionState.WITHDRAWN for row in rows):
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    suggestions = suggestions_of(session, ids)
    known = {one.id for one in suggestions}
    gone = tuple(
        Missing(Reason.PASSAGE_GONE, "contribution", row.id, str(row.number))
        for row in rows
        if row.id not in known
    )
    if gone:
        raise Refused(Reason.PASSAGE_GONE, gone)
    section_id, language = _place(session, suggestions)
    facts = section_facts(session, section_id)
    require(actor, Action.EDIT, facts)
    version, working = found(
        session.execute(
            select(SectionText.version, Revision)
            .join(Revision, Revision.id == SectionText.working_revision_id)
            .where(SectionText.section_id == section_id, SectionText.language == language)
        ).one_or_none()
    )
    return _Bench(facts.handbook_id or "", section_id, language, version, working, suggestions)


def _place(session: Session, suggestions: Sequence[Suggestion]) -> tuple[str, str]:
    """Find the one text that suggestions are taken into: their own, or its heir."""
    rows = session.execute(
        select(Revision.id, Revision.section_id, Revision.language).where(
            Revision.id.in_([one.revision_id for one in suggestions])
        )
    )
    own = {row.id: (row.section_id, row.language) for row in rows}
    places = {
        (one.heir_id or own[one.revision_id][0], own[one.revision_id][1]) for one in suggestions
    }
    if len(places) != 1:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return places.pop()


def _outcome(bench: _Bench, choices: Mapping[str, Choice]) -> Outcome:
    try:
        return take_into(bench.working.text, bench.suggestions, choices)
    except TextError as error:
        raise Refused(Reason.TEXT_INVALID) from error


def _write(
    installation: Installation,
    actor: Actor,
    bench: _Bench,
    outcome: Outcome,
    words: Sequence[str],
    request_id: str,
) -> str:
    now = installation.clock.now()
    taken = list(dict.fromkeys(hunk.contribution_id for hunk in outcome.hunks))
    assert outcome.text is not None
    with installation.database.write() as session:
        require(actor, Action.EDIT, section_facts(session, bench.section_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        revision = add_revision(
            session,
            actor,
            now,
            section_id=bench.section_id,
            language=bench.language,
            text=outcome.text,
            cause=Cause.TAKE,
            expected_version=bench.version,
            contributions=taken,
        )
        session.add_all(
            RevisionHunk(
                revision_id=revision.id,
                contribution_id=hunk.contribution_id,
                old_start=hunk.old_start,
                old_end=hunk.old_end,
                new_start=hunk.new_start,
                new_end=hunk.new_end,
            )
            for hunk in outcome.hunks
        )
        remember(session, actor, request_id, words, revision.id, now)
        facts = {
            "section": bench.section_id,
            "language": bench.language,
            "hash": revision.text_hash,
            "parent": revision.parent_id,
            "cause": Cause.TAKE.value,
            "contributions": " ".join(taken),
        }
        trace(session, actor, now, bench.handbook_id, Act.REVISION_MADE, revision.id, facts)
        return revision.id
