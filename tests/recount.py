"""Every figure of a handbook's pages, counted again from the raw rows by other code: plain SQL."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import text

from reviewtool.infra.installation import Installation
from tests.factories.accounts import sign_in
from tests.factories.handbooks import actor_of
from tests.web.browser import Browser

ASKED = ("invited", "came-in", "ready", "declined")
OPEN = ("invited", "came-in")
SPEAKING = ("workshop", "round", "interviews", "approval")
FEW = 5
"""Of fewer people the public reads only how many were asked."""
PUBLIC = ("asked", "took part", "contributions", "answers without words", "taken into the text")
TAKEN = ("taken", "taken-in-part", "taken-in-other-words")


class Rows:
    """What the tables hold of one handbook."""

    def __init__(self, installation: Installation, handbook_id: str) -> None:
        self.installation, self.handbook_id = installation, handbook_id
        self.phases = self.all(
            "SELECT f.*, w.cancelled_at FROM phase f JOIN process r ON r.id = f.process_id"
            " LEFT JOIN workshop w ON w.phase_id = f.id WHERE f.handbook_id = :handbook"
            " ORDER BY r.number, f.position"
        )
        self.invitations = self.all(
            "SELECT i.*, p.erased_at, o.kind, s.present_at FROM invitation i"
            " JOIN phase f ON f.id = i.phase_id JOIN person p ON p.id = i.person_id"
            " LEFT JOIN organisation o ON o.id = i.organisation_id"
            " LEFT JOIN workshop_sign_up s ON s.invitation_id = i.id"
            " WHERE f.handbook_id = :handbook"
        )
        self.contributions = self.all(
            "SELECT c.*, a.kind AS answer, a.state AS answer_state FROM contribution c"
            " LEFT JOIN answer a ON a.contribution_id = c.id WHERE c.handbook_id = :handbook"
        )
        chosen = self.all("SELECT invitation_id FROM choice")
        nothing = self.all("SELECT invitation_id FROM nothing_to_say")
        self.short = Counter(row["invitation_id"] for row in (*chosen, *nothing))
        self.decided = {
            row["invitation_id"]
            for row in self.all("SELECT invitation_id FROM approval WHERE superseded_at IS NULL")
        }
        self.spoke = {
            (row["phase_id"], row["author_id"])
            for row in self.contributions
            if row["state"] != "withdrawn"
        }
        self.spoke |= {
            (row["phase_id"], row["by_id"])
            for row in self.all(
                "SELECT c.phase_id, t.author_id AS by_id FROM turn t"
                " JOIN contribution c ON c.id = t.contribution_id"
                " WHERE t.visibility = 'participants'"
                " UNION SELECT c.phase_id, s.person_id FROM support s"
                " JOIN contribution c ON c.id = s.contribution_id"
            )
        }
        self.answered_for = {
            row["passed_from_id"]
            for row in self.invitations
            if (row["origin"] in ("deputy", "box") and row["state"] == "ready")
            or (row["origin"] == "box" and row["came_in_at"])
        }

    def all(self, sql: str) -> list[dict[str, Any]]:
        with self.installation.database.read() as session:
            found = session.execute(
                text(sql), {"handbook": self.handbook_id} if ":handbook" in sql else {}
            )
            return [dict(row._mapping) for row in found]

    def has_said(self, row: dict[str, Any]) -> bool:
        return (
            (row["phase_id"], row["person_id"]) in self.spoke
            or self.short[row["id"]] > 0
            or row["id"] in self.decided
        )

    def asked(self, phase_id: str) -> list[dict[str, Any]]:
        return [
            row
            for row in self.invitations
            if row["phase_id"] == phase_id
            and row["state"] in ASKED
            and row["origin"] != "recorded"
            and not (row["erased_at"] and row["state"] in OPEN)
        ]

    def groups(self, phase_id: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for row in self.asked(phase_id):
            if row["state"] == "declined":
                found["won't take part"] += 1
            elif row["state"] == "ready" or row["id"] in self.answered_for:
                found["ready"] += 1
            else:
                found["begun" if self.has_said(row) else "nothing yet"] += 1
        return found

    def took_part(self, phase: dict[str, Any]) -> int:
        own = [row for row in self.invitations if row["phase_id"] == phase["id"]]
        if phase["kind"] == "workshop":
            return sum(bool(row["present_at"]) for row in own)
        return sum(row["state"] == "ready" or self.has_said(row) for row in own)

    def said(self, phase_id: str) -> list[dict[str, Any]]:
        return [
            row
            for row in self.contributions
            if row["phase_id"] == phase_id and row["state"] == "received"
        ]

    def without_words(self, phase_id: str) -> int:
        return sum(self.short[row["id"]] for row in self.invitations if row["phase_id"] == phase_id)

    def over(self) -> list[dict[str, Any]]:
        return [
            phase
            for phase in self.phases
            if phase["state"] == "closed" and not phase["cancelled_at"]
        ]


def figures_of(page: str) -> dict[str, int]:
    """Read the figures that a page, or a part of one, shows with their words."""
    found = re.findall(r"<dt>([^<]*)</dt><dd>([\d\s ]+)</dd>", page)
    return {html.unescape(words): int(re.sub(r"\s", "", number)) for words, number in found}


def table_of(page: str, caption: str) -> list[list[str]]:
    """Read the rows of a table by its caption."""
    for table in re.findall(r"<table.*?</table>", page, re.S):
        if caption in re.sub(r"<[^>]+>", "", table.partition("</caption>")[0]):
            return [
                [html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells]
                for cells in (
                    re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
                    for row in re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.S)
                )
            ]
    return []


def recount_as_editor(app: Flask, installation: Installation, handbook_id: str) -> None:
    """Count again with the eyes of an editor who has just come."""
    (editor, *_others) = Rows(installation, handbook_id).all(
        "SELECT m.person_id FROM membership m JOIN account a ON a.person_id = m.person_id"
        " WHERE m.handbook_id = :handbook AND m.role = 'editor'"
    )
    browser = sign_in(Browser(app.test_client()), actor_of(installation, editor["person_id"]))
    recount(installation, handbook_id, browser)


def recount(installation: Installation, handbook_id: str, editor: Browser) -> None:
    """Open the pages of an editor and of the public, and count each figure on them again."""
    rows = Rows(installation, handbook_id)
    editor.open("/?language=en")
    for phase in rows.phases:
        of_phase(rows, phase, lambda url: opened(editor, url))
    if rows.all("SELECT id FROM publication WHERE handbook_id = :handbook"):
        of_public(rows, lambda url: opened(editor, url))


def opened(browser: Browser, url: str) -> str:
    assert browser.open(url).status_code == 200, url
    return browser.html


def of_phase(rows: Rows, phase: dict[str, Any], page_of: Callable[[str], str]) -> None:
    """A phase's page, its organisations and its groups."""
    key, start = phase["id"], f"/handbooks/{rows.handbook_id}"
    shown = figures_of(page_of(f"{start}/process/{key}"))
    groups, asked = rows.groups(key), len(rows.asked(key))
    if phase["cancelled_at"] and phase["state"] == "closed":
        assert shown == {}
        return
    assert shown.get("contributions", 0) == len(rows.said(key)), phase["key"]
    assert shown.get("answers without words", 0) == rows.without_words(key), phase["key"]
    if phase["kind"] == "workshop" and "asked" in shown:
        assert (shown["asked"], shown["were present"]) == (asked, rows.took_part(phase))
    if phase["kind"] not in ("round", "approval") or phase["state"] == "planned":
        return
    assert shown["asked"] == asked == sum(groups.values())
    for words in ("nothing yet", "begun", "ready", "won't take part"):
        assert shown.get(words, 0) == groups[words], (phase["key"], words)
    for group, words, tab in (
        ("silent", "nothing yet", "Nothing sent yet"),
        ("began", "begun", "Begun, not ready"),
        ("ready", "ready", "Ready"),
    ):
        page = page_of(f"{start}/people/unanswered/{key}?group={group}")
        tabs = re.findall(rf'>{tab} <span class="quiet num">(\d+)</span>', page)
        assert tabs == [str(groups[words])], (phase["key"], group)
        listed = re.findall(r'<h2 class="row-title">', page)
        assert len(listed) == min(groups[words], 50), (phase["key"], group)
    page = page_of(f"{start}/people/organisations?phase={key}")
    lines = table_of(page, "Organisations")
    if lines and 'rel="next"' not in page:
        with_one = [row for row in rows.asked(key) if row["organisation_id"]]
        assert sum(int(line[5]) for line in lines) == len(with_one) + sum(
            row["state"] == "prepared" and row["organisation_id"] is not None
            for row in rows.invitations
            if row["phase_id"] == key
        )


