"""Signs that a mail program took for a part of an address: "https://…/in/x.", "<https://…/in/x>"."""

GLUED = ".,;:!?>)]}\"'”’»* "
"""What no address of ours ends with, and words around it often do."""


def without_glued(words: str) -> str:
    """Take away the signs that mail programs glue to the end of an address."""
    return words.rstrip(GLUED)
