"""Addresses beside Wagtail's pages that exist once per language: see ``urls``."""

from django.urls import path, re_path

from .views import machines, search, strategies

urlpatterns = [
    path("search/", search.search, name="partnerships_search"),
    path("strategies/", strategies.strategy_list, name="partnerships_strategies"),
    re_path(
        r"^strategies/(?P<slug>[-\w]+)-(?P<key>[0-9a-f]{12})/$",
        strategies.strategy_detail,
        name="partnerships_strategy",
    ),
    path("agreements.atom", machines.AgreementFeed(), name="partnerships_feed"),
]