def of_public(rows: Rows, page_of: Callable[[str], str]) -> None:
    """What anybody reads of who took part, and what came of it."""
    page = page_of(f"/h/{rows.handbook_id}/participation")
    shown = {line[0]: line[1:] for line in table_of(page, "By phase")}
    counted, taken = {}, 0
    for phase in rows.over():
        said, took_part = rows.said(phase["id"]), rows.took_part(phase)
        led = sum(row["answer"] in TAKEN and row["answer_state"] == "published" for row in said)
        taken += led
        if phase["kind"] in SPEAKING:
            asked = len(rows.asked(phase["id"]))
            figures = [took_part, len(said), rows.without_words(phase["id"]), led]
            told = ["–"] * 4 if took_part < FEW else [str(one) for one in figures]
            counted[title_of(phase)] = [str(asked), *told]
    assert shown == counted
    everything = [row for phase in rows.over() for row in rows.said(phase["id"])]
    kinds = table_of(page, "By kind of organisation")
    if kinds:
        assert sum(int(line[3]) for line in kinds) == len(everything)
        assert sum(int(line[4]) for line in kinds) == taken
    for caption in ("By area", "What became of the contributions"):
        lines = table_of(page, caption)
        assert not lines or sum(int(line[1]) for line in lines) == len(everything), caption
    of_picture(page_of(f"/h/{rows.handbook_id}/process"), counted)


def of_picture(page: str, counted: dict[str, list[str]]) -> None:
    """The picture of the process: the same figures, without those that are none."""
    for one in re.findall(r'<li class="phase.*?</div>\s*</li>', page, re.S):
        name = re.sub(
            r"<[^>]+>", "", one.partition("<h2")[2].partition("</h2>")[0].partition(">")[2]
        )
        expected = counted.get(html.unescape(name).strip(), ["0"] * 5)
        told = figures_of(one)
        for words, number in zip(PUBLIC, expected, strict=True):
            assert str(told.get(words, 0)) == number.replace("–", "0"), (name, words)


def title_of(phase: dict[str, Any]) -> str:
    found = (
        re.search(r'"en": "([^"]*)"', phase["title"]) if isinstance(phase["title"], str) else None
    )
    return found[1] if found else str(phase["title"]["en"])
