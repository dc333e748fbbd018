"""The two workshops before draft 1: people come, groups speak, the editors decide and write."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewtool.demo.planning import close, invite_all, open_phase
from reviewtool.demo.script import Entry
from reviewtool.demo.stage import Stage
from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.domain.sections import SectionKind
from reviewtool.domain.workshops import Attendance
from reviewtool.models.workshops import Workshop, WorkshopMinutes
from reviewtool.queries.actors import find_link
from reviewtool.services import workshop_minutes, workshop_rooms, workshop_tables
from reviewtool.services.answers import Answering, answer, mark_used
from reviewtool.services.moving import Where, put_section
from reviewtool.services.proposals import Decision
from reviewtool.services.structure import add_section
from reviewtool.services.supports import support
from reviewtool.services.workshop_charts import ChartLine, record_chart
from reviewtool.services.workshop_rooms import Joiner
from reviewtool.services.workshops import SignUp, WorkshopPlan, plan_workshop, sign_up

FEATURE = "feature"
FRIDAY = 4


@dataclass
class Played:
    """One workshop while it is played: its script, its groups and themes, what was said."""

    stage: Stage
    script: Entry
    groups: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    said: list[tuple[Entry, str]] = field(default_factory=list)
    """What was said, with the contribution that it became."""

    @property
    def key(self) -> str:
        """The phase's name in the script."""
        return str(self.script["key"])

    @property
    def phase_id(self) -> str:
        """The phase."""
        return self.stage.phases[self.key]

    @property
    def day(self) -> int:
        """The workshop's day, in days from today: never on a weekend."""
        day = int(self.stage.script.phases[self.key]["ends"])
        return day - max(0, self.stage.day(day).weekday() - FRIDAY)


def hold_workshop(stage: Stage, key: str) -> None:
    """Play a workshop from its invitations to its minutes; what was decided is in the tree then."""
    played = Played(stage, stage.script.workshops[key])
    _invite(played)
    _open_room(played)
    for one in played.script["said"]:
        _say(played, one)
    stage.go_to(played.day, 16, 30)
    close(stage, key)
    for chart in played.script.get("chart", ()):
        _type_in(played, chart)
    for number, (one, contribution_id) in enumerate(played.said):
        stage.go_to(played.day + 2, 9, 5 + number)
        _sort_and_decide(played, one, contribution_id)
    _minutes(played)


def _invite(played: Played) -> None:
    stage, script = played.stage, played.script
    entry = stage.script.phases[played.key]
    stage.go_to(entry["starts"], 9)
    plan_workshop(
        stage.installation,
        stage.editor(),
        played.phase_id,
        WorkshopPlan(
            version=0,
            starts_at=stage.moment(played.day, script["begins"]),
            ends_at=stage.moment(played.day, script["ends"]),
            place=script["place"],
            remote_address=script["remote"],
            agenda=script["agenda"],
        ),
        stage.request(),
    )
    people = [stage.script.people[one["person"]] for one in script["guest"]]
    invite_all(stage, played.key, people)
    stage.go_to(entry["starts"], 9, 30)
    open_phase(stage, played.key)
    for number, one in enumerate(script["guest"]):
        stage.go_to(entry["starts"] + 1 + number % 9, 10, 7 * number)
        said = SignUp(Attendance(one["attendance"]), one.get("needs", ""), one.get("diet", ""))
        actor = stage.guest(played.key, one["person"])
        sign_up(stage.installation, actor, said, stage.request())


def _open_room(played: Played) -> None:
    """Make the groups, and let everybody who comes sit down."""
    stage, script, editor = played.stage, played.script, played.stage.editor()
    stage.go_to(played.day, script["begins"] - 1, 30)
    for name in script["groups"]:
        played.groups.append(
            workshop_tables.add_group(
                stage.installation, editor, played.phase_id, name, stage.request()
            )
        )
    stage.go_to(played.day, script["begins"], 10)
    for one in script["guest"]:
        if one["attendance"] != Attendance.CANNOT:
            _sit_down(played, stage.guest(played.key, one["person"]), one["group"])
    for one in script.get("joiner", ()):
        _sit_down(played, _come_in(played, one), one["group"])


def _come_in(played: Played, entry: Entry) -> Actor:
    """Let somebody in by the code on the screen."""
    stage = played.stage
    with stage.installation.database.read() as session:
        code = session.get_one(Workshop, played.phase_id).room_code or ""
    joined = workshop_rooms.join(
        stage.installation, code, Joiner(entry["name"], entry["organisation"]), stage.request()
    )
    days = stage.installation.settings.retention_days
    with stage.installation.database.read() as session:
        now = stage.clock.now()
        found = find_link(session, joined.link_id, joined.generation, now, days)
    assert found is not None
    return found.actor


def _sit_down(played: Played, actor: Actor, number: int) -> None:
    stage = played.stage
    workshop_rooms.enter_group(stage.installation, actor, played.groups[number], stage.request())


