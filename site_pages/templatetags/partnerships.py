"""How templates speak: languages, dates, links and pictures. Nothing here asks the database."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils import timezone, translation
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText

from ...snippets.languages import source_language
from ...snippets.models import Contact, Strategy
from ...snippets.partial_dates import PartialDate
from ...snippets.phones import Phone
from .. import pictures, structured_data
from ..addresses import strategy_path as path_of_strategy
from ..agreement_types import AgreementType
from ..blocks.text import ListPreset
from ..catalogue import AgreementEntry, PartnerEntry
from ..contents import AgreementContents
from ..language_names import names_of
from ..models import AgreementPage, PartnerPage
from ..status import AgreementStatus, ending_of

register = template.Library()

_KINDS = {"content": pictures.CONTENT, "portrait": pictures.PORTRAIT, "logo": pictures.LOGO}


# Languages


def _language_of(row: Any) -> str:
    if isinstance(row, str):
        return row
    if isinstance(row, AbstractDocument):
        # Wagtail's documents know no language: editors name them in the one that they write first.
        return str(getattr(row, "language", "") or source_language())
    return str(row.locale.language_code)


def _around(context: Context) -> str:
    """The language of what surrounds this place in the page."""
    return str(context.get("language") or get_language() or settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def lang(context: Context, row: Any) -> SafeString:
    """Return ``lang="sv"`` for a row, or a language code, that is not in the language around it."""
    language = _language_of(row) if row else ""
    if not language or language == _around(context):
        return mark_safe("")
    return format_html(' lang="{}"', language)


@register.simple_tag(takes_context=True)
def hreflang(context: Context, row: Any, is_title: bool = True) -> SafeString:
    """Return ``lang`` and ``hreflang`` for a link whose target is not in the language around it.

    Without ``is_title`` its text is no title of the target, and so stands in the language around it.
    """
    language = _language_of(row)
    if language == _around(context):
        return mark_safe("")
    return format_html(' lang="{0}" hreflang="{0}"' if is_title else ' hreflang="{0}"', language)


@register.simple_tag(takes_context=True)
def language_note(context: Context, row: Any) -> SafeString:
    """Tell the reader, in their language, that what stands beside is in another one."""
    language = _language_of(row)
    if language == _around(context):
        return mark_safe("")
    name = names_of(language).translated
    return format_html('<span class="language-note">{}</span>', _("In %(language)s") % {"language": _in_text(name)})


def _in_text(language_name: str) -> str:
    """Languages are written with a capital in English and without one in most languages, Swedish among them."""
    return language_name if (get_language() or "").startswith(("en", "de")) else language_name.lower()


class InLanguageNode(template.Node):
    """Renders its content in the language of a row, in an element that says so if it is another one."""

    def __init__(self, row: FilterExpression, nodelist: NodeList, *, is_bare: bool) -> None:
        self.row = row
        self.nodelist = nodelist
        self.is_bare = is_bare

    def render(self, context: Context) -> SafeString:
        row = self.row.resolve(context)
        language = _language_of(row) if row else _around(context)
        is_marked = not self.is_bare and language != _around(context)
        with context.push(language=language), translation.override(language):
            content = self.nodelist.render(context)
        return format_html('<div lang="{}">{}</div>', language, content) if is_marked else content


@register.tag
def inlanguage(parser: Parser, token: Token) -> InLanguageNode:
    """``{% inlanguage row %} … {% endinlanguage %}``: words of the design, too, come in the row's language.

    With ``bare`` after the row, no element is added: for use within one that bears the language itself.
    """
    bits = token.split_contents()
    if len(bits) not in {2, 3} or bits[2:] not in ([], ["bare"]):
        raise template.TemplateSyntaxError("inlanguage takes a row or a language code, and perhaps “bare”")
    nodelist = parser.parse(("endinlanguage",))
    parser.delete_first_token()
    return InLanguageNode(parser.compile_filter(bits[1]), nodelist, is_bare=len(bits) == 3)


# Dates


@register.filter
def partial_date(value: PartialDate | None) -> SafeString:
    """Render a partial date as ``<time>``, in words."""
    if not value:
        return mark_safe("")
    return format_html('<time datetime="{}">{}</time>', value.value, value.display)


@register.filter
def day(value: Any) -> SafeString:
    """Render a moment as the local day it fell on."""
    if not value:
        return mark_safe("")
    return partial_date(PartialDate(timezone.localtime(value).date().isoformat()))


@register.filter
def period(agreement: AgreementPage) -> SafeString:
    """Render when an agreement holds, in one phrase; empty if nothing tells."""
    start = agreement.valid_from or agreement.since
    end = ending_of(agreement)
    is_open = end is None and agreement.end_kind == AgreementPage.EndKind.UNTIL_FURTHER_NOTICE
    if start and end:
        pattern = "{start} – {end}"
    elif start and is_open:
        pattern = _("From {start} until further notice")
    elif start:
        pattern = _("Since {start}")
    elif agreement.signed and end:
        pattern = _("Signed {signed}, until {end}")
    elif agreement.signed and is_open:
        pattern = _("Signed {signed}, until further notice")
    elif agreement.signed:
        pattern = _("Signed {signed}")
    elif end:
        pattern = _("Until {end}")
    else:
        return mark_safe("") if not is_open else format_html("{}", _("Until further notice"))
    return format_html(pattern, start=partial_date(start), end=partial_date(end), signed=partial_date(agreement.signed))


@register.filter
def span(strategy: Strategy) -> SafeString:
    """Render the years that a strategy covers."""
    if strategy.valid_from and strategy.valid_to:
        return format_html("{}–{}", partial_date(strategy.valid_from), partial_date(strategy.valid_to))
    if strategy.valid_from:
        return format_html(_("From {start}"), start=partial_date(strategy.valid_from))
    return format_html(_("Until {end}"), end=partial_date(strategy.valid_to)) if strategy.valid_to else mark_safe("")


# Words for codes


@register.filter
def agreement_label(agreement: AgreementContents | AgreementEntry) -> str:
    """What an agreement is, in its own language: the editor's words, else the name of its primary type."""
    with translation.override(agreement.page.locale.language_code):
        return agreement.page.display_label or str(_primary(agreement).label)


