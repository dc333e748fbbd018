"""E-mail addresses as people type them into tables."""

import re
import unicodedata

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z")
_NAMED = re.compile(r"[^<>]*<([^<>]*)>\Z")
_LONGEST_LOCAL, _LONGEST_LABEL, _LONGEST = 64, 63, 254


def address_of(typed: str) -> str:
    """The address in a cell, or "" when there is no single good one.

    Takes "Name <address>" and "mailto:address" too. The local part is ASCII (RFC 5321 dot-atom,
    no quoted form); the domain has two labels or more, is lower-cased, and international names
    come back in their ASCII form (IDNA), which every mail server understands.
    """
    named = _NAMED.match(typed.strip())
    address = (named[1] if named else typed).strip()
    if address.lower().startswith("mailto:"):
        address = address[len("mailto:") :]
    local, at, domain = address.rpartition("@")
    if not at or len(local) > _LONGEST_LOCAL or not _LOCAL.match(local):
        return ""
    ascii_domain = _domain(domain)
    whole = f"{local}@{ascii_domain}"
    return whole if ascii_domain and len(whole) <= _LONGEST else ""


def address_key(address: str) -> str:
    """What two spellings of one address have in common."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def _domain(typed: str) -> str:
    """The domain in ASCII; "" when it is none."""
    if not typed.isprintable() or " " in typed:
        return ""
    try:
        domain = typed.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = domain.split(".")
    good = all(len(label) <= _LONGEST_LABEL and _LABEL.match(label) for label in labels)
    return domain if good and len(labels) > 1 and not labels[-1].isdigit() else ""
