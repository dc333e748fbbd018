"""The use case of merging sections: their texts become one (rules 1, 2, 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.lineage import Descent
from reviewtool.domain.policy import Action
from reviewtool.domain.proposals import StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause, LineageKind, SectionKind
from reviewtool.domain.splitting import combine
from reviewtool.domain.trace import Act
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Lineage, Revision, Section, SectionText
from reviewtool.queries.facts import handbook_facts
from reviewtool.services._following import (
    episodes_follow,
    follow_in_plans,
    relations_follow,
)
from reviewtool.services._heirs import Planned, lead, plan_heirs
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._revisions import add_revision
from reviewtool.services._stories import join_stories
from reviewtool.services._structure import Tree, load_tree, new_section
from reviewtool.services._structure_changes import Change, Decision, record_change, trace_texts
from reviewtool.services._trace import trace
from reviewtool.text.canonical import canonical
from reviewtool.text.document import parse
from reviewtool.text.errors import TextError


@dataclass(frozen=True)
class Combination:
    """Which sections are merged, and into what.

    versions: section -> version of its text as the editor saw it, in the order of the text.
    heir_id: the one of them that stays; None makes a new section at the place of the first.
    text: the joined text, as the editor left it.
    """

    versions: Mapping[str, int]
    heir_id: str | None
    text: str

    @property
    def words(self) -> tuple[str, ...]:
        """List all of it, for comparing repeated presses."""
        pairs = (f"{key}={version}" for key, version in self.versions.items())
        return (*pairs, self.heir_id or "", self.text)


@dataclass(frozen=True)
class _Joined:
    """The sections with their texts by language, and the section that they become."""

    handbook_id: str
    heir_id: str
    is_new: bool
    texts: dict[str, str]
    versions: dict[str, int]
    """Language -> version of the heir's text, where it has one."""

    def going(self, combination: Combination) -> list[str]:
        """List the sections that are no longer there by themselves."""
        return [one for one in combination.versions if one != self.heir_id]


def combine_sections(
    installation: Installation,
    actor: Actor,
    language: str,
    combination: Combination,
    request_id: str,
    decision: Decision | None = None,
) -> str:
    """Merge sections into one of them or a new one; gives the id of what they became.

    All that was said on them is dealt with there from now on. Texts in other languages are joined
    as they are. Raises Refused: other section missing for fewer than two; text changed where one
    was saved meanwhile; title missing; not possible where one stands under another.
    """
    now = installation.clock.now()
    words = ["combine", *combination.words, *(decision.words if decision else ())]
    handbook_id = _handbook_of(installation, actor, combination)
    with installation.database.read() as session:
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        _check_standing(session, combination)
        joined = _joined(session, handbook_id, language, combination)
        leads = plan_heirs(session, handbook_id, _planned(combination, joined))
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        going = joined.going(combination)
        made = _write(session, actor, now, combination, joined, decision)
        lead(session, leads)
        remember(session, actor, request_id, words, joined.heir_id, now)
        change = Change(
            StructureAct.MERGE,
            joined.heir_id,
            came_of_it=(joined.heir_id,),
            took_part=going,
            title=parse(joined.texts[language]).title,
        )
        record_change(session, actor, now, handbook_id, change, decision)
        trace_texts(session, actor, now, handbook_id, made)
        merged: dict[str, str | int | bool | None] = {
            "from": " ".join(going),
            "contributions": len(leads),
        }
        trace(session, actor, now, handbook_id, Act.SECTIONS_MERGED, joined.heir_id, merged)
    return joined.heir_id


def _handbook_of(installation: Installation, actor: Actor, combination: Combination) -> str:
    ids = list(combination.versions)
    if len(ids) < 2:
        raise Refused(Reason.OTHER_SECTION_MISSING)
    if combination.heir_id is not None and combination.heir_id not in ids:
        raise Refused(Reason.NOT_FOUND)
    with installation.database.read() as session:
        handbooks = session.scalars(select(Section.handbook_id).where(Section.id.in_(ids))).all()
        if len(handbooks) != len(ids) or len(set(handbooks)) != 1:
            raise Refused(Reason.NOT_FOUND)
        require(actor, Action.EDIT, handbook_facts(session, handbooks[0]))
        return handbooks[0]


