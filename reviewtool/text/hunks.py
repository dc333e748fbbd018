"""Changes against a base as hunks: taking them from a text, gathering and applying them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewtool.text.align import align
from reviewtool.text.tokens import Form, count_words, has_word

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Cause:
    """``text[start:end]`` of a result (empty where words went) comes from ``parties``."""

    start: int
    end: int
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hunk:
    """``base[start:end]`` becomes ``text``, wanted by ``parties``.

    ``inner``: stretches of ``text`` that others have edited, where ``text`` moved with an edit.
    """

    start: int
    end: int
    text: str
    parties: tuple[str, ...]
    inner: tuple[Cause, ...] = ()


def hunks_of(base: str, text: str, parties: tuple[str, ...], form: Form) -> list[Hunk]:
    """Return what ``text`` changes in ``base``."""
    out: list[Hunk] = []
    i = j = 0
    for i0, j0, n in (*align(base, text, form).matches, (len(base), len(text), 0)):
        if i0 > i or j0 > j:
            out.append(Hunk(i, i0, text[j:j0], parties))
        i, j = i0 + n, j0 + n
    return out


def united(hunks: Iterable[Hunk]) -> list[Hunk]:
    """Make identical changes of several parties one; sorted."""
    same: dict[tuple[int, int, str, tuple[Cause, ...]], tuple[str, ...]] = {}
    for hunk in hunks:
        key = (hunk.start, hunk.end, hunk.text, hunk.inner)
        same[key] = (*same.get(key, ()), *hunk.parties)
    return [Hunk(s, e, t, tuple(sorted(p)), n) for (s, e, t, n), p in sorted(same.items(), key=_at)]


def _at(item: tuple[tuple[int, int, str, tuple[Cause, ...]], tuple[str, ...]]) -> Place:
    return place(Hunk(*item[0][:3], ()))


def place(hunk: Hunk) -> Place:
    """Return the order of hunks: lines put before a line, changes inside it, lines put after it."""
    return hunk.start, hunk.end, {"before": 0, "inside": 1, "after": 2}[_where(hunk)]


def _where(hunk: Hunk) -> str:
    """Say whether a hunk is whole lines put before or after a line, or something else."""
    if hunk.start == hunk.end and hunk.text.endswith("\n") and not hunk.text.startswith("\n"):
        return "before"
    if hunk.start == hunk.end and hunk.text.startswith("\n") and not hunk.text.endswith("\n"):
        return "after"
    return "inside"


def groups(base: str, hunks: Sequence[Hunk]) -> list[list[Hunk]]:
    """Gather sorted hunks that touch one another; a group of one touches nothing.

    Two changes of one party with less than two words between are one change to a reader: what
    another party changes between them touches both.
    """
    reach = _reaches(base, hunks)
    out: list[list[Hunk]] = []
    within = -1
    for index, hunk in enumerate(hunks):
        if out and (hunk.start < within or any(_touch(base, h, hunk) for h in out[-1])):
            out[-1].append(hunk)
        else:
            out.append([hunk])
        within = max(within, reach.get(index, -1))
    return out


def _reaches(base: str, hunks: Sequence[Hunk]) -> dict[int, int]:
    """Return how far hunks reach: to the end of the next of their party, if others lie between."""
    out: dict[int, int] = {}
    last: dict[str, int] = {}
    for index, hunk in enumerate(hunks):
        for party in hunk.parties:
            before = last.get(party)
            last[party] = index
            if before is None or not _near(base, hunks[before], hunk.start, hunk.end):
                continue
            island = hunks[before].end, hunk.start
            others = hunks[before + 1 : index]
            if not any(island[0] <= h.start and h.end <= island[1] for h in others):
                continue
            if _rewords(base, hunks[before]) or _rewords(base, hunk):
                out[before] = max(out.get(before, -1), hunk.end)
    return out


def _rewords(base: str, hunk: Hunk) -> bool:
    return has_word(base[hunk.start : hunk.end]) or has_word(hunk.text)


def _touch(base: str, first: Hunk, second: Hunk) -> bool:
    """Say whether two hunks (sorted) share words or a place.

    Lines that are put before or after a line don't share a place with changes inside that line.
    """
    if second.start != first.end:
        return second.start < first.end
    at = second.start
    if _where(first) == "before" and _in_line(base, second):
        return at > 0 and base[at - 1] != "\n"
    if _where(second) == "after" and _in_line(base, first):
        return at < len(base) and base[at] != "\n"
    return True


def _in_line(base: str, hunk: Hunk) -> bool:
    return "\n" not in hunk.text and "\n" not in base[hunk.start : hunk.end]


def agreed(base: str, group: Sequence[Hunk], all_hunks: Sequence[Hunk]) -> Hunk | None:
    """Return the one change that touching hunks come to, when they are the same by other cuts.

    The same words can be matched in two ways when parties changed other places too. The stretch is
    widened over kept islands of fewer than two words until it holds the hunks of all the same.
    """
    parties = {p for hunk in group for p in hunk.parties}
    start, end = min(h.start for h in group), max(h.end for h in group)
    for _ in range(len(all_hunks)):
        one = _same(base, all_hunks, start, end)
        if one is not None:
            return one
        near = [h for h in all_hunks if parties & set(h.parties) and _near(base, h, start, end)]
        wider = min([start, *(h.start for h in near)]), max([end, *(h.end for h in near)])
        if wider == (start, end):
            break
        start, end = wider
    return None


def _same(base: str, hunks: Sequence[Hunk], start: int, end: int) -> Hunk | None:
    """Return the one change of ``base[start:end]`` that all its hunks come to, if they do."""
    inside = [h for h in hunks if h.end >= start and h.start <= end]
    if any(h.inner or h.start < start or h.end > end for h in inside):
        return None
    everyone = sorted({p for h in inside for p in h.parties})
    texts = {
        apply_hunks(base, [h for h in inside if party in h.parties], start, end)[0]
        for party in everyone
    }
    return Hunk(start, end, texts.pop(), tuple(everyone)) if len(texts) == 1 else None


def _near(base: str, hunk: Hunk, start: int, end: int) -> bool:
    between = base[hunk.end : start] if hunk.end < start else base[end : hunk.start]
    return "\n" not in between and count_words(between) < 2


def apply_hunks(
    base: str, hunks: Sequence[Hunk], start: int = 0, end: int | None = None
) -> tuple[str, list[Cause]]:
    """Return ``base[start:end]`` with disjoint hunks applied, and what each caused."""
    out: list[str] = []
    causes: list[Cause] = []
    at, length = start, 0
    for hunk in sorted(hunks, key=place):
        out += [base[at : hunk.start], hunk.text]
        length += hunk.start - at
        causes += _caused(hunk, length)
        length += len(hunk.text)
        at = hunk.end
    out.append(base[at : len(base) if end is None else end])
    return "".join(out), causes


def _caused(hunk: Hunk, at: int) -> list[Cause]:
    """Return the causes of one applied hunk: its parties, but for the edits inside it."""
    out: list[Cause] = []
    done = 0
    for cause in hunk.inner:
        if cause.start > done:
            out.append(Cause(at + done, at + cause.start, hunk.parties))
        out.append(Cause(at + cause.start, at + cause.end, cause.parties))
        done = cause.end
    if done < len(hunk.text) or not hunk.inner:
        out.append(Cause(at + done, at + len(hunk.text), hunk.parties))
    return out
