"""Pictures of a handbook: kept once, and gone when nothing shows them any more."""

from io import BytesIO

import docx
import pytest
from sqlalchemy import func, select

from reviewtool.domain.actors import VISITOR
from reviewtool.domain.files import Upload
from reviewtool.domain.refusals import Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.files import Blob, File
from reviewtool.models.pictures import Picture
from reviewtool.office.errors import UnreadableFile
from reviewtool.office.pictures import UnreadablePictureError
from reviewtool.queries.imports import Choices
from reviewtool.queries.tree import working_tree
from reviewtool.services._pictures import remove_unused
from reviewtool.services.imports import Imported, import_file
from reviewtool.services.pictures import add_picture
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.pictures import photograph, picture, show_picture
from tests.factories.texts import make_section, working_text
from tests.unit.office.samples import saved


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


def count(installation: Installation) -> tuple[int, int, int]:
    with installation.database.read() as session:
        files, pictures, blobs = (
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (File, Picture, Blob)
        )
    return files, pictures, blobs


def test_the_same_picture_is_kept_once_and_what_was_sent_is_not_kept(
    installation: Installation, handbook: MadeHandbook
) -> None:
    sent = photograph((1200, 900))
    ids = {
        add_picture(installation, handbook.administrator, handbook.id, Upload(name, sent))
        for name in ("eka.jpg", "C:\\kuvat\\toka.jpeg")
    }
    assert len(ids) == 1
    assert count(installation) == (1, 1, 2)
    with installation.database.read() as session:
        row = session.scalars(select(File)).one()
        contents = session.scalars(select(Blob.content)).all()
    assert (row.name, row.media_type) == ("eka.jpg", "image/jpeg")
    assert sent not in contents


def test_two_handbooks_have_their_own(installation: Installation, handbook: MadeHandbook) -> None:
    other = make_handbook(installation, title="Toinen")
    first = add_picture(
        installation, handbook.administrator, handbook.id, Upload("k.png", picture())
    )
    second = add_picture(installation, other.administrator, other.id, Upload("k.png", picture()))
    assert first != second


def test_only_editors_send_pictures_and_nothing_is_kept_of_what_is_none(
    installation: Installation, handbook: MadeHandbook
) -> None:
    with pytest.raises(Refused):
        add_picture(installation, VISITOR, handbook.id, Upload("k.png", picture()))
    with pytest.raises(UnreadablePictureError):
        add_picture(installation, handbook.administrator, handbook.id, Upload("k.png", b"nothing"))
    assert count(installation) == (0, 0, 0)


def test_a_picture_that_nothing_shows_goes_with_its_bytes(
    installation: Installation, handbook: MadeHandbook
) -> None:
    unseen = add_picture(
        installation, handbook.administrator, handbook.id, Upload("k.png", picture())
    )
    section_id = make_section(installation, handbook.administrator, handbook.id)
    sent = picture("PNG", (200, 90))
    shown = show_picture(installation, handbook.administrator, handbook.id, section_id, sent)
    with installation.database.write() as session:
        remove_unused(session, unseen)
        remove_unused(session, shown)
    with installation.database.read() as session:
        assert session.scalars(select(Picture.file_id)).all() == [shown]
        assert session.scalars(select(File.id)).all() == [shown]
        assert len(session.scalars(select(Blob.sha256)).all()) == 1


def word_file(picture_content: bytes, words: str = "Ensimmäinen.") -> bytes:
    document = docx.Document()
    document.add_heading("Johdanto", 1)
    document.add_paragraph(words)
    shape = document.add_picture(BytesIO(picture_content))
    shape._inline.docPr.set("descr", "Kaksi ihmistä")
    document.add_paragraph("Ryhmä koolla", style="Caption")
    return saved(document)


def test_pictures_of_a_word_file_come_along_and_are_known_again(
    installation: Installation, handbook: MadeHandbook
) -> None:
    editor, sent = handbook.administrator, photograph((800, 600))

    def bring_in(content: bytes) -> Imported:
        return import_file(installation, editor, handbook.id, "kirja.docx", content, Choices())

    assert bring_in(word_file(sent)).added == ("Johdanto",)
    with installation.database.read() as session:
        (line,) = working_tree(session, handbook.id, "fi")
        file_id = session.scalars(select(Picture.file_id)).one()
    _id, text = working_text(installation, line.section_id)
    assert (
        f"Ensimmäinen.\n\n::figure {file_id}\n::caption Ryhmä koolla\n::alt Kaksi ihmistä\n::end"
    ) in text
    assert bring_in(word_file(sent)).unchanged == ("Johdanto",)
    assert bring_in(word_file(sent, "Uusi alku.")).changed == ("Johdanto",)
    assert count(installation)[1] == 1
    changed = bring_in(word_file(picture("PNG", (300, 200)), "Uusi alku."))
    assert changed.changed == ("Johdanto",)
    assert count(installation)[1] == 2


def test_a_picture_that_breaks_off_refuses_the_whole_file(
    installation: Installation, handbook: MadeHandbook
) -> None:
    cut = picture("JPEG", (600, 400))[:-60]
    with pytest.raises(UnreadableFile):
        import_file(
            installation,
            handbook.administrator,
            handbook.id,
            "kirja.docx",
            word_file(cut),
            Choices(),
        )
    assert count(installation) == (0, 0, 0)