def _say(played: Played, entry: Entry) -> None:
    stage = played.stage
    hour, minute = entry["at"].split(".")
    stage.go_to(played.day, int(hour), int(minute))
    actor = stage.guest(played.key, entry["by"])
    section_id = stage.sections[entry["section"]] if "section" in entry else None
    if entry["what"] == FEATURE:
        made = workshop_rooms.feature(
            stage.installation, actor, section_id, entry["words"], stage.request()
        )
    else:
        made = workshop_rooms.propose(
            stage.installation,
            actor,
            _proposed(stage, entry, section_id),
            entry["words"],
            stage.request(),
        )
    played.said.append((entry, made))
    for person in entry.get("supports", ()):
        support(stage.installation, stage.guest(played.key, person), made)


def _proposed(stage: Stage, entry: Entry, section_id: str | None) -> Proposed:
    act = ProposalAct(entry["what"])
    return Proposed(
        act,
        section_id=section_id,
        others=tuple(stage.sections[other] for other in entry.get("others", ())),
        title=entry.get("title", ""),
        parent_id=section_id if act is ProposalAct.ADD else None,
        kind=SectionKind(entry.get("kind", SectionKind.ACTIVITY)),
    )


def _type_in(played: Played, chart: Entry) -> None:
    """Write down what a group had on paper: it goes where the workshop wanted a new area."""
    stage = played.stage
    stage.go_to(played.day + chart["on"], 10)
    lines = [
        ChartLine(
            line["words"],
            proposed=Proposed(
                ProposalAct(chart["what"]), title=line["title"], kind=SectionKind.ACTIVITY
            ),
        )
        for line in chart["line"]
    ]
    made = record_chart(
        stage.installation,
        stage.editor(),
        played.groups[chart["group"]],
        lines,
        stage.request(),
    )
    for line, contribution_id in zip(chart["line"], made, strict=True):
        entry = {**line, "what": chart["what"], "section": chart["parent"]}
        played.said.append((entry, contribution_id))


def _sort_and_decide(played: Played, entry: Entry, contribution_id: str) -> None:
    stage, editor = played.stage, played.stage.editor()
    if not played.themes:
        played.themes = [
            workshop_tables.add_theme(
                stage.installation, editor, played.phase_id, title, stage.request()
            )
            for title in played.script["themes"]
        ]
    theme = played.themes[entry["theme"]]
    workshop_tables.sort_entry(stage.installation, editor, contribution_id, theme, stage.request())
    if entry["what"] == FEATURE:
        mark_used(
            stage.installation,
            editor,
            [contribution_id],
            entry["used"],
            stage.request(),
            entry.get("reason", ""),
        )
    elif entry["decision"] == AnswerKind.TAKEN:
        _take(stage, editor, entry, contribution_id)
    else:
        answering = Answering(AnswerKind(entry["decision"]), entry["reason"])
        answer(stage.installation, editor, [contribution_id], answering, stage.request())


def _take(stage: Stage, editor: Actor, entry: Entry, contribution_id: str) -> None:
    """Add the text that was wished for, where it belongs."""
    made = add_section(
        stage.installation,
        editor,
        stage.handbook_id,
        SectionKind(entry.get("kind", SectionKind.ACTIVITY)),
        entry["title"],
        stage.sections[entry["section"]] if "section" in entry else None,
        stage.request(),
        Decision(contribution_id, entry["reason"]),
    )
    stage.sections[entry["title"]] = made
    if "before" in entry:
        beside = stage.sections[entry["before"]]
        put_section(stage.installation, editor, made, beside, Where.BEFORE, stage.request())


def _minutes(played: Played) -> None:
    """Draw up the minutes and send them; where somebody corrects them, send them as final."""
    stage, script = played.stage, played.script["minutes"]
    stage.go_to(played.day + script["sent"], 14)
    site, editor, phase_id = stage.installation, stage.editor(), played.phase_id
    workshop_minutes.draw_up(site, editor, phase_id, 0, stage.request())
    workshop_minutes.send(site, editor, phase_id, 1, stage.request(), final=False)
    if "correction" not in script:
        return
    stage.go_to(played.day + script["corrected"], 8, 40)
    author = stage.guest(played.key, script["by"])
    said = workshop_minutes.correct(site, author, script["correction"], stage.request())
    stage.go_to(played.day + script["corrected"], 15)
    answering = Answering(AnswerKind.NOTED, script["answer"])
    answer(site, editor, [said], answering, stage.request())
    with site.database.read() as session:
        text = session.get_one(WorkshopMinutes, phase_id).text
    text = text.replace("Meillä samat", "Jos tekstit jäävät lyhyiksi: meillä samat")
    workshop_minutes.write(site, editor, phase_id, text, 1, stage.request())
    stage.go_to(played.day + script["final"], 9)
    workshop_minutes.send(site, editor, phase_id, 2, stage.request(), final=True)
