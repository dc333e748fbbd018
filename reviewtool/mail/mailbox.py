"""The local mailbox: each letter a file, named by its id, so that a repeat replaces the same."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from reviewtool.domain.people import fold
from reviewtool.infra.ids import is_id
from reviewtool.mail.headers import read_header
from reviewtool.mail.letter import Letter, NobodyThere


@dataclass(frozen=True)
class KeptLetter:
    """A letter in the local mailbox."""

    id: str
    recipient: str
    subject: str
    written_at: datetime
    language: str
    text: str
    html: str


class Mailbox:
    """A folder of letters."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made with the first letter."""
        self._folder = folder

    def send(self, letter: Letter) -> None:
        """Keep a letter; a reader never sees half of it. Raises NobodyThere."""
        path = self._folder / f"{letter.message_id}.eml"
        fresh = path.with_suffix(f".{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(letter.content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError as error:
            raise NobodyThere(f"{path.parent}: {error.strerror}") from error

    def close(self) -> None:
        """Do nothing: a folder has no connection."""

    def letters(self, words: str = "") -> list[KeptLetter]:
        """List the letters, newest first; with words, those that hold them one after another."""
        wanted = " ".join(fold(words).split())
        kept = [self._read(path) for path in self._folder.glob("*.eml")]
        kept.sort(key=lambda letter: (letter.written_at, letter.id), reverse=True)
        return [letter for letter in kept if _holds(letter, wanted)]

    def forget(self, addresses: Collection[str]) -> None:
        """Remove the letters to some addresses: their owner has been erased."""
        folded = {fold(address) for address in addresses if address}
        for path in self._folder.glob("*.eml"):
            if fold(parseaddr(self._read(path).recipient)[1]) in folded:
                path.unlink(missing_ok=True)

    def keeps(self, letter_id: str) -> bool:
        """Tell whether a letter is here."""
        return is_id(letter_id) and (self._folder / f"{letter_id}.eml").is_file()

    def letter(self, letter_id: str) -> KeptLetter | None:
        """Read one letter; None where there is none."""
        return self._read(self._folder / f"{letter_id}.eml") if self.keeps(letter_id) else None

    def _read(self, path: Path) -> KeptLetter:
        message = message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=default)
        raw = dict(message.raw_items())
        return KeptLetter(
            id=path.stem,
            recipient=read_header(raw["To"]),
            subject=read_header(raw["Subject"]),
            written_at=parsedate_to_datetime(str(message["Date"])),
            language=str(message["Content-Language"]),
            text=_part(message, "plain"),
            html=_part(message, "html"),
        )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _holds(letter: KeptLetter, wanted: str) -> bool:
    words = fold(f"{letter.recipient} {letter.subject} {letter.text}")
    return wanted in " ".join(words.split())
