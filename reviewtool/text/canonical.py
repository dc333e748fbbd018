"""The one spelling of a text (docs/grammar.md)."""

from reviewtool.text.document import respell
from reviewtool.text.errors import TextError

__all__ = ["FORMAT_VERSION", "TextError", "canonical", "is_canonical"]

# Part of every fingerprint: raised when the same words would be spelt otherwise.
FORMAT_VERSION = 1


def canonical(text: str) -> str:
    """Return the canonical spelling of any string; ``canonical(canonical(x)) == canonical(x)``.

    Raises TextError when the text is longer than characters.MAX_LENGTH code points.
    """
    return respell(text)


def is_canonical(text: str) -> bool:
    """Say whether ``text`` is spelt as it has to be."""
    return canonical(text) == text
