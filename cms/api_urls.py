"""The APIs' addresses without any language prefix: see ``edge``."""

from django.urls import path

from .content_apis import api_v3, router_v2

urlpatterns = [
    path("api/v2/", router_v2.urls),
    path("api/v3/", api_v3.urls),
]
