"""What the accessibility statement says of its own grounds: what is checked, and what isn't.

tests/contracts/test_accessibility.py compares it with what the tests really cover.
"""

from datetime import date

from reviewtool.infra.i18n import lazy

CHECKED_ON = date(2026, 11, 24)
"""The day on which this was last compared with the product."""

WIDTHS = (1280, 390)
"""Pixels: a desk, a phone."""

WHOSE_PAGES = {
    "visitor": lazy("the public pages"),
    "editor": lazy("the editors' pages"),
    "expert": lazy("the pages of those who comment on a draft"),
    "coordinator": lazy("the pages of those who say whether the texts are useful"),
    "approver": lazy("the pages of those who decide on the final texts"),
    "attendee": lazy("the pages of a workshop that is over"),
    "in-room": lazy("the pages of a workshop that is going on"),
    "interviewee": lazy("the pages of those who have been interviewed"),
}
"""Whose pages are checked, by the role that the tests take."""

BY_KEYBOARD = {
    "test_marking.py::test_the_keyboard_steps_extends_and_acts": lazy(
        "marking a place in a text and commenting on it"
    ),
    "test_editing.py::test_the_tree_is_rearranged_by_keyboard": lazy("arranging the texts"),
}
"""What is done by keyboard alone, by the browser test that does it."""

NOT_CHECKED = (
    lazy("The pages have not been tried with people who use a screen reader or other aids."),
    lazy("The PDF and Word files that the service makes have not been assessed."),
    lazy("What editors and participants add is not checked: pictures, files and links."),
    lazy("Automatic checks find only some of the barriers that there can be."),
)
