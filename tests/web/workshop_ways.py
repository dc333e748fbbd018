"""The ways to the forms of a workshop: of its editors, and of those who are in its room."""

from __future__ import annotations

from collections.abc import Callable

from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.queries.workshop_room import groups_of
from reviewtool.services import phases, workshop_rooms, workshop_tables
from reviewtool.services.workshop_charts import ChartLine, record_chart
from tests.factories.accounts import sign_in
from tests.factories.contributions import way_in
from tests.factories.workshops import (
    MadeWorkshop,
    actors_of,
    code_of,
    join_room,
    make_workshop,
    running,
)
from tests.web.browser import Browser
from tests.web.doubled import Stage
from tests.web.filling import HANDBOOK, PARTICIPANT

WORKSHOP = f"{HANDBOOK}/workshops/<phase_id>"
ROOM = f"{PARTICIPANT}/workshop/room"


def _coming(stage: Stage) -> Browser:
    made = make_workshop(stage.installation)
    browser = Browser(stage.app.test_client())
    browser.open(way_in(stage.installation, actors_of(stage.installation, made)[0]))
    return browser


def _running(stage: Stage) -> MadeWorkshop:
    clock = stage.installation.clock
    assert isinstance(clock, SetClock)
    return running(stage.installation, clock)[0]


def _joining(stage: Stage) -> Browser:
    code = code_of(stage.installation, _running(stage))
    browser = Browser(stage.app.test_client())
    browser.open("/join")
    browser.submit("/join", {"code": code})  # the name is asked for still
    return browser


def _in_the_room(stage: Stage, ask: str = "") -> Browser:
    made = _running(stage)
    actor = join_room(stage.installation, made, "Ville Vieras")
    workshop_rooms.feature(
        stage.installation, join_room(stage.installation, made, "Toinen"), made.texts.first,
        "Vertainen tavoittaa.", new_id(),
    )  # fmt: skip
    browser = Browser(stage.app.test_client())
    browser.open(way_in(stage.installation, actor))
    browser.open(f"/p/{actor.link_id}/workshop/room{ask}")
    return browser


def _in_a_group(ask: str) -> Callable[[Stage], Browser]:
    def way(stage: Stage) -> Browser:
        browser = _in_the_room(stage)
        browser.submit("/room/group")
        browser.open(f"{browser.url}?say={ask}")
        return browser

    return way


def _editing(page: str) -> Callable[[Stage], Browser]:
    def way(stage: Stage) -> Browser:
        made = _running(stage)
        actor = join_room(stage.installation, made, "Ville Vieras")
        workshop_rooms.feature(stage.installation, actor, None, "Sanon tämän.", new_id())
        workshop_tables.add_theme(
            stage.installation, made.editor, made.phase_id, "Toimeentulo", new_id()
        )
        browser = sign_in(Browser(stage.app.test_client()), made.editor)
        browser.open(f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}{page}")
        return browser

    return way


def _reading_minutes(stage: Stage) -> Browser:
    made = _running(stage)
    actor = actors_of(stage.installation, made)[0]
    phases.close(stage.installation, made.editor, made.phase_id, new_id())
    editor = sign_in(Browser(stage.app.test_client()), made.editor)
    editor.open(f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}/minutes")
    editor.submit("/minutes/draw-up")
    editor.submit("/minutes/send")
    browser = Browser(stage.app.test_client())
    browser.open(way_in(stage.installation, actor))
    return browser


def _deciding(stage: Stage) -> Browser:
    made = _running(stage)
    with stage.installation.database.read() as session:
        group = groups_of(session, made.phase_id)[0]
    line = ChartLine("Vertainen tavoittaa.", made.texts.first)
    record_chart(stage.installation, made.editor, group.id, [line], new_id())
    browser = sign_in(Browser(stage.app.test_client()), made.editor)
    browser.open(f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}/decisions")
    return browser


def _planning(stage: Stage) -> Browser:
    made = make_workshop(stage.installation)
    browser = sign_in(Browser(stage.app.test_client()), made.editor)
    browser.open(f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}/plan")
    return browser


WORKSHOP_WAYS: dict[str, Callable[[Stage], Browser]] = {
    "/join": _joining,
    f"{PARTICIPANT}/workshop/invitation": _coming,
    f"{PARTICIPANT}/workshop/minutes": _reading_minutes,
    f"{ROOM}/group": _in_the_room,
    f"{ROOM}/propose": _in_a_group("add"),
    f"{ROOM}/feature": _in_a_group("feature"),
    f"{ROOM}/<contribution_id>/support": _in_a_group("add"),
    f"{WORKSHOP}/code": _editing(""),
    f"{WORKSHOP}/mend/<contribution_id>": _deciding,
    f"{WORKSHOP}/plan": _editing("/plan"),
    f"{WORKSHOP}/cancel": _planning,
    f"{WORKSHOP}/groups": _editing("/groups"),
    f"{WORKSHOP}/themes": _editing("/groups"),
    f"{WORKSHOP}/people/<invitation_id>": _editing("/people"),
    f"{WORKSHOP}/places/<place_id>/rename": _editing("/groups"),
    f"{WORKSHOP}/places/<place_id>/remove": _editing("/groups"),
    f"{WORKSHOP}/sort/<contribution_id>": _editing("/sort"),
}
