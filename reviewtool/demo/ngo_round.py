"""The second scene: the NGOs' comment round on draft 1."""

from __future__ import annotations

from functools import partial

from reviewtool.demo.acting import Cue, Scene, kind_of, play, spread
from reviewtool.demo.asking import ask_first
from reviewtool.demo.finding import place_of
from reviewtool.demo.planning import close, invite_all, open_phase
from reviewtool.demo.script import Entry, says_nothing
from reviewtool.demo.stage import ZONE, Stage
from reviewtool.domain.contributions import Channel, ContributionKind
from reviewtool.domain.files import Upload
from reviewtool.models.phases import Phase
from reviewtool.services.choices import Answers, answer_questions
from reviewtool.services.contributions import Submission, submit
from reviewtool.services.readiness import say_ready
from reviewtool.services.recording import Said, Speaker, record
from reviewtool.services.supports import support
from reviewtool.services.themes import choose_themes
from reviewtool.services.turns import reply

PHASE = "ngo-round"


def play_ngo_round(stage: Stage) -> None:
    """Invite the experts, open the round, let them speak, close it."""
    entry = stage.script.phases[PHASE]
    stage.go_to(entry["starts"] - 2, 13)
    invite_all(stage, PHASE, stage.script.of_role("ngo-expert"))
    ask_first(stage, PHASE)
    stage.go_to(entry["starts"], 8)
    open_phase(stage, PHASE)
    with stage.installation.database.read() as session:
        draft_id = session.get_one(Phase, stage.phases[PHASE]).draft_id
    assert draft_id is not None
    scene = Scene.of(stage, PHASE, draft_id)
    play(stage, _cues(scene))
    stage.go_to(entry["ends"] + 1, 8)
    close(stage, PHASE)
    for one in stage.script.ngo_round["late"]:
        stage.go_to(entry["ends"] + 3, 9)
        _say_late(scene, one)


def _cues(scene: Scene) -> list[Cue]:
    stage, entry = scene.stage, scene.stage.script.phases[PHASE]
    first, last = stage.moment(entry["starts"], 12), stage.moment(entry["ends"] - 3, 12)
    said = stage.script.ngo_round["contribution"]
    cues = []
    for number, one in enumerate(said):
        act = scene.say if one["channel"] == Channel.WEB else partial(_record, scene)
        cues.append(Cue(spread(first, last, number, len(said)), partial(act, one)))
        for supporter in one.get("supports", ()):
            if one["channel"] == Channel.WEB and not says_nothing(one):
                late = stage.moment(entry["ends"] - 2, 9 + len(cues) % 10, len(cues) % 60)
                cues.append(Cue(late, partial(_agree, scene, supporter, one["key"])))
        for place, words in enumerate(one.get("replies", ())):
            late = stage.moment(entry["ends"] - 1, 13 + place, number % 60)
            cues.append(Cue(late, partial(_reply, scene, words, one["key"])))
    for number, one in enumerate(stage.script.ngo_round["theme"]):
        at = stage.moment(entry["starts"], 9, 7 * number)
        cues.append(Cue(at, partial(_choose_themes, scene, one)))
    for number, figure in enumerate(stage.script.ngo_round["figure"]):
        at = stage.moment(entry["ends"] - 1, 9 + number % 9, 7 * number % 60)
        cues.append(Cue(at, partial(_rate, scene, figure)))
    for number, person in enumerate(_who_is_ready(stage)):
        at = stage.moment(entry["ends"], 9 + number % 8, 11 * number % 60)
        cues.append(Cue(at, partial(_say_ready, scene, person)))
    return cues


def _who_is_ready(stage: Stage) -> list[str]:
    """Most of those who wrote say at the end that it was all; every fourth forgets to."""
    wrote = dict.fromkeys(
        one["author"] for one in stage.script.ngo_round["contribution"] if _by_link(one)
    )
    return [person for number, person in enumerate(wrote) if number % 4 != 3]


def _by_link(entry: Entry) -> bool:
    return bool(entry["channel"] == Channel.WEB)


def _agree(scene: Scene, person: str, key: str) -> None:
    support(scene.stage.installation, scene.guest(person), scene.stage.contributions[key])


def _reply(scene: Scene, said: Entry, key: str) -> None:
    stage = scene.stage
    made = stage.contributions[key]
    reply(stage.installation, scene.guest(said["author"]), made, said["text"], stage.request())


def _choose_themes(scene: Scene, entry: Entry) -> None:
    """Let somebody choose, on the page that their link opens, what they are shown first."""
    stage = scene.stage
    sections = [stage.sections[title] for title in entry["sections"]]
    choose_themes(stage.installation, scene.guest(entry["author"]), sections)


def _rate(scene: Scene, figure: Entry) -> None:
    question = scene.questions[figure["question"]]
    answers = Answers(options={question: figure["value"] - 1})
    answer_questions(scene.stage.installation, scene.guest(figure["author"]), answers)


def _say_ready(scene: Scene, person: str) -> None:
    say_ready(scene.stage.installation, scene.guest(person))


def _say_late(scene: Scene, entry: Entry) -> None:
    """Let somebody send their words after the end; they wait for the editors' decision."""
    said = Submission(ContributionKind.COMMENT, scene.words(entry), scene.section(entry))
    site = scene.stage.installation
    submit(site, scene.guest(entry["author"]), said, scene.stage.request(), late=True)


def _record(scene: Scene, entry: Entry) -> None:
    """Let the editor write down what came another way, with the original where there is one."""
    stage, person = scene.stage, scene.stage.script.people[entry["author"]]
    kind = kind_of(entry)
    if kind is ContributionKind.QUESTION_ANSWER:
        kind = ContributionKind.COMMENT  # on paper nobody ticks which question they answer
    section_id = scene.section(entry)
    text = scene.texts[section_id] if section_id else ""
    said = Said(kind, scene.words(entry), section_id, place=place_of(text, entry.get("quote", "")))
    recorded = record(
        stage.installation,
        stage.editor(entry["recorded_by"]),
        stage.phases[PHASE],
        Speaker(
            person.name,
            address=person.email,
            language=entry["language"],
            organisation=person.organisation,
            organisation_kind=person.kind,
            municipality=person.municipality,
        ),
        Channel(entry["channel"]),
        stage.clock.now().astimezone(ZONE).date(),
        [said],
        stage.request(),
        _originals(entry),
    )
    stage.contributions[entry["key"]] = recorded.contribution_ids[0]


def _originals(entry: Entry) -> list[Upload]:
    if entry["channel"] not in (Channel.EMAIL, Channel.PAPER):
        return []
    return [Upload(f"{entry['key']}.txt", entry["text"].encode())]
