"""Which of a round's texts name an organisation, so that it can check what they say of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.mentions import Mention, named
from reviewtool.queries.round_texts import TextLine
from reviewtool.queries.texts import texts_of
from reviewtool.text.html import to_plain


@dataclass(frozen=True)
class NamedIn:
    """A text that names the organisation, with the first place where it does."""

    line: TextLine
    first: Mention


def naming(
    session: Session, actor: Actor, lines: Sequence[TextLine], organisation: str
) -> list[NamedIn]:
    """List the texts that name an organisation, in reading order; 1 query, or none."""
    if not organisation or not lines:
        return []
    texts = texts_of(session, actor, [line.revision_id for line in lines])
    found = [(line, named(organisation, to_plain(texts[line.revision_id]))) for line in lines]
    return [NamedIn(line, places[0]) for line, places in found if places]
