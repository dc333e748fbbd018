"""The hash that approvals and receipts are bound to."""

import hashlib

from reviewtool.text.canonical import FORMAT_VERSION


def text_hash(section_id: str, language: str, text: str) -> str:
    """Return 64 hexadecimal digits over (format version, section, language, canonical text).

    The fields are written with their lengths, so that no two different tuples give the same bytes.
    """
    digest = hashlib.sha256()
    for field in (str(FORMAT_VERSION), section_id, language, text):
        data = field.encode()
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()
