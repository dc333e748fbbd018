"""The pages that the footer of every page leads to."""

from dataclasses import replace

from reviewtool.app import create_app
from reviewtool.infra.installation import Installation
from reviewtool.services.descriptions import Description, describe_handbook
from tests.factories.accounts import sign_in
from tests.factories.handbooks import make_handbook
from tests.web.browser import Browser


def test_the_accessibility_statement_says_what_the_settings_say(
    installation: Installation,
) -> None:
    told = replace(
        installation.settings,
        accessibility_reviewed_on="2026-05-04",
        accessibility_shortcomings="Kartat eivät ole luettavissa. | Vanhat PDF-liitteet.",
        accessibility_contact="saavutettavuus@kumaja.example.org",
    )
    browser = Browser(create_app(replace(installation, settings=told)).test_client())
    browser.open("/accessibility?language=fi")
    for words in (
        "4.5.2026",
        "Kartat eivät ole luettavissa.",
        "Vanhat PDF-liitteet.",
        "saavutettavuus@kumaja.example.org",
        "14 päivän",
        "Traficom",
    ):
        assert words in browser.text, words


def test_the_privacy_notice_names_who_answers_together(
    installation: Installation,
) -> None:
    made = make_handbook(installation)
    told = Description({"fi": "Käsikirja"}, host="Kumaja ry", joint_controllers="A ry\nB ry")
    describe_handbook(installation, made.administrator, made.id, told)
    browser = sign_in(Browser(create_app(installation).test_client()), made.administrator)
    browser.open("/privacy?language=fi")
    assert "Kumaja ry" in browser.text
    assert "A ry, B ry" in browser.text
