"""How words outside ASCII stand in the headers of a letter: no space is lost, however long."""

from __future__ import annotations

from email.header import Header, decode_header, make_header
from email.headerregistry import Address
from email.policy import SMTP, EmailPolicy
from typing import Any

LINE = 76
"""The longest line that encoded words may stand on (RFC 2047)."""


class WholeWords(EmailPolicy):
    """The library's own folding drops a space at the edge of two encoded words (CPython 92081).

    The older one of the same library keeps it inside the words.
    """

    def fold(self, name: str, value: Any) -> str:
        """Write a header as lines."""
        if name.lower() == "list-unsubscribe":
            # Folding encodes an address that is longer than a line, and no mail program reads it.
            return f"{name}: {value}{self.linesep}"
        if str(value).isascii():
            plain: str = super().fold(name, value)
            return plain
        addresses: tuple[Address, ...] = getattr(value, "addresses", ())
        if addresses:
            words = ", ".join(_person(name, one) for one in addresses)
        else:
            words = _encoded(name, str(value))
        return f"{name}: {words}\n".replace("\n", self.linesep)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Write a header as the lines that are sent."""
        return self.fold(name, value).encode("ascii")


LETTERS = WholeWords(linesep=SMTP.linesep)
"""How this product's letters are written."""


def _person(header: str, one: Address) -> str:
    if not one.display_name or one.display_name.isascii():
        return str(one)
    return f"{_encoded(header, one.display_name)}\n <{one.addr_spec}>"


def _encoded(header: str, words: str) -> str:
    return Header(words, "utf-8", LINE, header).encode()


def read_header(raw: str) -> str:
    """Read a header's words as a mail program does."""
    return str(make_header(decode_header(raw)))
