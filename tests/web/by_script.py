"""What script sends in the background, made from the page that is open."""

from __future__ import annotations

from dataclasses import replace

from tests.web.browser import Browser, FoundForm
from tests.web.filling import HANDBOOK, PARTICIPANT


def autosaved(browser: Browser) -> FoundForm:
    """Give the form of an open text as script sends it in the background."""
    form = browser.form("/edit")
    return replace(form, action=form.action.removesuffix("/edit") + "/buffer")


def with_a_picture(browser: Browser) -> FoundForm:
    """Give the form by which the editor of an open text sends a picture."""
    form = browser.form("/edit")
    fields = {name: form.fields[name] for name in ("csrf_token", "request_id")}
    action = form.action.split("/sections/")[0] + "/pictures"
    return replace(form, action=action, fields=fields, files=["picture"])


def dragged(browser: Browser) -> FoundForm:
    """Give the form by which the last text of the tree is dragged before the first."""
    form = browser.form("/structure/put")
    ids = [each.action.split("/")[-2] for each in browser.forms() if each.action.endswith("/move")]
    fields = form.fields | {"section": [ids[-1]], "target": [ids[0]], "where": ["before"]}
    return replace(form, fields=fields)


def half_written(browser: Browser) -> FoundForm:
    """Give the open box as script keeps it in the background."""
    form = browser.form("/say", having="words")
    return replace(form, action=form.action.split("/sections/")[0] + "/unsent")


def previewed(browser: Browser) -> FoundForm:
    """Give the form of a proposal as script asks how it reads."""
    form = browser.form("/say")
    return replace(form, action=form.action.removesuffix("/say") + "/preview")


def edit_previewed(browser: Browser) -> FoundForm:
    """Give the form that changes a proposal as script asks how it reads."""
    form = browser.form("/edit")
    return replace(form, action=form.action.removesuffix("/edit") + "/preview")


def left_out(browser: Browser) -> FoundForm:
    """Give the form of a late contribution as its other button sends it."""
    form = browser.form("/admit")
    return replace(form, action=form.action.removesuffix("/admit") + "/leave-out")


BY_SCRIPT = {
    f"{HANDBOOK}/contributions/<contribution_id>/leave-out": left_out,
    f"{PARTICIPANT}/unsent": half_written,
    f"{PARTICIPANT}/sections/<section_id>/preview": previewed,
    f"{PARTICIPANT}/contributions/<contribution_id>/preview": edit_previewed,
    f"{HANDBOOK}/sections/<section_id>/buffer": autosaved,
    f"{HANDBOOK}/pictures": with_a_picture,
    f"{HANDBOOK}/structure/put": dragged,
}
"""What script sends, made from the page that is open."""
