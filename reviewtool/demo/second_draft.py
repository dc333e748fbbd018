"""The third scene: the editors merge, edit and answer, and freeze draft 2."""

from __future__ import annotations

from collections.abc import Sequence

from reviewtool.demo.finding import NotInScript, find
from reviewtool.demo.planning import close, open_phase
from reviewtool.demo.script import Entry, says_nothing
from reviewtool.demo.stage import Stage
from reviewtool.domain.answers import AnswerKind
from reviewtool.services import merging
from reviewtool.services.answers import Answering, Place, answer, revise
from reviewtool.services.drafts import freeze_draft
from reviewtool.services.proposals import Decision
from reviewtool.services.sections import save_text
from reviewtool.services.structure import rename_section
from reviewtool.text.document import Document, compose, parse
from reviewtool.text.inline import escape

PHASE = "draft-2"


def write_second_draft(stage: Stage) -> str:
    """Write draft 2 from what was said; gives its id."""
    entry = stage.script.phases[PHASE]
    stage.go_to(entry["starts"], 9, 30)
    open_phase(stage, PHASE)
    _merge(stage, entry["starts"] + 10)
    _edit_all(stage, entry["starts"] + 30)
    _answer_all(stage, entry["ends"] - 30)
    stage.go_to(entry["ends"], 14)
    draft = freeze_draft(stage.installation, stage.editor(), stage.handbook_id, stage.request())
    close(stage, PHASE)
    return draft.id


def _editors(stage: Stage) -> list[str]:
    return list(stage.people)


def _merge(stage: Stage, first_day: int) -> None:
    by_key = {one["key"]: one for one in stage.script.ngo_round["contribution"]}
    for number, key in enumerate(stage.script.second_draft["taken_suggestions"]):
        stage.go_to(first_day + number // 2, 10 + number % 5, 7 * number % 60)
        _, _, version = stage.working(stage.sections[by_key[key]["section"]])
        editor = stage.editor(_editors(stage)[number % 2])
        taken = merging.take(
            stage.installation, editor, [stage.contributions[key]], version, stage.request()
        )
        if taken.revision_id is None:
            raise NotInScript(f"clashes: {key}")


def _edit_all(stage: Stage, first_day: int) -> None:
    for number, edit in enumerate(stage.script.second_draft["edit"]):
        stage.go_to(first_day + number // 2, 9 + number % 7, 11 * number % 60)
        section_id = stage.sections[edit["section"]]
        if edit["part"] == "title":
            _rename(stage, section_id, edit, _editors(stage)[number % 2])
            continue
        base, text, _ = stage.working(section_id)
        save_text(
            stage.installation,
            stage.editor(_editors(stage)[number % 2]),
            section_id,
            "fi",
            base_revision_id=base,
            text=edited(text, edit),
            note=edit.get("note", ""),
            contributions=[stage.contributions[key] for key in edit["causes"]],
            request_id=stage.request(),
        )


def _rename(stage: Stage, section_id: str, edit: Entry, editor: str) -> None:
    """Accept the proposal of a new name: the change is its answer."""
    (key,) = edit["causes"]
    by_key = {one["key"]: one for one in stage.script.ngo_round["contribution"]}
    rename_section(
        stage.installation,
        stage.editor(editor),
        section_id,
        "fi",
        edit["new"],
        stage.request(),
        Decision(stage.contributions[key], by_key[key]["answer"]["reason"]),
    )


def edited(text: str, edit: Entry) -> str:
    """Give a text with one edit of the script made. Raises NotInScript."""
    document = parse(text)
    part = edit["part"]
    if part == "body":
        if "after" in edit:
            _, end = find(document.body, edit["after"])
            rest = document.body.find("\n\n", end)
            here = len(document.body) if rest < 0 else rest
            new = f"\n\n{escape(edit['new'])}"
            return _with(document, body=document.body[:here] + new + document.body[here:])
        return _with(document, body=_reworded(document.body, edit))
    items = list(document.points if part == "points" else document.sources)
    place = _item_of(items, edit)
    if "after" in edit:
        items.insert(place + 1, escape(edit["new"]))
    else:
        items[place] = _reworded(items[place], edit)
    kept = [item for item in items if item.strip()]
    return _with(document, points=kept) if part == "points" else _with(document, sources=kept)


def _reworded(words: str, edit: Entry) -> str:
    start, end = find(words, edit["old"])
    return words[:start] + escape(edit["new"]) + words[end:]


def _item_of(items: Sequence[str], edit: Entry) -> int:
    wanted = edit.get("after") or edit["old"]
    found = [n for n, item in enumerate(items) if wanted in item or escape(wanted) in item]
    if len(found) != 1:
        raise NotInScript(f"{len(found)} items have: {wanted}")
    return found[0]


def _with(
    document: Document,
    *,
    points: Sequence[str] | None = None,
    body: str | None = None,
    sources: Sequence[str] | None = None,
) -> str:
    return compose(
        document.title,
        document.points if points is None else points,
        document.body if body is None else body,
        document.sources if sources is None else sources,
    )


def _answer_all(stage: Stage, first_day: int) -> None:
    """Answer everything; what is handled together with another comes after the other."""
    said = [one for one in stage.script.ngo_round["contribution"] if not says_nothing(one)]
    decided = {
        key
        for edit in stage.script.second_draft["edit"]
        if edit["part"] == "title"
        for key in edit["causes"]
    }
    said = [one for one in said if one["key"] not in decided]
    said.sort(key=lambda one: "together_with" in one["answer"])
    for number, one in enumerate(said):
        stage.go_to(first_day + number // 4, 9 + 2 * (number % 4), 13 * number % 60)
        editor = stage.editor(_editors(stage)[number // 4 % 2])
        contribution = stage.contributions[one["key"]]
        given = _answering(stage, one)
        answer(stage.installation, editor, [contribution], given, stage.request())
        if given.kind is AnswerKind.MOVED:
            taken = Answering(AnswerKind.TAKEN, given.reason)
            revise(stage.installation, editor, contribution, taken, 1, stage.request())


def _answering(stage: Stage, entry: Entry) -> Answering:
    given = entry["answer"]
    place = None
    if "place" in given:
        revision_id, text, _ = stage.working(stage.sections[entry["section"]])
        place = Place(revision_id, *find(text, given["place"]))
    return Answering(
        AnswerKind(given["kind"]),
        given["reason"],
        place=place,
        other_id=stage.contributions[given["together_with"]] if "together_with" in given else None,
        phase_id=stage.phases[given["deferred_to"]] if "deferred_to" in given else None,
        section_id=stage.sections[given["moved_to"]] if "moved_to" in given else None,
    )
