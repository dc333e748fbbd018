"""The pages with the most contributions, at 36 and at 1,000 on one text, on SQLite.

    python benchmarks/pages.py [--rounds N] [--profile PAGE]

Prints one table: queries and median CPU time of a request in the process, side by side. The
contributions stand on passages all over the text, are of two kinds and of 12 people.
--profile prints where the time of one page goes instead.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from reviewtool.app import create_app  # noqa: E402 (the path is set just above)
from reviewtool.config.settings import Settings  # noqa: E402
from reviewtool.domain.contributions import ContributionKind  # noqa: E402
from reviewtool.infra import schema  # noqa: E402
from reviewtool.infra.clock import SetClock  # noqa: E402
from reviewtool.infra.ids import new_id  # noqa: E402
from reviewtool.infra.installation import Installation  # noqa: E402
from reviewtool.models.contributions import Contribution  # noqa: E402
from reviewtool.models.handbooks import Handbook  # noqa: E402
from reviewtool.text.layout import layout  # noqa: E402
from tests.beginnings import KEY, START  # noqa: E402
from tests.factories.accounts import sign_in  # noqa: E402
from tests.factories.contributions import (  # noqa: E402
    Table,
    drafted,
    make_table,
    say,
    stored,
    way_in,
)
from tests.web.browser import Browser  # noqa: E402
from tests.web.queries import count_queries  # noqa: E402

PEOPLE = 12
SIZES = (36, 1000)
WORDS = "Tähän kaivataan esimerkki siitä, miten toimintaan pääsee mukaan ilman lähetettä."


@dataclass(frozen=True)
class Page:
    """A page to be measured: who looks, and at what."""

    name: str
    client: FlaskClient
    url: str


def prepare(folder: Path, count: int) -> tuple[Installation, list[Page]]:
    """Make a round with so many contributions on one text, and the pages that show them."""
    settings = Settings.from_environment(
        {
            "REVIEWTOOL_DATA_DIR": str(folder),
            "REVIEWTOOL_SECRET_KEY": KEY,
            "REVIEWTOOL_BASE_URL": "http://localhost",
            "REVIEWTOOL_RATE_LIMITS": "false",
        }
    )
    site = Installation.start(settings, SetClock(START))
    schema.upgrade(site.database)
    table = make_table(site, people=PEOPLE)
    speak(site, table, count)
    app = create_app(site)
    participant, editor = app.test_client(), app.test_client()
    browser = Browser(participant)
    browser.open(way_in(site, table.actors[0]))
    sign_in(Browser(editor), table.round.editor)
    handbook = f"/handbooks/{table.round.handbook.id}"
    return site, [
        Page("participant, a text", participant, f"{browser.url}sections/{table.section_id}"),
        Page("participant, all texts", participant, browser.url),
        Page("editor, a text's bench", editor, f"{handbook}/sections/{table.section_id}/merge"),
        Page("editor, the ledger", editor, f"{handbook}/contributions"),
    ]


def speak(site: Installation, table: Table, count: int) -> None:
    """Let the participants comment on and reword passages all over the text."""
    chance = random.Random(7)
    _revision_id, text = drafted(site, table, table.section_id)
    lines = [line for line in layout(text) if len(line.visible) > 30]
    firsts = [stored(site, say(site, table, actor, WORDS, quote=None)) for actor in table.actors]
    names = [each.key for each in Contribution.__table__.columns if each.key not in ("id",)]
    with site.database.write() as session:
        number = len(firsts)
        for one in range(count - len(firsts)):
            first = firsts[1 + one % (len(firsts) - 1)]
            line = chance.choice(lines)
            at = line.start + chance.randrange(0, max(1, line.end - line.start - 20))
            row = Contribution(id=new_id(), **{name: getattr(first, name) for name in names})
            number += 1
            row.number = number
            row.start, row.end = at, min(at + chance.randrange(10, 60), line.end)
            row.quote = text[row.start : row.end]
            row.words = f"{WORDS} ({number})"
            if one % 3 == 0:
                row.kind, row.replacement = ContributionKind.SUGGESTION, "aivan toiset sanat"
            session.add(row)
        session.get_one(Handbook, table.round.handbook.id).last_number = number


def measured(site: Installation, page: Page, rounds: int) -> tuple[int, float, int]:
    """Give (queries, median CPU milliseconds, kilobytes) of a page."""
    for _ in range(3):
        body = page.client.get(page.url)
    assert body.status_code == 200, (page.url, body.status_code)
    with count_queries(site) as counted:
        page.client.get(page.url)
    times = []
    for _ in range(rounds):
        began = time.process_time()
        page.client.get(page.url)
        times.append((time.process_time() - began) * 1000)
    return counted.number, statistics.median(times), len(body.data) // 1024


def profile(page: Page) -> None:
    """Print where the time of a page goes."""
    for _ in range(3):
        page.client.get(page.url)
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(10):
        page.client.get(page.url)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(70)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(35)


def main() -> None:
    """Measure all pages at each size, and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--profile", help="beginning of the name of one page")
    options = parser.parse_args()
    found: dict[str, list[str]] = {}
    with TemporaryDirectory(prefix="reviewtool-pages-") as folder:
        for size in SIZES:
            site, pages = prepare(Path(folder) / str(size), size)
            for page in pages:
                if options.profile:
                    if page.name.startswith(options.profile) and size == SIZES[-1]:
                        profile(page)
                    continue
                queries, cpu, size_of = measured(site, page, options.rounds)
                found.setdefault(page.name, []).append(f"{queries:7}  {cpu:7.1f}  {size_of:5}")
            site.database.close()
    show(found)


def show(found: dict[str, list[str]]) -> None:
    """Print the table."""
    heads = [f"{f'{size:,} contributions':^23}" for size in SIZES]
    print(f"{'':26}  " + "  |  ".join(heads))
    print(f"{'page':26}  " + "  |  ".join(["queries   CPU ms     KB"] * len(SIZES)))
    for name, columns in found.items():
        print(f"{name:26}  " + "  |  ".join(columns))


if __name__ == "__main__":
    main()
