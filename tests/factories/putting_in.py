"""Everything that somebody can put in, each put in once by its use case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.approvals import Decision
from reviewtool.domain.contributions import ContributionKind, QuestionKind, QuestionScope
from reviewtool.domain.files import Upload
from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.domain.workshops import Attendance
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Carry
from reviewtool.models.sections import Revision
from reviewtool.services import (
    attachments,
    interviews,
    phases,
    statements,
    supports,
    turns,
    workshop_rooms,
)
from reviewtool.services import questions as asking
from reviewtool.services.answers import Answering, answer
from reviewtool.services.carries import carry, object_to_carry
from reviewtool.services.choices import Answers, answer_questions
from reviewtool.services.contributions import Submission, Words, submit
from reviewtool.services.corrections import correct_draft
from reviewtool.services.delegation import pass_on
from reviewtool.services.invitations import decline
from reviewtool.services.readiness import say_nothing
from reviewtool.services.verdicts import give_verdict
from reviewtool.services.workshops import SignUp, sign_up
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.contributions import Table, drafted, make_table, now_actor, say
from tests.factories.interviews import make_interview, person_of
from tests.factories.people import link_actor, make_person
from tests.factories.rounds import make_round
from tests.factories.statements import add_point
from tests.factories.texts import make_draft
from tests.factories.workshops import running
from tests.integration.test_statements import submit as submit_all

MARK = "Merkkilause97"


@dataclass
class Put:
    """What was put in, and where its pages are."""

    handbook_id: str
    phase_id: str
    editor: Any
    author: Any
    section_id: str
    mark: str = MARK
    contribution_id: str = ""
    person_id: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def page(self, path: str) -> str:
        """Fill an address."""
        return path.format(
            home=f"/handbooks/{self.handbook_id}", phase=self.phase_id, section=self.section_id,
            contribution=self.contribution_id, person=self.person_id,
            own=f"/p/{self.author.link_id}", **self.extra,
        )  # fmt: skip


def of(table: Table, number: int = 0, **values: Any) -> Put:
    """Tell where something of a round's participant is."""
    made = table.round
    return Put(
        made.handbook.id, made.phase_id, made.editor, table.actors[number], table.section_id,
        person_id=made.people[number].id, **values,
    )  # fmt: skip


def contributed(**words: Any) -> Callable[[Installation, SetClock], Put]:
    def put(site: Installation, _clock: SetClock) -> Put:
        table = make_table(site)
        if "activity" in words:
            revision_id, _text = drafted(site, table, table.section_id)
            said = submit(
                site, table.actors[0],
                Submission(
                    ContributionKind.EXAMPLE, Words(activity=words["activity"]), table.section_id,
                    revision_id,
                ),
                new_id(),
            )  # fmt: skip
        else:
            said = say(site, table, table.actors[0], **words)
        return of(table, contribution_id=said)

    return put


def asked(kind: QuestionKind) -> Callable[[Installation, SetClock], Put]:
    def put(site: Installation, _clock: SetClock) -> Put:
        table = make_table(site)
        options = () if kind in (QuestionKind.FREE, QuestionKind.EXAMPLE) else (
            {"fi": "Jokin muu"}, {"fi": MARK},
        )  # fmt: skip
        words = asking.QuestionWords(kind, QuestionScope.SECTION, {"fi": "Mitä?"}, options)
        question = asking.ask(site, table.round.editor, table.round.phase_id, words, new_id())
        given = Answers(
            section_id=table.section_id,
            options={question: 1} if options else {},
            words={question: MARK} if kind is QuestionKind.FREE else {},
            examples={question: Words(activity=MARK)} if kind is QuestionKind.EXAMPLE else {},
        )
        answer_questions(site, table.actors[0], given)
        return of(table)

    return put


def nothing(site: Installation, _clock: SetClock) -> Put:
    table = make_table(site)
    say_nothing(site, table.actors[0], table.section_id)
    return of(table, mark="Ei lausuttavaa")


def to_another(kind: str) -> Callable[[Installation, SetClock], Put]:
    def put(site: Installation, _clock: SetClock) -> Put:
        table = make_table(site)
        made = table.round
        person = make_person(site, made.editor, made.phase_id, MARK, organisation=f"{MARK} ry")
        actor = link_actor(site, person)
        said = say(site, table, table.actors[0], f"Alku {MARK}" if kind == "support" else "Alku.")
        if kind == "support":
            supports.support(site, actor, said, for_organisation=True)
        else:
            turns.reply(site, actor, said, MARK, new_id())
        where = of(table, contribution_id=said)
        where.author = actor
        return where

    return put


