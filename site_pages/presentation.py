"""What the template of each page type is given. Templates only show it: nothing there asks the database."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.text import Truncator

from wagtail.models import Locale, Site

from . import pictures, structured_data
from .catalogue import Catalogue
from .frame import Frame
from .listings import AgreementListing, PartnerListing
from .models import AgreementIndexPage, AgreementPage, HomePage, PartnerIndexPage, PartnerPage
from .models.content import ContentPage
from .reader import Reader, all_locales
from .rich_text import RichTextContents
from .standing import standing
from .timeline import Timeline
from .visibility import root_paths

#: How many of the latest agreements the first page shows.
LATEST = 5
_DESCRIPTION_LENGTH = 160


def page_context(page: ContentPage, request: HttpRequest) -> dict[str, Any]:
    """Read a page for a visitor who reads it in its own language."""
    reader = _reader(request, page.locale_id)
    page.locale = reader.locale
    with translation.override(page.locale.language_code):
        if isinstance(page, PartnerPage):
            return _partner_context(page, reader, request)
        if isinstance(page, AgreementPage):
            return _agreement_context(page, reader, request)
        return _list_context(page, reader, request)


def common_context(reader: Reader, frame: Frame) -> dict[str, Any]:
    """Return what the base template and every block template rely on."""
    return {
        "reader": reader,
        "catalogue": catalogue_for(frame.request, reader),
        "frame": frame,
        "language": reader.locale.language_code,
        "heading_level": 2,
    }


def catalogue_for(request: HttpRequest, reader: Reader) -> Catalogue:
    """Return what a reader can find; all who read in the same language share it for as long as the version stands."""
    key = ("catalogue", reader.site and reader.site.pk, reader.locale.pk)
    return standing(request, key, lambda: Catalogue(reader))


def view_context(
    request: HttpRequest, title: str, *, paths: dict[str, str] | None = None, **frame_fields: Any
) -> dict[str, Any]:
    """Return the context of an answer that is no Wagtail page, in the active language."""
    locale = Locale.get_active()
    reader = _reader(request, locale.pk)
    return common_context(reader, Frame(request, locale, title, paths=paths or {}, **frame_fields))


def _reader(request: HttpRequest, locale_id: int) -> Reader:
    locales = standing(request, "locales", all_locales)
    site = Site.find_for_request(request)
    if site is not None:
        site.public_root_paths = standing(request, ("roots", site.pk), lambda: root_paths(site))
    return Reader(locales[locale_id], site=site, locales=locales)


def _partner_context(page: PartnerPage, reader: Reader, request: HttpRequest) -> dict[str, Any]:
    [contents] = reader.read_partners([page])
    frame = _frame(page, request, contents.introduction)
    agreements = contents.agreements
    pictures.prefetch_renditions(
        [
            page.logo,
            frame.logo_image,
            *pictures.images_in([contents.content, *(agreement.content for agreement in agreements)]),
            *(contact.photo for contact in contents.contacts),
            *(entry.contact.photo for agreement in agreements for entry in agreement.contacts),
        ]
    )
    everyone = [*contents.contacts, *(contact for agreement in agreements for contact in agreement.own_contacts)]
    frame.structured_data = [
        structured_data.partner(contents, frame),
        structured_data.breadcrumb_list(frame),
        *filter(None, [structured_data.contact_points(list(dict.fromkeys(everyone)), frame)]),
    ]
    return {**common_context(reader, frame), "contents": contents}


def _agreement_context(page: AgreementPage, reader: Reader, request: HttpRequest) -> dict[str, Any]:
    [contents] = reader.read_agreements([page])
    frame = _frame(page, request, RichTextContents(text=page.purpose))
    pictures.prefetch_renditions(
        [
            frame.logo_image,
            *pictures.images_in([contents.content]),
            *(entry.contact.photo for entry in contents.contacts),
        ]
    )
    frame.structured_data = [
        structured_data.agreement(contents, frame),
        structured_data.breadcrumb_list(frame),
        *filter(None, [structured_data.contact_points([entry.contact for entry in contents.contacts], frame)]),
    ]
    return {**common_context(reader, frame), "contents": contents}


def _list_context(page: ContentPage, reader: Reader, request: HttpRequest) -> dict[str, Any]:
    [contents] = reader.read_pages([page])
    frame = _frame(page, request, contents.introduction)
    pictures.prefetch_renditions([frame.logo_image, *pictures.images_in([contents.content])])
    context = {**common_context(reader, frame), "contents": contents}
    catalogue: Catalogue = context["catalogue"]
    frame.structured_data = [structured_data.breadcrumb_list(frame)]
    if isinstance(page, PartnerIndexPage):
        context["listing"] = PartnerListing(catalogue, request.GET)
    elif isinstance(page, AgreementIndexPage):
        listing = AgreementListing(catalogue, request.GET)
        context["listing"] = listing
        if listing.is_timeline:
            context["timeline"] = Timeline(listing.entries, reader.day)
    elif isinstance(page, HomePage):
        frame.structured_data = [structured_data.own_organisation(frame)]
        changed = sorted(
            (entry for entry in catalogue.agreements if entry.page.last_published_at),
            key=lambda entry: entry.page.last_published_at,
            reverse=True,
        )
        context["latest_agreements"] = changed[:LATEST]
    if listing_state := context.get("listing"):
        frame.is_indexed = not listing_state.question
    return context


def _frame(page: ContentPage, request: HttpRequest, introduction: RichTextContents) -> Frame:
    description = page.search_description or Truncator(" ".join(introduction.text.split())).chars(_DESCRIPTION_LENGTH)
    return Frame(request, page.locale, page.title, page=page, description=description)
