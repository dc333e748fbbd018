"""The settings of this very process: the one place that reads the environment."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from pathlib import Path

from reviewtool.config.settings import DEVELOPMENT_KEY, Settings, SettingsError

KEY_FILE = "secret-key"


def settings_of_process() -> Settings:
    """Read the settings from the environment; without a key, use the one kept in the data folder.

    Raises SettingsError, naming the variable and the cure.
    """
    settings = Settings.from_environment(os.environ)
    if not {"REVIEWTOOL_BASE_URL", "REVIEWTOOL_BASE_URL_FILE"} & set(os.environ):
        # On one's own machine the address follows the port.
        host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104 (compared)
        settings = replace(settings, base_url=f"http://{host}:{settings.port}")
    if settings.secret_key != DEVELOPMENT_KEY:
        return settings
    return replace(settings, secret_key=kept_key(settings.data_dir))


def kept_key(folder: Path) -> str:
    """Give the key that the data folder keeps, made the first time, readable by its owner only.

    Two processes that begin together get the same key. Raises SettingsError.
    """
    path = folder / KEY_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            fresh = folder / f".{KEY_FILE}.{os.getpid()}"
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
            try:
                os.link(fresh, path)  # fails where another process was first
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(
            f"REVIEWTOOL_DATA_DIR: can't keep the key in {path}: {error.strerror}. "
            "Name a folder that this user may write to."
        ) from error
