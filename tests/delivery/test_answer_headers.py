"""What every answer bears for browsers of other sites, for caches and for followers, whatever it is an answer to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

import pytest

from tests.delivery.client import ROOT
from tests.factories import PartnerPageFactory, SiteTree, StrategyFactory, translated
from wagtail_partnerships.cms.delivery.store import local_store
from wagtail_partnerships.cms.delivery.versions import current_version
from wagtail_partnerships.site_pages.models import PartnerPage

REVALIDATE = "public, max-age=0, must-revalidate"
EXPOSED = "Content-Version, Cache-Tag, ETag, Location"
PARTNER = f"{ROOT}/partners/{{key}}"


class Asked(NamedTuple):
    """A request, and what its answer has to bear."""

    path: str
    status: int = 200
    language: str | None = "en"
    tag: str | None = None
    method: str = "GET"
    headers: dict[str, str] = {}


ANSWERS = [
    Asked(PARTNER, language="sv", tag="{key}"),
    Asked(f"{PARTNER}?locale=en", language="en", tag="{key}"),
    Asked(f"{ROOT}/partners/{{swedish}}?locale=en&fallback=source", language="sv", tag="{swedish}"),
    Asked(f"{ROOT}/partners", language="sv", tag="partners"),
    Asked(f"{ROOT}/partners?locale=en", language="en", tag="partners"),
    Asked(f"{ROOT}/partners?locale=en&id={{nobody}}", language="en", tag="partners"),
    Asked(f"{ROOT}/partners?locale=en&fallback=source&view=full", language="en, sv", tag="partners"),
    Asked(f"{ROOT}/partners?locale=en&fallback=source&fields=title", language="en, sv", tag="partners"),
    Asked(f"{ROOT}/partners?locale=en&fallback=source&id={{swedish}}", language="sv", tag="partners"),
    Asked(f"{ROOT}/agreements?locale=en", language="en", tag="agreements"),
    Asked(f"{ROOT}/strategies", language="sv", tag="strategies"),
    Asked(f"{ROOT}/pages?locale=en", language="en", tag="pages"),
    Asked(f"{ROOT}/search?q=kommunen", language="sv", tag="partners"),
    Asked(f"{ROOT}/search?q=kommunen&locale=en&fallback=source", language="sv", tag="partners"),
    Asked(f"{ROOT}/routes", language="en, sv", tag="routes"),
    Asked(f"{ROOT}/routes?locale=en", language="en", tag="routes"),
    Asked(f"{ROOT}/routes?path=/en/partners/county-board/", language="en", tag="routes"),
    Asked(f"{ROOT}/routes?path=/", language="sv", tag="routes"),
    Asked(f"{ROOT}/settings", language="sv", tag="settings"),
    Asked(f"{ROOT}/settings?locale=en", language="en", tag="settings"),
    Asked(f"{ROOT}/vocabularies", language="en, sv", tag="vocabularies"),
    Asked(f"{ROOT}/changes", tag="changes"),
    Asked(f"{ROOT}/api-info", tag="api-info"),
    Asked(f"{ROOT}/openapi", tag="openapi"),
    Asked(f"{ROOT}/openapi.json", tag="openapi"),
    Asked(f"{ROOT}/docs"),
    # The one form that there is, whatever is asked for (RFC 9110, 12.4.1).
    Asked(f"{ROOT}/partners", language="sv", tag="partners", headers={"accept": "text/html"}),
]
PROBLEMS = [
    Asked(f"{ROOT}/partners?colour=red", 400),
    Asked(f"{ROOT}/partners?limit=x", 400),
    Asked(f"{ROOT}/partners", 400, headers={"host": "evil.example"}),
    Asked(f"{ROOT}/partners", 400, headers={"host": "evil.example", "authorization": "Basic eDp4"}),
    Asked(f"{ROOT}/partners", 400, method="POST", headers={"host": "evil.example"}),
    Asked(f"{ROOT}/partners", 400, method="OPTIONS", headers={"host": "evil.example"}),
    Asked(f"{ROOT}/partners/{{swedish}}?locale=en", 404),
    Asked(f"{ROOT}/partners/{{nobody}}", 404),
    Asked(f"{ROOT}/nowhere", 404),
    Asked(f"{ROOT}/contacts", 404),
    Asked(f"{ROOT}/images/x/1/width-1/a.png", 404),
    Asked(f"{ROOT}/routes?path=/sv/saknas/", 404),
    Asked(f"{ROOT}/partners", 405, method="POST"),
    Asked(f"{ROOT}/partners", 405, method="DELETE"),
    Asked(f"{ROOT}/partners/{{removed}}", 410),
    Asked(f"{ROOT}/changes?since=0-00000000", 410),
    Asked(f"{ROOT}/preview-tokens", 415, method="POST"),
]


@pytest.fixture(autouse=True)
def with_cache(settings: Any) -> Iterator[None]:
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    local_store.clear()
    yield
    local_store.clear()


@pytest.fixture
def ask(client: Client, committed_tree: SiteTree) -> Callable[[Asked], HttpResponse]:
    """Answers for a small site: a partner in two languages, one in Swedish alone, and one that is gone."""
    partner = PartnerPageFactory(title="Länsstyrelsen", slug="lansstyrelsen", strategies=[StrategyFactory()])
    translated(partner, committed_tree.english.locale, title="County board", slug="county-board")
    swedish, removed = PartnerPageFactory(title="Kommunen"), PartnerPageFactory(title="Borta")
    client.get(f"{ROOT}/changes")
    PartnerPage.objects.get(pk=removed.pk).unpublish()
    names = {
        "key": str(partner.translation_key),
        "swedish": str(swedish.translation_key),
        "removed": str(removed.translation_key),
        "nobody": "00000000-0000-4000-8000-000000000000",
    }

    def answer(asked: Asked) -> Any:
        headers = {"host": "localhost"} | {name: value.format(**names) for name, value in asked.headers.items()}
        response = client.generic(asked.method, asked.path.format(**names), headers=headers)
        assert response.status_code == asked.status, (asked, response.content)
        if asked.tag:
            assert asked.tag.format(**names) in response["Cache-Tag"].split(","), asked
        return response

    return answer


def test_any_site_may_read_every_answer_and_what_keeps_it_current(ask: Callable[[Asked], Any]) -> None:
    etag = ask(ANSWERS[0])["ETag"]
    others = [
        ANSWERS[0]._replace(status=304, tag=None, headers={"if-none-match": etag}),
        Asked(f"{PARTNER}?cv=1-00000000", 307),
        Asked(f"{ROOT}/partners", 204, method="OPTIONS"),
        Asked(PARTNER, 401, headers={"authorization": "Bearer x"}),
    ]
    for asked in (*ANSWERS, *PROBLEMS, *others):
        response = ask(asked)
        assert response["Access-Control-Allow-Origin"] == "*", asked
        assert response["Access-Control-Expose-Headers"] == EXPOSED, asked
        if response.status_code != 204:
            assert response["Content-Version"] == str(current_version()), asked


def test_every_answer_says_its_language_tags_and_how_long_it_holds(ask: Callable[[Asked], Any]) -> None:
    for asked in ANSWERS:
        for response in (ask(asked), ask(asked)):
            assert response["Content-Language"] == asked.language, asked
            assert response["Cache-Control"] == REVALIDATE, asked
            assert re.fullmatch(r'"[0-9a-f]{32}"', response["ETag"]), asked
            assert int(response["Content-Length"]) == len(response.content), asked


def test_every_problem_is_in_english_and_kept_by_nobody(ask: Callable[[Asked], Any]) -> None:
    for asked in PROBLEMS:
        response = ask(asked)
        assert response["Content-Type"] == "application/problem+json", asked
        assert response["Content-Language"] == "en", asked
        assert response["Cache-Control"] == "no-store", asked
        assert int(response["Content-Length"]) == len(response.content), asked


def test_head_has_the_headers_of_get_and_no_body(ask: Callable[[Asked], Any]) -> None:
    etag = ask(ANSWERS[0])["ETag"]
    others = [
        ANSWERS[0]._replace(status=304, tag=None, headers={"if-none-match": etag}),
        Asked(f"{PARTNER}?cv=1-00000000", 307),
        Asked(PARTNER, 401, headers={"authorization": "Bearer x"}),
    ]
    for asked in (*ANSWERS, *others, *(asked for asked in PROBLEMS if asked.method == "GET")):
        local_store.clear()
        cache.clear()
        # Before anything is kept, rendered, and from what is kept
        first = ask(asked._replace(method="HEAD"))
        whole = ask(asked)
        second = ask(asked._replace(method="HEAD"))
        assert first.content == second.content == b"", asked
        assert dict(first.items()) == dict(second.items()) == dict(whole.items()), asked
