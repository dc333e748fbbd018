"""Half-written words without script: offered at their place, continued, discarded."""

from __future__ import annotations

from flask.testing import FlaskClient

from reviewtool.domain.actors import Actor
from reviewtool.domain.unsent import another
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.queries.unsent import own_unsent
from reviewtool.services import interviews, statements
from reviewtool.services.unsent import keep_unsent
from reviewtool.services.workshop_rooms import enter_group
from tests.factories.accounts import sign_in
from tests.factories.approvals import approval_lines
from tests.factories.contributions import Table, make_table, way_in
from tests.factories.interviews import make_interview, person_of
from tests.factories.people import link_actor
from tests.factories.rounds import make_round
from tests.factories.workshops import running
from tests.web.browser import Browser, FoundForm

WORDS = "Kesken jäänyt <ajatus>"


def enter(installation: Installation, client: FlaskClient, table: Table) -> Browser:
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    return browser


def box_of(browser: Browser) -> FoundForm:
    kept = [form for form in browser.forms() if "words" in form.fields]
    return next(form for form in kept if form.fields["keep"][0].endswith(":box"))


def test_words_are_continued_or_discarded_where_they_were_begun(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    actor, base = table.actors[0], f"/p/{table.actors[0].link_id}"
    keep_unsent(installation, actor, f"{table.section_id}:box", {"words": WORDS}, "")
    marked = {"kind": "suggestion", "start_block": "0", "start_offset": "0", "end_block": "0",
              "end_offset": "8", "quote": "x", "replacement": "Toisin", "words": "Syy"}  # fmt: skip
    keep_unsent(installation, actor, f"{table.section_id}:say", marked, "")
    browser = enter(installation, client, table)
    for page in ("/", "/mine", "/ready"):
        browser.open(base + page)
        assert "Kesken" in browser.text
    browser.open(f"{base}/sections/{table.section_id}")
    assert "Sinulla on tästä keskeneräinen teksti" in browser.text
    browser.open(f"{base}/sections/{table.section_id}?unsent={table.section_id}:box")
    box = box_of(browser)
    assert box.fields["words"][0].strip() == WORDS
    browser.open(f"{base}/sections/{table.section_id}/say?unsent={table.section_id}:say")
    form = browser.form("/say", having="replacement")
    assert form.fields["replacement"][0].strip() == "Toisin"
    browser.submit(form=form)
    assert browser.page.status_code == 200
    browser.open(base + "/mine")
    assert "Toisin" in browser.text
    browser.submit("/unsent/discard")
    browser.open(base + "/mine")
    assert WORDS.replace("<", "&lt;").replace(">", "&gt;") not in browser.text
    assert "Kesken" not in browser.text


def test_script_is_told_what_stands_there_and_where_to_go(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    link = table.actors[0].link_id
    browser = enter(installation, client, table)
    browser.open(f"/p/{link}/sections/{table.section_id}")
    box = box_of(browser)
    sent = {**{name: values[0] for name, values in box.fields.items()}, "words": "Yksi", "mark": ""}
    data = {"Accept": "application/json"}
    first = client.post(f"/p/{link}/unsent", data=sent, headers=data)
    assert first.status_code == 200
    second = client.post(f"/p/{link}/unsent", data={**sent, "words": "Kaksi"}, headers=data)
    assert second.status_code == 409
    assert second.json is not None
    assert (second.json["mark"], second.json["shown"]) == (first.json["mark"], ["Yksi"])
    assert "csrf_token" not in second.json["fields"]
    done = client.post(f"/p/{link}/sections/{table.section_id}/say", data=sent, headers=data)
    assert done.status_code == 200
    assert f"/p/{link}/sections/{table.section_id}#c-" in done.json["to"]
    foreign = {**sent, "keep": "toinen:box"}
    assert client.post(f"/p/{link}/unsent", data=foreign, headers=data).status_code == 422


def test_an_approver_goes_on_at_the_text_and_reads_the_words_when_the_time_is_over(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    approval = make_round(installation, key="approval", open_to_all=False)
    actor = link_actor(installation, approval.people[0])
    line = approval_lines(installation, approval.phase_id)[0]
    form = f"{line.section_id}:decision"
    begun = {
        "words": WORDS, "decision": "changes-requested", "text_hash": line.text_hash,
        "capacity": "working-group", "capacity_detail": "Hyvinvointiryhmä",
    }  # fmt: skip
    keep_unsent(installation, actor, form, begun, "")
    browser = Browser(client)
    browser.open(way_in(installation, actor))
    assert "Kesken jäänyt" in browser.text
    assert line.title in browser.text
    base = f"/p/{actor.link_id}/approve"
    browser.open(f"{base}/texts/{line.section_id}")
    assert "Sinulla on tästä keskeneräinen teksti" in browser.text
    resumed = f"{base}/texts/{line.section_id}?unsent={form}"
    browser.open(resumed)
    found = browser.form("/approve/texts/", having="decision")
    assert found.fields["words"][0].strip() == WORDS
    assert found.fields["decision"] == ["changes-requested"]
    other = {**begun, "text_hash": "0" * 64}
    keep_unsent(installation, actor, form, other, mark_of(installation, actor, form))
    browser.open(resumed)
    found = browser.form("/approve/texts/", having="decision")
    assert "decision" not in found.fields or not any(found.fields["decision"])  # of other words
    assert found.fields["words"][0].strip() == WORDS
    clock.advance(days=22)
    browser.open(resumed)
    assert "Kopioi teksti ja lähetä se yhteyshenkilölle" in browser.text
    assert "Kesken jäänyt" in browser.text
    browser.submit("/unsent/discard")
    assert "Kesken jäänyt" not in browser.text


def mark_of(installation: Installation, actor: Actor, form: str) -> str:
    with installation.database.read() as session:
        return next(line.mark for line in own_unsent(session, actor) if line.form == form)


def test_every_form_of_an_approver_comes_back_and_ends_by_being_sent(
    installation: Installation, client: FlaskClient
) -> None:
    approval = make_round(installation, key="approval", open_to_all=False)
    actor = link_actor(installation, approval.people[0])
    base = f"/p/{actor.link_id}/approve"
    keep_unsent(installation, actor, "all", {"capacity_detail": "Hyvinvointiryhmä"}, "")
    keep_unsent(installation, actor, "decline", {"reason": WORDS}, "")
    browser = Browser(client)
    browser.open(way_in(installation, actor))
    browser.open(f"{base}/all?unsent=all")
    form = browser.form("/approve/all")
    assert form.fields["capacity_detail"] == ["Hyvinvointiryhmä"]
    browser.open(f"{base}/decline?unsent=decline")
    browser.submit("/decline")
    with installation.database.read() as session:
        assert [line.form for line in own_unsent(session, actor)] == ["all"]
    browser.open(f"{base}/all?unsent=all")
    browser.submit("/approve/all", {"capacity": "working-group"})
    with installation.database.read() as session:
        assert own_unsent(session, actor) == []


def test_a_meetings_rows_come_back_all_of_them(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    actor = table.actors[0]
    rows = {f"rows-{row}-words": f"Sanottiin {row}" for row in range(7)}
    more = {"rows-5-place": "1.2", "rows-5-how": "replace", "discussed_on": "2026-09-10"}
    keep_unsent(installation, actor, "meeting", {**rows, **more}, "")
    browser = enter(installation, client, table)
    assert "Kokouksemme kommentit" in browser.text
    browser.open(f"/p/{actor.link_id}/meeting?unsent=meeting")
    fields = browser.form("/meeting", having="rows-0-words").fields
    assert [fields[name][0].strip() for name in rows] == list(rows.values())
    assert [fields[name][0] for name in more] == list(more.values())
    browser.open(f"/p/{actor.link_id}/meeting")
    assert "rows-6-words" in browser.form("/meeting", having="rows-0-words").fields


def test_in_a_workshop_they_stand_on_its_pages_and_go_on_there(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    workshop, groups = running(installation, clock, people=1)
    actor = link_actor(installation, workshop.people[0])
    enter_group(installation, actor, groups[0], new_id())
    keep_unsent(installation, actor, "workshop:add", {"title": "Uusi luku", "words": WORDS}, "")
    keep_unsent(installation, actor, "attend", {"needs": "Induktiosilmukka"}, "")
    browser = Browser(client)
    browser.open(way_in(installation, actor))
    base = f"/p/{actor.link_id}/workshop"
    browser.open(f"{base}/room")
    assert "Kesken jäänyt" in browser.text
    browser.open(f"{base}/room?say=add&unsent=workshop:add")
    form = browser.form("/propose")
    assert (form.fields["title"], form.fields["words"][0].strip()) == (["Uusi luku"], WORDS)
    browser.submit(form=form)
    browser.open(f"{base}/invitation?unsent=attend")
    assert browser.form("/invitation").fields["needs"][0].strip() == "Induktiosilmukka"
    with installation.database.read() as session:
        assert [line.form for line in own_unsent(session, actor)] == ["attend"]
    keep_unsent(installation, actor, "workshop:feature", {"words": "Jäi kesken huoneessa"}, "")
    clock.advance(days=2)
    browser.open(f"{base}/room?say=feature&unsent=workshop:feature")
    assert "Jäi kesken huoneessa" in browser.text
    assert "Kopioi teksti" in browser.text


def test_who_was_interviewed_finds_theirs_under_the_note(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_interview(installation)
    interviews.send(installation, made.editor, made.id, new_id())
    actor = person_of(installation, made)
    form = f"{made.notes[0]}:note"
    keep_unsent(installation, actor, form, {"words": WORDS, "wish": "withdraw"}, "")
    browser = Browser(client)
    browser.open(way_in(installation, actor))
    assert "Sinulla on tästä keskeneräinen teksti" in browser.text
    browser.open(f"/p/{actor.link_id}/interview/?unsent={form}")
    found = browser.form(f"/notes/{made.notes[0]}")
    assert (found.fields["words"][0].strip(), found.fields["wish"]) == (WORDS, ["withdraw"])
    browser.submit(form=found)
    with installation.database.read() as session:
        assert own_unsent(session, actor) == []


def test_the_other_words_of_two_doubles_open_in_the_same_form_and_leave_the_first(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    actor = table.actors[0]
    form = f"{table.section_id}:box"
    keep_unsent(installation, actor, form, {"words": "Toimistolla"}, "")
    keep_unsent(installation, actor, another(form, 2), {"words": "Kotona"}, "")
    browser = enter(installation, client, table)
    browser.open(f"/p/{actor.link_id}/sections/{table.section_id}")
    assert "toinenkin keskeneräinen teksti" in browser.text
    browser.open(f"/p/{actor.link_id}/sections/{table.section_id}?unsent={another(form, 2)}")
    box = next(each for each in browser.forms() if any(each.fields.get("words", ())))
    assert box.fields["words"][0].strip() == "Kotona"
    browser.submit(form=box)
    with installation.database.read() as session:
        assert [line.form for line in own_unsent(session, actor)] == [form]


def test_statements_and_verdicts_have_theirs(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    actor = table.actors[0]
    statements.begin(installation, actor, new_id())
    keep_unsent(installation, actor, "statement:new", {"words": WORDS}, "")
    browser = enter(installation, client, table)
    browser.open(f"/p/{actor.link_id}/statement?unsent=statement:new")
    form = browser.form("/statement/points")
    assert form.fields["words"][0].strip() == WORDS
    browser.submit(form=form)
    with installation.database.read() as session:
        assert own_unsent(session, actor) == []


def test_no_editor_keeps_or_discards(installation: Installation, client: FlaskClient) -> None:
    table = make_table(installation)
    actor = table.actors[0]
    keep_unsent(installation, actor, f"{table.section_id}:box", {"words": WORDS}, "")
    browser = sign_in(Browser(client), table.round.editor)
    browser.open("/home")
    token = browser.forms()[0].fields["csrf_token"][0]
    for path in ("unsent", "unsent/discard"):
        sent = {"keep": f"{actor.link_id}:{table.section_id}:box", "csrf_token": token}
        assert client.post(f"/p/{actor.link_id}/{path}", data=sent).status_code == 403
    with installation.database.read() as session:
        assert len(own_unsent(session, actor)) == 1
