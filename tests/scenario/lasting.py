"""What lasts: the edition by its address, who took part, and an archive without a server."""

from __future__ import annotations

import posixpath
import re

from reviewtool.web.static_archive import archived_files
from tests.scenario import additions
from tests.scenario.cast import IN_THE_ROOM, INTERVIEWED, NGOS, SILENT, Book, Cast
from tests.scenario.people import Person


def play(cast: Cast, book: Book) -> None:
    """Somebody who has never been here looks at it years later."""
    reader = Person(cast.stage, "", "")
    root = f"/h/{book.handbook_id}"
    first = book.activities[0]
    reader.open(f"{root}/editions/1/texts/{first}")
    reader.says(book.titles[first], "selvemmät sanat")
    reader.open(f"{root}/drafts/1/2/{first}")
    assert re.search(r"<ins[^>]*>.*selvemmät", reader.browser.html, re.S)
    reader.open(f"{root}/participation")
    reader.says("Järjestöjen kommenttikierros", "Vaiheittain")
    reader.open(f"{root}/process")
    reader.says("Hyväksyntä", "Luonnos 1", "1. laitos")
    archive_it(cast, book)


def archive_it(cast: Cast, book: Book) -> None:
    """Every text is there with its reasons, every link leads to a file, no name unconsented."""
    files = {
        file.path: file.content.decode("utf-8", "replace")
        for file in archived_files(cast.stage.app, book.handbook_id, "fi")
    }
    for section_id, title in book.titles.items():
        assert title in files[f"texts/{section_id}.html"]
        assert f"texts/{section_id}/reasons.html" in files
    for path, page in files.items():
        for address in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', page) * path.endswith(".html"):
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
            assert there in files, (path, address)
    fifth = files[f"texts/{book.activities[4]}.html"]
    assert additions.BOX in fifth
    assert f'alt="{additions.ALT}"' in fifth
    assert "Ovi oli auki." in files[f"texts/{book.called(additions.STORY)}.html"]
    everything = "\n".join(files.values())
    assert "Anna Kallio" in everything, "she agreed to be named with her example"
    unnamed = (
        "Börje Lindholm",
        NGOS[2][0],
        SILENT[0],
        "Pirkko Puhelin",
        *INTERVIEWED,
        IN_THE_ROOM[0],
        "@tukikeskus",
    )
    assert [name for name in unnamed if name in everything] == []
