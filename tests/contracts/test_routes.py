"""Every route has a policy, a plain address, and no way to write on GET."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from reviewtool.app import create_app
from reviewtool.config.settings import Settings
from reviewtool.domain.policy import POLICY, Action
from reviewtool.infra.installation import Installation
from tests.beginnings import KEY

WEB = Path("reviewtool/web")


@pytest.fixture(scope="module")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Give an application whose database is never asked."""
    folder = tmp_path_factory.mktemp("bare")
    settings = Settings.from_environment(
        {"REVIEWTOOL_DATA_DIR": str(folder), "REVIEWTOOL_SECRET_KEY": KEY}
    )
    return create_app(Installation.start(settings))


def rules(app: Flask) -> Iterator[Rule]:
    """List the routes, but for static files."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")


def test_every_route_names_its_policy(bare_app: Flask) -> None:
    without = [
        rule.endpoint
        for rule in rules(bare_app)
        if getattr(bare_app.view_functions[rule.endpoint], "policy", None) not in POLICY
    ]
    assert without == []


def test_every_action_is_decided_and_used(bare_app: Flask) -> None:
    assert set(POLICY) == set(Action)
    sources = [path.read_text() for path in Path("reviewtool").rglob("*.py")]
    unused = [
        action.name
        for action in Action
        if sum(len(re.findall(rf"Action\.{action.name}\b", text)) for text in sources) < 2
    ]
    assert unused == []


def test_addresses_are_kebab_case(bare_app: Flask) -> None:
    fixed = re.compile(r"(/([a-z0-9-]+|<[a-z_:]+>)(\.[a-z]+)?)*/?")
    assert [rule.rule for rule in rules(bare_app) if not fixed.fullmatch(rule.rule)] == []


def test_a_route_reads_or_acts_but_never_both(bare_app: Flask) -> None:
    both = [
        rule.rule
        for rule in rules(bare_app)
        if {"GET", "POST"} <= (rule.methods or set()) and "POST" in (rule.methods or set())
    ]
    assert both == []
    methods = {method for rule in rules(bare_app) for method in rule.methods or set()}
    assert methods <= {"GET", "HEAD", "OPTIONS", "POST"}


def called_services(view: ast.FunctionDef) -> set[str]:
    """List the dotted calls of a view's own body."""
    return {
        ast.unparse(node.func)
        for node in ast.walk(view)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


def test_views_of_get_call_no_use_case() -> None:
    """Services write; a view that answers GET calls none of their functions."""
    offenders = []
    for path in WEB.rglob("*.py"):
        tree = ast.parse(path.read_text())
        modules = {
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module == "reviewtool.services"
            for alias in node.names
        }
        functions = {
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("reviewtool.services.")
            for alias in node.names
        }
        for view in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            gets = any(".get(" in ast.unparse(decorator) for decorator in view.decorator_list)
            if not gets:
                continue
            called = called_services(view)
            named = {
                ast.unparse(node.func)
                for node in ast.walk(view)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            if any(call.split(".")[0] in modules for call in called) or named & functions:
                offenders.append(f"{path}:{view.name}")
    assert offenders == []
