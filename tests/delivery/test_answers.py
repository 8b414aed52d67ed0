"""Cached answers: what is kept, for whom, and that no edit leaves an old one behind."""

import datetime
import gzip
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction, Site

import pytest
import time_machine

from tests.factories import AgreementPageFactory, PartnerPageFactory, SiteTree
from wagtail_partnerships.cms.delivery.feed import read_feed
from wagtail_partnerships.cms.delivery.previews.codes import issue_code
from wagtail_partnerships.cms.delivery.site_endpoints import RELEASED
from wagtail_partnerships.cms.delivery.store import Answer, LocalStore, local_store
from wagtail_partnerships.cms.delivery.versions import current_version
from wagtail_partnerships.site_pages.models import PartnerPage
from wagtail_partnerships.snippets.models import Contact

MIDDLEWARE = "wagtail_partnerships.cms.delivery.middleware.DeliveryMiddleware"
LIST = "/delivery/v1/partners"


@pytest.fixture(autouse=True)
def with_middleware(settings: Any) -> Iterator[None]:
    settings.MIDDLEWARE = [MIDDLEWARE, *(name for name in settings.MIDDLEWARE if name != MIDDLEWARE)]
    settings.PARTNERSHIPS_CACHE_PAGES = True
    settings.ALLOWED_HOSTS = ["*"]
    local_store.clear()
    yield
    local_store.clear()


@pytest.fixture
def partner(committed_tree: SiteTree) -> PartnerPage:
    return PartnerPageFactory(title="Länsstyrelsen")


