"""Files that people attach: which kinds are taken, told by their content and not only by name."""

import re
import unicodedata
from dataclasses import dataclass

ZIP = (b"PK\x03\x04",)

KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP),
    "odt": ("application/vnd.oasis.opendocument.text", ZIP),
    "doc": ("application/msword", (b"\xd0\xcf\x11\xe0",)),
    "msg": ("application/vnd.ms-outlook", (b"\xd0\xcf\x11\xe0",)),
    "rtf": ("application/rtf", (b"{\\rtf",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "eml": ("message/rfc822", ()),
    "txt": ("text/plain", ()),
}
"""Ending -> media type and how the content begins; without a beginning it has to be text."""

PICTURES = frozenset({"image/jpeg", "image/png"})
"""Media types of pictures that a page can show."""

INLINE = PICTURES | {"application/pdf"}
"""Media types that a browser may open by itself, in a tab of their own."""

LONGEST_NAME = 120

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


FROM_PARTICIPANTS = frozenset({"pdf", "docx", "xlsx", "odt", "jpg", "jpeg", "png"})
"""Endings of what participants attach: reports, statistics, pictures."""

MOST_ATTACHED = 5
"""How many files a participant attaches to one contribution."""


@dataclass(frozen=True)
class Upload:
    """A file as somebody sent it."""

    name: str
    content: bytes


def ending(name: str) -> str:
    """Give the ending of a file's name, in lower case, without the dot."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def media_type(upload: Upload) -> str | None:
    """Tell the media type of a file that is taken; None where it isn't what it says."""
    kind = KINDS.get(ending(upload.name))
    if kind is None or not upload.content:
        return None
    name, beginnings = kind
    if beginnings:
        return name if upload.content.startswith(beginnings) else None
    return name if b"\x00" not in upload.content[:4096] else None


def safe_name(name: str) -> str:
    """Give a file's name without folders and signs that a file system or header trips over."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    clean = _UNSAFE.sub("_", last).strip(" .") or "file"
    if len(clean) <= LONGEST_NAME:
        return clean
    suffix = ending(clean)
    return f"{clean[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"
