"""How big a file may be before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes are in bytes.

    `unzipped`: all parts of a package together; `xml_part`: one of them, which is held in memory
    at many times its size; `text`: a Markdown file; `ratio`: unzipped over zipped size, asked of
    what unzips to `ratio_from` or more. `rows`: of a table, those that hold something;
    `scanned_rows`: with the empty ones.
    """

    size: int = 20 * 1024 * 1024
    unzipped: int = 200 * 1024 * 1024
    xml_part: int = 32 * 1024 * 1024
    text: int = 2 * 1024 * 1024
    ratio: int = 200
    ratio_from: int = 10 * 1024 * 1024
    parts: int = 10_000
    rows: int = 5_000
    scanned_rows: int = 200_000
    columns: int = 100


DEFAULT_LIMITS = Limits()