def _check_standing(session: Session, combination: Combination) -> None:
    """Refuse (not possible now) where one is out of the handbook already."""
    dropped = select(Section.id).where(
        Section.id.in_(combination.versions), Section.dropped_at.is_not(None)
    )
    if session.scalar(dropped.limit(1)) is not None:
        raise Refused(Reason.NOT_POSSIBLE_NOW)


def _joined(session: Session, handbook_id: str, language: str, combination: Combination) -> _Joined:
    rows = session.execute(
        select(SectionText.section_id, SectionText.language, SectionText.version, Revision.text)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(SectionText.section_id.in_(list(combination.versions)))
    ).all()
    texts = {(row.section_id, row.language): (row.version, row.text) for row in rows}
    for section_id, version in combination.versions.items():
        if texts.get((section_id, language), (None, ""))[0] != version:
            raise Refused(Reason.TEXT_CHANGED)
    heir_id = combination.heir_id or new_id()
    joined = {language: _checked(combination.text)}
    for other in {row.language for row in rows} - {language}:
        own = [texts[one, other][1] for one in combination.versions if (one, other) in texts]
        titled = texts.get((heir_id, other), (0, own[0]))[1]
        joined[other] = combine(own, parse(titled).title)
    return _Joined(
        handbook_id,
        heir_id,
        combination.heir_id is None,
        joined,
        {other: texts[heir_id, other][0] for other in joined if (heir_id, other) in texts},
    )


def _checked(text: str) -> str:
    try:
        text = canonical(text)
    except TextError as error:
        raise Refused(Reason.TOO_LONG) from error
    if not parse(text).title:
        raise Refused(Reason.TITLE_MISSING)
    return text


def _planned(combination: Combination, joined: _Joined) -> Planned:
    going = joined.going(combination)
    return Planned(
        lineage=tuple(Descent(one, joined.heir_id, LineageKind.MERGED) for one in going),
        going=frozenset(going),
        coming=frozenset([joined.heir_id]),
        texts={(joined.heir_id, language): text for language, text in joined.texts.items()},
    )


def _write(
    session: Session,
    actor: Actor,
    now: datetime,
    combination: Combination,
    joined: _Joined,
    decision: Decision | None,
) -> list[Revision]:
    tree = load_tree(session, joined.handbook_id)
    going = joined.going(combination)
    first = next(iter(combination.versions))
    _check_places(tree, combination)
    if joined.is_new:
        new_section(
            session, tree, now, handbook_id=joined.handbook_id, kind=tree.sections[first].kind,
            parent_id=tree.parent_of(first), after=first, section_id=joined.heir_id,
        )  # fmt: skip
    for one in going:
        for child in list(tree.children.get(one, [])):
            tree.place(child, joined.heir_id, len(tree.children.get(joined.heir_id, [])))
        tree.sections[one].dropped_at = now
        session.add(
            Lineage(
                handbook_id=joined.handbook_id, from_section_id=one,
                to_section_id=joined.heir_id, kind=LineageKind.MERGED, created_at=now,
            )
        )  # fmt: skip
    relations_follow(session, going, joined.heir_id)
    episodes_follow(session, going, joined.heir_id)
    if tree.sections[joined.heir_id].kind is SectionKind.STORY:
        join_stories(session, going, joined.heir_id)
    follow_in_plans(session, going, [joined.heir_id])
    causes: Sequence[str] = [decision.proposal_id] if decision and decision.proposal_id else []
    return [
        add_revision(
            session, actor, now, section_id=joined.heir_id, language=language, text=text,
            cause=Cause.JOIN, expected_version=joined.versions.get(language),
            note=decision.reason.strip() if decision else "", contributions=causes,
        )
        for language, text in joined.texts.items()
    ]  # fmt: skip


def _check_places(tree: Tree, combination: Combination) -> None:
    """Check that all stand, and none under another. Raises Refused (not possible now)."""
    for one in combination.versions:
        if one not in tree.sections or set(tree.beneath(one)) & set(combination.versions):
            raise Refused(Reason.NOT_POSSIBLE_NOW)
