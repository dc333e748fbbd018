"""Actors: who acts; every service and every query takes one."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reviewtool.domain.links import Purpose
from reviewtool.domain.people import Role


class ActorKind(StrEnum):
    """How an actor came."""

    VISITOR = "visitor"
    ACCOUNT = "account"
    LINK = "link"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Somebody (or the system) who asks for something.

    roles: handbook id -> role, for accounts; a link names its phase, invitation and purpose.
    """

    kind: ActorKind
    person_id: str | None = None
    roles: dict[str, Role] = field(default_factory=dict, hash=False)
    administrator: bool = False
    link_id: str | None = None
    purpose: Purpose | None = None
    handbook_id: str | None = None
    phase_id: str | None = None
    invitation_id: str | None = None
    organisation_id: str | None = None
    writable: bool = True
    takes_part: bool = True
    """Whether the link's part is its person's still: not passed on, succeeded, or of past days."""
    today: date | None = None
    """Of a link: the day it is used, in its handbook's time zone; some words open on a day."""
    language: str = "fi"

    @property
    def key(self) -> str:
        """Name the actor in traces and request ids: a public id, never a name."""
        return self.person_id or self.kind.value


VISITOR = Actor(ActorKind.VISITOR)
SYSTEM = Actor(ActorKind.SYSTEM)
