"""The fifth scene: after draft 2 the editors change the structure."""

from __future__ import annotations

from reviewtool.demo.finding import NotInScript
from reviewtool.demo.script import Entry
from reviewtool.demo.stage import Stage
from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.domain.splitting import Part, pieces
from reviewtool.services.proposals import Decision
from reviewtool.services.relations import relate
from reviewtool.services.splitting import Split, split_section


def proposed(stage: Stage, entry: Entry, section_id: str | None) -> Proposed:
    """Give what an entry of the script proposes about the structure."""
    asks = entry["proposal"]
    return Proposed(
        ProposalAct(asks["act"]),
        section_id,
        tuple(stage.sections[other] for other in asks.get("others", ())),
        asks.get("title", ""),
        stage.sections[asks["parent"]] if "parent" in asks else None,
    )


def change_structure(stage: Stage) -> None:
    """Accept a proposal, and split a text: what was said on it goes with its words."""
    script = stage.script.structure
    stage.go_to(-1, 13, 20)
    for one in script["relate"]:
        relate(
            stage.installation,
            stage.editor(),
            stage.sections[one["section"]],
            stage.sections[one["other"]],
            Decision(stage.contributions[one["proposal"]], one["reason"]),
        )
    for one in script["split"]:
        stage.go_to(-1, 14, 5)
        _split(stage, one)


def _split(stage: Stage, entry: Entry) -> None:
    section_id = stage.sections[entry["section"]]
    _, text, version = stage.working(section_id)
    every = pieces(text)
    goes = [any(piece.words.startswith(words) for words in entry["goes"]) for piece in every]
    if sum(goes) != len(entry["goes"]):
        raise NotInScript(f"paragraphs of {entry['section']}")
    places = tuple(
        {0, 1} if piece.part is Part.SOURCE else {int(moves)}
        for piece, moves in zip(every, goes, strict=True)
    )
    split_section(
        stage.installation,
        stage.editor(),
        section_id,
        "fi",
        Split((entry["title"],), places, version),
        stage.request(),
        Decision(reason=entry["reason"]),
    )
