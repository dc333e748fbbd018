"""The one file that speaks SMTP: a connection kept for a batch, and what the answers mean."""

from __future__ import annotations

import smtplib
import ssl
from time import monotonic
from urllib.parse import parse_qs, unquote, urlsplit

from reviewtool.mail.letter import Letter, Never, NobodyThere, NotNow

TIMEOUT = 20
"""Seconds that the server may take for one answer; shorter than a lease."""

PAUSE = 5
"""Seconds after which a kept connection is asked whether it still lives."""


class SmtpServer:
    """An SMTP server by its address; one connection, made when it is needed."""

    def __init__(self, url: str) -> None:
        """Prepare; url: smtp://user:password@host:port, smtps:// for TLS, ?starttls=1."""
        self._url = urlsplit(url)
        self._starttls = parse_qs(self._url.query).get("starttls", ["0"])[0] in ("1", "true")
        self._connection: smtplib.SMTP | None = None
        self._used = 0.0

    def send(self, letter: Letter) -> None:
        """Hand over one letter. Raises NotNow, Never or NobodyThere with the server's words."""
        connection = self._connected()
        try:
            connection.sendmail(letter.sender, [letter.recipient], letter.content)
            self._used = monotonic()
        except smtplib.SMTPRecipientsRefused as error:
            _refused(*error.recipients[letter.recipient])
        except smtplib.SMTPSenderRefused as error:
            # Something is wrong with us, not with this letter: the others would fare the same.
            raise NobodyThere(_words(error.smtp_code, error.smtp_error)) from error
        except smtplib.SMTPServerDisconnected as error:
            self._drop()
            raise NobodyThere(str(error)) from error
        except smtplib.SMTPResponseException as error:
            _refused(error.smtp_code, error.smtp_error)
        except UnicodeEncodeError as error:
            raise Never(f"the address can't be written in SMTP: {error.reason}") from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise NobodyThere(str(error)) from error

    def close(self) -> None:
        """Say goodbye."""
        if self._connection is None:
            return
        try:
            self._connection.quit()
        except (smtplib.SMTPException, OSError):
            self._connection.close()
        self._connection = None

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> smtplib.SMTP:
        if self._connection is not None and self._lives(self._connection):
            return self._connection
        self._drop()
        try:
            self._connection = self._connect()
        except smtplib.SMTPResponseException as error:
            raise NobodyThere(_words(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NobodyThere(str(error)) from error
        self._used = monotonic()
        return self._connection

    def _lives(self, connection: smtplib.SMTP) -> bool:
        """Tell whether a kept connection still lives; asks only after a pause."""
        if connection.sock is None:
            return False
        if monotonic() - self._used < PAUSE:
            return True
        try:
            return connection.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def _connect(self) -> smtplib.SMTP:
        host = self._url.hostname or "localhost"
        if self._url.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._url.port or 465, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            connection = smtplib.SMTP(host, self._url.port or 25, timeout=TIMEOUT)
        if self._starttls:
            connection.starttls(context=ssl.create_default_context())
        if self._url.username:
            connection.login(unquote(self._url.username), unquote(self._url.password or ""))
        return connection


def _words(code: int, answer: bytes | str) -> str:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {words}".strip()


def _refused(code: int, answer: bytes | str) -> None:
    """Raise what an answer of the server means for the letter."""
    if code == 421:
        raise NobodyThere(_words(code, answer))
    raise (Never if 500 <= code < 600 else NotNow)(_words(code, answer))
