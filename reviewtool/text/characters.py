"""Which characters a text may hold, and how white space and accents are spelt (NFC)."""

import re
import unicodedata

from reviewtool.text.errors import TextError

MAX_LENGTH = 2_000_000

# A line ends at any of these; a canonical text knows "\n" only.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Controls, lone surrogates, non-characters, byte order marks, zero-width spaces, soft hyphens and
# the directional overrides that can make a line read otherwise than it is stored. The zero-width
# joiners stay: emoji and some scripts need them.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
# Every white space but the two no-break spaces, which are part of what was written ("10 000").
_SPACES = re.compile("[^\\S\u00a0\u202f\n]+")


def clean(text: str) -> str:
    """Return ``text`` in NFC with ``\\n`` line ends and no invisible controls.

    Raises TextError when the text is longer than ``MAX_LENGTH`` code points.
    """
    return unicodedata.normalize("NFC", without_controls(text))


def without_controls(text: str) -> str:
    """Return ``text`` as ``clean`` does, but not normalised: an accent after a tag stays one."""
    if len(text) > MAX_LENGTH:
        raise TextError(f"a text may have at most {MAX_LENGTH} characters")
    return _DROPPED.sub("", _LINE_ENDS.sub("\n", text))


def squeeze(line: str) -> str:
    """Return one line with its runs of white space as single spaces, none at the ends."""
    return _SPACES.sub(" ", line.replace("\n", " ")).strip(" ")


def extends(char: str) -> bool:
    """Say whether ``char`` belongs to the character before it (accent, joiner, variant, tone)."""
    code = ord(char)
    if code < 0x300:
        return False
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or code == 0x200D
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )
