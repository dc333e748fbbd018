"""Matching two lists of tokens: words unique on both sides, then common words in the gaps."""

from bisect import bisect_left
from collections.abc import Sequence

from diff_match_patch import diff_match_patch

from reviewtool.text.tokens import has_word

# Largest product of token counts that is searched for a common subsequence, and deepest recursion.
GAP_LIMIT = 150
DEPTH_LIMIT = 40
# Where no word is unique and the stretch too long, words that stand at most so often are tried.
RARE = 8

# Equal stretches: place in the old sequence, place in the new one, length.
Match = tuple[int, int, int]


def joined(matches: Sequence[Match]) -> list[Match]:
    """Return rising matches with those that touch on both sides as one."""
    out: list[Match] = []
    for i, j, n in matches:
        if out and out[-1][0] + out[-1][2] == i and out[-1][1] + out[-1][2] == j:
            out[-1] = (out[-1][0], out[-1][1], out[-1][2] + n)
        else:
            out.append((i, j, n))
    return out


# Bounded by counted work, never by the clock.
_ENGINE = diff_match_patch()
_ENGINE.Diff_Timeout = 0


def heaviest_chain(
    pairs: Sequence[tuple[int, int]], weights: Sequence[int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Split pairs (rising in the first place) into the heaviest chain rising in both, and the rest.

    A Fenwick tree of best chains by second place: O(n log n).
    """
    if all(pairs[i][1] < pairs[i + 1][1] for i in range(len(pairs) - 1)):
        return list(pairs), []
    rank = {y: r for r, y in enumerate(sorted(y for _, y in pairs), 1)}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(pairs) + 1)
    before = [-1] * len(pairs)
    top = (0, -1)
    for index, (_, y) in enumerate(pairs):
        best, r = (0, -1), rank[y] - 1
        while r > 0:
            best = max(best, tree[r])
            r -= r & -r
        before[index] = best[1]
        here = (best[0] + weights[index], index)
        top = max(top, here)
        r = rank[y]
        while r <= len(pairs):
            tree[r] = max(tree[r], here)
            r += r & -r
    kept = set()
    index = top[1]
    while index >= 0:
        kept.add(index)
        index = before[index]
    chain = [pair for i, pair in enumerate(pairs) if i in kept]
    return chain, [pair for i, pair in enumerate(pairs) if i not in kept]


def match_tokens(a: Sequence[str], b: Sequence[str]) -> list[Match]:
    """Return equal stretches of two token lists, rising in both: patience, then common words."""
    out: list[Match] = []
    todo = [(0, len(a), 0, len(b), 0)]
    while todo:
        i, x, j, y, depth = todo.pop()
        head = 0
        while i + head < x and j + head < y and a[i + head] == b[j + head]:
            head += 1
        if head:
            out.append((i, j, head))
            i, j = i + head, j + head
        tail = 0
        while i < x - tail and j < y - tail and a[x - 1 - tail] == b[y - 1 - tail]:
            tail += 1
        if tail:
            x, y = x - tail, y - tail
            out.append((x, y, tail))
        if i == x or j == y:
            continue
        anchors = _unique_words(a, i, x, b, j, y) if depth < DEPTH_LIMIT else []
        if not anchors and (x - i) * (y - j) > GAP_LIMIT and depth < DEPTH_LIMIT:
            anchors = _rare_words(a[i:x], i, b[j:y], j)
        if not anchors:
            out.extend(_common(a, i, x, b, j, y))
            continue
        p, q = i, j
        for u, v in anchors:
            todo.append((p, u, q, v, depth + 1))
            out.append((u, v, 1))
            p, q = u + 1, v + 1
        todo.append((p, x, q, y, depth + 1))
    out.sort()
    return out


def _unique_words(
    a: Sequence[str], i: int, x: int, b: Sequence[str], j: int, y: int
) -> list[tuple[int, int]]:
    """Longest rising chain of words that stand once in each of the two stretches."""
    where: dict[str, int] = {}
    for index in range(j, y):
        word = b[index]
        where[word] = -1 if word in where else index
    seen: dict[str, int] = {}
    for index in range(i, x):
        word = a[index]
        if word in where:
            seen[word] = -1 if word in seen else index
    pairs = [
        (index, where[word])
        for word, index in seen.items()
        if index >= 0 and where[word] >= 0 and (word.isalnum() or has_word(word))
    ]
    return _longest_chain(pairs)


def _rare_words(a: Sequence[str], i: int, b: Sequence[str], j: int) -> list[tuple[int, int]]:
    """Longest rising chain of words that stand equally often, a few times, in both stretches."""
    places: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    for found, words in zip(places, (a, b), strict=True):
        for index, word in enumerate(words):
            found.setdefault(word, []).append(index)
    pairs = [
        (i + p, j + q)
        for word, own in places[0].items()
        if len(own) <= RARE and len(places[1].get(word, ())) == len(own) and has_word(word)
        for p, q in zip(own, places[1][word], strict=True)
    ]
    return _longest_chain(sorted(pairs))


def _longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    tops: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for index, (_, y) in enumerate(pairs):
        place = bisect_left(tops, y)
        before[index] = ends[place - 1] if place else -1
        if place == len(tops):
            tops.append(y)
            ends.append(index)
        else:
            tops[place] = y
            ends[place] = index
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _common(a: Sequence[str], i: int, x: int, b: Sequence[str], j: int, y: int) -> list[Match]:
    """Common subsequence of two stretches without unique words, by diff-match-patch.

    Bounded by the product of the lengths: beyond it nothing is common (coarser, still exact).
    """
    if (x - i) * (y - j) > GAP_LIMIT:
        return []
    if x - i == 1 or y - j == 1:
        return _one(a, i, x, b, j, y)
    codes: dict[str, str] = {}

    def encoded(tokens: Sequence[str]) -> str:
        # Private planes: no surrogates, and no character that the library treats apart.
        return "".join([codes.setdefault(t, chr(0xF0000 + len(codes))) for t in tokens])

    out: list[Match] = []
    for op, words in _ENGINE.diff_main(encoded(a[i:x]), encoded(b[j:y]), False):
        n = len(words)
        if op == 0:
            out.append((i, j, n))
        i += n if op <= 0 else 0
        j += n if op >= 0 else 0
    return out


def _one(a: Sequence[str], i: int, x: int, b: Sequence[str], j: int, y: int) -> list[Match]:
    """Match a single token with the first like it."""
    if x - i == 1:
        at = next((q for q in range(j, y) if b[q] == a[i]), -1)
        return [(i, at, 1)] if at >= 0 else []
    at = next((p for p in range(i, x) if a[p] == b[j]), -1)
    return [(at, j, 1)] if at >= 0 else []
