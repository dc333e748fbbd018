"""Pictures for tests, made on the spot, and texts that show them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

from reviewtool.domain.actors import Actor
from reviewtool.domain.files import Upload
from reviewtool.infra.installation import Installation
from reviewtool.services.pictures import add_picture
from tests.factories.texts import edit, working_text

ALT = "Kaksi ihmistä kahvilla"
CAPTION = "Ryhmä kokoontuu kirjastossa"


def picture(
    kind: str = "PNG",
    size: tuple[int, int] = (120, 80),
    colour: Any = (90, 60, 130),
    mode: str = "RGB",
    **options: Any,
) -> bytes:
    """Give the bytes of a picture of one colour."""
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def photograph(size: tuple[int, int] = (3000, 2000)) -> bytes:
    """Give a JPEG as a telephone makes it: lying on its side, with its place and its owner."""
    told = Image.Exif()
    told[0x0112] = 6
    told[0x010F] = "Puhelin"
    told[0x013B] = "Kaarlo Kuvaaja"
    place = told.get_ifd(0x8825)
    place[1], place[2] = "N", (60.0, 10.0, 15.0)
    return picture("JPEG", size, exif=told, comment=b"salainen kommentti")


def opened(content: bytes) -> Image.Image:
    """Open a picture again."""
    return Image.open(BytesIO(content))


def figure_markdown(file_id: str, *, date: str = "2025", alt: str = ALT) -> str:
    """Spell a figure as a text holds it."""
    fields = {"caption": CAPTION, "alt": alt, "date": date, "source": "Oma kuva"}
    lines = [f"::{name} {words}" for name, words in fields.items() if words]
    return "\n".join([f"::figure {file_id}", *lines, "::end"])


def show_picture(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    section_id: str,
    content: bytes | None = None,
) -> str:
    """Put a picture at the end of a section's body; gives its file."""
    upload = Upload("kuva.png", content or picture())
    file_id = add_picture(installation, actor, handbook_id, upload)
    _base, text = working_text(installation, section_id)
    body, mark, sources = text.partition("\n\n::sources")
    edit(installation, actor, section_id, f"{body}\n\n{figure_markdown(file_id)}{mark}{sources}")
    return file_id
