"""Public ids: the only identity that a row has, in tables, addresses, trace and exports."""

import hashlib
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o, u, so that an id can be read out on the phone."""

LENGTH = 16


def new_id() -> str:
    """Give a fresh id: 16 characters, 80 random bits, can't be guessed or walked."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def named_id(kind: str, name: str) -> str:
    """Give the id of something that is the same everywhere, such as a municipality: of its name."""
    number = int.from_bytes(hashlib.sha256(f"{kind}\n{name}".encode()).digest()[:10])
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def is_id(value: str) -> bool:
    """Tell whether a string has the shape of an id (not whether anything has it)."""
    return len(value) == LENGTH and all(character in ALPHABET for character in value)
