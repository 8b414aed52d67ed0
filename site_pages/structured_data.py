"""Pages in the words of schema.org, for search engines: https://schema.org/Organization and its kin."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from ..snippets.models import Contact
from ..snippets.phones import Phone
from .contents import AgreementContents, PartnerContents
from .frame import Frame
from .models import PartnerPage
from .status import last_day_of

_TYPES = {
    PartnerPage.OrganisationType.GOVERNMENT_AGENCY: "GovernmentOrganization",
    PartnerPage.OrganisationType.MUNICIPALITY: "GovernmentOrganization",
    PartnerPage.OrganisationType.REGION: "GovernmentOrganization",
    PartnerPage.OrganisationType.HIGHER_EDUCATION: "CollegeOrUniversity",
    PartnerPage.OrganisationType.RESEARCH_INSTITUTE: "ResearchOrganization",
    PartnerPage.OrganisationType.COMPANY: "Corporation",
    PartnerPage.OrganisationType.PUBLIC_COMPANY: "Corporation",
    PartnerPage.OrganisationType.NON_PROFIT: "NGO",
}
_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def as_script(data: list[dict[str, Any]]) -> SafeString:
    """Render JSON-LD for a ``<script>`` element. It holds data, so no content security policy has to allow it."""
    graph = {"@context": "https://schema.org", "@graph": [_without_empty(node) for node in data]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  # its signs of markup are escaped above


def breadcrumb_list(frame: Frame) -> dict[str, Any]:
    steps = [(crumb.title, frame.absolute(crumb.path)) for crumb in frame.breadcrumbs]
    steps.append((frame.title, frame.canonical or ""))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }


def own_organisation(frame: Frame) -> dict[str, Any]:
    names = frame.organisation
    return {
        "@type": "Organization",
        "name": frame.site_name,
        "alternateName": names.short_name if names else "",
        "url": frame.absolute(frame.home_path),
        "logo": frame.absolute(frame.logo.url) if frame.logo else "",
    }


def partner(contents: PartnerContents, frame: Frame) -> dict[str, Any]:
    page = contents.page
    return {
        "@type": _TYPES.get(page.known_organisation_type, "Organization"),
        "@id": f"{frame.canonical}#organisation",
        "name": page.title,
        "alternateName": [name.name for name in contents.former_names],
        "description": frame.description,
        "url": page.website or frame.canonical,
        "sameAs": page.ror_id,
        "taxID": str(page.organisation_number or ""),
        "areaServed": {"@type": "AdministrativeArea", "identifier": page.region} if page.region else None,
        "mainEntityOfPage": frame.canonical,
    }


def contact_points(contacts: list[Contact], frame: Frame) -> dict[str, Any] | None:
    """Return the own organisation with those to ask there; contacts of other organisations are not ours to state."""
    points = [
        {
            "@type": "ContactPoint",
            "name": contact.name,
            "contactType": contact.when_to_contact or contact.role or contact.unit,
            "telephone": str(contact.phone) if isinstance(contact.phone, Phone) else "",
            "email": contact.email,
            "url": contact.form_link,
        }
        for contact in contacts
        if not contact.organisation and any((contact.phone, contact.email, contact.form_link))
    ]
    return {**own_organisation(frame), "contactPoint": [_without_empty(point) for point in points]} if points else None


def agreement(contents: AgreementContents, frame: Frame) -> dict[str, Any]:
    """schema.org has no type for an agreement; a creative work about its parties says the most."""
    page = contents.page
    last_day = last_day_of(page)
    return {
        "@type": "CreativeWork",
        "@id": f"{frame.canonical}#agreement",
        "name": page.title,
        "description": page.purpose,
        "genre": str(page.label),
        "inLanguage": page.locale.language_code,
        "dateCreated": page.signed.value if page.signed else "",
        "expires": last_day.isoformat() if last_day else "",
        "identifier": page.reference_number,
        "url": frame.canonical,
        "about": [
            _without_empty(
                {
                    "@type": "Organization",
                    "name": party.name,
                    "url": frame.absolute(frame.path_of(party.partner) or "") if party.partner else "",
                }
            )
            for party in contents.parties
        ],
    }


def _without_empty(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}
