"""HTML out of a canonical text, and our Markdown out of HTML."""

from reviewtool.text.html.figures import NO_FIGURES, Figures, Picture
from reviewtool.text.html.pieces import Mark
from reviewtool.text.html.plain import to_plain
from reviewtool.text.html.reading import from_html
from reviewtool.text.html.writing import body_html, inline_html, to_html

__all__ = [
    "NO_FIGURES",
    "Figures",
    "Mark",
    "Picture",
    "body_html",
    "from_html",
    "inline_html",
    "to_html",
    "to_plain",
]
