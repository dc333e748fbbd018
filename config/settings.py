"""Typed settings, read from the environment once, at the start.

Each setting is one field with its variable, default and meaning; docs/settings.md is checked
against this list. A wrong value refuses the start with a message that names the cure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEVELOPMENT_KEY = "development-only-key-that-production-refuses"


class SettingsError(Exception):
    """A setting is wrong; the text says which, why, and what to do."""


def _setting(variable: str, default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"variable": variable, "meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """All settings of an installation."""

    production: bool = _setting(
        "REVIEWTOOL_PRODUCTION",
        False,
        "Run for real users: refuses the development key, plain http and the local mailbox.",
    )
    secret_key: str = _setting(
        "REVIEWTOOL_SECRET_KEY",
        DEVELOPMENT_KEY,
        "Signs sessions, links and forms; at least 32 characters.",
    )
    secret_key_fallbacks: tuple[str, ...] = _setting(
        "REVIEWTOOL_SECRET_KEY_FALLBACKS",
        (),
        "Earlier keys, separated by commas, still accepted after a rotation.",
    )
    base_url: str = _setting(
        "REVIEWTOOL_BASE_URL",
        "http://127.0.0.1:8000",
        "The address under which people reach the site; stands in every mailed link.",
    )
    data_dir: Path = _setting(  # noqa: RUF009 (gives a field)
        "REVIEWTOOL_DATA_DIR",
        Path("data"),
        "Folder of the embedded database, the local mailbox and the generated key.",
    )
    database_url: str = _setting(
        "DATABASE_URL",
        "",
        "SQLite or PostgreSQL; empty means an SQLite file in the data folder.",
    )
    redis_url: str = _setting(
        "REDIS_URL",
        "",
        "Redis for Celery and shared rate limits; empty means background work in the web process.",
    )
    smtp_url: str = _setting(
        "SMTP_URL",
        "",
        "smtp://user:password@host:port (smtps:// for TLS, ?starttls=1); empty means the local "
        "mailbox.",
    )
    mail_from: str = _setting(
        "REVIEWTOOL_MAIL_FROM",
        "Kumaja <kumaja@example.org>",
        "The sender that recipients see.",
    )
    mail_per_minute: int = _setting(
        "REVIEWTOOL_MAIL_PER_MINUTE",
        600,
        "The most messages sent in a minute by one process; protects the sending reputation.",
    )
    time_zone: str = _setting(
        "REVIEWTOOL_TIME_ZONE",
        "Europe/Helsinki",
        "Time zone of new handbooks; deadlines close at the end of the day there.",
    )
    language: str = _setting(
        "REVIEWTOOL_LANGUAGE",
        "fi",
        "Language of pages where neither the person nor the browser says another: fi, sv or en.",
    )
    trusted_proxies: int = _setting(
        "REVIEWTOOL_TRUSTED_PROXIES",
        0,
        "How many reverse proxies stand in front, whose X-Forwarded-* headers are believed.",
    )
    upload_limit_mb: int = _setting(
        "REVIEWTOOL_UPLOAD_LIMIT_MB", 20, "The largest file that is accepted, in megabytes."
    )
    retention_days: int = _setting(
        "REVIEWTOOL_RETENTION_DAYS",
        730,
        "How long links keep reading after their phase has closed, in days.",
    )
    accessibility_reviewed_on: str = _setting(
        "REVIEWTOOL_ACCESSIBILITY_REVIEWED_ON",
        "2026-11-24",
        "The day on which the accessibility statement was last reviewed; review it every year.",
    )
    accessibility_shortcomings: str = _setting(
        "REVIEWTOOL_ACCESSIBILITY_SHORTCOMINGS",
        "",
        "What isn't accessible and why, for the accessibility statement; parts separated by |.",
    )
    accessibility_contact: str = _setting(
        "REVIEWTOOL_ACCESSIBILITY_CONTACT",
        "",
        "E-mail address that takes feedback on accessibility; empty means each handbook's contact.",
    )
    host: str = _setting(
        "REVIEWTOOL_HOST",
        "127.0.0.1",
        "Address on which `run` listens; the local mailbox opens on the very machine only.",
    )
    port: int = _setting("REVIEWTOOL_PORT", 8000, "Port on which `run` listens.")
    log_format: str = _setting(
        "REVIEWTOOL_LOG_FORMAT", "console", "console for people, json for a log collector."
    )
    rate_limits: bool = _setting(
        "REVIEWTOOL_RATE_LIMITS",
        True,
        "Limit what can be guessed or flooded; a load test on a closed network may turn it off.",
    )

    @property
    def uses_celery(self) -> bool:
        """Whether background work goes to Celery workers, not to a thread of the web process."""
        return bool(self.redis_url)

    @property
    def all_keys(self) -> tuple[str, ...]:
        """The present key and the ones before it, newest first."""
        return (self.secret_key, *self.secret_key_fallbacks)

    @property
    def mailbox_dir(self) -> Path:
        """Folder of the local mailbox, used where no SMTP server is named."""
        return self.data_dir / "mailbox"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read and check the settings.

        environment: variables by name; `NAME_FILE` names a file that holds the value of NAME.
        Raises SettingsError, naming the variable and the cure.
        """
        values: dict[str, Any] = {}
        for entry in fields(cls):
            variable = entry.metadata["variable"]
            raw = _raw(environment, variable)
            if raw is not None:
                values[entry.name] = _convert(variable, raw, entry.default)
        settings = cls(**values)
        if not settings.database_url:
            url = f"sqlite:///{settings.data_dir.absolute() / 'reviewtool.db'}"
            settings = cls(**{**values, "database_url": url})
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse settings that can't work or aren't safe. Raises SettingsError."""
        if self.language not in ("fi", "sv", "en"):
            raise SettingsError("REVIEWTOOL_LANGUAGE must be fi, sv or en.")
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise SettingsError(
                f"REVIEWTOOL_TIME_ZONE: {self.time_zone!r} is no known time zone; "
                "use a name such as Europe/Helsinki."
            ) from error
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.netloc or address.path.strip("/"):
            raise SettingsError(
                "REVIEWTOOL_BASE_URL must be like https://review.example.org, without a path."
            )
        if self.log_format not in ("console", "json"):
            raise SettingsError("REVIEWTOOL_LOG_FORMAT must be console or json.")
        try:
            date.fromisoformat(self.accessibility_reviewed_on)
        except ValueError as error:
            raise SettingsError(
                "REVIEWTOOL_ACCESSIBILITY_REVIEWED_ON must be a day such as 2026-11-24."
            ) from error
        if self.production:
            self._check_production()

    def _check_production(self) -> None:
        if self.secret_key == DEVELOPMENT_KEY or len(self.secret_key) < 32:
            raise SettingsError(
                "REVIEWTOOL_SECRET_KEY must be set to at least 32 random characters in production, "
                "for example the output of: python -c 'import secrets; "
                "print(secrets.token_urlsafe(48))'"
            )
        if not self.base_url.startswith("https://"):
            raise SettingsError("REVIEWTOOL_BASE_URL must begin with https:// in production.")
        if not self.smtp_url:
            raise SettingsError(
                "SMTP_URL must be set in production; without it mail stays in a local folder."
            )


def documented() -> list[tuple[str, str, str]]:
    """List (variable, default as written in the docs, meaning) of every setting."""
    rows = []
    for entry in fields(Settings):
        assert entry.default is not MISSING  # every setting is made by _setting
        rows.append(
            (entry.metadata["variable"], _written(entry.default), entry.metadata["meaning"])
        )
    return rows


def _written(default: Any) -> str:
    if isinstance(default, bool):
        return "true" if default else "false"
    if isinstance(default, tuple):
        return ",".join(default)
    return str(default)


def _raw(environment: Mapping[str, str], variable: str) -> str | None:
    path = environment.get(f"{variable}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{variable}_FILE: can't read {path}: {error.strerror}.") from error
    return environment.get(variable)


def _convert(variable: str, raw: str, default: Any) -> Any:
    if isinstance(default, bool):
        lowered = raw.strip().lower()
        if lowered not in ("true", "false", "1", "0", "yes", "no"):
            raise SettingsError(f"{variable} must be true or false, not {raw!r}.")
        return lowered in ("true", "1", "yes")
    if isinstance(default, int):
        try:
            return int(raw)
        except ValueError as error:
            raise SettingsError(f"{variable} must be a whole number, not {raw!r}.") from error
    if isinstance(default, tuple):
        return tuple(part.strip() for part in raw.split(",") if part.strip())
    if isinstance(default, Path):
        return Path(raw)
    return raw.strip()
