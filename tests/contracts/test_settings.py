"""Settings: each one documented, wrong ones refused with the cure."""

import re
from pathlib import Path

import pytest

from reviewtool.config.settings import Settings, SettingsError, documented

SAFE = {
    "REVIEWTOOL_PRODUCTION": "true",
    "REVIEWTOOL_SECRET_KEY": "x" * 48,
    "REVIEWTOOL_BASE_URL": "https://review.example.org",
    "SMTP_URL": "smtp://localhost:25",
}


def test_every_setting_stands_in_the_docs_with_its_default() -> None:
    rows = re.findall(
        r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", Path("docs/settings.md").read_text(), re.M
    )
    written = {(name, default.strip("`")): meaning for name, default, meaning in rows}
    assert written == {
        (variable, default): meaning.replace("|", "\\|")
        for variable, default, meaning in documented()
    }


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"REVIEWTOOL_SECRET_KEY": "short"}, "REVIEWTOOL_SECRET_KEY"),
        ({"REVIEWTOOL_BASE_URL": "http://review.example.org"}, "REVIEWTOOL_BASE_URL"),
        ({"REVIEWTOOL_BASE_URL": "review.example.org"}, "REVIEWTOOL_BASE_URL"),
        ({"SMTP_URL": ""}, "SMTP_URL"),
        ({"REVIEWTOOL_PORT": "many"}, "REVIEWTOOL_PORT"),
        ({"REVIEWTOOL_RATE_LIMITS": "perhaps"}, "REVIEWTOOL_RATE_LIMITS"),
        ({"REVIEWTOOL_TIME_ZONE": "Europe/Uusimaa"}, "REVIEWTOOL_TIME_ZONE"),
        ({"REVIEWTOOL_LANGUAGE": "de"}, "REVIEWTOOL_LANGUAGE"),
        ({"REVIEWTOOL_SECRET_KEY_FILE": "/nowhere/at/all"}, "REVIEWTOOL_SECRET_KEY_FILE"),
    ],
)
def test_what_is_wrong_is_refused_by_name(change: dict[str, str], names: str) -> None:
    with pytest.raises(SettingsError, match=names):
        Settings.from_environment({**SAFE, **change})


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")
    settings = Settings.from_environment(
        {**SAFE, "REVIEWTOOL_SECRET_KEY_FILE": str(tmp_path / "key")}
    )
    assert settings.secret_key == "k" * 40


def test_the_environment_is_read_in_config_alone() -> None:
    readers = [
        str(path)
        for path in Path("reviewtool").rglob("*.py")
        if re.search(r"os\.environ|os\.getenv", path.read_text()) and "config" not in path.parts
    ]
    assert readers == []
