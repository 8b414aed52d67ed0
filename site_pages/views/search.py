"""The search over partners, agreements and strategies."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.coreutils import get_content_languages

from ...snippets.languages import in_language
from ..addresses import address_of
from ..models import AgreementIndexPage, PartnerIndexPage
from ..presentation import view_context
from ..reader import Reader
from ..text_search import TextSearch
from ..visibility import published

#: How many hits of each kind are shown; the lists of partners and agreements show the rest.
SHOWN = 20


def _whole_list(reader: Reader, index: type[PartnerIndexPage | AgreementIndexPage], question: str) -> str:
    """Return the address of the list that shows all hits of a kind; empty if the site has no such list."""
    rows = published(index.objects.all(), reader.site).select_related("locale").order_by("path")
    page = next(iter(in_language(rows, reader.locale.pk).values()), None)
    path = reader.path(page) if page else None
    return f"{path}?{urlencode({'q': question})}" if path else ""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=`` with partners, agreements and strategies; without a question, with the form alone."""
    paths = {code: path for code in get_content_languages() if (path := address_of("search", code))}
    context = view_context(request, _("Search"), paths=paths, is_indexed=False)
    found = TextSearch(context["catalogue"], request.GET.get("q", ""))
    if found.question:
        context["frame"].question = urlencode({"q": found.question})
    partners, agreements, strategies = found.partners(), found.agreements(), found.strategies()
    context |= {
        "question": found.question,
        "total": len(partners) + len(agreements) + len(strategies),
        "partners": partners[:SHOWN],
        "partners_total": len(partners),
        "agreements": agreements[:SHOWN],
        "agreements_total": len(agreements),
        "strategies": strategies[:SHOWN],
        "strategies_total": len(strategies),
    }
    reader = context["reader"]
    if len(partners) > SHOWN:
        context["all_partners_path"] = _whole_list(reader, PartnerIndexPage, found.question)
    if len(agreements) > SHOWN:
        context["all_agreements_path"] = _whole_list(reader, AgreementIndexPage, found.question)
    return TemplateResponse(request, "partnerships_pages/search.html", context)
