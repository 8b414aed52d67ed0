"""Serves images from MEDIA_ROOT where no reverse proxy or object store does.

Only what is public by nature goes out this way. Documents live below the same folder and may be private: they are
answered by Wagtail's document view alone, which asks for their collection's permission.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.views.decorators.http import require_safe
from django.views.static import serve

PUBLIC_FOLDERS = ("images", "avatar_images")
MAX_AGE_SECONDS = 3600


@require_safe
def serve_image(request: HttpRequest, folder: str, path: str) -> HttpResponseBase:
    """Answer a file of one of the public folders. Raises Http404, or SuspiciousFileOperation (400) outside of it."""
    response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT, folder)))
    response["Cache-Control"] = f"public, max-age={MAX_AGE_SECONDS}"
    # An uploaded SVG can hold a script, which would run with this site's cookies if someone opened the file by itself.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def media_urlpatterns() -> list[URLPattern]:
    """The pattern for MEDIA_URL, or nothing if SERVE_MEDIA is off or files live on another host."""
    prefix = settings.MEDIA_URL.lstrip("/")
    if not settings.SERVE_MEDIA or "://" in prefix:
        return []
    return [re_path(rf"^{prefix}(?P<folder>{'|'.join(PUBLIC_FOLDERS)})/(?P<path>.+)$", serve_image)]
