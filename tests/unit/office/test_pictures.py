"""Pictures that people send: what is kept of them, and what isn't taken."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from reviewtool.office.pictures import (
    JPEG,
    PNG,
    PictureReason,
    UnreadablePictureError,
    read_picture,
)
from reviewtool.wording.pictures import WRONG, unreadable
from tests.factories.pictures import opened, photograph, picture


def refused(data: bytes) -> PictureReason:
    with pytest.raises(UnreadablePictureError) as error:
        read_picture(data)
    assert unreadable(error.value)
    return error.value.reason


def bomb(width: int, height: int) -> bytes:
    """Give a PNG of a few bytes that says it is very large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def test_a_telephones_photograph_stands_upright_smaller_and_tells_nothing_of_its_owner() -> None:
    sent = photograph()
    assert b"Kaarlo" in sent
    read = read_picture(sent)
    assert (read.width, read.height, read.media_type) == (1600, 2400, JPEG)
    assert (opened(read.small).width, read.small_width) == (640, 640)
    for content in (read.content, read.small):
        kept = opened(content)
        assert dict(kept.getexif()) == {}
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(kept.info)
        for secret in (b"Kaarlo", b"Puhelin", b"salainen", b"Exif"):
            assert secret not in content


def test_text_hidden_in_a_png_stays_behind() -> None:
    told = PngInfo()
    told.add_text("Author", "Kaarlo Kuvaaja")
    told.add_itxt("XML:com.adobe.xmp", "<x>60.17 N</x>")
    read = read_picture(picture("PNG", pnginfo=told))
    assert b"Kaarlo" not in read.content
    assert b"60.17" not in read.content


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_hangs_on_the_end_of_a_picture_is_no_part_of_it(kind: str) -> None:
    hidden = b"<script>alert(1)</script>PK\x03\x04%PDF-1.7"
    read = read_picture(picture(kind) + hidden)
    assert hidden not in read.content
    assert b"<script" not in read.content + read.small


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", PictureReason.EMPTY),
        (b"GIF89a" + b"\0" * 40, PictureReason.OTHER_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureReason.OTHER_KIND),
        (b"%PDF-1.7", PictureReason.OTHER_KIND),
        (b"RIFF\0\0\0\0WAVEfmt ", PictureReason.OTHER_KIND),
        (b"\xff\xd8\xff<html>no picture</html>", PictureReason.DAMAGED),
        (b"\x89PNG\r\n\x1a\n", PictureReason.DAMAGED),
        (picture("JPEG", (400, 400))[:300], PictureReason.DAMAGED),
        (picture("PNG", (20, 20)), PictureReason.TOO_SMALL),
        (bomb(60_000, 60_000), PictureReason.TOO_MANY_PIXELS),
        (bomb(10_000, 9_000), PictureReason.TOO_MANY_PIXELS),
        (bomb(2_000_000_000, 2_000_000_000), PictureReason.TOO_MANY_PIXELS),
        (b"\xff\xd8\xff" + b"\0" * (11 * 1024 * 1024), PictureReason.TOO_BIG),
    ],
    ids=lambda value: value.value if isinstance(value, PictureReason) else "",
)
def test_what_is_no_picture_is_refused_with_its_reason(data: bytes, reason: PictureReason) -> None:
    assert refused(data) is reason


def test_every_reason_has_its_words() -> None:
    assert set(WRONG) == set(PictureReason)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_colours_is_read(mode: str) -> None:
    read = read_picture(picture("PNG", colour=0, mode=mode))
    assert opened(read.content).mode in ("RGB", "RGBA")


def test_what_one_sees_through_stays_a_drawing_and_the_rest_of_webp_is_a_photograph() -> None:
    assert read_picture(picture("WEBP", colour=(1, 2, 3, 9), mode="RGBA")).media_type == PNG
    assert read_picture(picture("WEBP")).media_type == JPEG
    assert read_picture(picture("JPEG", colour=(1, 2, 3, 4), mode="CMYK")).media_type == JPEG


def test_a_photograph_saved_as_png_becomes_light() -> None:
    noise = Image.effect_noise((1500, 1200), 90).convert("RGB")
    out = BytesIO()
    noise.save(out, "PNG", compress_level=1)
    read = read_picture(out.getvalue())
    assert read.media_type == JPEG
    assert len(read.content) < len(out.getvalue())


def test_a_small_picture_keeps_its_size() -> None:
    read = read_picture(picture("PNG", (120, 80)))
    assert (read.width, read.height, read.small_width) == (120, 80, 120)