def queries(client: Client, path: str, **headers: str) -> tuple[Any, list[str]]:
    """Return an answer and the SQL that it took."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path, headers=headers)
    return response, [query["sql"] for query in captured]


def test_a_second_answer_costs_one_small_query(client: Client, partner: PartnerPage) -> None:
    first = client.get(LIST)
    second, sql = queries(client, LIST)

    assert first.status_code == second.status_code == 200
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers) | {"Content-Length": str(len(first.content))}
    assert len(sql) == 1


def test_a_kept_answer_bears_the_same_headers_as_the_first(client: Client, partner: PartnerPage) -> None:
    for path in (LIST, partner.get_url()):
        first = client.get(path)
        second, sql = queries(client, path)
        assert len(sql) == 1, path
        assert "default-src 'none'" in second["Content-Security-Policy"]
        for name in ("Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Frame-Options"):
            assert second[name] == first[name]
        assert not second.cookies


def test_an_edit_shows_at_once(client: Client, partner: PartnerPage) -> None:
    address = f"{LIST}/{partner.translation_key}"
    assert client.get(address).json()["title"] == "Länsstyrelsen"

    partner.title = "Länsstyrelsen Västmanland"
    partner.save_revision().publish()

    assert client.get(address).json()["title"] == "Länsstyrelsen Västmanland"


def test_a_known_etag_is_confirmed_without_rendering(client: Client, partner: PartnerPage) -> None:
    etag = client.get(LIST)["ETag"]
    local_store.clear()
    response, sql = queries(client, LIST, if_none_match=f'"other", {etag}')

    assert response.status_code == 304
    assert len(sql) == 1
    assert response["ETag"] == etag
    assert response["Content-Version"] == str(current_version())
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_an_edit_changes_the_etag(client: Client, partner: PartnerPage) -> None:
    etag = client.get(LIST)["ETag"]
    partner.save()

    assert client.get(LIST, headers={"if-none-match": etag}).status_code == 200


def test_a_weak_comparison_confirms_as_well(client: Client, partner: PartnerPage) -> None:
    etag = client.get(LIST)["ETag"]

    assert client.get(LIST, headers={"if-none-match": f"W/{etag}"}).status_code == 304


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("address", ["/", "/delivery/v1/api-info", LIST, f"{LIST}?q=lansstyrelsen", "/sv/sok/?q=x"])
def test_any_copy_holds_where_the_client_says_so(
    client: Client, partner: PartnerPage, address: str, method: str, *, is_kept: bool
) -> None:
    path = partner.get_url() if address == "/" else address
    for coding in ("identity", "gzip"):
        local_store.clear()
        whole = client.get(path, headers={"accept-encoding": coding})
        if not is_kept:
            local_store.clear()
        answer = getattr(client, method)(path, headers={"accept-encoding": coding, "if-none-match": " * "})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == whole["ETag"]
        assert answer["Cache-Control"] == whole["Cache-Control"]
        assert answer["Vary"] == whole["Vary"]
        # What was answered so is kept whole.
        assert client.get(path, headers={"accept-encoding": coding}).content == whole.content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/delivery/v1/partners/00000000-0000-4000-8000-000000000000", 404),
        ("/delivery/v1/companies", 404),
        (f"{LIST}?size=1", 400),
        (f"{LIST}?cv=1-0", 307),
        ("/sv/finns-inte/", 404),
    ],
)
def test_a_copy_of_what_does_not_exist_holds_nowhere(
    client: Client, partner: PartnerPage, path: str, status: int
) -> None:
    for _attempt in range(2):
        assert client.get(path, headers={"if-none-match": "*"}).status_code == status


def test_the_current_version_may_be_kept_for_a_year_and_another_leads_to_it(
    client: Client, partner: PartnerPage
) -> None:
    version = str(current_version())
    current = client.get(LIST, {"limit": "5", "cv": version})
    other = client.get(LIST, {"limit": "5", "cv": "1-00000000"})

    assert current["Cache-Control"] == "public, max-age=31536000, immutable"
    assert other.status_code == 307
    assert other["Location"] == f"{LIST}?limit=5&cv={version}"
    assert client.get(LIST)["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("question", [f"cv={'0' * 201}", "cv=1-0&cv=1-1", "cv=%00"])
def test_a_version_written_wrongly_is_refused_also_where_an_answer_is_kept(
    client: Client, partner: PartnerPage, question: str
) -> None:
    client.get(LIST)

    assert client.get(f"{LIST}?{question}").status_code == 400


def test_order_of_parameters_makes_no_difference(client: Client, partner: PartnerPage) -> None:
    first = client.get(f"{LIST}?limit=5&view=full")
    second, sql = queries(client, f"{LIST}?view=full&limit=5")

    assert len(sql) == 1
    assert second.content == first.content
    local_store.clear()
    assert client.get(f"{LIST}?view=full&limit=5").content == first.content


def test_head_is_answered_from_a_kept_get_and_keeps_nothing_itself(client: Client, partner: PartnerPage) -> None:
    client.head(LIST)
    assert len(local_store) == 0

    whole = client.get(LIST)
    response = client.get(LIST)
    head = client.head(LIST)

    assert head.content == b""
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]
    assert response.content == whole.content


def test_hosts_and_schemes_do_not_share_answers(client: Client, partner: PartnerPage) -> None:
    etags = {
        client.get(LIST)["ETag"],
        client.get(LIST, headers={"host": "example.org"})["ETag"],
        client.get(LIST, secure=True)["ETag"],
    }

    assert len(etags) == 3


def test_the_api_takes_no_notice_of_cookies_and_languages(client: Client, partner: PartnerPage) -> None:
    first = client.get(LIST)
    client.force_login(User.objects.create_superuser("editor"))
    response, sql = queries(client, LIST, accept_language="en")

    assert response.content == first.content
    assert len(sql) == 1
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.parametrize("credentials", ["Basic eDp4", "Digest x", "Token x", "x"])
@pytest.mark.parametrize("has_middleware", [True, False])
def test_credentials_that_are_no_token_make_no_difference(
    client: Client, partner: PartnerPage, settings: Any, credentials: str, has_middleware: bool
) -> None:
    if not has_middleware:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != MIDDLEWARE]
    first = client.get(LIST)
    response, sql = queries(client, LIST, authorization=credentials)

    assert response.content == first.content
    assert dict(response.items()) == dict(first.items())
    assert len(sql) == 1


@pytest.mark.parametrize("path", ["/delivery/v1/partners?unknown=1", "/delivery/v1/nowhere"])
def test_errors_are_not_kept(client: Client, partner: PartnerPage, path: str) -> None:
    assert client.get(path).status_code in (400, 404)
    assert len(local_store) == 0


def test_an_answer_of_the_search_is_not_kept_but_confirmed_by_its_content(client: Client, partner: PartnerPage) -> None:
    response = client.get(LIST, {"q": "Länsstyrelsen"})

    assert response.status_code == 200
    assert len(local_store) == 0
    again = client.get(LIST, {"q": "Länsstyrelsen"}, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    with_version = client.get(LIST, {"q": "Länsstyrelsen", "cv": str(current_version())})
    assert "immutable" not in with_version["Cache-Control"]


def test_totals_and_facets_are_counted_once_for_all_pages_of_a_list(client: Client, partner: PartnerPage) -> None:
    PartnerPageFactory(title="Regionen")
    narrowed = f"{LIST}?organisation_type={partner.organisation_type}&facets=region,organisation_type"
    first, sql = queries(client, f"{narrowed}&limit=1")
    second, less_sql = queries(client, f"{narrowed}&limit=1&page=2&sort=-title&view=full")

    assert any("COUNT(" in query and "facet_name" in query for query in sql)
    # What is left counts the agreements of the partner that is shown.
    assert not any("COUNT(*)" in query or "facet_name" in query for query in less_sql)
    assert first.json()["_facets"] == second.json()["_facets"] != {}
    assert first.json()["_meta"]["total"] == second.json()["_meta"]["total"] == 2


def test_a_list_narrowed_down_otherwise_is_counted_by_itself(client: Client, partner: PartnerPage) -> None:
    PartnerPageFactory(title="Regionen", region="SE-C")

    def total(question: str) -> int:
        return int(client.get(f"{LIST}?{question}").json()["_meta"]["total"])

    questions = ("", "region=SE-C", "locale=en", "locale=en&fallback=source")
    assert [total(question) for question in questions] == [2, 1, 0, 2]
    assert total("region=SE-C&limit=1") == 1
    regions = [client.get(f"{LIST}?facets={names}").json()["_facets"] for names in ("region", "country", "region")]
    assert regions[0] == regions[2]
    assert list(regions[1]) == ["country"]


def test_an_edit_counts_anew(client: Client, partner: PartnerPage) -> None:
    question = f"{LIST}?facets=region"
    before = client.get(question).json()
    PartnerPageFactory(title="Regionen", region="SE-C")
    after = client.get(question).json()

    assert (before["_meta"]["total"], after["_meta"]["total"]) == (1, 2)
    assert after["_facets"] != before["_facets"]


def test_what_visitors_can_find_is_read_once_for_all_lists_and_an_edit_shows_in_them(
    client: Client, partner: PartnerPage
) -> None:
    address = partner.get_parent().get_url()

    def read(question: str) -> tuple[str, bool]:
        response, sql = queries(client, f"{address}?{question}")
        return response.content.decode(), any(
            "COUNT(*)" not in query and 'organisation_type"' in query for query in sql
        )

    _text, is_read = read("sort=title")
    assert is_read
    text, is_read = read("sort=-modified")
    assert "Länsstyrelsen" in text
    assert not is_read
    partner.title = "Regionen"
    partner.save_revision().publish()
    text, is_read = read("sort=-modified")
    assert "Regionen" in text
    assert "Länsstyrelsen" not in text
    assert is_read


def test_within_a_transaction_nothing_is_read_or_kept(client: Client, partner: PartnerPage) -> None:
    with transaction.atomic():
        partner.title = "Aldrig skriven"
        partner.save()
        assert "Aldrig skriven" in client.get(LIST).content.decode()
        transaction.set_rollback(True)

    assert len(local_store) == 0
    assert "Aldrig skriven" not in client.get(LIST).content.decode()


def test_an_edit_during_rendering_is_not_kept_under_the_old_number(
    client: Client, partner: PartnerPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wagtail_partnerships.cms.delivery import api  # the module, to replace a name in it

    titles = ["Under tiden"]
    original = api.json_response

    def edit_first(*args: Any, **kwargs: Any) -> Any:
        if titles:
            page = PartnerPage.objects.get(pk=partner.pk)
            page.title = titles.pop()
            page.save()
        return original(*args, **kwargs)

    monkeypatch.setattr(api, "json_response", edit_first)

    assert "Under tiden" in client.get(LIST).content.decode()
    assert client.get(LIST)["Content-Version"] == str(current_version())


def test_settings_and_days_do_not_share_answers(client: Client, partner: PartnerPage) -> None:
    etag = client.get(LIST)["ETag"]
    with override_settings(PARTNERSHIPS_EXPIRING_DAYS=7):
        assert client.get(LIST)["ETag"] != etag
    assert client.get(LIST)["ETag"] == etag
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)):
        assert client.get(LIST)["ETag"] != etag


def test_status_flips_at_local_midnight_and_the_feed_says_so(client: Client, committed_tree: SiteTree) -> None:
    # 22:30 and 23:30 UTC are 23:30 and 00:30 the next day in Stockholm, in winter.
    evening = datetime.datetime(2026, 11, 30, 22, 30, tzinfo=datetime.UTC)
    with time_machine.travel(evening + datetime.timedelta(days=1)):
        client.get(LIST)
        agreement = AgreementPageFactory(end_kind="date", end_date="2026-12-01", signed="2014")
        since = client.get(LIST)["Content-Version"]
        address = f"/delivery/v1/agreements/{agreement.translation_key}"
        assert client.get(address).json()["status"]["code"] == "active"
    with time_machine.travel(evening + datetime.timedelta(days=1, hours=1)):
        response = client.get(address)
        items = read_feed(committed_tree.site, since).items

    assert response.json()["status"]["code"] == "expired"
    assert [(item.action, item.id) for item in items] == [("upsert", str(agreement.translation_key))]


def test_a_visitors_page_is_kept_and_an_edit_shows_at_once(client: Client, partner: PartnerPage) -> None:
    address = partner.get_url()
    first = client.get(address)
    second, sql = queries(client, address)

    assert first.status_code == 200
    assert "ETag" in first
    assert len(sql) == 1
    assert second.content == first.content
    partner.title = "Ett annat namn"
    partner.save()
    assert "Ett annat namn" in client.get(address).content.decode()


def test_an_editor_gets_no_cached_page_and_leaves_none(client: Client, partner: PartnerPage) -> None:
    client.get(partner.get_url())
    kept = len(local_store)
    editor = Client()
    editor.force_login(User.objects.create_superuser("editor"))
    response, sql = queries(editor, partner.get_url())

    assert len(sql) > 1
    assert "ETag" not in response
    assert len(local_store) == kept


def test_a_preview_of_a_draft_reaches_nobody_else(client: Client, partner: PartnerPage) -> None:
    address = partner.get_url()
    client.get(address)
    partner.title = "Hemligt utkast"
    partner.make_preview_request(preview_mode="")

    assert "Hemligt utkast" not in client.get(address).content.decode()
    local_store.clear()
    partner.make_preview_request(preview_mode="")
    assert len(local_store) == 0
    assert "Hemligt utkast" not in client.get(address).content.decode()


@pytest.mark.parametrize("kind", ["login", "password"])
def test_a_page_made_private_is_shown_to_nobody_from_the_cache(client: Client, partner: PartnerPage, kind: str) -> None:
    address = partner.get_url()
    assert "Länsstyrelsen" in client.get(address).content.decode()
    PageViewRestriction.objects.create(page=partner.get_parent(), restriction_type=kind, password="x")

    assert "Länsstyrelsen" not in client.get(address, follow=True).content.decode()
    assert client.get(f"{LIST}/{partner.translation_key}").status_code in (404, 410)


def test_pages_are_not_kept_unless_a_setting_says_so(client: Client, partner: PartnerPage) -> None:
    with override_settings(PARTNERSHIPS_CACHE_PAGES=False):
        client.get(partner.get_url())

    assert len(local_store) == 0


def test_other_views_are_not_kept(client: Client, committed_tree: SiteTree) -> None:
    client.get("/admin/login/")
    client.get("/api/v2/pages/")

    assert len(local_store) == 0


def test_another_process_sees_sites_as_they_are(client: Client, partner: PartnerPage) -> None:
    client.get(partner.get_url())
    Site.get_site_root_paths()
    # As another process would: past this one's signals for the cache.
    site = Site.objects.get(is_default_site=True)
    stale = cache.get("wagtail_site_root_paths", version=2)
    site.hostname = "www.example.se"
    site.save()
    cache.set("wagtail_site_root_paths", stale, 3600, version=2)

    assert client.get(f"{LIST}/{partner.translation_key}").json()["url"].startswith("http://www.example.se/")


def test_entries_and_bytes_are_bounded(settings: Any) -> None:
    settings.PARTNERSHIPS_CACHE_ENTRIES = 3
    settings.PARTNERSHIPS_CACHE_BYTES = 10_000
    store = LocalStore()
    for number in range(5):
        store.set(str(number), Answer((), b"x"))
    assert [key for key in "01234" if store.get(key)] == ["2", "3", "4"]

    store.set("large", Answer((), b"x" * 8_900))
    assert store.bytes <= 10_000
    assert store.get("large") is not None
    assert len(store) == 2


def test_a_failed_write_is_undone_as_a_whole(client: Client, partner: PartnerPage, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.delivery.urls_that_fail"
    client.raise_request_exception = False
    before = current_version()

    assert client.post("/fail/").status_code == 500
    assert not Contact.objects.filter(name="Halv").exists()
    assert current_version() == before
    assert client.post("/refuse/").status_code == 403
    assert Contact.objects.filter(name="Noterad").exists()


def test_reads_open_no_transaction(client: Client, committed_tree: SiteTree, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.delivery.urls_that_fail"

    assert client.get("/atomic/").content == b"False"
    assert client.post("/atomic/").content == b"True"


def test_a_page_goes_compressed_to_whom_reads_that_and_plain_to_others(client: Client, partner: PartnerPage) -> None:
    path = partner.get_url()
    plain = client.get(path)
    packed = client.get(path, headers={"accept-encoding": "br, gzip"})
    again, sql = queries(client, path, **{"accept-encoding": "gzip;q=0.5"})

    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == again["Content-Encoding"] == "gzip"
    assert again.content == packed.content
    assert int(again["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert len(sql) == 1
    assert {name.strip() for name in plain["Vary"].split(",")} == {"Cookie", "Accept-Encoding"}
    for refused in ("gzip;q=0", "gzip; q=0.00, br", "identity", "x-gzipped"):
        assert client.get(path, headers={"accept-encoding": refused})["ETag"] == plain["ETag"], refused


@pytest.mark.parametrize("question", ["", "?q=lansstyrelsen", "?q=xyzzy"])
def test_the_search_is_compressed_and_confirmed_but_not_kept(
    client: Client, partner: PartnerPage, question: str
) -> None:
    path = f"/sv/sok/{question}"
    plain = client.get(path)
    packed = client.get(path, headers={"accept-encoding": "gzip"})
    again = client.get(path, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    editor = Client()
    editor.force_login(User.objects.create_superuser("editor"))

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert {name.strip() for name in packed["Vary"].split(",")} == {"Cookie", "Accept-Encoding"}
    assert packed["Cache-Control"] == "max-age=0, must-revalidate"
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"if-none-match": packed["ETag"]}).status_code == 200
    assert len(local_store) == 0
    assert "Content-Encoding" not in editor.get(path, headers={"accept-encoding": "gzip"})
    partner.title = "Länsstyrelsen i Västmanland"
    partner.save_revision().publish()
    changed = client.get(path, headers={"accept-encoding": "gzip"})
    assert (changed["ETag"] != packed["ETag"]) is ("lansstyrelsen" in question)


def test_the_sitemap_is_kept_and_the_same_for_readers_of_every_language(client: Client, partner: PartnerPage) -> None:
    swedish = client.get("/sitemap.xml", headers={"accept-language": "sv"})
    english, sql = queries(client, "/sitemap.xml", **{"accept-language": "en"})

    assert swedish["ETag"] == english["ETag"]
    assert swedish.content == english.content
    assert len(sql) == 1
    local_store.clear()
    assert client.get("/sitemap.xml", headers={"accept-language": "en"}).content == swedish.content


def test_a_copy_in_another_coding_is_not_confirmed(client: Client, partner: PartnerPage) -> None:
    path = partner.get_url()
    plain = client.get(path)["ETag"]
    packed = client.get(path, headers={"accept-encoding": "gzip"})["ETag"]

    def status(etag: str, coding: str) -> int:
        return client.get(path, headers={"if-none-match": etag, "accept-encoding": coding}).status_code

    assert plain != packed
    assert [status(plain, "identity"), status(packed, "gzip"), status(f"W/{packed}", "gzip")] == [304, 304, 304]
    assert [status(plain, "gzip"), status(packed, "identity")] == [200, 200]


def test_a_search_page_is_compressed_and_confirmed_as_well(client: Client, partner: PartnerPage) -> None:
    path = "/sv/partner/?q=lansstyrelsen"
    first = client.get(path, headers={"accept-encoding": "gzip"})
    second = client.get(path, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})

    assert first["Content-Encoding"] == "gzip"
    assert second.status_code == 304


class TestCompressedAnswers:
    """The API compresses what is long, once, and keeps that beside the plain answer."""

    GZIP: ClassVar[dict[str, str]] = {"accept-encoding": "gzip, br"}

    @pytest.fixture
    def address(self, partner: PartnerPage) -> str:
        """An answer that is long."""
        partner.introduction = "<p>Vi samverkar om länets utveckling.</p>" * 50
        partner.save_revision().publish()
        return f"{LIST}/{partner.translation_key}?fallback=source"

    def test_each_coding_is_kept_by_itself_and_compressed_once(
        self, client: Client, address: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        compressed: list[bytes] = []

        def compress(body: bytes, **options: Any) -> bytes:
            compressed.append(body)
            return original(body, **options)

        original = gzip.compress
        monkeypatch.setattr(gzip, "compress", compress)
        plain = client.get(address)
        packed = client.get(address, headers=self.GZIP)
        again, sql = queries(client, address, **self.GZIP)

        assert "Content-Encoding" not in plain
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
        assert again.content == packed.content
        assert dict(again.items()) == dict(packed.items())
        assert len(sql) == len(compressed) == 1
        assert plain["Vary"] == packed["Vary"] == "Accept-Encoding"
        assert plain["ETag"] != packed["ETag"]
        same = {"ETag", "Content-Encoding", "Content-Length"}
        assert {name: value for name, value in plain.items() if name not in same} == {
            name: value for name, value in packed.items() if name not in same
        }

    @pytest.mark.parametrize("coding", ["", "identity", "br", "gzip;q=0", "x-gzipped"])
    def test_who_reads_no_gzip_gets_none(self, client: Client, address: str, coding: str) -> None:
        client.get(address, headers=self.GZIP)

        assert "Content-Encoding" not in client.get(address, headers={"accept-encoding": coding})

    def test_a_short_answer_is_the_same_to_all(self, client: Client, partner: PartnerPage) -> None:
        address = "/delivery/v1/api-info"
        plain = client.get(address)
        for _rendered_and_kept in range(2):
            asked = client.get(address, headers=self.GZIP)
            assert asked.content == plain.content
            assert dict(asked.items()) == dict(plain.items())
        assert plain["Vary"] == "Accept-Encoding"
        assert len(plain.content) < 1400

    @pytest.mark.parametrize(("length", "coding"), [(1399, None), (1400, "gzip")])
    def test_an_answer_is_long_from_1400_bytes_on(
        self, client: Client, partner: PartnerPage, monkeypatch: pytest.MonkeyPatch, length: int, coding: str | None
    ) -> None:
        rest = len(client.get("/delivery/v1/api-info").content) - len(RELEASED)
        local_store.clear()
        cache.clear()
        monkeypatch.setattr("wagtail_partnerships.cms.delivery.site_endpoints.RELEASED", "x" * (length - rest))
        answer = client.get("/delivery/v1/api-info", headers=self.GZIP)

        assert answer.headers.get("Content-Encoding") == coding
        assert len(client.get("/delivery/v1/api-info").content) == length

    def test_a_copy_is_confirmed_in_its_own_coding(self, client: Client, address: str) -> None:
        plain = client.get(address)["ETag"]
        packed = client.get(address, headers=self.GZIP)["ETag"]
        local_store.clear()

        def confirmed(copies: str, coding: str) -> tuple[int, str]:
            answer = client.get(address, headers={"if-none-match": copies, "accept-encoding": coding})
            return answer.status_code, answer["ETag"]

        assert confirmed(packed, "gzip") == confirmed(f"W/{packed}", "gzip") == (304, packed)
        assert confirmed(f"{plain}, {packed}", "gzip") == (304, packed)
        # Whoever holds a plain copy can use that on; a compressed one is of no use to who can't read it.
        assert confirmed(plain, "gzip") == confirmed(plain, "identity") == (304, plain)
        assert confirmed(packed, "identity") == (200, plain)

    def test_head_tells_of_the_compressed_answer(self, client: Client, address: str) -> None:
        first = client.head(address, headers=self.GZIP)
        whole = client.get(address, headers=self.GZIP)

        assert dict(first.items()) == dict(client.head(address, headers=self.GZIP).items()) == dict(whole.items())
        assert first["Content-Encoding"] == "gzip"

    def test_a_search_is_compressed_and_confirmed_as_well(self, client: Client, address: str) -> None:
        address = f"{LIST}?q=lansstyrelsen&view=full"
        plain, packed = client.get(address), client.get(address, headers=self.GZIP)

        assert gzip.decompress(packed.content) == plain.content
        assert packed["ETag"] != plain["ETag"]
        assert client.get(address, headers={**self.GZIP, "if-none-match": packed["ETag"]}).status_code == 304

    def test_what_bears_a_token_is_not_compressed(self, client: Client, address: str) -> None:
        code = issue_code(PartnerPage.objects.get(), "partner", User.objects.create_superuser("editor"))
        given = client.post("/delivery/v1/preview-tokens", {"code": code}, content_type="application/json").json()
        token = given["token"]
        answer = client.get(address, headers={**self.GZIP, "authorization": f"Bearer {token}"})

        assert answer.status_code == 200
        assert len(answer.content) > 1400
        assert "Content-Encoding" not in answer

    def test_a_version_that_a_client_expects_is_compressed_as_well(self, client: Client, address: str) -> None:
        answer = client.get(f"{address}&cv={current_version()}", headers=self.GZIP)

        assert answer["Content-Encoding"] == "gzip"
        assert answer["Cache-Control"].endswith("immutable")
        assert client.get(f"{address}&cv=1-0", headers=self.GZIP).status_code == 307

    def test_without_the_middleware_it_is_the_same(self, client: Client, address: str, settings: Any) -> None:
        with_it = client.get(address, headers=self.GZIP)
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != MIDDLEWARE]

        without = client.get(address, headers=self.GZIP)
        assert without.content == with_it.content
        assert without["ETag"] == with_it["ETag"]
