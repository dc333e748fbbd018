"""Browser tests wait for what they ask about: no answer depends on how fast a page comes.

What is read at once after an act (a click, a key, a drag) may be read of the page that was left, or
before its script has done its work. So between an act and such a reading stands something that
waits: an expectation, a "wait_for", a navigation. That the right thing is waited for, no reading of
the source can tell; that something is, it can.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

FOLDER = Path("tests/browser")

ACTS = frozenset(
    {
        "click", "dblclick", "tap", "press", "press_sequentially", "type", "check", "uncheck",
        "select_option", "set_input_files", "drag_to", "up", "hover", "dispatch_event", "fill",
        "go_back", "go_forward", "set_viewport_size", "insert_text", "set_offline",
    }
)  # fmt: skip
WAITS = frozenset({"goto", "reload", "close", "expect"})
READS = frozenset(
    {
        "count", "is_visible", "is_hidden", "is_enabled", "is_checked", "is_editable", "inner_text",
        "inner_html", "text_content", "all_inner_texts", "all_text_contents", "input_value",
        "get_attribute", "bounding_box", "evaluate", "evaluate_all", "title", "content", "pdf",
    }
)  # fmt: skip
SLEEPS = frozenset({"wait_for_timeout", "sleep"})

ACT, WAIT = "act", "wait"


def name_of(call: ast.Call) -> str:
    """Give the name of what is called, without what it is called on."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def is_wait(name: str) -> bool:
    """Tell what waits; the state of loading doesn't, for the page that is left has it already."""
    if name == "wait_for_load_state":
        return False
    return name in WAITS or name.startswith(("wait_for", "expect_", "to_", "not_to_"))


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """Find all functions of the browser tests by name: their helpers among them."""
    return {
        node.name: node
        for path in sorted(FOLDER.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }


@cache
def ends_with(name: str) -> str | None:
    """Tell how a function of ours leaves the page: just acted on, waited for, or untouched."""
    function = functions().get(name)
    return last_event(function.body) if function else None


def event_of(call: ast.Call) -> str | None:
    name = name_of(call)
    if name in ACTS:
        return ACT
    if is_wait(name):
        return WAIT
    return ends_with(name) if isinstance(call.func, ast.Name) else None


def calls_in(node: ast.AST) -> list[ast.Call]:
    """List the calls of an expression or a statement in the order of reading."""
    found = [one for one in ast.walk(node) if isinstance(one, ast.Call)]
    return sorted(found, key=lambda call: (call.end_lineno or 0, call.end_col_offset or 0))


def steps(body: Iterable[ast.stmt]) -> Iterator[tuple[ast.stmt, list[ast.Call], bool]]:
    """Walk the statements in order, those of a loop twice: (it, its calls, whether it waits)."""
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        inner = [part for part in ("body", "orelse", "finalbody") if getattr(statement, part, None)]
        if not inner:
            yield statement, calls_in(statement), False
            continue
        heads: list[ast.expr] = [
            one for one in ast.iter_child_nodes(statement) if isinstance(one, ast.expr)
        ]
        heads += [one.context_expr for one in getattr(statement, "items", [])]
        own = [call for head in heads for call in calls_in(head)]
        waits = isinstance(statement, ast.With) and any(
            name_of(call).startswith("expect_") for call in own
        )
        if not waits:
            yield statement, own, False
        rounds = 2 if isinstance(statement, ast.For | ast.While) else 1
        for part in inner * rounds:
            yield from steps(getattr(statement, part))
        if waits:
            yield statement, own, True


def last_event(body: Iterable[ast.stmt]) -> str | None:
    event = None
    for _statement, calls, waited in steps(body):
        for call in calls:
            event = event_of(call) or event
        event = WAIT if waited else event
    return event


def is_read(statement: ast.stmt, call: ast.Call) -> bool:
    """Tell whether a call asks the page, or the database behind it, at once."""
    if not isinstance(statement, ast.Assert | ast.Assign | ast.AnnAssign | ast.If | ast.Return):
        return False
    moved_by_the_key = "activeElement" in ast.unparse(call)
    return name_of(call) in READS and not moved_by_the_key


def hasty(function: ast.FunctionDef) -> Iterator[int]:
    """Give the lines on which something is read straight after an act."""
    event = None
    for statement, calls, waited in steps(function.body):
        for call in calls:
            if event == ACT and is_read(statement, call):
                yield call.lineno
            event = event_of(call) or event
        if event == ACT and asks_at_once(statement):
            yield statement.lineno
        event = WAIT if waited else event


def asks_at_once(statement: ast.stmt) -> bool:
    """Tell whether a statement reads the page's address, or what the database has."""
    asks = isinstance(statement, ast.Assert | ast.Assign)
    nodes = list(ast.walk(statement)) if asks else []
    address = any(isinstance(one, ast.Attribute) and one.attr == "url" for one in nodes)
    calls = [one for one in nodes if isinstance(one, ast.Call)]
    stored = any(
        isinstance(argument, ast.Name) and argument.id == "installation"
        for call in calls
        for argument in call.args
    )
    return address or stored


def test_nothing_is_read_before_it_is_there() -> None:
    found = [
        f"{path}:{line}"
        for path in sorted(FOLDER.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        for line in hasty(node)
    ]
    assert found == []


def test_no_test_sleeps() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path in sorted(FOLDER.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and name_of(node) in SLEEPS
    ]
    assert found == []
