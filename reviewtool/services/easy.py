"""The use case of writing the easy-language summary of a request or of a text."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import MOST_CHARACTERS
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import LANGUAGES
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.easy import EasySummary
from reviewtool.queries.easy import About, check_about, of, seen
from reviewtool.queries.facts import handbook_facts
from reviewtool.services._policy import require
from reviewtool.services._trace import trace


def write_easy(
    installation: Installation,
    actor: Actor,
    about: About,
    words: Mapping[str, str],
    read: str,
) -> None:
    """Keep the summaries by language; an empty one is taken away; the same again does nothing.

    read: the versions that the editor had before them (`seen`). Raises Refused: text changed (a
    colleague saved meanwhile), too long, not found, not allowed.
    """
    wanted = {code: words[code].strip() for code in LANGUAGES if words.get(code, "").strip()}
    if any(len(one) > MOST_CHARACTERS for one in wanted.values()):
        raise Refused(Reason.TOO_LONG)
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, about.handbook_id))
        check_about(session, about)
        rows = {
            row.language: row
            for row in session.scalars(select(EasySummary).where(of(about)).with_for_update())
        }
        if {code: row.words for code, row in rows.items()} == wanted:
            return
        if seen({code: (row.words, row.version) for code, row in rows.items()}) != read:
            raise Refused(Reason.TEXT_CHANGED)
        for code, row in rows.items():
            if code not in wanted:
                session.delete(row)
        for code, said in wanted.items():
            row = rows.get(code) or EasySummary(
                handbook_id=about.handbook_id,
                phase_id=about.phase_id,
                section_id=about.section_id,
                language=code,
                version=0,
            )
            if row.version == 0 or row.words != said:
                row.words, row.version, row.updated_at = said, row.version + 1, now
            session.add(row)
        object_id = about.section_id or about.phase_id or about.handbook_id
        facts: dict[str, str | int | bool | None] = {"languages": " ".join(sorted(wanted))}
        trace(session, actor, now, about.handbook_id, Act.EASY_WRITTEN, object_id, facts)
