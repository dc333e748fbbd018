"""Taking suggestions into a working text: one by one or several at once, in any order.

Each suggestion is a whole text over the revision that it was made on (or was placed in by a
person). All of them are brought into one frame with the working text and merged there; what
can't be merged is a clash that names all parties, settled only by a person's choice.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reviewtool.text.anchors import Status, passage_at, place_many
from reviewtool.text.canonical import canonical
from reviewtool.text.errors import TextError
from reviewtool.text.hunks import Hunk, apply_hunks, hunks_of, united
from reviewtool.text.inline import escape
from reviewtool.text.merge import MINE, Conflict, Merge, merge
from reviewtool.text.replacing import end_of, propose
from reviewtool.text.retest import State, retest
from reviewtool.text.tokens import Form

FORM = Form.MARKUP


@dataclass(frozen=True)
class Suggestion:
    """Words suggested for `base[start:end]`.

    id: of the contribution; revision_id: whose text `base` is; heir_id: the section that has these
    words now, where the one of `base` was split or merged.
    """

    id: str
    base: str
    start: int
    end: int
    replacement: str
    revision_id: str = ""
    heir_id: str | None = None

    @property
    def proposal(self) -> str:
        """Give the whole text that is suggested. Raises TextError for a range outside of it."""
        return propose(self.base, self.start, self.end, self.replacement)


@dataclass(frozen=True)
class TakenHunk:
    """What one suggestion changed: a range of the working text and what stands there now."""

    contribution_id: str
    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True)
class Clash:
    """Words that several want differently.

    key: names the clash in a form; base: the words that all began from; mine: as they stand in
    the working text; theirs: contribution id -> its words for the same stretch; before and after:
    the rest of the lines that it stands in, never of other ones. All are pieces of canonical text.
    """

    key: str
    base: str
    mine: str
    theirs: Mapping[str, str]
    before: str
    after: str


@dataclass(frozen=True)
class Choice:
    """How a person settles a clash: keep mine, choose one of theirs, or write other words."""

    keep: bool = False
    contribution_id: str | None = None
    words: str = ""


@dataclass(frozen=True)
class Outcome:
    """The text after taking, with what each suggestion changed; or the clashes.

    contained: suggestions whose words the working text has already; left_out: suggestions made on
    other revisions, to be taken once these clashes are settled.
    """

    text: str | None
    hunks: tuple[TakenHunk, ...] = ()
    clashes: tuple[Clash, ...] = ()
    contained: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Frame:
    base: str
    mine: str
    theirs: dict[str, str]
    left_out: tuple[str, ...] = ()
    contained: tuple[str, ...] = field(default=())


def take_into(
    working: str, suggestions: Iterable[Suggestion], choices: Mapping[str, Choice] | None = None
) -> Outcome:
    """Merge suggestions into the working text; the order they come in makes no difference.

    choices: clash key -> how it is settled. Raises TextError when chosen words can't stand there.
    """
    frame = _framed(working, sorted(suggestions, key=lambda one: one.id))
    merged = merge(frame.base, frame.mine, frame.theirs)
    if merged.text is None and choices:
        clashes = {_key(conflict): conflict for conflict in merged.conflicts}
        settled = [(clashes[key], choice) for key, choice in choices.items() if key in clashes]
        frame = _settled(frame, settled)
        merged = merge(frame.base, frame.mine, frame.theirs)
    if merged.text is None:
        shown = tuple(_clash(frame.base, conflict) for conflict in merged.conflicts)
        return Outcome(None, clashes=shown, contained=frame.contained, left_out=frame.left_out)
    hunks = _own_hunks(frame, merged.text) if frame.base == working else None
    if hunks is None:
        hunks = _caused_hunks(working, merged)
    return Outcome(merged.text, tuple(hunks), (), frame.contained, frame.left_out)


def contained_at(suggestion: Suggestion, working: str) -> tuple[int, int] | None:
    """Find the suggested words in a working text that has them already; None where it hasn't."""
    try:
        proposal = suggestion.proposal
    except TextError:
        return None
    tested = retest(suggestion.base, working, {suggestion.id: proposal})[suggestion.id]
    if tested.state is not State.CONTAINED or proposal == suggestion.base:
        return None
    end = end_of(suggestion.base, suggestion.end, proposal)
    passage = passage_at(proposal, min(suggestion.start, end), end)
    place = place_many(proposal, working, [passage])[0]
    return None if place.status is Status.REMOVED else (place.start, place.end)


