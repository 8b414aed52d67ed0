from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page
from wagtail.url_routing import RouteResult

from .agreements import AgreementPage
from .content import ContentPage
from .partners import PartnerPage


class HomePage(ContentPage):
    """The site's first page, one per language."""

    page_description = _("The first page of the site, with partners and agreements below it.")
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, "introduction", "content"]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Go straight to a partner or an agreement, past the index page between, which is always one of ours."""
        if len(path_components) == 2:
            url_path = f"{self.url_path}{'/'.join(path_components)}/"
            # By the slug, which has an index, unlike the path.
            found = Page.objects.filter(
                slug=path_components[1], url_path=url_path, depth=self.depth + 2, live=True
            ).first()
            if found is not None and found.specific_class in (PartnerPage, AgreementPage):
                return RouteResult(found.specific)
        result: RouteResult = super().route(request, path_components)
        return result

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
