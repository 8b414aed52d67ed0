"""Addresses beside Wagtail's pages that exist once per language, each in its language's words: see ``urls``."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from .addresses import in_all_languages
from .views import machines, search, strategies
from .views.words import View, by_another_languages_word


def _worded(word: Promise, rest: str, view: View, name: str) -> list[URLPattern]:
    """Mount a view below a word of the active language, and below those of the other languages, which lead there."""
    others = "|".join(in_all_languages(word))
    return [
        re_path(format_lazy("^{word}/{rest}$", word=word, rest=rest), view, name=f"partnerships_{name}"),
        # Of the same name, since it is the same address: reverse() never chooses one with alternatives.
        re_path(f"^(?:{others})/{rest}$", by_another_languages_word(view, name), name=f"partnerships_{name}"),
    ]


_SEARCH = pgettext_lazy("address", "search")
_STRATEGIES = pgettext_lazy("address", "strategies")

urlpatterns = [
    *_worded(_SEARCH, "", search.search, "search"),
    *_worded(_STRATEGIES, "", strategies.strategy_list, "strategies"),
    *_worded(_STRATEGIES, r"(?P<slug>[-\w]+)-(?P<key>[0-9a-f]{12})/", strategies.strategy_detail, "strategy"),
    path("agreements.atom", machines.AgreementFeed(), name="partnerships_feed"),
]
