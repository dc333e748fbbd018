"""People: roles in a handbook, how an address fares, and how addresses are told apart."""

import re
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


def fold_organisation(name: str) -> str:
    """Fold an organisation's name for comparing: full stops and commas, as in "RY." and "r.y.",
    and doubled spaces don't matter either.
    """
    return " ".join(fold(name).replace(".", "").replace(",", " ").split())


_ADDRESS = re.compile(r"://|@|\bwww\.|\w\.[^\W\d_]{2,}", re.IGNORECASE)


def holds_an_address(name: str) -> bool:
    """Tell whether a name holds what mail programs make a link of: no name needs that.

    Full stops of initials and abbreviations ("A.B. Virtanen", "Apu r.y.") are none.
    """
    return bool(_ADDRESS.search(unicodedata.normalize("NFKC", name)))


def search_key(words: str) -> str:
    """Reduce a name to what it is looked for by: no case, no marks on letters, single spaces.

    For searching and for likeness only: "Aijala" finds "Äijälä", but they are two names.
    """
    apart = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.split())
