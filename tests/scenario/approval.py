"""The approval: the exact final texts, by link, with changes asked for, made, and carried."""

from __future__ import annotations

import re
from hashlib import sha256

from reviewtool.models import Base
from tests.scenario.cast import COORDINATORS, GUNILLA, SILENT, Book, Cast, approver
from tests.scenario.participants import Approver
from tests.scenario.second_draft import lines_on_bench
from tests.scenario.stage import WAY_IN, Stage

MAIN_LINK = re.compile(r'href="(/p/[^"#]+)"')


def play(cast: Cast, book: Book) -> None:
    """From the request to the last decision."""
    open_it(cast, book)
    scan_every_mail(cast.stage)
    kerttu, gunilla, lauri = (
        approver(cast.stage, row) for row in (COORDINATORS[0], GUNILLA, COORDINATORS[2])
    )
    kerttu_approves_all(kerttu)
    gunilla_approves_with_a_comment(gunilla, book)
    lauri_asks_for_changes(lauri, book)
    refuse_to_publish(cast, book)
    make_the_change(cast, book)
    tell_of_the_change(cast, kerttu, gunilla)
    lauri_approves_the_change(lauri, book)
    carry_an_editorial_change(cast, book, kerttu, gunilla)


def open_it(cast: Cast, book: Book) -> None:
    """Four are asked; one of them will never answer."""
    tuuli, phase_id = cast.tuuli, book.phases["approval"]
    tuuli.plan(phase_id, closes_on=cast.stage.day(21), responsible_name=tuuli.name)
    tuuli.invite(phase_id, [COORDINATORS[0], GUNILLA, COORDINATORS[2], SILENT])
    tuuli.open_phase(phase_id)


def everything(stage: Stage) -> str:
    """Give a digest of every row of every table."""
    digest = sha256()
    with stage.installation.database.read() as session:
        for table in Base.metadata.sorted_tables:
            rows = session.execute(table.select().order_by(*table.primary_key.columns))
            digest.update(repr([tuple(row) for row in rows]).encode())
    return digest.hexdigest()


def scan_every_mail(stage: Stage) -> None:
    """A mail scanner asks for every link of every mail, and for the pages behind: no row moves."""
    stage.post_round()
    links = {link for one in stage.every_letter() for link in WAY_IN.findall(one.text + one.html)}
    assert len(links) > 15
    before = everything(stage)
    for link in sorted(links):
        client = stage.app.test_client()
        client.head(link, follow_redirects=True)
        page = client.get(link, follow_redirects=True).get_data(as_text=True)
        for path in sorted(set(MAIN_LINK.findall(page)))[:5]:
            client.head(path)
            client.get(path)
    assert everything(stage) == before


def kerttu_approves_all(kerttu: Approver) -> None:
    """She approves every text as it stands, at once, and gets one receipt."""
    kerttu.come_in(saying=("Vastaamatta jättäminen ei ole hyväksyntä",))
    kerttu.approve_all()
    kerttu.says("Hyväksytty")
    kerttu.one_letter(saying=("Tekstin tunniste",))


def gunilla_approves_with_a_comment(gunilla: Approver, book: Book) -> None:
    """For her working group; she comments on one text and approves the rest."""
    first = book.activities[0]
    gunilla.come_in()
    group = {"capacity": "working-group", "capacity_detail": "Välfärdsgruppen 3.11.2026 § 4"}
    gunilla.decide(first, "approved-with-comments", "Ett bra exempel.", **group)
    gunilla.approve_all()
    gunilla.at(f"texts/{first}")
    gunilla.says("Ett bra exempel.")
    assert any("Ett bra exempel." in one.text for one in gunilla.new_letters())


