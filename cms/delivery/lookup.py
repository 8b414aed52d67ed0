"""What a reader of a path gets: found as the site finds its answer, in the same order."""

from __future__ import annotations

from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation
from django.utils.encoding import escape_uri_path, iri_to_uri, uri_to_iri

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from ...site_pages.addresses import address_of, keys_between, language_of, strategy_path
from ...site_pages.visibility import open_pages, published
from ...snippets.languages import in_language
from .kinds import STRATEGY
from .problems import BadParameterError, NotFoundError
from .rendering.context import Context
from .schemas import site as shapes

Outcome: TypeAlias = shapes.DocumentOutcome | shapes.RedirectOutcome

PAGE_VIEW = "wagtail_serve"
STRATEGY_VIEW = "partnerships_strategy"
#: The views of ours that answer every reader, with what is no document of the API.
NO_DOCUMENTS = frozenset(
    f"partnerships_{name}" for name in ("search", "strategies", "feed", "sitemap", "robots", "theme")
)
#: How many links one after the other are followed to see where they lead; a browser gives up on a circle, too.
MOST_LINKS = 10


class _NothingPublicError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("Nothing public stands at this path.")


def look_up(context: Context, address: str) -> Outcome:
    """Tell what a reader of an address gets: a path as it stands in a browser, with or without a query.

    Raises BadParameterError for what is no path of the site, NotFoundError if the reader gets nothing that the API
    has a document for.
    """
    if not address.startswith("/"):
        raise BadParameterError("path", "Begin it with a slash.")
    address, _hash, _fragment = address.partition("#")
    path, _mark, query = address.partition("?")
    # A server takes a path percent-encoded or not.
    outcome = _outcome(context, unquote(path), query)
    if outcome is None:
        raise _NothingPublicError
    return outcome


def _outcome(context: Context, path: str, query: str, *, links: int = 0) -> Outcome | None:
    """What stands at a path, to which so many links by editors have led.

    The site's views come first; where they answer 404, editors' redirects; then what the path lacks.
    """
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        match = _match(path)
        return (
            (_view(context, path, query, match) if match else None)
            or _redirect_by_editor(context, path, query, links)
            or _redirect_to_whole_path(context, path, query, links, is_view=match is not None)
        )


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _view(context: Context, path: str, query: str, match: ResolverMatch) -> Outcome | None:
    """What a view answers; None if it may answer 404. Raises NotFoundError if it answers with no public document."""
    if match.url_name in NO_DOCUMENTS:
        raise _NothingPublicError
    if match.url_name == PAGE_VIEW:
        return _page(context, *match.args, **match.kwargs)
    if match.url_name == STRATEGY_VIEW:
        return _strategy(context, path, query, **match.kwargs)
    return None


def _page(context: Context, path: str) -> Outcome | None:
    """The page at a path below the first one; for an alias, the page that it is an alias of."""
    home = context.scope.site.root_page.localized
    below = "".join(f"{slug}/" for slug in path.split("/") if slug)
    page = Page.objects.filter(url_path=f"{home.url_path}{below}", live=True).first()
    if page is None:
        return None
    shown = published(Page.objects.filter(pk=page.alias_of_id or page.pk), context.scope.site).first()
    if shown is None or not _is_open(page):
        raise _NothingPublicError
    return {"outcome": "document", "document": context.ref(shown)}


def _is_open(page: Page) -> bool:
    """Tell whether anyone may read a page at its own address; an alias is as closed as what it mirrors."""
    keys = {page.pk, page.alias_of_id or page.pk}
    return Page.objects.filter(open_pages(), pk__in=keys).count() == len(keys)


