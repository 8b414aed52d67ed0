"""Takes pictures of a running demo, for whoever works on the design or writes the guide: `make screenshots`.

Every kind of page in both languages, on a phone and a desktop, light and dark, and as printed; with DEMO_PASSWORD set,
what an editor sees as well. They lie in var/screenshots, named like ``partner-sv-phone-light.png``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = {"phone": 360, "desktop": 1280}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("sv", "en")
#: The search and the strategies, in the words of each language's addresses.
WORDS = {"sv": ("sok", "strategier"), "en": ("search", "strategies")}
#: A4 at 96 dots to the inch, less the margins: how wide a printed page is.
PAPER_WIDTH = 688
#: How many pages of a kind are shown: no two partners are alike.
SHOWN = {"partner": 4, "agreement": 4, "strategy": 2}
KINDS = {
    "home": "HomePage",
    "partners": "PartnerIndexPage",
    "partner": "PartnerPage",
    "agreements": "AgreementIndexPage",
    "agreement": "AgreementPage",
}
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

Pages = dict[str, str]


def ask(site: str, **query: str) -> list[dict[str, Any]]:
    """Ask Wagtail's own API of the site for pages."""
    with urlopen(f"{site}/api/v2/pages/?{urlencode({'limit': 20, **query})}", timeout=60) as answer:
        items: list[dict[str, Any]] = json.load(answer)["items"]
    return items


def numbered(kind: str, paths: list[str]) -> Iterator[tuple[str, str]]:
    for number, path in enumerate(paths[: SHOWN.get(kind, 1)], start=1):
        yield (kind if number == 1 else f"{kind}-{number}"), path


def public_pages(site: str, language: str) -> Pages:
    """Name the path of some pages of each kind, and of the states that a list can be in."""
    pages: Pages = {}
    for kind, model in KINDS.items():
        items = ask(site, type=f"partnerships_pages.{model}", locale=language)
        pages |= numbered(kind, [urlsplit(item["meta"]["html_url"]).path for item in items])
    search, strategies = (f"/{language}/{word}/" for word in WORDS[language])
    with urlopen(site + strategies, timeout=60) as answer:
        pages |= numbered("strategy", re.findall(rf'href="({strategies}[^"]+)"', answer.read().decode()))
    return pages | {
        "strategies": strategies,
        "partners-filtered": f"{pages['partners']}?organisation_type=municipality&region=SE-U",
        "partners-empty": f"{pages['partners']}?q=xyzzy",
        "agreements-timeline": f"{pages['agreements']}?view=timeline",
        "search": f"{search}?q=samverkan",
        "search-empty": f"{search}?q=xyzzy",
        "not-found": f"/{language}/xyzzy/",
    }


def admin_pages(site: str) -> Pages:
    """Name the path of what an editor works with most."""
    pages = {
        "admin-home": "/admin/",
        "admin-contacts": "/admin/snippets/partnerships_snippets/contact/",
        "admin-strategies": "/admin/snippets/partnerships_snippets/strategy/",
    }
    for kind in ("partner", "agreement"):
        found = ask(site, type=f"partnerships_pages.{KINDS[kind]}", locale=LANGUAGES[0])
        if found:
            pages[f"admin-{kind}"] = f"/admin/pages/{found[0]['id']}/edit/"
    return pages


def show_fault(page: Page, site: str) -> None:
    """Let the browser find at /500/ what the site answers when it fails, which no address asks it to do."""
    page.goto(site)
    sheets = {
        Path(urlsplit(address).path).name.split(".")[0]: address
        for address in page.eval_on_selector_all("link[rel=stylesheet]", "links => links.map(link => link.href)")
    }
    text = re.sub(
        r"\{% static 'partnerships/(\w+)\.css' %\}",
        lambda match: sheets[match[1]],
        (TEMPLATES / "500.html").read_text(encoding="utf-8"),
    )
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}|\{%.*?%\}", "", text, flags=re.DOTALL)
    page.route("**/500/", lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8"))


def log_in(page: Page, site: str, password: str) -> None:
    page.goto(f"{site}/admin/login/")
    page.fill("input[name=username]", "admin")
    page.fill("input[name=password]", password)
    page.click("[type=submit]")
    page.wait_for_url(f"{site}/admin/")


class Camera:
    """Takes pictures into a folder, of the pages whose names fit a pattern."""

    def __init__(self, browser: Browser, site: str, folder: Path, only: str) -> None:
        self.browser = browser
        self.site = site
        self.folder = folder
        self.only = re.compile(only)
        self.taken = 0

    def wanted(self, pages: Pages) -> Pages:
        return {name: path for name, path in pages.items() if self.only.search(name)}

    def take(self, page: Page, name: str, path: str) -> None:
        page.goto(self.site + path, wait_until="load")
        # Images that load late load when they come near, and a picture of the whole page never scrolls there.
        page.eval_on_selector_all("img[loading=lazy]", "images => images.forEach(image => { image.loading = 'eager' })")
        # The page's security policy forbids what wait_for_function does to look again.
        page.evaluate("Promise.allSettled([...document.images].map(image => image.decode()))")
        page.screenshot(path=self.folder / f"{name}.png", full_page=True)
        self.taken += 1

    def take_public(self, language: str) -> None:
        pages = self.wanted(public_pages(self.site, language) | {"error": "/500/"})
        for device, width in WIDTHS.items():
            for scheme in SCHEMES:
                context = self.browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
                page = context.new_page()
                show_fault(page, self.site)
                for name, path in pages.items():
                    self.take(page, f"{name}-{language}-{device}-{scheme}", path)
                context.close()
        context = self.browser.new_context(viewport={"width": PAPER_WIDTH, "height": 1000})
        page = context.new_page()
        page.emulate_media(media="print")
        for name in pages.keys() & {"partner", "agreement", "agreements-timeline"}:
            self.take(page, f"{name}-{language}-print", pages[name])
        context.close()

    def take_admin(self, password: str) -> None:
        # The admin scrolls within itself, so that only a tall window shows a whole form.
        context = self.browser.new_context(viewport={"width": WIDTHS["desktop"], "height": 2400})
        page = context.new_page()
        log_in(page, self.site, password)
        for name, path in self.wanted(admin_pages(self.site)).items():
            self.take(page, name, path)
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", nargs="?", default="http://localhost:8000")
    parser.add_argument("--folder", type=Path, default=Path("var/screenshots"))
    parser.add_argument("--only", default="", help="a regular expression that the name of a page must fit")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    password = os.environ.get("DEMO_PASSWORD")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        camera = Camera(browser, options.site.rstrip("/"), options.folder, options.only)
        for language in LANGUAGES:
            camera.take_public(language)
        if password:
            camera.take_admin(password)
        browser.close()
    sys.stdout.write(f"{camera.taken} pictures in {options.folder}\n")
    if not password:
        sys.stdout.write("Set DEMO_PASSWORD to see the admin's pages too.\n")


if __name__ == "__main__":
    main()
