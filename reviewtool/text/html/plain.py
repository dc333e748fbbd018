"""A text as plain words, for mail and for search."""

from reviewtool.text.layout import Kind, layout

_BEFORE = {
    Kind.POINT: "- ",
    Kind.BULLET: "- ",
    Kind.SOURCE: "- ",
    Kind.QUOTE: "> ",
}
_TIGHT = (Kind.POINT, Kind.BULLET, Kind.NUMBERED, Kind.SOURCE)


def to_plain(text: str, *, points_label: str = "", sources_label: str = "") -> str:
    """Return the visible words of a canonical text, a blank line between blocks.

    The labels, when given, stand above the key points and the sources.
    """
    out: list[str] = []
    before: tuple[str, Kind] | None = None
    numbers: dict[int, int] = {}
    for line in layout(text):
        words = line.visible
        if line.kind is Kind.NUMBERED:
            numbers = {d: n for d, n in numbers.items() if d <= line.depth}
            numbers[line.depth] = numbers.get(line.depth, 0) + 1
            words = f"{numbers[line.depth]}. {words}"
        elif line.kind is not Kind.BULLET:
            numbers = {}
        words = "  " * line.depth + _BEFORE.get(line.kind, "") + words
        if not words.strip():
            continue
        label = {"points": points_label, "sources": sources_label}.get(line.part, "")
        if label and (before is None or before[0] != line.part):
            out.append(("\n\n" if out else "") + label)
        if line.kind is Kind.LABEL and before == (line.part, Kind.VALUE):
            out.append(f" {words}")
            before = (line.part, line.kind)
            continue
        tight = line.kind in _TIGHT and before is not None and before[1] in _TIGHT
        tight = tight and before is not None and before[0] == line.part
        if out:
            out.append("\n" if tight else "\n\n")
        out.append(words)
        before = (line.part, line.kind)
    return "".join(out) + ("\n" if out else "")
