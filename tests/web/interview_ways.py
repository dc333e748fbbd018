"""The way to the form by which somebody finds the notes of their interview right."""

from __future__ import annotations

from reviewtool.infra.ids import new_id
from reviewtool.services import interviews
from tests.factories.contributions import way_in
from tests.factories.interviews import make_interview, person_of
from tests.web.browser import Browser
from tests.web.doubled import Stage
from tests.web.filling import PARTICIPANT


def _reading(stage: Stage) -> Browser:
    made = make_interview(stage.installation)
    interviews.send(stage.installation, made.editor, made.id, new_id())
    browser = Browser(stage.app.test_client())
    browser.open(way_in(stage.installation, person_of(stage.installation, made)))
    return browser


INTERVIEW_WAYS = {f"{PARTICIPANT}/interview/<interview_id>/confirm": _reading}
