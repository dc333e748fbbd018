"""The text engine beside library baselines, on generated revisions of the demonstration handbook.

    python benchmarks/text_engine.py [--sections N] [--revisions N] [--seed N]

Each section is edited at random with its words numbered, so that the truth is known: where each
word went, which paragraphs moved, what two authors changed. Prints one table; deterministic but for
the times.
"""

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

from diff_match_patch import diff_match_patch
from rapidfuzz import fuzz

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import text_adapter as engine  # noqa: E402 (the path is set just above)

Diff = list[tuple[str, str, int | None]]
Place = tuple[int, int, str] | None
Word = tuple[int, str]
Text = list[list[Word]]
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass
class Case:
    """Two versions of a section with numbered words, and the paragraphs that moved."""

    old: Text
    new: Text
    moved: list[str] = field(default_factory=list)


def sections(count: int) -> list[Text]:
    """Return the longest sections of the demonstration as paragraphs of numbered words."""
    source = (ROOT / "reviewtool/demo/content/handbook.md").read_text(encoding="utf-8")
    number = 0
    out: list[Text] = []
    for section in re.split(r"\n(?=#+ )", source):
        text: Text = []
        for block in section.split("\n\n"):
            words = block.split()
            if words:
                text.append(list(enumerate(words, number)))
                number += len(words)
        out.append(text)
    return sorted(out, key=lambda text: -sum(map(len, text)))[:count]


def plain(text: Text) -> str:
    return "\n\n".join(" ".join(word for _, word in block) for block in text)


def revised(old: Text, rng: random.Random) -> Case:
    """Return a revision with some words replaced, cut and added, and at times a paragraph moved."""
    pool = [word for block in old for _, word in block]
    fresh = iter(range(10**6, 10**9))
    new: Text = []
    for block in old:
        own: list[Word] = []
        for word in block:
            dice = rng.random()
            if dice < 0.03:
                own.append((next(fresh), rng.choice(pool)))
            elif dice > 0.98:
                own += [word, (next(fresh), rng.choice(pool))]
            elif dice < 0.97:
                own.append(word)
        new.append(own)
    moved = []
    long = [block for block in new if len(block) >= 8]
    if len(new) > 3 and long and rng.random() < 0.5:
        block = rng.choice(long)
        at = new.index(block)
        new.remove(block)
        new.insert(rng.choice([n for n in range(len(new) + 1) if n != at]), block)
        moved = [plain([block])]
    return Case(old, [block for block in new if block], moved)


# Baselines ------------------------------------------------------------------------------------


def difflib_words(old: str, new: str) -> Diff:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    out: Diff = []
    for tag, i, x, j, y in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            out.append(("=", "".join(a[i:x]), None))
            continue
        out += [("-", "".join(a[i:x]), None)] if x > i else []
        out += [("+", "".join(b[j:y]), None)] if y > j else []
    return out


def dmp_characters(old: str, new: str) -> Diff:
    library = diff_match_patch()
    found = library.diff_main(old, new)
    library.diff_cleanupSemantic(found)
    return [({0: "=", -1: "-", 1: "+"}[op], words, None) for op, words in found]


def mapped(
    diff: Callable[[str, str], Diff],
) -> Callable[[str, str, list[tuple[int, int]]], list[Place]]:
    """Return anchors through a diff: what survives of a passage, if it is 40 % of it."""

    def places(old: str, new: str, spans: list[tuple[int, int]]) -> list[Place]:
        equal: list[tuple[int, int, int]] = []
        i = j = 0
        for op, words, _ in diff(old, new):
            if op == "=":
                equal.append((i, j, len(words)))
            i += len(words) if op != "+" else 0
            j += len(words) if op != "-" else 0
        out: list[Place] = []
        for start, end in spans:
            own = [(max(i, start), min(i + n, end), j - i) for i, j, n in equal]
            own = [piece for piece in own if piece[0] < piece[1]]
            kept = sum(hi - lo for lo, hi, _ in own)
            found = kept >= 0.4 * (end - start)
            out.append((own[0][0] + own[0][2], own[-1][1] + own[-1][2], "") if found else None)
        return out

    return places


def fuzzy_quote(old: str, new: str, spans: list[tuple[int, int]]) -> list[Place]:
    out: list[Place] = []
    for start, end in spans:
        hit = fuzz.partial_ratio_alignment(old[start:end], new, score_cutoff=60)
        out.append((hit.dest_start, hit.dest_end, "") if hit else None)
    return out


def patch_chain(base: str, suggestions: list[str]) -> tuple[str | None, list[tuple[int, int]]]:
    library = diff_match_patch()
    text, failed = base, 0
    for suggestion in suggestions:
        text, applied = library.patch_apply(library.patch_make(base, suggestion), text)
        failed += applied.count(False)
    return text, [(0, 0)] * failed


# Measures -------------------------------------------------------------------------------------


