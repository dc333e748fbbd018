"""The use case of saying what a handbook is, and whom to ask about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewtool.domain.actors import Actor
from reviewtool.domain.people import LONGEST_NAME
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import LANGUAGES
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.office.addresses import address_of
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._policy import require
from reviewtool.services._trace import trace

LONGEST_TITLE = 300
LONGEST_INTRODUCTION = 5_000


@dataclass(frozen=True)
class Description:
    """What the public pages say of a handbook; words by language.

    host: the association that answers for the personal data; joint_controllers: those who do so
    together with it, one a line.
    """

    title: Mapping[str, str]
    introduction: Mapping[str, str] = field(default_factory=dict)
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    host: str = ""
    host_address: str = ""
    joint_controllers: str = ""


def describe_handbook(
    installation: Installation, actor: Actor, handbook_id: str, description: Description
) -> None:
    """Change what a handbook says of itself; saying the same again changes nothing.

    Raises Refused: empty without a title in the handbook's language, too long, bad address.
    """
    _check(description)
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        handbook = found(session.get(Handbook, handbook_id, with_for_update=True))
        title = _kept(description.title)
        if not title.get(handbook.language):
            raise Refused(Reason.EMPTY, details={"field": "title"})
        values = {
            "title": title,
            "introduction": _kept(description.introduction),
            "contact_name": description.contact_name.strip(),
            "contact_phone": description.contact_phone.strip(),
            "contact_email": description.contact_email.strip(),
            "host": description.host.strip(),
            "host_address": description.host_address.strip(),
            "joint_controllers": _lines(description.joint_controllers),
        }
        changed = [name for name, value in values.items() if getattr(handbook, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(handbook, name, values[name])
        facts = {"fields": " ".join(changed)}
        trace(session, actor, now, handbook_id, Act.HANDBOOK_DESCRIBED, handbook_id, facts)


def _lines(words: str) -> str:
    return "\n".join(line for line in map(str.strip, words.splitlines()) if line)


def _kept(words: Mapping[str, str]) -> dict[str, str]:
    return {code: words[code].strip() for code in LANGUAGES if words.get(code, "").strip()}


def _check(description: Description) -> None:
    lines = (
        description.contact_name,
        description.contact_phone,
        description.host,
        description.host_address,
    )
    if (
        any(len(words) > LONGEST_TITLE for words in description.title.values())
        or any(len(words) > LONGEST_INTRODUCTION for words in description.introduction.values())
        or any(len(words) > LONGEST_NAME for words in lines)
        or len(description.joint_controllers) > LONGEST_INTRODUCTION
    ):
        raise Refused(Reason.TOO_LONG)
    written = description.contact_email.strip()
    if written and not address_of(written):
        raise Refused(Reason.BAD_ADDRESS)
