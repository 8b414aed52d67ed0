"""Wagtail's own APIs never answer an anonymous client with a server error."""

import os
import re
from typing import Any
from urllib.parse import quote, urlencode

from django.db import connection
from django.test import Client

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from tests.users import make_user
from wagtail_partnerships.cms.content_apis import api_v3
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.snippets.models import Contact

pytestmark = pytest.mark.django_db

ENDPOINTS = [
    "/api/v2/pages/",
    "/api/v2/pages/find/",
    "/api/v2/images/",
    "/api/v2/images/find/",
    "/api/v2/documents/",
    "/api/v2/strategies/",
    "/api/v2/contacts/",
    "/api/v3/pages/",
    "/api/v3/images/",
    "/api/v3/documents/",
    "/api/v3/snippets/partnerships_snippets.Strategy/",
]
PARAMETERS = ["id", "limit", "offset", "search", "order", "fields", "type", "child_of", "locale", "site", "html_path"]
VALUES = ["\x00", '"', "'", "abc", "-1", "99999999999999999999", "9223372036854775808", "(", "*,-x", 'a"b', "%", "root"]


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_bad_parameters_are_no_server_error(client: Client, site_tree: SiteTree, endpoint: str) -> None:
    client.raise_request_exception = False
    PartnerPageFactory(strategies=[StrategyFactory()])

    for name in PARAMETERS:
        for value in VALUES:
            assert client.get(endpoint, {name: value}).status_code < 500, (name, value)


@pytest.mark.parametrize("body", ["", "[]", "null", '"x"', "{", '{"title": "\\u0000"}', "[" * 100_000])
@pytest.mark.parametrize("endpoint", ["/api/v3/pages/", "/api/v3/images/", "/api/v3/locales/"])
def test_bad_bodies_are_no_server_error(client: Client, site_tree: SiteTree, endpoint: str, body: str) -> None:
    client.raise_request_exception = False

    for method in ("post", "put", "patch"):
        response = getattr(client, method)(endpoint, data=body, content_type="application/json")
        assert 400 <= response.status_code < 500


#: What a form may be sent as, which Wagtail's v3 reads as JSON all the same.
MEDIA_TYPES = ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
SURROGATES = [r'{"title": "\ud83c"}', r'{"\udc00": 1}', r'{"a": [{"b": "x\ud800y"}]}', b'{"title": "\xed\xa0\xbc"}']


@pytest.fixture
def editing_client(site_tree: SiteTree) -> Client:
    _row, token = APIToken.create_token(user=make_user("editing", is_superuser=True), name="test")
    return Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@pytest.mark.parametrize("body", [*SURROGATES, '{"title": "\\u0000"}'])
def test_text_that_no_database_takes_is_refused(editing_client: Client, media_type: str, body: str | bytes) -> None:
    page = PartnerPageFactory()

    for method, address in (("post", "actions/copy/"), ("patch", "")):
        response = getattr(editing_client, method)(f"/api/v3/pages/{page.pk}/{address}", body, media_type)
        assert response.status_code == 400, (method, response.content)


def test_text_of_any_script_is_taken(editing_client: Client) -> None:
    page = PartnerPageFactory()

    body = r'{"title": "\ud83c\udf0d \\u0000 \\ud83c å"}'
    response = editing_client.post(f"/api/v3/pages/{page.pk}/actions/copy/", body, "application/json")

    assert response.status_code == 201
    assert response.json()["title"] == r"🌍 \u0000 \ud83c å"


@pytest.mark.parametrize(
    "address",
    [
        "/api/v2/nothing/",
        "/api/v2/pages/99999999999999999999/",
        "/api/v3/nothing/",
        "/api/v2/pages/%00/",
        "/api/v4/pages/",
        "/api/",
        "/delivery/v2/partners",
        "/delivery/",
        "/delivery",
    ],
)
def test_unknown_address_is_no_redirect_to_a_page(client: Client, site_tree: SiteTree, address: str) -> None:
    client.raise_request_exception = False

    assert client.get(address).status_code in (400, 404)


