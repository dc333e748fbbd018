"""People: roles in a handbook, how an address fares, and how addresses are told apart."""

import unicodedata
from enum import StrEnum

LONGEST_NAME = 200
"""The longest name of a person or an organisation, in characters."""


class Role(StrEnum):
    """A person's role in one handbook."""

    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class AddressState(StrEnum):
    """What is known of an address."""

    UNCONFIRMED = "unconfirmed"
    OK = "ok"
    DEAD = "dead"


class OrganisationKind(StrEnum):
    """Kinds of organisations that the product ships names for; the column takes any word."""

    NGO = "ngo"
    MUNICIPALITY = "municipality"
    JOINT_AUTHORITY = "joint-authority"
    WELLBEING_COUNTY = "wellbeing-county"
    NETWORK = "network"
    OTHER = "other"


def fold(words: str) -> str:
    """Fold words for comparing: NFKC, case and outer white space don't matter.

    Done here and not in the database, whose lower() knows ASCII only (SQLite).
    """
    return unicodedata.normalize("NFKC", words).strip().casefold()


def search_key(words: str) -> str:
    """Reduce a name to what it is looked for by: no case, no marks on letters, single spaces.

    For searching and for likeness only: "Aijala" finds "Äijälä", but they are two names.
    """
    apart = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.split())
