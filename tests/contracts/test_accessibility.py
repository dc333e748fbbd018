"""The accessibility statement says what the tests really cover, and no more."""

from pathlib import Path

import pytest

from reviewtool.wording import accessibility
from tests.browser.test_accessibility import WIDTHS
from tests.web.roles import ROLES


def test_the_statement_names_the_pages_and_widths_that_are_checked() -> None:
    assert set(accessibility.WHOSE_PAGES) == set(ROLES)
    assert accessibility.WIDTHS == WIDTHS


@pytest.mark.parametrize("named", list(accessibility.BY_KEYBOARD))
def test_what_is_said_to_work_by_keyboard_has_its_test(named: str) -> None:
    path, _, test = named.partition("::")
    source = (Path("tests/browser") / path).read_text(encoding="utf-8")
    _, found, rest = source.partition(f"def {test}(")
    assert found
    body = rest.partition("\ndef ")[0]
    assert "keyboard.press" in body or ".press(" in body
    assert "mouse." not in body
