"""The use case of splitting: pieces of a section's text go to new sections (rules 1, 2, 4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.language_splits import divide_like
from reviewtool.domain.lineage import Descent
from reviewtool.domain.policy import Action
from reviewtool.domain.proposals import LONGEST_TITLE, StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause, LineageKind, SectionKind
from reviewtool.domain.splitting import MOST_NEW, divide, has_words
from reviewtool.domain.trace import Act
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Lineage, Revision, Section, SectionText
from reviewtool.queries.facts import found, section_facts
from reviewtool.services._following import follow_in_plans
from reviewtool.services._heirs import Planned, lead, plan_heirs
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._revisions import add_revision
from reviewtool.services._stories import part_story
from reviewtool.services._structure import load_tree, new_section
from reviewtool.services._structure_changes import Change, Decision, record_change, trace_texts
from reviewtool.services._trace import trace
from reviewtool.text.errors import TextError


@dataclass(frozen=True)
class Split:
    """How a text is split.

    titles: of the new sections; goes: for each piece (`domain.splitting.pieces`) where it goes,
    0 stays. version: of the section's text, as the editor saw it.
    """

    titles: tuple[str, ...]
    goes: tuple[Collection[int], ...]
    version: int

    @property
    def words(self) -> tuple[str, ...]:
        """List what a repeated press has in common with the first: not the pieces, which are
        read off the text, and that is another one after the first press.
        """
        return (*self.titles, str(self.version))


@dataclass(frozen=True)
class _Along:
    """The texts of a split in one more language; version: of the section's own."""

    version: int
    kept: str
    new: dict[str, str]


@dataclass(frozen=True)
class _Halves:
    """The texts of a split, with the ids that the new sections get."""

    handbook_id: str
    language: str
    kept: str
    new: dict[str, str]
    along: dict[str, _Along]
    """Language -> the texts of another language that are split in the same way."""
    whole: tuple[str, ...]
    """Languages whose text stays whole with the section."""

    @property
    def texts(self) -> dict[tuple[str, str], str]:
        """Give every new text, by section and language."""
        found = {(one, self.language): text for one, text in self.new.items()}
        for language, along in self.along.items():
            found.update(((one, language), text) for one, text in along.new.items())
        return found


def split_texts(text: str, split: Split) -> list[str]:
    """Compose the texts of a split: what stays first. Raises Refused (empty, title missing)."""
    titles = tuple(" ".join(title.split()) for title in split.titles)
    if not titles or len(titles) > MOST_NEW or not all(titles):
        raise Refused(Reason.TITLE_MISSING)
    if any(len(title) > LONGEST_TITLE for title in titles):
        raise Refused(Reason.TOO_LONG)
    try:
        texts = divide(text, titles, split.goes)
    except TextError as error:
        raise Refused(Reason.TOO_LONG) from error
    except ValueError as error:
        raise Refused(Reason.TEXT_CHANGED) from error
    if not all(map(has_words, texts)):
        raise Refused(Reason.EMPTY)
    return texts


@dataclass(frozen=True)
class SplitPreview:
    """What a split comes to: the texts, what stays first, and how many contributions move."""

    texts: tuple[str, ...]
    moving: tuple[int, ...]
    """How many contributions go to each new section, in their order."""
    along: tuple[str, ...] = ()
    """Other languages whose text is split by the same headings."""
    whole: tuple[str, ...] = ()
    """Other languages whose text stays whole, since its headings aren't the same."""


def preview_split(
    installation: Installation, actor: Actor, section_id: str, language: str, split: Split
) -> SplitPreview:
    """Try a split without changing anything. Raises Refused as `split_section` does."""
    with installation.database.read() as session:
        require(actor, Action.EDIT, section_facts(session, section_id))
        halves = _halves(session, section_id, language, split)
        leads = plan_heirs(session, halves.handbook_id, _planned(section_id, halves))
    heirs = list(leads.values())
    return SplitPreview(
        (halves.kept, *halves.new.values()),
        tuple(heirs.count(one) for one in halves.new),
        tuple(sorted(halves.along)),
        halves.whole,
    )