@register.filter
def agreement_heading(agreement: AgreementContents) -> str:
    """The heading over an agreement on a partner's page, in its own language: the editor's, else that of its type."""
    with translation.override(agreement.page.locale.language_code):
        return agreement.page.partner_page_heading or str(_primary(agreement).heading)


def _primary(agreement: AgreementContents | AgreementEntry) -> AgreementType:
    return agreement.types[0] if agreement.types else AgreementType.OTHER


@register.filter
def list_heading(value: Any) -> str:
    """The heading of a list block: the editor's, else that of its kind; a list of no kind has none."""
    preset = value["preset"]
    if value["heading"] or preset in {"", ListPreset.OTHER}:
        return str(value["heading"])
    return str(ListPreset(preset).label)


@register.inclusion_tag("partnerships_pages/parts/status.html")
def status_badge(agreement: AgreementContents | AgreementEntry) -> dict[str, Any]:
    """Show the status of an agreement; one without any date shows none, unless it is or will be set by hand."""
    has_badge = agreement.page.has_dates or agreement.is_expiring or agreement.status != AgreementStatus.ACTIVE
    return {"agreement": agreement, "has_badge": has_badge}


@register.filter
def file_type(document: Any) -> str:
    return str(document.file_extension).upper()


# Links


@register.simple_tag(takes_context=True)
def path_of(context: Context, page: Page | None) -> str:
    """Return the path of a page on its site; empty if no site shows it."""
    if page is None:
        return ""
    reader = context.get("reader")
    if reader is not None:
        return reader.path(page) or ""
    return page.get_url(context.get("request")) or ""


@register.filter
def strategy_path(strategy: Strategy) -> str:
    """Return the path of a strategy's page, else its own link; empty if it has neither."""
    return path_of_strategy(strategy) or strategy.link


@register.simple_tag(takes_context=True)
def resolve(context: Context, kind: str, row: Any) -> Any:
    """Return the reader's row of what a block names: a contact, strategy, partner, agreement, page or document."""
    reader = context.get("reader")
    return getattr(reader, kind)(row) if reader is not None and row else None


@register.simple_tag(takes_context=True)
def rich_text(context: Context, value: RichText | str) -> SafeString:
    """Render rich text with its links in the reader's language."""
    reader = context.get("reader")
    return reader.rich_text(value).html if reader is not None else conditional_escape(str(value))


@register.simple_tag(takes_context=True)
def agreements_for(context: Context, value: Any) -> list[AgreementEntry]:
    """Return the agreements that a list block's filter keeps."""
    catalogue = context.get("catalogue")
    if catalogue is None:
        return []
    types, statuses = set(value["agreement_types"]), set(value["statuses"])
    partner, strategy = value["partner"], value["strategy"]
    return [
        entry
        for entry in catalogue.agreements
        if (not types or not types.isdisjoint(entry.types))
        and (not statuses or entry.status in statuses)
        and (not partner or any(party.page.translation_key == partner.translation_key for party in entry.partners))
        and (not strategy or strategy.translation_key in entry.strategy_keys)
    ]


@register.simple_tag(takes_context=True)
def partners_for(context: Context, value: Any) -> list[PartnerEntry]:
    """Return the partners that a list block's filter keeps."""
    catalogue = context.get("catalogue")
    if catalogue is None:
        return []
    kinds, types, strategy = set(value["organisation_types"]), set(value["agreement_types"]), value["strategy"]
    return [
        entry
        for entry in catalogue.partners
        if (not kinds or entry.page.organisation_type in kinds)
        and (not types or any(not types.isdisjoint(agreement.types) for agreement in entry.agreements))
        and (not strategy or strategy.translation_key in entry.strategy_keys)
    ]


