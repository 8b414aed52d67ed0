"""What every page type of ours has: an introduction and content in blocks."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from ...snippets.previews import FrontEndPreview
from ...snippets.synchronisation import FollowsSource
from ..addresses import free_slug
from ..blocks import ContentBlock
from ..blocks.block_ids import with_ids
from ..forms import ContentPageForm
from ..link_texts import check_link_texts


class ContentField(StreamField):
    """A StreamField whose migrations do not spell out its blocks.

    A block is content, not schema: new blocks, ours or those that a host adds by ``PARTNERSHIPS_EXTRA_BLOCKS``,
    ask for no migration.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Give every block an id before it is stored or serialised, as `block_ids` tells why."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, StreamValue):
            raw = self.stream_block.get_prep_value(value)
            complete = with_ids(self.stream_block, raw)
            if complete != raw:
                value = self.to_python(complete)
                setattr(model_instance, self.attname, value)
        return value


#: What an introduction may hold: emphasis and links, no headings and no images.
INTRODUCTION_FEATURES = ["bold", "italic", "link", "document-link"]


class ContentPage(FollowsSource, FrontEndPreview, Page):
    """A page that an editor writes: abstract, the parent of every page type here and of a host's own."""

    # Hosts have page types of the same names; Wagtail's own reverse accessor (``page.homepage``) would clash.
    page_ptr = models.OneToOneField(
        Page, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="partnerships_%(class)s"
    )
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=INTRODUCTION_FEATURES,
        help_text=_("The first thing that a reader sees, under the heading. Two to five sentences."),
    )
    content = ContentField(
        ContentBlock(),
        verbose_name=_("content"),
        blank=True,
        help_text=_("What follows: sections, lists, quotes, links."),
    )

    base_form_class = ContentPageForm

    #: What programs call a page of this kind, in rich text and in the API.
    resource = "page"

    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("content"),
        index.FilterField("translation_key"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        # In the form an editor is told; a copy or a translation takes the next slug, as beside a page of the same one.
        self.slug: str = free_slug(self.slug, self.get_parent(), self)
        super().clean()
        try:
            check_link_texts(self.introduction)
        except ValidationError as error:
            raise ValidationError({"introduction": error}) from error

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return what Wagtail returns, the restrictions on this page and above it, by one query instead of two."""
        above = [self.path[:length] for length in range(self.steplen, len(self.path) + 1, self.steplen)]
        # An alias is as restricted as the page that it mirrors.
        pages = Page.objects.filter(path__in=above).order_by().values(original=Coalesce("alias_of_id", "id"))
        restrictions: models.QuerySet[PageViewRestriction] = PageViewRestriction.objects.filter(page_id__in=pages)
        return restrictions

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the page's template shows: see ``presentation``."""
        from ..presentation import page_context  # it reads pages, which these models are

        return {**super().get_context(request, *args, **kwargs), **page_context(self, request)}
