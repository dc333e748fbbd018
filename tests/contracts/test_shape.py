"""The shape of the project: sizes that keep it pleasant, names that say something."""

import ast
import re
from pathlib import Path

MOST_LINES = 400
MOST_FUNCTION_LINES = 60
MOST_TEMPLATE_LINES = 150
NAMELESS = {"utils", "helpers", "common", "misc", "util", "helper"}


def modules() -> list[Path]:
    """List all modules, each once (symbolic links are left out)."""
    folders = ("reviewtool", "config", "workers", "tests", "benchmarks")
    return [
        path
        for folder in folders
        for path in Path(folder).rglob("*.py")
        if path.resolve().is_relative_to(Path(folder).resolve())
    ]


def test_no_module_is_long() -> None:
    long = {str(p): n for p in modules() if (n := len(p.read_text().splitlines())) > MOST_LINES}
    assert long == {}


def test_no_function_is_long() -> None:
    long = [
        f"{path}:{node.name} {node.end_lineno - node.lineno + 1}"
        for path in modules()
        if path.parts[0] not in ("tests", "benchmarks")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_no_template_is_long() -> None:
    long = {
        str(path): n
        for path in Path("templates").rglob("*.html")
        if (n := len(path.read_text().splitlines())) > MOST_TEMPLATE_LINES
    }
    assert long == {}


def test_names_say_something() -> None:
    assert [str(p) for p in modules() if p.stem in NAMELESS] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(p) for p in modules() if not ast.get_docstring(ast.parse(p.read_text()))]
    assert silent == []


def test_no_inline_script_or_style_in_templates() -> None:
    """The content policy forbids them; mail has its own rules."""
    signs = (" style=", "<style", "<script>", "javascript:")
    offending = [
        f"{path}: {sign}"
        for path in Path("templates").rglob("*.html")
        if "mail" not in path.parts
        for sign in signs
        if sign in re.sub(r"\{[%{#].*?[%}#]\}", "", path.read_text(), flags=re.S)
    ]
    assert offending == []
