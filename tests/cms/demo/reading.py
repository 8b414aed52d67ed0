"""Reads public pages as machines and listeners do: by the language that each word is marked with, and by standards."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from tests.node.install import installed

#: Words that only one of the languages has. A capital begins names, which are the same in both.
WORDS = {
    "sv": re.compile(r"\b(?:och|att|är|av|på|som|med|från|eller|inte|ett|oss|[a-zåäö]*[åäö][a-zåäö]*)\b"),
    "en": re.compile(r"\b(?:the|The|and|of|with|from|which|is|are|by|to|this|our)\b"),
}
OTHER = {"sv": "en", "en": "sv"}
#: A title in the other language that stands within a sentence, with its translation beside it.
NAMES = ("Kompetens för Tillväxt",)
SPOKEN_ATTRIBUTES = ("alt", "aria-label", "content", "placeholder", "title")


def paths_in(sitemap: str) -> list[str]:
    """The paths of a sitemap, with what stands in none: searches, lists narrowed down, timelines and lost pages."""
    urls = [url.findtext("{*}loc") or "" for url in ElementTree.fromstring(sitemap)]
    found = [re.sub(r"^https?://[^/]+", "", url) for url in urls]
    for code, search, partners, agreements in (
        ("sv", "sok", "samarbetspartner", "avtal"),
        ("en", "search", "partners", "agreements"),
    ):
        found += [
            f"/{code}/{search}/",
            f"/{code}/{search}/?q=mdu",
            f"/{code}/{search}/?q=xyzzy",
            f"/{code}/{partners}/?organisation_type=company&sort=-agreements",
            f"/{code}/{partners}/?organisation_type=xyzzy&q=xyzzy",
            f"/{code}/{agreements}/?view=timeline",
            f"/{code}/{agreements}/?agreement_status=expired&agreement_type=mou",
            f"/{code}/xyzzy/",
        ]
    return found


def misplaced_words(html: str) -> list[str]:
    """What stands in a page's other language without being marked with it."""
    soup = BeautifulSoup(html, "html.parser")
    found = []
    for language, text in _spoken(soup):
        kept = text
        for name in NAMES:
            kept = kept.replace(name, "")
        word = WORDS[OTHER[language]].search(kept)
        if word:
            found.append(f"“{word.group()}” in {language}: {text.strip()[:120]}")
    return found


def _spoken(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield each text with the language that it is marked with."""
    assert soup.html is not None
    for text in soup.html.find_all(string=True):
        is_read = (
            not isinstance(text, PreformattedString) and text.parent and text.parent.name not in {"script", "style"}
        )
        if is_read and text.strip():
            yield _language(text), str(text)
    for element in soup.find_all(True):
        for name in SPOKEN_ATTRIBUTES:
            if value := element.get(name):
                yield _language(element), str(value)


def _language(node: Tag | NavigableString) -> str:
    marked = node if isinstance(node, Tag) and node.get("lang") else node.find_parent(lang=True)
    assert isinstance(marked, Tag)
    return str(marked["lang"])


def markup_faults(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What the Nu Html Checker has against pages, warnings included; the informative is left out."""
    names = dict(enumerate(pages))
    for number, path in names.items():
        (folder / f"{number}.html").write_text(pages[path])
    jar = installed("markup") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss1m", "-jar", str(jar), "--format", "json", "--exit-zero-always", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{names[int(Path(fault['url']).stem)]}: {fault['message']} ({fault.get('extract', '')[:150]})"
        for fault in json.loads(result.stderr)["messages"]
        if fault["type"] != "info" or fault.get("subType") == "warning"
    ]


def vocabulary_faults(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What does not fit schema.org in the JSON-LD of pages: what it does not have, or not there."""
    lines = [f'import type {{ Graph }} from "{installed("markup") / "schema-dts"}";']
    for path, html in pages.items():
        for script in BeautifulSoup(html, "html.parser").find_all("script", type="application/ld+json"):
            graph = json.loads(script.get_text())
            lines.append(f"export const page{len(lines)}: Graph = {json.dumps(graph)}; // {path}")
    assert len(lines) > 1
    source = folder / "pages.ts"
    source.write_text("\n".join(lines))
    command = [str(installed("markup") / ".bin" / "tsc"), "--noEmit", "--strict", "--skipLibCheck", source.name]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert bool(result.returncode) == bool(result.stdout), result.stderr
    return result.stdout.splitlines()
