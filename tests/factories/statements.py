"""Joint statements of organisations: begun, with colleagues, and their points, by the use cases."""

from __future__ import annotations

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.passages import Range
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services import statement_points
from reviewtool.services.contributions import Submission, Words
from tests.factories.contributions import Table, drafted


def add_point(
    installation: Installation,
    actor: Actor,
    section_id: str | None,
    words: str,
    request_id: str | None = None,
) -> str:
    """Write a point on a text as a whole, or on the whole handbook."""
    said = Submission(ContributionKind.COMMENT, Words(words), section_id)
    return statement_points.add_point(installation, actor, said, request_id or new_id())


def add_on_passage(
    installation: Installation,
    table: Table,
    actor: Actor,
    quote: str,
    words: Words,
    kind: ContributionKind = ContributionKind.COMMENT,
    *,
    language: str = "fi",
    request_id: str | None = None,
) -> str:
    """Write a point on words of the first activity's text."""
    revision_id, text = drafted(installation, table, table.section_id)
    start = text.index(quote)
    said = Submission(
        kind, words, table.section_id, revision_id, Range(start, start + len(quote)),
        language=language,
    )  # fmt: skip
    return statement_points.add_point(installation, actor, said, request_id or new_id())


def save_point(
    installation: Installation,
    actor: Actor,
    point_id: str,
    words: str,
    version: int,
    request_id: str,
) -> None:
    """Give a point of plain words other ones."""
    statement_points.save_point(installation, actor, point_id, Words(words), version, request_id)