@register.filter
def grouped(entries: list[Any], by_type: bool) -> list[tuple[str, list[Any]]]:
    """Group list entries under the name of their type, in the order of the vocabulary; else one group without name."""
    if not by_type:
        return [("", entries)]
    groups: dict[str, list[Any]] = {}
    vocabulary: Any = (
        AgreementType if entries and isinstance(entries[0], AgreementEntry) else PartnerPage.OrganisationType
    )
    for member in vocabulary:
        kept = [entry for entry in entries if _type_of(entry) == member]
        if kept:
            groups[str(member.label)] = kept
    return list(groups.items())


def _type_of(entry: Any) -> str:
    return _primary(entry) if isinstance(entry, AgreementEntry) else entry.page.organisation_type


@register.filter
def workplace(contact: Contact) -> list[str]:
    """The parts of where a contact works: unit, then organisation."""
    return [part for part in (contact.unit, contact.organisation) if part]


# Pictures and data


@register.simple_tag
def picture(image: AbstractImage | None, kind: str, alt: str = "", lazy: bool = True) -> SafeString:
    """Render an image as ``<picture>`` in one of our kinds: content, portrait or logo."""
    return pictures.picture(image, _KINDS[kind], alt=alt, lazy=lazy) if image else mark_safe("")


@register.filter
def json_ld(data: list[dict[str, Any]]) -> SafeString:
    """Render nodes of schema.org as a script element."""
    return structured_data.as_script(data) if data else mark_safe("")


@register.filter
def below(level: int, steps: int = 1) -> int:
    """Return the heading level ``steps`` below, 6 at most."""
    return min(int(level or 2) + steps, 6)


@register.simple_tag(takes_context=True)
def reads_signed_in(context: Context) -> bool:
    """Tell whether the reader may be an editor, without touching the session of those who have none."""
    request = context.get("request")
    return request is not None and settings.SESSION_COOKIE_NAME in request.COOKIES


@register.filter
def alternative_text(image: AbstractImage) -> str:
    """What a reader who can't see the image is told; empty for decoration."""
    return "" if image.decorative else str(image.contextual_alt_text or image.default_alt_text)


@register.filter
def has_descriptions(block: Any) -> bool:
    """Tell whether any item of a list block has a description."""
    return any(item["description"] for item in block["items"])


@register.filter
def is_long_title(title: str) -> bool:
    """Tell whether a title is set smaller: it has many words, or one that no phone shows in one line."""
    return len(title) > 60 or any(len(word) > 16 for word in title.split())


@register.filter
def web_host(url: str) -> str:
    """The host of a web address, as people say it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.filter
def phone_uri(phone: Any) -> str:
    """The address that calls a number (RFC 3966)."""
    return phone.uri if isinstance(phone, Phone) else f"tel:{phone}"


@register.filter
def phone_display(phone: Any) -> str:
    """A number as one writes it in Sweden, and in English as one writes it abroad."""
    if not isinstance(phone, Phone):
        return str(phone)
    return phone.display if (get_language() or "").startswith("sv") else phone.international


@register.simple_tag(takes_context=True)
def first_parties(context: Context, entry: AgreementEntry, shown: int) -> SafeString:
    """Join the first names of an agreement's parties, each marked with its language, and count the rest."""
    around = _around(context)
    text = format_html_join(
        ", ",
        "{}",
        (
            (name if language == around else format_html('<span lang="{}">{}</span>', language, name),)
            for name, language in entry.parties[:shown]
        ),
    )
    rest = len(entry.parties) - shown
    if rest <= 0:
        return text
    return format_html(
        ngettext("%(names)s and %(rest)d more", "%(names)s and %(rest)d more", rest) % {"names": "{}", "rest": rest},
        text,
    )


@register.simple_tag
def entry_level(level: int, *headings_above: str) -> int:
    """The heading level of list entries, one below each heading that stands above them."""
    return below(level, sum(bool(heading) for heading in headings_above))


@register.simple_tag(takes_context=True)
def open_documents(context: Context, documents: Any) -> list[Any]:
    """Keep the documents that the reader may read."""
    reader = context.get("reader")
    return [found for document in documents if reader is not None and (found := reader.document(document))]


@register.simple_tag(takes_context=True)
def link_target(context: Context, link: Any) -> dict[str, Any]:
    """Resolve a link of a link list for the reader: its path, text and row; no path if it leads to nothing public."""
    reader = context.get("reader")
    if link["url"]:
        return {"path": link["url"], "text": link["text"]}
    if reader is None:
        return {}
    if page := reader.page(link["page"]):
        return {
            "path": reader.path(page),
            "text": link["text"] or page.title,
            "row": page,
            "is_title": not link["text"],
        }
    if document := reader.document(link["document"]):
        is_title = not link["text"]
        text = document.title if is_title else link["text"]
        return {"path": document.url, "text": text, "row": document, "is_title": is_title, "document": document}
    return {}
