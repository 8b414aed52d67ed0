"""The pages of strategies: what each wants, and who works towards it with us."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.coreutils import get_content_languages

from ...snippets.languages import in_language
from ...snippets.models import Strategy
from ..addresses import address_of, keys_between, strategy_path
from ..catalogue import Catalogue
from ..frame import Crumb
from ..presentation import view_context
from ..visibility import open_documents, used_snippets


@require_safe
def strategy_list(request: HttpRequest) -> HttpResponse:
    """List the strategies that public partners and agreements work towards."""
    paths = {code: path for code in get_content_languages() if (path := address_of("strategies", code))}
    context = view_context(
        request,
        _("Strategies"),
        paths=paths,
        description=_("The strategies that our partnerships work towards."),
    )
    return TemplateResponse(request, "partnerships_pages/strategy_list.html", context)


@require_safe
def strategy_detail(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show one strategy with its partners and agreements; an outdated address leads to the current one."""
    context = view_context(request, "")
    reader, frame = context["reader"], context["frame"]
    candidates = Strategy.objects.filter(translation_key__range=keys_between(key)).select_related("locale", "document")
    rows = list(used_snippets(candidates, reader.site))
    if not rows:
        raise Http404("no such public strategy")
    strategy = next(iter(in_language(rows, reader.locale.pk).values()))
    path = strategy_path(strategy)
    if path and path != request.path:
        return redirect(path)

    catalogue: Catalogue = context["catalogue"]
    frame.title = strategy.name
    frame.description = strategy.summary
    frame.paths = {
        row.locale.language_code: strategy_path(row) for row in rows if row.translation_key == strategy.translation_key
    }
    if frame.strategies_path:
        frame.trail = [Crumb(_("Strategies"), frame.strategies_path, frame.language)]
    in_group = strategy.translation_key
    document = open_documents().filter(pk=strategy.document_id).first() if strategy.document_id else None
    context |= {
        "strategy": strategy,
        "document": document,
        "partners": [entry for entry in catalogue.partners if in_group in entry.strategy_keys],
        "agreements": [entry for entry in catalogue.agreements if in_group in entry.strategy_keys],
    }
    return TemplateResponse(request, "partnerships_pages/strategy.html", context)