def split_section(
    installation: Installation,
    actor: Actor,
    section_id: str,
    language: str,
    split: Split,
    request_id: str,
    decision: Decision | None = None,
) -> tuple[str, ...]:
    """Split a section: it keeps what stays, each new one stands after it; gives the new ids.

    Contributions go with the words that they are about; those whose words stand nowhere any more
    stay with the section. Texts in other languages are split along where their headings match, and
    stay whole with the section where not. Raises Refused: edit conflict where the text was saved
    meanwhile; empty where a text would have no words; title missing; text changed.
    """
    now = installation.clock.now()
    words = ["split", section_id, *split.words, *(decision.words if decision else ())]
    with installation.database.read() as session:
        require(actor, Action.EDIT, section_facts(session, section_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return tuple(before.object_id.split())
        halves = _halves(session, section_id, language, split)
        leads = plan_heirs(session, halves.handbook_id, _planned(section_id, halves))
    with installation.database.write() as session:
        require(actor, Action.EDIT, section_facts(session, section_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return tuple(before.object_id.split())
        made = _write(session, actor, now, section_id, halves, split.version, decision)
        lead(session, leads)
        remember(session, actor, request_id, words, " ".join(halves.new), now)
        change = Change(StructureAct.SPLIT, section_id, came_of_it=(section_id, *halves.new))
        record_change(session, actor, now, halves.handbook_id, change, decision)
        trace_texts(session, actor, now, halves.handbook_id, made)
        into: dict[str, str | int | bool | None] = {
            "into": " ".join(halves.new),
            "contributions": len(leads),
        }
        trace(session, actor, now, halves.handbook_id, Act.SECTION_SPLIT, section_id, into)
    return tuple(halves.new)


def _halves(session: Session, section_id: str, language: str, split: Split) -> _Halves:
    rows = session.execute(
        select(
            Section.handbook_id,
            Section.dropped_at,
            SectionText.language,
            SectionText.version,
            Revision.text,
        )
        .join(SectionText, SectionText.section_id == Section.id)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(Section.id == section_id)
    ).all()
    row = found(next((one for one in rows if one.language == language), None))
    if row.dropped_at is not None:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    if row.version != split.version:
        raise Refused(Reason.TEXT_CHANGED)
    kept, *new = split_texts(row.text, split)
    ids = [new_id() for _ in new]
    along, whole = {}, []
    for one in rows:
        if one.language == language:
            continue
        texts = divide_like(row.text, one.text, len(new), split.goes)
        if texts is None:
            whole.append(one.language)
        else:
            along[one.language] = _Along(
                one.version, texts[0], dict(zip(ids, texts[1:], strict=True))
            )
    return _Halves(
        row.handbook_id,
        language,
        kept,
        dict(zip(ids, new, strict=True)),
        along,
        tuple(sorted(whole)),
    )


def _planned(section_id: str, halves: _Halves) -> Planned:
    texts = halves.texts
    texts[section_id, halves.language] = halves.kept
    for language, along in halves.along.items():
        texts[section_id, language] = along.kept
    lineage = tuple(Descent(section_id, one, LineageKind.SPLIT) for one in halves.new)
    return Planned(lineage, coming=frozenset(halves.new), texts=texts)


def _write(
    session: Session,
    actor: Actor,
    now: datetime,
    section_id: str,
    halves: _Halves,
    version: int,
    decision: Decision | None,
) -> list[Revision]:
    tree = load_tree(session, halves.handbook_id)
    if section_id not in tree.sections:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    causes: Sequence[str] = [decision.proposal_id] if decision and decision.proposal_id else []
    note = decision.reason.strip() if decision else ""
    kept = [(halves.language, halves.kept, version)]
    kept += [(code, one.kept, one.version) for code, one in halves.along.items()]
    made = [
        add_revision(
            session, actor, now, section_id=section_id, language=code, text=text,
            cause=Cause.SPLIT, expected_version=seen, note=note, contributions=causes,
        )
        for code, text, seen in kept
    ]  # fmt: skip
    after = section_id
    for new in halves.new:
        new_section(
            session, tree, now, handbook_id=halves.handbook_id,
            kind=tree.sections[section_id].kind, parent_id=tree.parent_of(section_id),
            after=after, section_id=new,
        )  # fmt: skip
        session.add(
            Lineage(
                handbook_id=halves.handbook_id, from_section_id=section_id, to_section_id=new,
                kind=LineageKind.SPLIT, created_at=now,
            )
        )  # fmt: skip
        after = new
    made += [
        add_revision(
            session, actor, now, section_id=new, language=code, text=text,
            cause=Cause.SPLIT, expected_version=None, note=note, contributions=causes,
        )
        for (new, code), text in halves.texts.items()
    ]  # fmt: skip
    follow_in_plans(session, [section_id], list(halves.new))
    if tree.sections[section_id].kind is SectionKind.STORY:
        part_story(session, section_id, halves.kept, halves.new)
    return made