@pytest.mark.parametrize(
    "address",
    [
        f"/api/v3/pages/{'9' * 5000}/",
        "/api/v3/pages/?pk=x",
        "/api/v2/pages/?search=a&search_operator=x",
        "/api/v2/pages/{id}/?first_published_at=x",
    ],
)
def test_value_that_wagtail_lets_through_is_a_bad_request(
    client: Client, site_with_content: None, address: str
) -> None:
    client.raise_request_exception = False
    page = PartnerPage.objects.get()

    response = client.get(address.replace("{id}", str(page.pk)))

    assert response.status_code == 400
    assert response.json()["detail"]


def test_moment_in_the_year_0_is_refused_where_the_database_knows_none(client: Client, site_tree: SiteTree) -> None:
    client.raise_request_exception = False

    response = client.get("/api/v3/redirects/?created_at=0001-01-01T00:00:00%2B14:00")

    assert response.status_code == (200 if connection.vendor == "postgresql" else 400)


#: What stands where an id or a type is expected.
PLACES = ["1", "0", "abc", "-1", "99999999999999999999", "\u0661", "²", "\x00", ".", "%", "auth.User", "a.b.c"]
ROUTES = [
    *(f"/api/v2/{name}/{{id}}/" for name in ("pages", "images", "documents", "strategies", "contacts")),
    *api_v3.get_openapi_schema(path_prefix="/api/v3/")["paths"],
]
PAGE_TYPES = ["partnerships_pages.PartnerPage", "partnerships_pages.AgreementPage", "partnerships_pages.HomePage"]
METHODS = ["get", "head", "options", "trace", "post", "put", "patch", "delete"]
NAMES = [
    *PARAMETERS,
    *(
        "ancestor_of",
        "descendant_of",
        "translation_of",
        "exclude_type",
        "tags",
        "title",
        "slug",
        "show_in_menus",
        "kind",
    ),
    *("search_operator", "created_at_from", "user_id", "version", "rich_text_format", "live", "content", "", "a\x00"),
]
NASTY = [
    *VALUES,
    *(
        "",
        "0",
        "1",
        "2147483648",
        "1e5",
        "NaN",
        "_",
        "-*",
        "_,*",
        "a(b(c",
        "contacts(*)",
        '"a b"',
        '" "',
        "\\",
        "random",
    ),
    *(
        "-",
        "--title",
        "title,-title",
        "en",
        "true",
        "1,2,3",
        "wagtailcore.Page",
        "partnerships_pages.PartnerPage",
        "a.b",
    ),
    *(
        "localhost:80",
        "localhost:abc",
        "/",
        "/sv/",
        "//",
        "\ufffd",
        "😀",
        "\u0661",
        "²",
        "x" * 3000,
        "a|b",
        "a & ",
        "!",
    ),
    *("NOT", "AND", "NEAR(", "^a", "a*", "{a}", "col:a", "2014-13-99", "0001-01-01T00:00:00+14:00", "a\nb", "\u0301"),
]


@pytest.mark.slow
@pytest.mark.parametrize("route", ROUTES)
def test_no_route_and_no_method_is_a_server_error(client: Client, site_tree: SiteTree, route: str) -> None:
    client.raise_request_exception = False

    for place in PLACES if "{" in route else PLACES[:1]:
        address = re.sub(r"\{\w+\}", quote(place, safe=""), route)
        for method in METHODS:
            response = getattr(client, method)(address)
            # Nor does it lead to a page of the site.
            assert response.status_code < 500, (method, address)
            assert response.status_code not in (301, 302), (method, address)


#: The fields of what the APIs show, by each of which they filter and sort.
FIELDS = sorted(
    {field.name for model in (PartnerPage, AgreementPage, Contact, Redirect) for field in model._meta.get_fields()}
)
QUERIES = st.lists(
    st.tuples(st.sampled_from(NAMES) | st.sampled_from(FIELDS), st.sampled_from(NASTY) | st.text(max_size=20)),
    min_size=1,
    max_size=4,
)
MANY_ENDPOINTS = [
    *ENDPOINTS,
    *("/api/v2/pages/{id}/", "/api/v3/pages/{id}/", "/api/v3/pages/find/", "/api/v3/redirects/", "/api/v3/schema/"),
]