def _strategy(context: Context, path: str, query: str, slug: str, key: str) -> Outcome | None:
    """A strategy at its own path; its key under other words, or in a language that it lacks, leads there."""
    rows = list(STRATEGY.public(context.scope.site).filter(translation_key__range=keys_between(key)))
    if not rows:
        return None
    language = language_of(path, "strategy", slug=slug, key=key)
    if language is None:
        worded = address_of("strategy", translation.get_language(), slug=slug, key=key)
        return _sent(context.absolute(_with(worded, query)), is_permanent=True) if worded else None
    with translation.override(language):
        strategy = next(iter(in_language(rows, Locale.get_active().pk).values()))
    ref = context.ref(strategy)
    own_path = strategy_path(strategy)
    if own_path and unquote(own_path) != path:
        return _sent(context.absolute(own_path), is_permanent=False)
    return {"outcome": "document", "document": ref}


def _redirect_by_editor(context: Context, path: str, query: str, links: int) -> Outcome | None:
    """Where an editor's redirect leads, looked for as Wagtail's middleware does.

    Raises NotFoundError for one to a page that is not public, or to where this site has nothing.
    """
    asked = Redirect.normalise_path(_written(path, query), decode_unicode=False)
    spellings = [form for spelling in (asked, urlsplit(asked).path) for form in (uri_to_iri(spelling), spelling)]
    rows = Redirect.get_for_site(context.scope.site).filter(old_path__in=spellings).select_related("redirect_page")
    # A redirect of this site goes before one of all sites.
    found = min(rows, key=lambda row: (spellings.index(row.old_path), row.site_id is None, row.pk), default=None)
    if found is None or not found.link:
        return None
    if found.redirect_page and not _is_open(found.redirect_page):
        raise _NothingPublicError
    if not found.redirect_page and not _has_something(context, found.link, links + 1):
        raise _NothingPublicError
    return _sent(context.absolute(found.link), is_permanent=found.is_permanent)


def _has_something(context: Context, link: str, links: int) -> bool:
    """Tell whether a link leads to something; other hosts, files and views of no pages are not looked at."""
    try:
        target = urlsplit(context.absolute(link))
    except ValueError:
        return False
    if target.netloc != urlsplit(context.root_url).netloc or target.path.startswith(_files()):
        return True
    target_path = unquote(target.path) or "/"
    match = _match(target_path)
    if match and match.url_name not in (PAGE_VIEW, STRATEGY_VIEW):
        return True
    try:
        return links < MOST_LINKS and _outcome(context, target_path, target.query, links=links) is not None
    except NotFoundError:
        return False


def _files() -> tuple[str, ...]:
    """The paths below which files are served, by whatever serves them."""
    return tuple(urlsplit(url).path for url in (settings.MEDIA_URL, settings.STATIC_URL) if len(url) > 1)


def _redirect_to_whole_path(context: Context, path: str, query: str, links: int, *, is_view: bool) -> Outcome | None:
    """The path with the slash or the language that it lacks, if something public stands there."""
    lacks_slash = settings.APPEND_SLASH and not path.endswith("/")
    candidates = [(f"{path}/", True)] if lacks_slash and not is_view else []
    has_prefixes, has_default_prefix = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    if has_prefixes and has_default_prefix and not translation.get_language_from_path(path):
        prefixed = f"/{translation.get_language()}{path}"
        candidates += [(prefixed, False), *([(f"{prefixed}/", False)] if lacks_slash else [])]
    for whole, is_permanent in candidates:
        if _match(whole):
            leads_on = _outcome(context, whole, query, links=links) is not None
            # Not joined as an address is: a path that begins with two slashes is not the name of a host.
            return _sent(context.root_url + _written(whole, query), is_permanent=is_permanent) if leads_on else None
    return None


def _written(path: str, query: str) -> str:
    """Write a path and a query as they stand in an address."""
    return _with(escape_uri_path(path), query)


def _with(address: str, query: str) -> str:
    return f"{address}?{iri_to_uri(query)}" if query else address


def _sent(location: str, *, is_permanent: bool) -> Outcome:
    return {"outcome": "redirect", "location": iri_to_uri(location), "is_permanent": is_permanent}
