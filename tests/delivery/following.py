"""A follower of the feed: it loads everything once, and from then on fetches only what an item's tags name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.delivery.client import ROOT

LISTED = ("partners", "agreements", "strategies", "contacts", "pages")
PLURALS = {
    "partner": "partners",
    "agreement": "agreements",
    "strategy": "strategies",
    "contact": "contacts",
    "page": "pages",
}
LANGUAGES = ("sv", "en")

Document = tuple[str, str, str]


@dataclass
class Held:
    """A response that the follower holds."""

    body: Any
    tags: frozenset[str]


def without_version(body: Any) -> Any:
    """Leave out what moves with every edit."""
    if isinstance(body, dict) and "_meta" in body:
        return body | {"_meta": {name: value for name, value in body["_meta"].items() if name != "content_version"}}
    return body


def download(client: Client) -> dict[Document, Any]:
    """Load every document that a list gives, whole."""
    documents = {}
    for plural in LISTED:
        for language in LANGUAGES:
            page = 1
            while True:
                query = {"sort": "id", "view": "full", "locale": language, "page": page, "limit": 100}
                response = client.get(f"{ROOT}/{plural}", query)
                assert response.status_code == 200, response.content
                body = response.json()
                documents |= {(item["resource"], item["id"], item["locale"]): item for item in body["items"]}
                if body["_links"]["next"] is None:
                    break
                page += 1
    return documents


class Follower:
    """Holds documents, and other responses by their addresses, and keeps both as they are."""

    def __init__(self, client: Client, addresses: tuple[str, ...]) -> None:
        self.client = client
        self.addresses = addresses
        self.load()

    def load(self) -> None:
        """Load everything: the version first, so that what changes meanwhile is told once more and never missed."""
        self.documents: dict[Document, Held] = {}
        self.others: dict[str, Held] = {}
        self.cursor = self.client.get(f"{ROOT}/settings")["Content-Version"]
        for document in download(self.client):
            self._fetch_document(document)
        for address in self.addresses:
            self._fetch_other(address)

    def follow(self) -> None:
        """Read the feed to its end and fetch what it names."""
        while True:
            response = self.client.get(f"{ROOT}/changes", {"since": self.cursor, "limit": 5})
            assert response.status_code == 200, response.content
            feed = response.json()
            for item in feed["items"]:
                if item["action"] == "reset":
                    self.load()
                    return
                self._apply(item)
            self.cursor = feed["next"]
            if not feed["has_more"]:
                return

    def _apply(self, item: dict[str, Any]) -> None:
        tags = set(item["tags"])
        stale = {document for document, held in self.documents.items() if held.tags & tags}
        if item["resource"] in PLURALS:
            stale.add((item["resource"], item["id"], item["locale"]))
        for document in stale:
            self._fetch_document(document)
        for address in [address for address, held in self.others.items() if held.tags & tags]:
            self._fetch_other(address)

    def _fetch_document(self, document: Document) -> None:
        resource, key, language = document
        response = self.client.get(f"{ROOT}/{PLURALS[resource]}/{key}", {"locale": language})
        if response.status_code in (404, 410):
            self.documents.pop(document, None)
            return
        assert response.status_code == 200, response.content
        self.documents[document] = self._held(response)

    def _fetch_other(self, address: str) -> None:
        response = self.client.get(address)
        assert response.status_code == 200, response.content
        self.others[address] = self._held(response)

    def _held(self, response: Any) -> Held:
        return Held(without_version(response.json()), frozenset(response["Cache-Tag"].split(",")))
