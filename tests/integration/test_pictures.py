"""Pictures of a handbook: kept once, and gone when nothing shows them any more."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.actors import VISITOR
from reviewtool.domain.files import Upload
from reviewtool.domain.refusals import Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.files import Blob, File
from reviewtool.models.pictures import Picture
from reviewtool.office.pictures import UnreadablePictureError
from reviewtool.services._pictures import remove_unused
from reviewtool.services.pictures import add_picture
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.pictures import photograph, picture, show_picture
from tests.factories.texts import make_section


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
