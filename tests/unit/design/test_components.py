"""Templates and components: what the strict policy, the sprite and the catalogues need of them."""

import re
from pathlib import Path

import pytest

from reviewtool.infra.i18n import read_catalogue

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if "mail" not in path.parts
)
STATIC = ROOT / "reviewtool" / "static"
SHARED = [path for path in TEMPLATES if path.parent.name in ("components", "templates")]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_inline_style_or_script(path: Path) -> None:
    html = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
    assert not re.search(r"<[a-z][^>{}]*\sstyle=", html)
    assert not re.search(r"<[a-z][^>{}]*\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def test_every_symbol_that_is_named_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "icons.svg").read_text()))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'icon\("([a-z-]+)"\)', path.read_text())
        + re.findall(r'icon_name="([a-z-]+)"', path.read_text())
        + re.findall(r'badge\("[a-z]+", "([a-z-]+)"', path.read_text())
    }
    assert named <= sprite


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_string_of_the_components_is_translated(language: str) -> None:
    catalogue = read_catalogue(language)
    strings = {
        words
        for path in SHARED
        for words in re.findall(r'(?<![a-z])_\([\'"](.+?)[\'"][,)]', path.read_text())
    }
    assert len(strings) > 100
    assert {words for words in strings if not catalogue.get(words)} == set()


def test_styles_use_the_tokens_for_every_colour() -> None:
    for path in sorted((STATIC / "css").glob("*.css")):
        if path.name in ("tokens.css", "print.css"):
            continue
        words = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        assert not re.search(r"#[0-9a-f]{3,8}\b(?=[^{}]*;)", words), path.name


def test_no_file_asks_another_host() -> None:
    for path in [*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")]:
        assert not re.search(r"(url\(|from |import )[\"']?https?:", path.read_text()), path.name
