"""Each figure is counted in one place, and comes out the same when raw rows are counted."""

from pathlib import Path

from reviewtool.app import create_app
from tests.demonstration import Ways, open_copy
from tests.factories.accounts import sign_in
from tests.factories.handbooks import actor_of
from tests.recount import recount
from tests.web.browser import Browser


def test_every_figure_of_the_demonstration_is_what_its_rows_say(
    demonstration: tuple[Path, Ways], tmp_path: Path
) -> None:
    folder, ways = demonstration
    installation = open_copy(folder, tmp_path / "figures")
    browser = Browser(create_app(installation).test_client())
    sign_in(browser, actor_of(installation, ways.editor_person_id))
    recount(installation, ways.handbook_id, browser)
    installation.database.close()
