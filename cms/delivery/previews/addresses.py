"""Where the admin's preview button leads: the front end's address, with a one-time code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest

from wagtail.models import Page, Site

from ..resources import resource_of
from .codes import issue_code

#: The key of the address that holds wherever no other is set.
ANYWHERE = "*"


def preview_urls() -> Mapping[str, str]:
    """The front ends' addresses: by ``host/kind``, host, kind of document, or ``*``; one text alone is for all."""
    urls: str | Mapping[str, str] = getattr(settings, "PARTNERSHIPS_PREVIEW_URLS", None) or {}
    return {ANYWHERE: urls} if isinstance(urls, str) else urls


def preview_url(resource: str, hostname: str) -> str | None:
    """The address that shows drafts of a kind of document of a site; None if no front end does."""
    urls = preview_urls()
    keys = (f"{hostname}/{resource}", hostname, resource, ANYWHERE)
    return next((urls[key] for key in keys if urls.get(key)), None)


def preview_address(row: Any, request: HttpRequest) -> str | None:
    """The address at which the front end shows a row as the editor has typed it; None leaves it to Wagtail.

    The code in it is good for one minute and one exchange.
    """
    user = getattr(request, "user", None)
    resource = resource_of(type(row))
    if resource is None or user is None or not user.is_authenticated:
        return None
    site = (row.get_site() if isinstance(row, Page) else None) or Site.find_for_request(request)
    url = preview_url(resource.name, site.hostname if site else "")
    if url is None:
        return None
    query = {
        "code": issue_code(row, resource.name, user),
        "resource": resource.plural,
        "id": str(row.translation_key),
        "locale": row.locale.language_code,
    }
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query="&".join(filter(None, [parts.query, urlencode(query)]))))
