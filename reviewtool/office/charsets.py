"""Text files as people save them: UTF-8, UTF-16, or the old Western European set of Windows."""

from reviewtool.office.errors import Place, Unit, UnreadableFile, UnreadableReason

WINDOWS = "cp1252"
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v")


def decode(data: bytes) -> tuple[str, str]:
    """(text with "\\n" line ends, name of the character set that was used).

    UTF-8 with or without a byte order mark, UTF-16 with one or recognised by its zero bytes, else
    Windows-1252. Raises UnreadableFile (CHARACTER_SET, the line) for anything else.
    """
    text, name = _decode(data)
    for number, line in enumerate(text.split("\n"), start=1):
        if not _CONTROLS.isdisjoint(line):
            raise _refusal(number)
    return text.replace("\r\n", "\n").replace("\r", "\n"), name


def _decode(data: bytes) -> tuple[str, str]:
    wide = _utf16(data)
    if wide:
        try:
            return data.decode(wide).removeprefix("\ufeff"), wide
        except UnicodeDecodeError as error:
            raise _refusal(1) from error
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(WINDOWS), WINDOWS
    except UnicodeDecodeError as error:
        raise _refusal(data.count(b"\n", 0, error.start) + 1) from error


def _utf16(data: bytes) -> str:
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be"
    sample = data[:400]
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    if zeros_odd > len(sample) // 3 and not zeros_even:
        return "utf-16-le"
    if zeros_even > len(sample) // 3 and not zeros_odd:
        return "utf-16-be"
    return ""


def _refusal(line: int) -> UnreadableFile:
    return UnreadableFile(UnreadableReason.CHARACTER_SET, Place(Unit.LINE, line))
