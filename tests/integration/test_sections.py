"""Working texts: nobody's words are overwritten, nothing is lost, everything can be undone."""

import threading

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.joining import Choice, join
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Buffer, Revision
from reviewtool.services.buffers import discard_buffer, keep_buffer
from reviewtool.services.sections import Saved, save_text, undo_revision
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.texts import make_section, reword, working_text


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def section(installation: Installation, handbook: MadeHandbook) -> str:
    """Give a section with a text."""
    return make_section(installation, handbook.administrator, handbook.id)


def save(installation: Installation, actor: Actor, section: str, base: str, text: str) -> Saved:
    """Save a text in Finnish."""
    return save_text(installation, actor, section, "fi", base_revision_id=base, text=text)


def revisions(installation: Installation, section: str) -> list[Revision]:
    """Read all revisions, oldest first."""
    with installation.database.read() as session:
        return list(
            session.scalars(
                select(Revision).where(Revision.section_id == section).order_by(Revision.number)
            )
        )


def test_a_save_is_a_new_revision_with_parent_author_and_note(
    installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    base, text = working_text(installation, section)
    saved = save_text(
        installation, handbook.administrator, section, "fi", base_revision_id=base,
        text=text.replace("viikossa", "kuussa"), note="Harvemmin",
    )  # fmt: skip
    last = revisions(installation, section)[-1]
    assert (last.id, last.parent_id, last.note) == (saved.revision_id, base, "Harvemmin")
    assert last.author_id == handbook.administrator.person_id
    assert last.cause is Cause.EDIT


def test_saving_the_same_text_makes_no_revision(
    installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    base, text = working_text(installation, section)
    count = len(revisions(installation, section))
    assert not save(installation, handbook.administrator, section, base, text).changed
    assert len(revisions(installation, section)) == count


def test_a_text_without_a_title_is_refused(
    installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    base, _text = working_text(installation, section)
    with pytest.raises(Refused) as refused:
        save(installation, handbook.administrator, section, base, "vain leipäteksti")
    assert refused.value.reason is Reason.EMPTY


def test_two_editors_at_once_the_second_is_asked_and_both_texts_stay(
    installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    base, text = working_text(installation, section)
    editors = [make_editor(installation, handbook.id, name=name) for name in ("Yksi", "Kaksi")]
    texts = [text.replace("viikossa", "kuussa"), text.replace("Ryhmässä", "Piirissä")]
    before = len(revisions(installation, section))
    ready = threading.Barrier(2)
    results: list[Saved | Refused | None] = [None, None]

    def press(number: int) -> None:
        ready.wait()
        try:
            results[number] = save(installation, editors[number], section, base, texts[number])
        except Refused as refused:
            keep_buffer(installation, editors[number], section, "fi", base, texts[number])
            results[number] = refused

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refusals = [one for one in results if isinstance(one, Refused)]
    assert [one.reason for one in refusals] == [Reason.EDIT_CONFLICT]
    assert len(revisions(installation, section)) == before + 1
    second = next(n for n in range(2) if isinstance(results[n], Refused))
    with installation.database.read() as session:
        assert session.scalars(select(Buffer.text)).all() == [texts[second]]
    working, theirs = working_text(installation, section)
    joined = join(text, texts[second], theirs)
    assert joined.clean
    assert "kuussa" in joined.text
    assert "Piirissä" in joined.text
    save_text(
        installation, editors[second], section, "fi", base_revision_id=working,
        text=joined.text, cause=Cause.MERGE,
    )  # fmt: skip
    with installation.database.read() as session:
        assert session.scalars(select(Buffer.text)).all() == []


def test_eight_editors_at_once_lose_no_save(
    installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    before = len(revisions(installation, section))
    saved: list[str] = []

    def work(number: int) -> None:
        while True:
            base, text = working_text(installation, section)
            try:
                save(
                    installation, handbook.administrator, section, base,
                    text.replace("\n\n::sources", f"\n\nLause {number}.\n\n::sources"),
                )  # fmt: skip
            except Refused:
                continue
            saved.append(f"Lause {number}.")
            return

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _working, text = working_text(installation, section)
    assert len(saved) == 8
    assert all(sentence in text for sentence in saved)
    assert len(revisions(installation, section)) == before + 8


def test_pressing_save_twice_saves_once(
    installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    base, text = working_text(installation, section)
    changed = text.replace("viikossa", "kuussa")
    ids = {
        save_text(
            installation, handbook.administrator, section, "fi", base_revision_id=base,
            text=changed, request_id="r",
        ).revision_id
        for _ in range(2)
    }  # fmt: skip
    assert len(ids) == 1


def test_a_clash_names_both_wordings_and_keeps_the_saved_one_until_chosen() -> None:
    base = "# Otsikko\n\n::points\n\n::body\n\nRyhmä tapaa maanantaisin.\n\nLoppu.\n\n::sources"
    mine = base.replace("maanantaisin", "tiistaisin").replace("Loppu", "Loppusana")
    theirs = base.replace("maanantaisin", "keskiviikkoisin")
    joined = join(base, mine, theirs)
    assert not joined.clean
    assert "keskiviikkoisin" in joined.text
    assert "Loppusana" in joined.text
    chosen = join(base, mine, theirs, {0: Choice.MINE})
    assert "tiistaisin" in chosen.text
    assert "keskiviikkoisin" not in chosen.text


def test_undo_takes_back_one_change_and_leaves_later_ones(
    installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    editor = handbook.administrator
    first = reword(installation, editor, section, "viikossa", "kuussa")
    reword(installation, editor, section, "avoin kaikille", "avoin aikuisille")
    undo_revision(installation, editor, first)
    _working, text = working_text(installation, section)
    assert "kerran viikossa" in text
    assert "avoin aikuisille" in text
    assert revisions(installation, section)[-1].cause is Cause.UNDO


def test_undo_of_words_that_changed_again_is_not_done_silently(
    installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    editor = handbook.administrator
    first = reword(installation, editor, section, "kerran viikossa", "kerran kuussa")
    reword(installation, editor, section, "kerran kuussa", "kahdesti vuodessa")
    with pytest.raises(Refused) as refused:
        undo_revision(installation, editor, first)
    assert refused.value.reason is Reason.MERGE_CONFLICT


def test_a_buffer_is_private_and_can_be_thrown_away(
    installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    base, text = working_text(installation, section)
    other = make_editor(installation, handbook.id)
    keep_buffer(installation, handbook.administrator, section, "fi", base, text + "\n")
    keep_buffer(installation, other, section, "fi", base, text.replace("viikossa", "kuussa"))
    discard_buffer(installation, other, section, "fi")
    with installation.database.read() as session:
        owners = session.scalars(select(Buffer.person_id)).all()
    assert owners == [handbook.administrator.person_id]
