"""What is wrong with a picture, in words: what it is, and the cure."""

from reviewtool.infra.i18n import LazyText, lazy
from reviewtool.office.pictures import LARGEST_FILE_MB, PictureReason, UnreadablePictureError

WRONG: dict[PictureReason, LazyText] = {
    PictureReason.EMPTY: lazy("The file is empty. Choose the picture again."),
    PictureReason.TOO_BIG: lazy(
        "The picture is larger than %(limit)d megabytes. Save it smaller, and choose it again."
    ),
    PictureReason.OTHER_KIND: lazy(
        "The file isn't a picture of the kinds JPEG, PNG or WebP. Open it in a picture program, "
        "save it as one of them, and choose it again."
    ),
    PictureReason.DAMAGED: lazy(
        "The picture can't be read: the file is damaged. Open it in a picture program, save it "
        "anew, and choose it again."
    ),
    PictureReason.TOO_MANY_PIXELS: lazy(
        "The picture has more pixels than can be read. Make it smaller, and choose it again."
    ),
    PictureReason.TOO_SMALL: lazy(
        "The picture is too small to be seen. Choose one that is at least 40 pixels wide and high."
    ),
}


def unreadable(error: UnreadablePictureError) -> str:
    """Say why a file wasn't taken as a picture, and what to do."""
    return str(WRONG[error.reason]) % {"limit": LARGEST_FILE_MB}