def diff_figures(diff: Callable[[str, str], Diff], cases: Sequence[Case]) -> list[str]:
    times, cut, crumbs, hunks, changed, least, moves, found = [], 0, 0, 0, 0, 0, 0, 0
    for case in cases:
        old, new = plain(case.old), plain(case.new)
        begun = time.perf_counter()
        spans = diff(old, new)
        times.append((time.perf_counter() - begun) * 1000)
        assert "".join(w for op, w, _ in spans if op != "+") == old
        assert "".join(w for op, w, _ in spans if op != "-") == new
        for k, (op, words, _) in enumerate(spans):
            if op == "=":
                inside = 0 < k < len(spans) - 1 and "\n" not in words
                crumbs += inside and len(re.findall(r"\w+", words)) < 2
                hunks += k > 0
                ends = [spans[n] for n in (k - 1, k + 1) if 0 <= n < len(spans)]
                touching = [(spans[k - 1][1][-1:], words[:1])] if k else []
                touching += (
                    [(words[-1:], spans[k + 1][1][:1])] if len(ends) and k + 1 < len(spans) else []
                )
                cut += any(a.isalnum() and b.isalnum() for a, b in touching)
            else:
                changed += len(words)
        kept = {n for block in case.old for n, _ in block} & {n for b in case.new for n, _ in b}
        least += sum(len(w) for t in (case.old, case.new) for b in t for n, w in b if n not in kept)
        least += sum(2 * len(words) for words in case.moved)
        moves += len(case.moved)
        # Of two neighbours that changed places either may be shown as the one that moved.
        found += bool(case.moved) and any(move is not None for _, _, move in spans)
    return [
        f"{statistics.median(times):.2f}",
        f"{100 * cut / max(1, hunks):.1f}",
        f"{100 * crumbs / max(1, hunks):.1f}",
        f"{changed / max(1, least):.2f}",
        f"{100 * found / max(1, moves):.0f}",
    ]


def anchor_figures(
    places: Callable[[str, str, list[tuple[int, int]]], list[Place]],
    cases: Sequence[Case],
    rng: random.Random,
) -> list[str]:
    right = wrong = total = 0
    for case in cases:
        spans, truths = passages(case, rng)
        answers = places(plain(case.old), plain(case.new), spans)
        for truth, answer in zip(truths, answers, strict=True):
            total += 1
            good = _right(truth, answer)
            right += good
            wrong += answer is not None and not good
    return [f"{100 * right / total:.1f}", f"{100 * wrong / total:.1f}"]


def passages(
    case: Case, rng: random.Random
) -> tuple[list[tuple[int, int]], list[tuple[int, int] | None]]:
    """Return random passages of the old text, and where their words went (None: mostly gone)."""
    old, new = _positions(case.old), _positions(case.new)
    spans: list[tuple[int, int]] = []
    truths: list[tuple[int, int] | None] = []
    for _ in range(12):
        block = rng.choice(case.old)
        first = rng.randrange(len(block))
        own = [n for n, _ in block[first : first + rng.randint(3, 12)]]
        spans.append((old[own[0]][0], old[own[-1]][1]))
        there = [new[n] for n in own if n in new]
        enough = len(there) >= 0.5 * len(own)
        truths.append((there[0][0], there[-1][1]) if enough else None)
    return spans, truths


def _positions(text: Text) -> dict[int, tuple[int, int]]:
    out: dict[int, tuple[int, int]] = {}
    at = 0
    for block in text:
        starts = accumulate((len(word) + 1 for _, word in block), initial=at)
        for (number, word), start in zip(block, starts, strict=False):
            out[number] = (start, start + len(word))
        at += sum(len(word) + 1 for _, word in block) + 1
    return out


def _right(truth: tuple[int, int] | None, answer: Place) -> bool:
    if truth is None or answer is None:
        return truth is None and answer is None
    common = min(truth[1], answer[1]) - max(truth[0], answer[0])
    return common >= 0.6 * (max(truth[1], answer[1]) - min(truth[0], answer[0]))


def merge_figures(
    merge: Callable[[str, list[str]], tuple[str | None, list[tuple[int, int]]]],
    texts: Sequence[Text],
    rng: random.Random,
    count: int,
) -> list[str]:
    exact = clean = missed = clashes = 0
    for _ in range(count):
        text = rng.choice(texts)
        numbers = [n for block in text for n, _ in block]
        picked = sorted(rng.sample(numbers, min(8, len(numbers))))
        apart = [n for k, n in enumerate(picked) if k == 0 or n - picked[k - 1] > 1]
        shares = [{n: f"uusi{n}" for n in apart[k::2]} for k in (0, 1)]
        merged, conflicts = merge(plain(text), [_with(text, share) for share in shares])
        clean += 1
        exact += merged == _with(text, shares[0] | shares[1]) and not conflicts
        both = [_with(text, {apart[0]: word}) for word in ("ensin", "toisin")]
        clashes += 1
        missed += not merge(plain(text), both)[1]
    return [f"{100 * exact / clean:.1f}", f"{100 * missed / clashes:.1f}"]


def _with(text: Text, words: dict[int, str]) -> str:
    return plain([[(n, words.get(n, word)) for n, word in block] for block in text])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=12)
    parser.add_argument("--revisions", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    texts = sections(options.sections)
    cases = [revised(text, rng) for text in texts for _ in range(options.revisions)]
    none2, none5 = ["-"] * 2, ["-"] * 5
    rows = [["engine", "ms", "cut %", "crumbs %", "changed/least", "moves %", "anchors %"]]
    rows[0] += ["wrong %", "merged %", "missed %"]
    engines: list[tuple[str, object, object, object]] = [
        ("reviewtool", engine.diff, engine.anchor_many, engine.merge),
        ("difflib, words", difflib_words, mapped(difflib_words), None),
        ("diff-match-patch, characters", dmp_characters, mapped(dmp_characters), patch_chain),
        ("rapidfuzz, quote", None, fuzzy_quote, None),
    ]
    for name, diff, places, merge in engines:
        row = [name]
        row += diff_figures(diff, cases) if callable(diff) else none5
        row += anchor_figures(places, cases, random.Random(2)) if callable(places) else none2
        count = 5 * options.sections
        row += merge_figures(merge, texts, random.Random(3), count) if callable(merge) else none2
        rows.append(row)
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    for index, row in enumerate(rows):
        print("| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |")
        if index == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


if __name__ == "__main__":
    main()
