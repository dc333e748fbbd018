"""What the text engine refuses."""


class TextError(ValueError):
    """A text, or a position in one, that the engine can't work on."""
