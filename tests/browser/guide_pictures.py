"""Takes the pictures of the guide for editors: `make guide-pictures` while `make demo` runs.

Both want the same PORT and DEMO_PASSWORD. The pictures go to docs/images, small enough to be kept with the code.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

WIDTH, HEIGHT = 1100, 760
COLOURS = 64


def sign_in(browser: Browser, site: str, password: str) -> Page:
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="sv").new_page()
    page.goto(f"{site}/admin/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", password)
    page.click("[type=submit]")
    page.wait_for_url(f"{site}/admin/")
    return page


def take(page: Page, folder: Path, name: str) -> None:
    page.wait_for_load_state("networkidle")
    path = folder / f"{name}.png"
    page.screenshot(path=path)
    # A palette keeps text sharp and the file small.
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def open_first(page: Page, listing: str, search: str) -> str:
    page.goto(f"{listing}?q={search}")
    page.click("table a[href*='/edit/']")
    page.wait_for_load_state("networkidle")
    return page.url


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", nargs="?", default="http://localhost:8000")
    parser.add_argument("--folder", type=Path, default=Path("docs/images"))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = sign_in(browser, options.site, os.environ["DEMO_PASSWORD"])
        admin = f"{options.site}/admin"

        open_first(page, f"{admin}/partnerships_partners/", "Länsstyrelsen Västmanland")
        page.locator("text=Nytt avtal med den här samarbetspartnern").scroll_into_view_if_needed()
        take(page, options.folder, "partner-form")

        contacts = f"{admin}/snippets/partnerships_snippets/contact"
        edit = open_first(page, f"{contacts}/", "")
        take(page, options.folder, "contact-form")

        key = edit.rstrip("/").rpartition("/")[2]
        page.goto(f"{contacts}/replace/{key}/?new={int(key) + 1}")
        take(page, options.folder, "replace-contact")

        page.goto(f"{admin}/reports/partnerships/translations/")
        take(page, options.folder, "translation-report")
        browser.close()


if __name__ == "__main__":
    main()