def _framed(working: str, suggestions: Sequence[Suggestion]) -> _Frame:
    """Bring suggestions onto the working text, or, where one can't be, onto their common base."""
    lifted: dict[str, str] = {}
    blocked: list[Suggestion] = []
    for suggestion in suggestions:
        alone = merge(suggestion.base, working, {suggestion.id: suggestion.proposal})
        if alone.text is None:
            blocked.append(suggestion)
        else:
            lifted[suggestion.id] = alone.text
    contained = tuple(key for key, text in lifted.items() if text == working)
    if not blocked:
        fresh = {key: text for key, text in lifted.items() if text != working}
        return _Frame(working, working, fresh, (), contained)
    base = blocked[0].base
    same = [one for one in suggestions if one.base == base and one.id not in contained]
    theirs = {one.id: one.proposal for one in same}
    left = tuple(one.id for one in suggestions if one.id not in theirs and one.id not in contained)
    return _Frame(base, working, theirs, left, contained)


def _settled(frame: _Frame, choices: Sequence[tuple[Conflict, Choice]]) -> _Frame:
    texts = {MINE: frame.mine, **frame.theirs}
    hunks = {party: hunks_of(frame.base, text, (party,), FORM) for party, text in texts.items()}
    for conflict, choice in choices:
        hunks = {
            party: [one for one in own if one.end < conflict.start or one.start > conflict.end]
            for party, own in hunks.items()
        }
        for party in _winners(conflict, choice):
            words = _chosen(conflict, choice)
            hunks[party].append(Hunk(conflict.start, conflict.end, words, (party,)))
    made = {party: apply_hunks(frame.base, own)[0] for party, own in hunks.items()}
    for text in made.values():
        if canonical(text) != text:
            raise TextError("the chosen words don't fit into the text")
    mine = made.pop(MINE)
    return _Frame(frame.base, mine, made, frame.left_out, frame.contained)


def _winners(conflict: Conflict, choice: Choice) -> tuple[str, ...]:
    if choice.keep:
        return (MINE,)
    if choice.contribution_id is not None:
        # Whoever suggested the same words is taken too, as where nothing clashes.
        words = conflict.theirs.get(choice.contribution_id)
        return tuple(party for party, own in conflict.theirs.items() if own == words) or (MINE,)
    return tuple(conflict.theirs)


def _chosen(conflict: Conflict, choice: Choice) -> str:
    if choice.keep:
        return conflict.mine
    if choice.contribution_id is not None:
        return conflict.theirs.get(choice.contribution_id, conflict.mine)
    # White space at the ends is the text's, not the writer's: words keep their distance.
    base = conflict.base
    lead = base[: len(base) - len(base.lstrip())]
    tail = base[len(base.rstrip()) :] if base.strip() else ""
    paragraphs = [escape(part) for part in choice.words.split("\n\n") if part.strip()]
    return lead + "\n\n".join(paragraphs) + tail


def _own_hunks(frame: _Frame, result: str) -> list[TakenHunk] | None:
    """List each suggestion's own hunks over the working text; identical ones belong to each.

    None where the merge cut them otherwise than the suggestions do by themselves.
    """
    wanted = united(
        hunk
        for party, text in frame.theirs.items()
        for hunk in hunks_of(frame.base, text, (party,), FORM)
    )
    if apply_hunks(frame.base, wanted)[0] != result:
        return None
    out: list[TakenHunk] = []
    shift = 0
    for hunk in wanted:
        start = hunk.start + shift
        end = start + len(hunk.text)
        out += [TakenHunk(party, hunk.start, hunk.end, start, end) for party in hunk.parties]
        shift += len(hunk.text) - (hunk.end - hunk.start)
    return out


def _caused_hunks(working: str, merged: Merge) -> list[TakenHunk]:
    """List what changed between the working text and the result, by whom the merge says."""
    assert merged.text is not None
    out: list[TakenHunk] = []
    shift = 0
    for hunk in hunks_of(working, merged.text, (MINE,), FORM):
        start = hunk.start + shift
        end = start + len(hunk.text)
        shift += len(hunk.text) - (hunk.end - hunk.start)
        parties = {
            party
            for cause in merged.causes
            if cause.start <= end and cause.end >= start
            for party in cause.parties
            if party != MINE
        }
        out += [TakenHunk(party, hunk.start, hunk.end, start, end) for party in sorted(parties)]
    return out


def _key(conflict: Conflict) -> str:
    parties = [f"{party}={text}" for party, text in sorted(conflict.theirs.items())]
    words = "\x1f".join([str(conflict.start), conflict.base, conflict.mine, *parties])
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _clash(base: str, conflict: Conflict) -> Clash:
    pieces = (conflict.base, conflict.mine, *conflict.theirs.values())
    start = base.rfind("\n", 0, conflict.start) + 1
    end = base.find("\n", conflict.end)
    return Clash(
        key=_key(conflict),
        base=conflict.base,
        mine=conflict.mine,
        theirs=dict(conflict.theirs),
        before="" if _any_begins_line(pieces) else base[start : conflict.start],
        after="" if _any_ends_line(pieces) else base[conflict.end : end if end >= 0 else len(base)],
    )


def _any_begins_line(pieces: Iterable[str]) -> bool:
    return any(piece.startswith("\n") for piece in pieces)


def _any_ends_line(pieces: Iterable[str]) -> bool:
    return any(piece.endswith("\n") for piece in pieces)
