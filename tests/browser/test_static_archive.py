"""The archive opened from a folder, with no server at all."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from reviewtool.app import create_app
from reviewtool.web.static_archive import archived_files
from tests.demonstration import Ways, open_copy


def test_it_reads_from_a_folder(
    chromium: Browser, demonstration: tuple[Path, Ways], tmp_path: Path
) -> None:
    opened = open_copy(demonstration[0], tmp_path / "copy")
    folder = tmp_path / "archive"
    for file in archived_files(create_app(opened), demonstration[1].handbook_id, "fi"):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    page = chromium.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((folder / "index.html").as_uri())
    page.locator(".contents a").first.click()
    expect(page.locator("article h1, .text h1")).to_have_count(1)
    page.get_by_role("link", name="Miksi teksti on tällainen").or_(
        page.locator("a[href*='reasons']")
    ).first.click()
    page.wait_for_url("**/*reasons.html")  # and for all that it loads
    expect(page.locator("body"), "the style came along").to_have_css(
        "font-family", re.compile("Source Sans 3")
    )
    assert [url for url in failed if "/fonts/" not in url] == []
    page.close()
