"""Pictures that people send: decoded, turned upright, resized, and written anew without metadata.

What is kept is only what was decoded: nothing of the file itself goes on, so that places, names
and hidden parts stay behind, and a file that is two things at once is one afterwards.
"""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE_MB = 10
MOST_PIXELS = 60_000_000
"""More than any telephone's camera takes as a rule; a decoded one takes four bytes each."""
WIDEST, TALLEST, SMALL_WIDTH = 1600, 2400, 640
SMALLEST_SIDE = 40
HEAVY_PNG = 700_000
"""A photograph saved as PNG is many times as heavy as it has to be."""

PNG, JPEG = "image/png", "image/jpeg"
_BEGINNINGS = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"RIFF", "WEBP"))


class PictureReason(StrEnum):
    """Why a file isn't taken as a picture."""

    EMPTY = "empty"
    TOO_BIG = "too big"
    OTHER_KIND = "other kind"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too many pixels"
    TOO_SMALL = "too small"


class UnreadablePictureError(Exception):
    """A file that can't be taken as a picture."""

    def __init__(self, reason: PictureReason) -> None:
        """Keep the reason, for the words that the page says."""
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class ReadPicture:
    """A picture as it is kept: the large one, and the small one for phones."""

    content: bytes
    media_type: str
    width: int
    height: int
    small: bytes
    small_width: int


def read_picture(data: bytes) -> ReadPicture:
    """Decode a PNG, JPEG or WebP file, and give it anew. Raises UnreadablePictureError."""
    kind = _kind(data)
    # Imported here so that starting the web process doesn't load Pillow.
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=[kind]) as opened:
            _check_size(*opened.size)
            # A photograph is decoded at the size that is needed, not at the camera's.
            opened.draft(None, (2 * WIDEST, 2 * TALLEST))
            opened.load()
            upright = _upright(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadablePictureError(PictureReason.TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, LookupError) as error:
        # Pillow's decoders raise all of these for chunks and tables that are no picture's.
        raise UnreadablePictureError(PictureReason.DAMAGED) from error
    large = _within(upright, WIDEST, TALLEST)
    small = _within(large, SMALL_WIDTH, TALLEST)
    content, media_type = _written(large, kind == "PNG")
    small_content = _as_png(small) if media_type == PNG else _as_jpeg(small)
    return ReadPicture(content, media_type, large.width, large.height, small_content, small.width)


def is_picture(data: bytes) -> bool:
    """Tell by its head alone whether a file can be taken as a picture; nothing is decoded."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=[_kind(data)]) as opened:
            _check_size(*opened.size)
    except (
        UnreadablePictureError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
        LookupError,
    ):
        return False
    return True


def _kind(data: bytes) -> str:
    if not data:
        raise UnreadablePictureError(PictureReason.EMPTY)
    if len(data) > LARGEST_FILE_MB * 1024 * 1024:
        raise UnreadablePictureError(PictureReason.TOO_BIG)
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning) and (kind != "WEBP" or data[8:12] == b"WEBP"):
            return kind
    raise UnreadablePictureError(PictureReason.OTHER_KIND)


def _check_size(width: int, height: int) -> None:
    """Ask before decoding: a few kilobytes can claim to be a picture of gigabytes."""
    if width * height > MOST_PIXELS:
        raise UnreadablePictureError(PictureReason.TOO_MANY_PIXELS)
    if min(width, height) < SMALLEST_SIDE:
        raise UnreadablePictureError(PictureReason.TOO_SMALL)


def _upright(opened: "Image") -> "Image":
    """Turn the picture as its camera was held, in sRGB, with no more than colours and opacity."""
    from PIL import ImageOps

    turned = ImageOps.exif_transpose(opened)
    profile = turned.info.get("icc_profile")
    if turned.mode.startswith("I"):
        turned = turned.point(lambda level: level / 256).convert("L")
    see_through = "A" in turned.getbands() or "transparency" in turned.info
    if profile and turned.mode in ("RGB", "CMYK"):
        turned = _in_srgb(turned, profile)
    plain = turned.convert("RGBA" if see_through else "RGB")
    if see_through and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    plain.info = {}
    return plain


def _in_srgb(picture: "Image", profile: bytes) -> "Image":
    """Give the colours that a camera's or a printer's own profile means."""
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(
            picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return changed or picture


def _within(picture: "Image", width: int, height: int) -> "Image":
    from PIL.Image import Resampling

    if picture.width <= width and picture.height <= height:
        return picture
    smaller = picture.copy()
    smaller.thumbnail((width, height), Resampling.LANCZOS)
    return smaller


def _written(picture: "Image", drawn: bool) -> tuple[bytes, str]:
    """Write drawings and what one sees through as PNG, photographs as JPEG."""
    if picture.mode == "RGBA" or drawn:
        png = _as_png(picture)
        if picture.mode == "RGBA" or len(png) <= HEAVY_PNG:
            return png, PNG
    return _as_jpeg(picture), JPEG


def _as_png(picture: "Image") -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _as_jpeg(picture: "Image") -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=84, optimize=True, progressive=True)
    return out.getvalue()
