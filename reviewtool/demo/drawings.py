"""The demonstration's own pictures, drawn here, so that it needs nobody's photographs."""

from __future__ import annotations

from io import BytesIO

SCALE = 2
"""Drawn larger and made smaller, for smooth edges."""

NIGHT, PLUM, ROSE, SAND, PAPER = "#2f2a45", "#5b3a6e", "#c9708b", "#e8b56b", "#f6efe4"
TEA, LEAF, SKIN, BARK = "#9c5b3b", "#4f7a5d", "#d9a98a", "#6b4a3a"


def around_a_table() -> bytes:
    """Draw three people round a table with cups, a lamp above them; gives a PNG."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1200 * SCALE, 720 * SCALE), PAPER)
    draw = ImageDraw.Draw(image)

    def at(*numbers: float) -> list[float]:
        return [number * SCALE for number in numbers]

    draw.rectangle(at(0, 0, 1200, 470), fill="#efe0cf")
    draw.rectangle(at(80, 70, 380, 330), fill="#bcd0d6")
    draw.rectangle(at(222, 70, 238, 330), fill=PAPER)
    draw.rectangle(at(80, 192, 380, 208), fill=PAPER)
    draw.line(at(600, 0, 600, 90), fill=NIGHT, width=4 * SCALE)
    draw.polygon(at(520, 160, 680, 160, 640, 90, 560, 90), fill=SAND)
    for x, coat, hair in ((330, PLUM, NIGHT), (600, LEAF, "#b9b2a8"), (870, ROSE, BARK)):
        draw.rounded_rectangle(at(x - 105, 330, x + 105, 620), 80 * SCALE, fill=coat)
        draw.ellipse(at(x - 62, 205, x + 62, 340), fill=SKIN)
        draw.pieslice(at(x - 70, 192, x + 70, 330), 180, 360, fill=hair)
    draw.ellipse(at(140, 470, 1060, 640), fill=BARK)
    draw.ellipse(at(140, 455, 1060, 620), fill=TEA)
    draw.ellipse(at(480, 470, 640, 510), fill=SAND)
    for x, y in ((360, 515), (680, 555), (850, 510)):
        draw.rounded_rectangle(at(x - 34, y - 38, x + 34, y + 24), 14 * SCALE, fill=PAPER)
        draw.arc(at(x + 22, y - 24, x + 58, y + 10), 270, 90, fill=PAPER, width=7 * SCALE)
    return _as_png(image.resize((1200, 720)))


def an_old_smith() -> bytes:
    """Draw an elderly man in a cap at his window, no likeness of anybody; gives a PNG."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (600 * SCALE, 600 * SCALE), "#d7dfe0")
    draw = ImageDraw.Draw(image)

    def at(*numbers: float) -> list[float]:
        return [number * SCALE for number in numbers]

    draw.rectangle(at(60, 40, 540, 420), fill="#f2d9a8")
    draw.rectangle(at(292, 40, 308, 420), fill=PAPER)
    draw.rounded_rectangle(at(110, 400, 490, 700), 120 * SCALE, fill=NIGHT)
    draw.polygon(at(250, 400, 350, 400, 300, 480), fill=PAPER)
    draw.ellipse(at(195, 170, 405, 420), fill=SKIN)
    draw.pieslice(at(200, 260, 400, 440), 20, 160, fill="#ece7df")
    draw.pieslice(at(180, 120, 420, 330), 180, 360, fill=PLUM)
    draw.rounded_rectangle(at(170, 215, 440, 245), 14 * SCALE, fill="#47305a")
    for x in (258, 342):
        draw.ellipse(at(x - 9, 275, x + 9, 293), fill=NIGHT)
    draw.arc(at(265, 320, 335, 365), 20, 160, fill=BARK, width=6 * SCALE)
    return _as_png(image.resize((600, 600)))


def _as_png(image: object) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")  # type: ignore[attr-defined]  # Pillow's type is imported where drawn
    return out.getvalue()
