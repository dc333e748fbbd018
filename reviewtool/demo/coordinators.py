"""The fourth scene: the coordinators' round on draft 2, half way through."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from reviewtool.demo.acting import Cue, Scene, play, spread
from reviewtool.demo.asking import ask_first, give_time, invite_more, replace_some
from reviewtool.demo.easy import write_summaries
from reviewtool.demo.interviews import interview_cues
from reviewtool.demo.planning import invite_all, open_phase
from reviewtool.demo.script import Entry, Person
from reviewtool.demo.stage import Stage
from reviewtool.demo.statements import statement_cues
from reviewtool.services.choices import Answers, answer_questions
from reviewtool.services.delegation import pass_on
from reviewtool.services.invitations import decline
from reviewtool.services.readiness import say_nothing, say_ready, unsay_nothing
from reviewtool.services.unsent import keep_unsent

PHASE = "coordinators-round"
INTERVIEWS = "interviews"
QUESTIONS = ("understandable", "useful")


def play_coordinators_round(stage: Stage, draft_id: str) -> None:
    """Invite the coordinators, open the round, let half of them answer; interviews begin."""
    entry = stage.script.phases[PHASE]
    stage.go_to(entry["starts"] - 3, 10)
    invite_all(stage, PHASE, stage.script.of_role("coordinator", "other-expert"))
    ask_first(stage, PHASE)
    stage.go_to(entry["starts"], 8)
    open_phase(stage, PHASE)
    write_summaries(stage, PHASE)
    scene = Scene.of(stage, PHASE, draft_id)
    cues = _cues(scene)
    opening = stage.moment(stage.script.phases[INTERVIEWS]["starts"], 9)
    asked_for_time = Cue(stage.moment(-4, 14), partial(give_time, stage, PHASE))
    more_people = Cue(stage.moment(-5, 11), partial(invite_more, stage, PHASE))
    replaced = Cue(stage.moment(-1, 9), partial(replace_some, stage, PHASE))
    opened = Cue(opening, partial(open_phase, stage, INTERVIEWS))
    cues += [opened, more_people, asked_for_time, replaced, *interview_cues(stage)]
    play(stage, cues)


def _cues(scene: Scene) -> list[Cue]:
    stage, script = scene.stage, scene.stage.script.coordinators
    starts = stage.script.phases[PHASE]["starts"]
    first, last = stage.moment(starts, 12), stage.moment(-3, 12)
    said, figures = script["contribution"], script["figures"]
    came = [one["person"] for one in script["participant"]]
    received = {one["to_key"] for one in script["transfer"]}
    # A link is passed on after its holder came in, and before the colleague does.
    acts = [
        *(partial(_come_in, scene, person) for person in came if person not in received),
        *(partial(_transfer, scene, one) for one in script["transfer"]),
        *(partial(_come_in, scene, person) for person in came if person in received),
    ]
    morning = stage.moment(starts + 1, 9)
    cues = [Cue(morning + timedelta(minutes=13 * n), act) for n, act in enumerate(acts)]
    for number, one in enumerate(figures):
        at = spread(first, last, number, len(figures))
        cues.append(Cue(max(at, stage.moment(starts + 2, 9)), partial(_rate, scene, one)))
    for number, one in enumerate(said):
        at = spread(first, last, number, len(said))
        cues.append(Cue(max(at, stage.moment(starts + 2, 10)), partial(scene.say, one)))
    for number, one in enumerate(script["declined"]):
        at = stage.moment(starts + 1, 15) + timedelta(minutes=11 * number)
        cues.append(Cue(at, partial(_decline, scene, one)))
    for number, one in enumerate(script["participant"]):
        if one["state"] == "ready":
            at = stage.moment(-2, 10 + number // 3, 17 * number % 60)
            cues.append(Cue(at, partial(_ready, scene, one["person"])))
    for one in script["unsent"]:
        cues.append(Cue(stage.moment(-1, 15), partial(_leave_unfinished, scene, one)))
    return cues + statement_cues(scene, script["statement"])


def _leave_unfinished(scene: Scene, entry: Entry) -> None:
    """Let somebody write half a sentence, and be called away."""
    form = f"{scene.section(entry)}:box"
    words = {"words": entry["text"]}
    keep_unsent(scene.stage.installation, scene.guest(entry["author"]), form, words, "")


def _come_in(scene: Scene, person: str) -> None:
    """Press the first button of the link, without having said anything yet."""
    guest, section_id = scene.guest(person), next(iter(scene.texts))
    say_nothing(scene.stage.installation, guest, section_id)
    unsay_nothing(scene.stage.installation, guest, section_id)


def _rate(scene: Scene, figures: Entry) -> None:
    phase = scene.stage.script.phases[PHASE]
    options = {}
    for question in phase["question"]:
        if question["key"] in QUESTIONS:
            keys = [option["key"] for option in question["options"]]
            options[scene.questions[question["key"]]] = keys.index(figures[question["key"]])
    answers = Answers(
        scene.section(figures), options=options, name_shown=scene.shown(figures["author"])
    )
    answer_questions(scene.stage.installation, scene.guest(figures["author"]), answers)


def _ready(scene: Scene, person: str) -> None:
    say_ready(scene.stage.installation, scene.guest(person))


def _decline(scene: Scene, entry: Entry) -> None:
    stage = scene.stage
    decline(stage.installation, scene.guest(entry["person"]), entry["reason"], stage.request())


def _transfer(scene: Scene, entry: Entry) -> None:
    """Let somebody pass their task on, and note the colleague under the script's key."""
    stage = scene.stage
    invitation_id = pass_on(
        stage.installation,
        scene.guest(entry["from"]),
        entry["to_name"],
        entry["to_email"],
        stage.request(),
    )
    giver = stage.script.people[entry["from"]]
    stage.invitations[PHASE, entry["to_key"]] = invitation_id
    stage.script.people.setdefault(
        entry["to_key"],
        Person(
            entry["to_key"], entry["to_name"], entry["to_email"], giver.organisation, giver.kind,
            giver.municipality, entry["to_language"], False, giver.role,
        ),
    )  # fmt: skip
