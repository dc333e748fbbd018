"""What is wrong with a file, in words: what it is, where, and the cure; and what fitted nowhere."""

from reviewtool.infra.i18n import LazyText, gettext, lazy
from reviewtool.office.errors import Place, Unit, UnreadableFile, UnreadableReason
from reviewtool.office.stream import LeftoverReason

WRONG: dict[UnreadableReason, LazyText] = {
    UnreadableReason.UNKNOWN_KIND: lazy(
        "Files of this kind can't be read. Save it as Word (.docx), Markdown (.md), Excel (.xlsx) "
        "or CSV, whichever is asked for, and choose it again."
    ),
    UnreadableReason.NOT_WHAT_IT_SAYS: lazy(
        "The file isn't what its name says. Open it in its own program, save it again in the "
        "right format, and choose it again."
    ),
    UnreadableReason.TOO_BIG: lazy(
        "The file is too big. Leave out large pictures or split it, and choose it again."
    ),
    UnreadableReason.UNZIPS_TOO_BIG: lazy(
        "The file holds more than it seems to. Save it anew in Word or Excel without large "
        "pictures, and choose it again."
    ),
    UnreadableReason.TOO_MANY_ROWS: lazy(
        "The table has too many rows or columns. Split it into several files."
    ),
    UnreadableReason.TOO_DEEP: lazy(
        "Tables or lists stand inside one another too deeply. Make that place simpler, and choose "
        "the file again."
    ),
    UnreadableReason.DAMAGED: lazy(
        "The file is damaged. Open it in its own program, save it under a new name, and choose "
        "that one."
    ),
    UnreadableReason.ENTITIES: lazy(
        "The file holds references that aren't read, for safety. Save it anew in Word or Excel, "
        "and choose it again."
    ),
    UnreadableReason.MACROS: lazy(
        "The file holds macros, which aren't read, for safety. Save it as .docx or .xlsx, and "
        "choose that one."
    ),
    UnreadableReason.ENCRYPTED: lazy(
        "The file is protected by a password. Save it without the password, and choose it again."
    ),
    UnreadableReason.OLD_FORMAT: lazy(
        "The file is in an old format (.doc or .xls). Save it as .docx or .xlsx, and choose that "
        "one."
    ),
    UnreadableReason.CHARACTER_SET: lazy(
        "Some letters of the file can't be read. Save it with the character set UTF-8, and choose "
        "it again."
    ),
    UnreadableReason.NO_HEADER: lazy(
        "The first row has no names of columns. Add them, and choose the file again."
    ),
    UnreadableReason.EMPTY: lazy(
        "The file has no words in it. Check that you chose the right one."
    ),
}

NOT_SHOWN: dict[UnreadableReason, LazyText] = {
    UnreadableReason.ENCRYPTED: lazy(
        "The file is protected by a password, so its words can't be shown here. Open the file "
        "itself."
    ),
    UnreadableReason.EMPTY: lazy(
        "The file has no words that could be shown: it may be a scanned picture. Open the file "
        "itself."
    ),
}


def cannot_show(error: UnreadableFile) -> str:
    """Say why a file's words aren't shown beside a form, where nobody has to mend the file."""
    other = lazy("The file can't be shown here. Open the file itself.")
    return str(NOT_SHOWN.get(error.reason, other))


LEFT: dict[LeftoverReason, LazyText] = {
    LeftoverReason.BEFORE_FIRST_SECTION: lazy("Words before the first heading"),
    LeftoverReason.FRONT_MATTER: lazy("Information about the file itself"),
    LeftoverReason.CONTENTS: lazy("Table of contents"),
    LeftoverReason.TABLE: lazy("Table"),
    LeftoverReason.IMAGE: lazy("Picture"),
    LeftoverReason.DIAGRAM: lazy("Diagram"),
    LeftoverReason.EQUATION: lazy("Equation"),
    LeftoverReason.TEXT_BOX: lazy("Text box"),
    LeftoverReason.COMMENT: lazy("Comment in the margin"),
    LeftoverReason.FOOTNOTE: lazy("Footnote"),
    LeftoverReason.HEADER: lazy("Header or footer"),
    LeftoverReason.HIDDEN: lazy("Hidden text"),
    LeftoverReason.HTML: lazy("HTML code"),
    LeftoverReason.LINK: lazy("Target of a link"),
    LeftoverReason.EMBEDDED: lazy("Embedded file"),
    LeftoverReason.SYMBOL: lazy("Symbol of a font of its own"),
    LeftoverReason.CHARACTER_SET: lazy("The character set was guessed: check å, ä and ö"),
}

UNITS: dict[Unit, LazyText] = {
    Unit.FILE: lazy("the whole file"),
    Unit.PART: lazy("a part of the file"),
    Unit.LINE: lazy("line"),
    Unit.PARAGRAPH: lazy("paragraph"),
    Unit.TABLE: lazy("table"),
    Unit.ROW: lazy("row"),
}


def unreadable(error: UnreadableFile) -> str:
    """Say why a file can't be read, where, and what to do."""
    words = str(WRONG[error.reason])
    where = place(error.place)
    return " ".join((words, gettext("Place: %(place)s.", place=where))) if where else words


def left_over(reason: LeftoverReason) -> str:
    """Name what found no place in the handbook."""
    return str(LEFT[reason])


def place(where: Place) -> str:
    """Say where in a file something stands; empty for the whole file."""
    parts = []
    if where.unit not in (Unit.FILE, Unit.PART) and where.number:
        parts.append(f"{UNITS[where.unit]} {where.number}")
    if where.heading:
        parts.append(gettext("under “%(heading)s”", heading=where.heading))
    if not parts and where.name:
        parts.append(where.name)
    return ", ".join(parts)