def attached(site: Installation, _clock: SetClock) -> Put:
    table = make_table(site)
    said = say(site, table, table.actors[0])
    upload = Upload(f"{MARK}.pdf", b"%PDF-1.4\n%%EOF\n")
    attachments.attach(site, table.actors[0], said, [upload], new_id())
    return of(table, contribution_id=said)


def judged(site: Installation, _clock: SetClock) -> Put:
    table = make_table(site)
    made = table.round
    said = say(site, table, table.actors[0])
    answer(site, made.editor, [said], Answering(AnswerKind.NOT_TAKEN, "Pitkä."), new_id())
    phases.close(site, made.editor, made.phase_id, new_id())
    make_draft(site, made.editor, made.handbook.id)
    give_verdict(
        site, now_actor(site, table), said, satisfied=False, reason=MARK, request_id=new_id()
    )
    return of(table, contribution_id=said)


def declined(site: Installation, _clock: SetClock) -> Put:
    table = make_table(site)
    decline(site, table.actors[0], MARK, new_id())
    return of(table)


def passed_on(site: Installation, _clock: SetClock) -> Put:
    table = make_table(site)
    pass_on(site, table.actors[0], MARK, "kaisa@jarjesto.example.org", new_id())
    return of(table)


def point(site: Installation, _clock: SetClock) -> Put:
    table = make_table(site)
    statements.begin(site, table.actors[0], new_id())
    add_point(site, table.actors[0], table.section_id, MARK)
    submit_all(site, table.actors[0])
    return of(table)


def decided(site: Installation, _clock: SetClock) -> Put:
    made = make_round(site, key="approval", open_to_all=False)
    actor = link_actor(site, made.people[0])
    line = approval_lines(site, made.phase_id)[0]
    decide_all(site, actor, [line], Decision.CHANGES_REQUESTED, MARK)
    return Put(made.handbook.id, made.phase_id, made.editor, actor, line.section_id)


def proposed(site: Installation, clock: SetClock) -> Put:
    made, groups = running(site, clock)
    actor = link_actor(site, made.people[0])
    workshop_rooms.enter_group(site, actor, groups[0], new_id())
    wish = Proposed(ProposalAct.ADD, title=MARK)
    said = workshop_rooms.propose(site, actor, wish, "", new_id())
    return Put(
        made.handbook.id, made.phase_id, made.editor, actor, made.texts.first, contribution_id=said
    )


def featured(site: Installation, clock: SetClock) -> Put:
    made, groups = running(site, clock)
    actor = link_actor(site, made.people[0])
    workshop_rooms.enter_group(site, actor, groups[0], new_id())
    said = workshop_rooms.feature(site, actor, made.texts.first, MARK, new_id())
    return Put(
        made.handbook.id, made.phase_id, made.editor, actor, made.texts.first, contribution_id=said
    )


def needed(site: Installation, clock: SetClock) -> Put:
    made, _groups = running(site, clock)
    actor = link_actor(site, made.people[0])
    sign_up(site, actor, SignUp(Attendance.COMES, needs=MARK), new_id())
    return Put(made.handbook.id, made.phase_id, made.editor, actor, made.texts.first)


def interviewed(site: Installation, _clock: SetClock) -> Put:
    made = make_interview(site, words=(MARK,))
    interviews.send(site, made.editor, made.id, new_id())
    return Put(
        made.bench.handbook.id, made.phase_id, made.editor, person_of(site, made),
        made.bench.section_id, contribution_id=made.notes[0], extra={"interview": made.id},
    )  # fmt: skip


def objected(site: Installation, _clock: SetClock) -> Put:
    made = make_round(site, key="approval", open_to_all=False)
    actor = link_actor(site, made.people[0])
    lines = approval_lines(site, made.phase_id)
    line = next(one for one in lines if one.section_id == made.texts.first)
    decide_all(site, actor, [line])
    with site.database.read() as session:
        text = session.get_one(Revision, line.revision_id).text
    correct_draft(
        site, made.editor, made.draft_id, line.section_id, "fi",
        base_revision_id=line.revision_id, text=text.replace("kerran viikossa", "joka viikko"),
        reason="Kirjoitusvirhe.",
    )  # fmt: skip
    lines = approval_lines(site, made.phase_id)
    corrected = next(one for one in lines if one.section_id == line.section_id)
    carry(
        site, made.editor, made.phase_id, line.section_id, to_revision_id=corrected.revision_id,
        note="Sanajärjestys.",
    )  # fmt: skip
    with site.database.read() as session:
        carry_id = session.scalars(select(Carry.id)).one()
    object_to_carry(site, link_actor(site, made.people[0]), carry_id, MARK, new_id())
    return Put(made.handbook.id, made.phase_id, made.editor, actor, line.section_id)