def lauri_asks_for_changes(lauri: Approver, book: Book) -> None:
    """Without a reason it isn't taken; of the other texts he says nothing."""
    first = book.activities[0]
    lauri.come_in()
    lauri.at(f"texts/{first}")
    lauri.fill("/approve/texts/", {"decision": "changes-requested"}, having="decision", status=422)
    lauri.decide(first, "changes-requested", "Mainitkaa myös neuvonta.")
    lauri.stage.clock.advance(minutes=10)
    lauri.one_letter(saying=("Mainitkaa myös neuvonta.",))


def refuse_to_publish(cast: Cast, book: Book) -> None:
    """As long as changes are asked for, publishing is refused, and the refusal names the text."""
    tuuli = cast.tuuli
    tuuli.at("/publication")
    tuuli.fill("/publication", status=422)
    tuuli.says(book.titles[book.activities[0]])
    visitor = cast.stage.browser()
    visitor.open(f"/h/{book.handbook_id}/print")
    assert visitor.page.status_code == 404


def correct(cast: Cast, book: Book, draft: str, section_id: str, added: str, why: str) -> str:
    """Correct a text of a frozen draft after some plain words; gives the new draft's id."""
    line = lines_on_bench(cast, section_id)[-1]
    old = line.piece(*line.run(3))
    return cast.tuuli.correct(book.drafts[draft], section_id, (old, f"{old}{added}"), why)


def make_the_change(cast: Cast, book: Book) -> None:
    """Draft 3.1 has the words that he asked for, and his request its answer."""
    tuuli, first = cast.tuuli, book.activities[0]
    book.drafts["3.1"] = correct(
        cast, book, "3", first, " (myös neuvonta)", "Hyväksyjä pyysi mainintaa."
    )
    tuuli.says("Luonnos 3.1", "myös neuvonta")
    asked = book.said["lauri"] = tuuli.find(first, "Mainitkaa myös neuvonta.")
    number = next(
        line.number for line in lines_on_bench(cast, first) if "myös neuvonta" in line.shown
    )
    tuuli.answer([asked], "taken", "Neuvonta on nyt mukana.", lines=[str(number)])
    tuuli.show_answer(asked)


def tell_of_the_change(cast: Cast, kerttu: Approver, gunilla: Approver) -> None:
    """Those who approved the earlier text are told, so that nobody's word is moved in silence."""
    cast.stage.clock.advance(hours=1)
    kerttu.one_letter(saying=("Hyväksyjä pyysi mainintaa.", "(myös neuvonta)"))
    gunilla.one_letter(saying=("har ändrats", "(myös neuvonta)"))


def lauri_approves_the_change(lauri: Approver, book: Book) -> None:
    """His mail leads him to the answer and the change, and he approves exactly that text."""
    first = book.activities[0]
    lauri.follow(lauri.one_letter(saying=("Hyväksyjä pyysi mainintaa.", "(myös neuvonta)")))
    lauri.at(f"texts/{first}")
    lauri.says("Neuvonta on nyt mukana.", "Annettu aiemmalle tekstille")
    lauri.press_link("Näytä muutokset luonnoksesta 3")
    lauri.says("lisätty:", "(myös neuvonta)")
    lauri.decide(first, "approved")
    lauri.stage.clock.advance(minutes=10)
    lauri.one_letter()


def carry_an_editorial_change(cast: Cast, book: Book, kerttu: Approver, gunilla: Approver) -> None:
    """Draft 3.2 mends a spelling; the approvals of that text are carried, and their givers told."""
    tuuli, second = cast.tuuli, book.activities[1]
    book.drafts["3.2"] = correct(cast, book, "3.1", second, ",", "Välimerkki puuttui.")
    path = f"/phases/{book.phases['approval']}/approvals/{second}"
    tuuli.at(path)
    tuuli.fill("/carry", {"note": "Lisätty pilkku."})
    tuuli.says("2 vastausta koskee nyt muutettua tekstiä")
    for one in (kerttu, gunilla):
        letter = one.one_letter(saying=("Lisätty pilkku.",))
        one.follow(letter)
        one.at(f"texts/{second}")
        one.says("Lisätty pilkku.")
