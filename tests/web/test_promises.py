"""What was promised when something was said is kept in all that anybody else gets (rule 11).

One handbook holds something said under every promise, of every kind, with every consent, by every
channel: the whole product of them, not a sample. Each has a name, an organisation, words, an answer
and a time that stand nowhere else. All pages of the map of routes are asked for by those who may
read least, before and after each step up to the next run, and each mark that is found there has to
be one that its reader was promised. A route with a part that isn't known here fails the test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import product
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from reviewtool.domain.answers import USED_OR_NOT, AnswerKind
from reviewtool.domain.contributions import Sharing
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.mail.render import letter
from reviewtool.models.answers import Answer
from reviewtool.models.messages import Message
from reviewtool.services import phases, processes
from reviewtool.services.answers import Answering, answer
from reviewtool.services.publication import publish
from reviewtool.web.static_archive import archived_files
from tests.factories.accounts import sign_in
from tests.factories.contributions import make_table, say, way_in
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.mail import opened, part
from tests.factories.marked import Opening, mark_everything
from tests.factories.people import link_actor, make_person
from tests.factories.rounds import plan_phase
from tests.factories.texts import make_draft, reword
from tests.web.browser import Browser

Clients = Callable[[], FlaskClient]

OPENS = date(2026, 9, 20)
"""The day on which what was promised from a day on opens."""

NOT_ASKED_FOR = ("static", "mailbox.", "health.")
"""Endpoints of no reader: files, the mailbox of the very machine, what supervisors ask."""

MARK = re.compile(r"(Nimi|Talo|Sana|Syy|Liite)(\d{3})x|(2026-08-\d\dT\d\d:\d\d)")


class Reader:
    """Somebody who reads: in the same round, or anywhere else."""

    def __init__(
        self, browser: Browser, ids: dict[str, list[str]], *, fellow: bool = False
    ) -> None:
        """Keep what fills the addresses."""
        self.browser, self.ids, self.fellow = browser, ids, fellow

    def addresses(self, app: Flask) -> Iterator[str]:
        """List every address that may be asked for; those of other people's links are not."""
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if not self.asks_for(rule):
                continue
            names = sorted(rule.arguments)
            unknown = [name for name in names if name not in self.ids]
            assert not unknown, f"{rule.rule}: say here what stands for {unknown}"
            for values in product(*(self.ids[name] for name in names)):
                yield adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))

    def asks_for(self, rule: Rule) -> bool:
        """Tell whether the rule is a page that this reader can have an address of."""
        if "GET" not in (rule.methods or ()) or rule.endpoint.startswith(NOT_ASKED_FOR):
            return False
        return "link_id" not in rule.arguments or bool(self.ids["link_id"])


def words_of(answer: TestResponse) -> str:
    """Give what an answer holds, also one that is packed."""
    if answer.data[:2] == b"PK":
        with ZipFile(BytesIO(answer.data)) as packed:
            return "\n".join(
                packed.read(name).decode("utf-8", "replace") for name in packed.namelist()
            )
    return answer.get_data().decode("utf-8", "replace") + str(answer.headers)


