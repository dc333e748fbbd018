"""People to be invited: what one row says, and what will become of it."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Invitee:
    """A person as an editor names them; kind and language are codes, "" where not given."""

    name: str
    address: str
    organisation: str = ""
    kind: str = ""
    municipality: str = ""
    language: str = ""
    shares: bool = False
    """Whether several people read the address, as the editor says."""

    @property
    def words(self) -> list[str]:
        """Spell it for telling a repeated form from an edit."""
        return [
            self.name,
            self.address,
            self.organisation,
            self.kind,
            self.municipality,
            self.language,
            str(self.shares),
        ]


class Outcome(StrEnum):
    """What becomes of a row of the table of people."""

    NEW = "new"
    KNOWN = "known"
    SHARED = "shared"
    ALREADY = "already"
    CORRECTED = "corrected"
    DUPLICATE = "duplicate"
    BAD_ADDRESS = "bad-address"
    NAME_MISSING = "name-missing"
    TOO_LONG = "too-long"


ADDED = frozenset({Outcome.NEW, Outcome.KNOWN, Outcome.SHARED})
"""Outcomes that make an invitation; the others leave the row out."""


class Correction(StrEnum):
    """What a row changes of somebody who is invited already."""

    ORGANISATION = "organisation"
    LANGUAGE = "language"


class Remark(StrEnum):
    """What is notable about a row that goes in nevertheless."""

    UNKNOWN_MUNICIPALITY = "unknown-municipality"
    UNKNOWN_KIND = "unknown-kind"
    UNKNOWN_LANGUAGE = "unknown-language"
