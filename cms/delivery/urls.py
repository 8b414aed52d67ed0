"""The delivery API's addresses; a host mounts them with ``path("delivery/v1/", include(...))``."""

from django.urls import path, re_path

from .answers import versioned
from .api import api
from .faults import left_to_api
from .previews.endpoint import URL_NAME as EXCHANGE
from .views import READ, WRITE, serve_image, show_docs, show_openapi, unknown_path, with_methods

app_name = "partnerships_delivery"
#: Of these addresses alone: see ``faults``.
handler500 = "wagtail_partnerships.cms.delivery.faults.answer_fault"

_operations, *_ = api.urls
for _pattern in _operations:
    _pattern.callback = versioned(with_methods(_pattern.callback, WRITE if _pattern.name == EXCHANGE else READ))

urlpatterns = [
    path("openapi", versioned(with_methods(show_openapi)), name="openapi"),
    path("openapi.json", versioned(with_methods(show_openapi)), name="openapi_json"),
    path("docs", versioned(with_methods(show_docs)), name="docs"),
    # Images are made when they are first asked for, so this address is no part of what is cached.
    re_path(r"^images/([^/]*)/(\d+)/([^/]*)/([^/]*)$", with_methods(serve_image), name="image"),
    *[pattern for pattern in _operations if pattern.name != "api-root"],
    re_path(r"", with_methods(unknown_path)),
]
for _pattern in urlpatterns:
    _pattern.callback = left_to_api(_pattern.callback)