class Scene:
    """A handbook in which everything has been said, and those who read."""

    def __init__(self, installation: Installation, app: Flask, new_client: Clients) -> None:
        """Open a round, let everything be said in it, and let the readers come in."""
        self.installation, self.app = installation, app
        self.table = table = make_table(installation, people=2, sharing=Sharing.PUBLIC)
        self.marked = mark_everything(installation, table, OPENS)
        self.by_mark = {one.number: one for one in self.marked}
        self.by_time = {one.at.strftime("%Y-%m-%dT%H:%M"): one for one in self.marked}
        self.opening = Opening()
        made = table.round
        other_round = made.handbook.phases["coordinators-round"]
        plan_phase(
            installation, made.editor, other_round, closes_on=made.closes_on, sharing=Sharing.PUBLIC
        )
        person = make_person(installation, made.editor, other_round, "Kaisa Koordinaattori")
        phases.open_phase(installation, made.editor, other_round, new_id())
        self.elsewhere = make_handbook(installation, title="Toinen käsikirja")
        editor = sign_in(Browser(new_client()), make_editor(installation, self.elsewhere.id))
        self.fellow = self._reader(new_client, table.actors[0].link_id, fellow=True)
        self.fellow.browser.open(way_in(installation, table.actors[0]))
        other = link_actor(installation, person)
        from_other_round = self._reader(new_client, other.link_id)
        from_other_round.browser.open(way_in(installation, other))
        self.in_own_handbook = Reader(editor, self._ids(None, self.elsewhere))
        self.strangers = [
            self._reader(new_client, None),
            Reader(editor, self._ids(None)),
            from_other_round,
        ]

    def _reader(self, new_client: Clients, link_id: str | None, *, fellow: bool = False) -> Reader:
        return Reader(Browser(new_client()), self._ids(link_id), fellow=fellow)

    def _ids(self, link_id: str | None, book: MadeHandbook | None = None) -> dict[str, list[str]]:
        """Say what stands for each part of an address: what is there, and what is of another."""
        made = self.table.round
        handbook = book or made.handbook
        one_of_each = {one.sharing: one for one in self.marked if one.is_contribution}
        said = [one.id for one in one_of_each.values()]
        round_id = handbook.phases["ngo-round"]
        files = [one.file_id for one in one_of_each.values() if one.file_id]
        person = self.marked[0].person_id
        return {
            "handbook_id": [handbook.id], "link_id": [link_id] if link_id else [],
            "section_id": [made.texts.first, made.texts.second], "phase_id": [round_id],
            "draft_id": [made.draft_id], "revision_id": [made.draft_id], "file_id": files[:2],
            "contribution_id": said, "label": ["1", "2"], "old": ["1"], "new": ["2"],
            "run": ["1", "2"], "number": ["1"], "index": ["0"], "size": ["large"],
            "kind": ["picture"], "move": ["open"], "code": ["1234-5678"], "token": ["x.0.y"],
            "person_id": [person], "organisation_id": [self.marked[0].organisation_id],
            "kept_id": [person], "merged_id": [self.marked[1].person_id],
            "address_id": [person], "point_id": said[:1], "question_id": said[:1],
            "interview_id": said[:1], "note_id": said[:1], "item_id": said[:1],
            "deputy_id": said[:1], "letter_id": said[:1], "message_id": said[:1],
        }  # fmt: skip

    def check(self, *readers: Reader) -> set[int]:
        """Ask for everything; gives the numbers of what was seen, which was all promised."""
        seen: set[int] = set()
        for reader in readers:
            for address in reader.addresses(self.app):
                answer = reader.browser.client.get(address)
                seen |= self.promised(words_of(answer), address, fellow=reader.fellow)
        return seen

    def promised(self, words: str, where: str, *, fellow: bool = False) -> set[int]:
        """Look for the marks in what somebody got: each has to be one that was promised."""
        seen = set()
        for kind, number, time in MARK.findall(words):
            one = self.by_time[time] if time else self.by_mark[int(number)]
            assert one.may_be_read(self.opening, fellow=fellow, mark=kind), (where, kind, one)
            seen.add(one.number)
        return seen

    def answer_all(self, own: str) -> None:
        """Answer everything, with a reason of its own each, and freeze the next draft."""
        made = self.table.round
        said = [one for one in self.marked if one.is_contribution]
        asked = [one.id for one in said if one.kind in USED_OR_NOT]
        spoken = [one.id for one in said if one.kind not in USED_OR_NOT]
        for ids, kind in ((asked, AnswerKind.USED), ([own, *spoken], AnswerKind.NOTED)):
            answering = Answering(kind, "Hyvä.")
            answer(self.installation, made.editor, ids, answering, new_id())
        with self.installation.database.write() as session:
            answers = {row.contribution_id: row for row in session.scalars(select(Answer))}
            for one in said:
                answers[one.id].reason = f"Syy{one.number:03}x"
        reword(self.installation, made.editor, made.texts.first, "Mukaan voi", "Ryhmään voi")
        self.draft_id = make_draft(self.installation, made.editor, made.handbook.id)

    def letters(self) -> Iterator[tuple[str, str]]:
        """Give every letter that has been written: to whom, and all of it."""
        with self.installation.database.read() as session:
            for message in session.scalars(select(Message)).all():
                written = letter(session, message, self.installation)
                if written is not None:
                    mail = opened(written)
                    parts = (part(mail, kind) for kind in ("plain", "html"))
                    yield message.person_id, "\n".join((str(mail["Subject"]), *parts))


def test_what_was_promised_is_kept_in_all_that_anybody_gets(
    installation: Installation, app: Flask, new_client: Clients, clock: SetClock
) -> None:
    scene = Scene(installation, app, new_client)
    made, table = scene.table.round, scene.table
    assert scene.check(*scene.strangers) == set(), "an open round tells nothing outside"
    assert scene.check(scene.fellow)
    own = say(installation, table, table.actors[0], "Oma kommentti.")
    clock.at = datetime.combine(OPENS, datetime.min.time(), UTC) + timedelta(hours=9)
    scene.opening = Opening(spoken=True, day=True)
    opened = scene.check(scene.fellow)
    assert {scene.by_mark[number].sharing for number in opened} == set(Sharing) - {Sharing.NOBODY}
    for phase_id in (made.phase_id, made.handbook.phases["coordinators-round"]):
        phases.close(installation, made.editor, phase_id, new_id())
    scene.answer_all(own)
    assert scene.check(*scene.strangers) == set(), "nor does a closed one, or its answers"
    publish(installation, made.editor, made.handbook.id, scene.draft_id, "Kokeilua varten.")
    scene.opening = Opening(spoken=True, day=True, published=True)
    shown = scene.check(*scene.strangers, scene.fellow)
    for path in archived_files(app, made.handbook.id, "fi"):
        shown |= scene.promised(path.content.decode("utf-8", "replace"), path.path)
    public = {one.number for one in scene.marked if one.is_public and one.of_text}
    assert public <= shown, "what may be read by anyone is read"
    processes.begin_next_run(installation, made.editor, made.handbook.id, "model-case", new_id())
    assert scene.check(*scene.strangers, scene.in_own_handbook) >= public
    for person_id, words in scene.letters():
        own = {one.number for one in scene.marked if one.person_id == person_id}
        for _kind, number, time in MARK.findall(words):
            one = scene.by_time[time] if time else scene.by_mark[int(number)]
            assert one.number in own, (person_id, one)