def examples(number: int) -> Any:
    """Settings for so many queries, the same each time; PARTNERSHIPS_EXAMPLES asks for more, and other ones."""
    more = os.environ.get("PARTNERSHIPS_EXAMPLES")
    return hypothesis_settings(
        max_examples=int(more or number),
        deadline=None,
        derandomize=more is None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def ask(client: Client, endpoint: str, query: list[tuple[str, str]]) -> None:
    client.raise_request_exception = False
    address = endpoint.replace("{id}", str(PartnerPage.objects.get().pk))
    written = urlencode(query, errors="surrogatepass")

    assert client.get(f"{address}?{written}").status_code < 500


@examples(150)
@given(endpoint=st.sampled_from(MANY_ENDPOINTS), query=QUERIES)
def test_no_query_is_a_server_error(
    client: Client, site_with_content: None, endpoint: str, query: list[tuple[str, str]]
) -> None:
    ask(client, endpoint, query)


@pytest.mark.slow
@examples(1500)
@given(endpoint=st.sampled_from(MANY_ENDPOINTS), query=QUERIES, narrowed=st.sampled_from([*PAGE_TYPES, ""]))
def test_none_of_many_queries_is_a_server_error(
    client: Client, site_with_content: None, endpoint: str, query: list[tuple[str, str]], narrowed: str
) -> None:
    ask(client, endpoint, [*query, ("type", narrowed)] if narrowed else query)


@pytest.fixture
def site_with_content(site_tree: SiteTree) -> None:
    partner = PartnerPageFactory(strategies=[StrategyFactory()], contacts=[ContactFactory()])
    AgreementPageFactory(parties=[partner])
    Redirect.objects.create(old_path="/gammal", redirect_page=partner)


def test_locales_of_v3_are_there(client: Client, site_tree: SiteTree) -> None:
    assert client.get("/api/v3/locales/").status_code == 401


def test_v2_shows_the_fields_of_a_partner(client: Client, site_tree: SiteTree) -> None:
    PartnerPageFactory(title="Länsstyrelsen", strategies=[StrategyFactory(name="Växa")])

    found: Any = client.get("/api/v2/pages/?type=partnerships_pages.PartnerPage&fields=*").json()["items"]
    searched: Any = client.get("/api/v2/pages/?search=L%C3%A4nsstyrelsen").json()["items"]

    assert [strategy["title"] for strategy in found[0]["strategies"]] == ["Växa"]
    assert [page["title"] for page in searched] == ["Länsstyrelsen"]
    assert client.get("/api/v2/strategies/").json()["items"][0]["name"] == "Växa"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("name=V%C3%A4xa", ["Växa"]),
        ("name=Ingen", []),
        ("locale=en", ["Grow"]),
        ("locale=sv&order=-name", ["Växa", "Affärsplan"]),
        ("search=v%C3%A4xa", ["Växa"]),
        ("search=v%C3%A4xa&locale=en", []),
    ],
)
def test_v2_filters_orders_and_searches_strategies(
    client: Client, site_tree: SiteTree, query: str, found: list[str]
) -> None:
    growth, plan = StrategyFactory(name="Växa"), StrategyFactory(name="Affärsplan")
    translated(growth, site_tree.english.locale, name="Grow")
    PartnerPageFactory(strategies=[growth, plan])
    StrategyFactory(name="Växa utan sida")

    items = client.get(f"/api/v2/strategies/?{query}").json()["items"]
    assert [item["name"] for item in items] == found
    assert {item["meta"]["locale"] for item in items} <= {"sv", "en"}


@pytest.mark.parametrize("query", ["order=bogus", "bogus=1"])
def test_v2_refuses_what_strategies_lack(client: Client, site_tree: SiteTree, query: str) -> None:
    assert client.get(f"/api/v2/strategies/?{query}").status_code == 400
