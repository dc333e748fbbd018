"""The ways to the forms about mail of replies."""

from __future__ import annotations

from collections.abc import Callable

from reviewtool.domain.links import make_refusal
from tests.web import staging
from tests.web.browser import Browser
from tests.web.doubled import Stage
from tests.web.filling import PARTICIPANT


def _refusing_replies(stage: Stage) -> Browser:
    link_id = stage.ways.coordinator.rsplit("/", 1)[1].split(".")[0]
    key = stage.installation.settings.secret_key
    browser = stage.enter("visitor")
    browser.open(f"/no-replies/{make_refusal(key, link_id)}")
    return browser


def _choosing_mail(stage: Stage) -> Browser:
    staging.open_round_again(stage)
    browser = stage.enter("expert")
    browser.open(f"{browser.url}mine")
    return browser


REPLY_WAYS: dict[str, Callable[[Stage], Browser]] = {
    "/no-replies/<token>": _refusing_replies,
    f"{PARTICIPANT}/reply-mail": _choosing_mail,
}
