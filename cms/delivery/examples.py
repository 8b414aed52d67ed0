"""One example of every answer, all about the same partner; a test holds each to its schema."""

from http import HTTPStatus
from typing import Any

from .problems import title_of

_SITE = "https://www.example.se"
_MOUNT = f"{_SITE}/delivery/v1"
_VERSION = "112-aabc619b"
_PARTNER_ID = "13ffb8ff-24c8-54f4-99f6-a355abe5397b"
_AGREEMENT_ID = "d477619b-307c-5a7f-be90-d355cab58e2b"
_STRATEGY_ID = "c3963843-7847-507c-b01f-a32474804437"
_CONTACT_ID = "0d6a3450-b249-546d-8c66-7bf33d132f8b"
_PAGE_ID = "eeaf20b5-a0f7-5867-bf41-e4463e721941"
_PARTNER_PATH = "/sv/partner/lansstyrelsen-vastmanland/"
_AGREEMENT_PATH = "/sv/avtal/avsiktsforklaring-lansstyrelsen-vastmanland/"
_STRATEGY_PATH = f"/sv/strategier/affarsplan-vastmanland-{_STRATEGY_ID.replace('-', '')[:12]}/"
_TIME = "2026-11-23T08:15:30Z"


def _coded(code: str, label: str) -> dict[str, str]:
    return {"code": code, "label": label}


def _row(key: str, resource: str) -> dict[str, Any]:
    return {"id": key, "resource": resource, "locale": "sv", "modified_at": _TIME}


def _address(path: str) -> dict[str, str]:
    return {"url": f"{_SITE}{path}", "path": path}


def _ref(key: str, resource: str, title: str, path: str) -> dict[str, Any]:
    return {"id": key, "resource": resource, "title": title, **_address(path), "locale": "sv"}


def _translations(path: str | None) -> list[dict[str, Any]]:
    return [{"locale": "sv", **(_address(path) if path else {"url": None, "path": None})}]


_PARTNER_REF = _ref(_PARTNER_ID, "partner", "Länsstyrelsen Västmanland", _PARTNER_PATH)
_LISTS: dict[str, list[Any]] = {
    "areas": [{"name": "Näringslivsutveckling", "description": "I företag och i offentlig sektor."}],
    "goals": [],
    "examples": [],
    "commitments": [],
}
_CONTENT = [
    {
        "type": "list",
        "id": "d0729e88-729f-582e-b5da-86a5916069e3",
        "preset": _coded("areas", "Samverkansområden"),
        "heading": "Samverkansområden",
        "introduction": "",
        "items": _LISTS["areas"],
    }
]
_STRATEGY = {
    **_row(_STRATEGY_ID, "strategy"),
    "title": "Affärsplan Västmanland",
    **_address(_STRATEGY_PATH),
    "kind": _coded("regional", "Regional"),
    "owner_organisation": "Länsstyrelsen Västmanland",
    "valid_from": None,
    "valid_to": None,
    "summary": "Länets strategi för tillväxt.",
    "link": None,
}
_CONTACT = {
    **_row(_CONTACT_ID, "contact"),
    "kind": _coded("office", "Funktion"),
    "name": "Samverkan",
    "role": "",
    "unit": "Enheten för samverkan",
    "organisation": "",
    "when_to_contact": "Frågor om avtalet",
    "phone": {"number": "+4621101993", "display": "021-10 19 93", "uri": "tel:+4621101993"},
    "email": "samverkan@example.se",
    "form_link": None,
}
_AGREEMENT = {
    **_row(_AGREEMENT_ID, "agreement"),
    "title": "Avsiktsförklaring med Länsstyrelsen Västmanland",
    **_address(_AGREEMENT_PATH),
    "types": [_coded("letter_of_intent", "Avsiktsförklaring")],
    "label": "avsiktsförklaring",
    "parties": [
        {
            "name": "Länsstyrelsen Västmanland",
            "role": "",
            "country": _coded("SE", "Sverige"),
            "partner": _PARTNER_REF,
        }
    ],
    "period": {
        "signed": {"value": "2014-01", "precision": "month", "earliest": "2014-01-01", "latest": "2014-01-31"},
        "since": None,
        "valid_from": None,
        "end": {"kind": "not_stated", "date": None},
        "terminated": None,
    },
    "status": _coded("active", "Gällande"),
    "is_expiring": False,
    "renewal_pending": False,
    "has_dates": True,
    "purpose": "Att fördjupa samarbetet mellan länsstyrelsen och MDH.",
}
_EMBEDDED_AGREEMENT = {
    **_AGREEMENT,
    "heading": "Om avsiktsförklaringen",
    "own_organisation": {"name": "Mälardalens högskola", "short_name": "MDH"},
    "contact_invitation": "Vill du veta mer om avtalet?",
    "contacts": [{**_CONTACT, "photo": None, "source": "agreement"}],
    "strategies": [{**_STRATEGY, "document": None}],
    "documents": [],
    "reference_number": "1-814/2014",
    "renews": None,
    "renewed_by": [],
    "part_of": None,
    "sub_agreements": [],
    "content": _CONTENT,
    **_LISTS,
}
_PARTNER = {
    **_row(_PARTNER_ID, "partner"),
    "title": "Länsstyrelsen Västmanland",
    **_address(_PARTNER_PATH),
    "organisation_type": _coded("government_agency", "Statlig myndighet"),
    "country": _coded("SE", "Sverige"),
    "region": _coded("SE-U", "Västmanland"),
    "summary": "Länsstyrelsen ansvarar för länets tillväxt.",
    "logo": None,
    "agreements_total": 1,
}
_TEXT = {
    "html": "<p>Länsstyrelsen ansvarar för länets tillväxt.</p>",
    "text": "Länsstyrelsen ansvarar för länets tillväxt.",
    "links": [],
}
_PAGE = {
    **_row(_PAGE_ID, "page"),
    "title": "Partner",
    **_address("/sv/partner/"),
    "kind": "partnerindexpage",
    "published_at": _TIME,
}


def _link(path: str, rel: str) -> dict[str, str]:
    return {"href": f"{_MOUNT}/{path}", "rel": rel, "method": "GET"}


def _list(path: str, item: Any, **more: Any) -> dict[str, Any]:
    return {
        **more,
        "_meta": {"total": 1, "page": 1, "pages": 1, "limit": 20, "locale": "sv", "content_version": _VERSION},
        "_links": {
            "self": _link(path, "self"),
            "first": _link(path, "first"),
            "prev": None,
            "next": None,
            "last": _link(path, "last"),
        },
        "items": [item],
    }


def _documents(plural: str, item: Any) -> dict[str, Any]:
    return _list(plural, item, view="summary", _facets={})


def _term(code: str, swedish: str, english: str) -> list[dict[str, Any]]:
    return [{"code": code, "labels": [{"locale": "sv", "label": swedish}, {"locale": "en", "label": english}]}]


_ANSWERS: dict[str, Any] = {
    "list_partners": _documents("partners", _PARTNER),
    "get_partner": {
        **_PARTNER,
        "introduction": _TEXT,
        "content": [],
        "agreements": [_EMBEDDED_AGREEMENT],
        "contact_invitation": "Vill du veta mer om avtalen? Kontakta:",
        "contacts": [{**_CONTACT, "photo": None}],
        "strategies": [{**_STRATEGY, "document": None}],
        "related_partners": [],
        "former_names": [],
        "website": "https://www.example.org/",
        "organisation_number": "202100-2460",
        "ror_id": None,
        "responsible_unit": "Enheten för samverkan",
        **_LISTS,
        "translations": _translations(_PARTNER_PATH),
    },
    "list_agreements": _documents("agreements", _AGREEMENT),
    "get_agreement": {**_EMBEDDED_AGREEMENT, "translations": _translations(_AGREEMENT_PATH)},
    "list_strategies": _documents("strategies", _STRATEGY),
    "get_strategy": {**_STRATEGY, "document": None, "translations": _translations(_STRATEGY_PATH)},
    "list_contacts": _documents("contacts", _CONTACT),
    "get_contact": {**_CONTACT, "photo": None, "translations": _translations(None)},
    "list_pages": _documents("pages", _PAGE),
    "get_page": {
        **_PAGE,
        "introduction": _TEXT,
        "content": [],
        "parent": None,
        "children": [_PARTNER_REF],
        "translations": _translations("/sv/partner/"),
        "search_description": "",
    },
    "list_routes": _list(
        "routes",
        {
            **_address(_PARTNER_PATH),
            "resource": "partner",
            "id": _PARTNER_ID,
            "locale": "sv",
            "modified_at": _TIME,
            "alternates": _translations(_PARTNER_PATH),
        },
    ),
    "search": _list(
        "search?q=lansstyrelsen",
        _PARTNER,
        _facets={"resource": [{**_coded("partner", "Samarbetspartner"), "count": 1}]},
    ),
    "get_settings": {
        "name": "Mälardalens universitet",
        "locale": "sv",
        "locales": [{"code": "sv", "name": "svenska", "is_default": True, **_address("/sv/")}],
        "organisation": {"name": "Mälardalens universitet", "short_name": "MDU"},
        "logo": None,
        "accent_colour": "#005a70",
        "navigation": [_ref(_PAGE_ID, "page", "Partner", "/sv/partner/")],
        "accessibility_statement": f"{_SITE}/tillganglighet",
        "accessibility_contact": "mailto:tillganglighet@example.se",
        "security_contact": "mailto:security@example.se",
        "data_licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    },
    "get_vocabularies": {
        "agreement_type": _term("letter_of_intent", "Avsiktsförklaring", "Letter of intent"),
        "agreement_status": _term("active", "Gällande", "Active"),
        "organisation_type": _term("government_agency", "Statlig myndighet", "Government agency"),
        "strategy_kind": _term("regional", "Regional", "Regional"),
        "contact_kind": _term("office", "Funktion", "Office"),
        "end_kind": _term("not_stated", "Anges inte", "Not stated"),
        "list_preset": _term("areas", "Samverkansområden", "Areas of collaboration"),
        "extent": _term("short", "Kort", "Short"),
        "layout": _term("cards", "Kort", "Cards"),
        "country": _term("SE", "Sverige", "Sweden"),
        "region": _term("SE-U", "Västmanland", "Västmanland"),
    },
    "get_api_info": {
        "apiName": "partnerships-delivery",
        "apiVersion": "1.0.0",
        "apiReleased": "2026-11-23",
        "apiDocumentation": f"{_MOUNT}/docs",
        "apiStatus": "active",
    },
    "exchange_preview_code": {
        "token": "b7Xw0nR4cQ1zKf8mVt2yHs6d",
        "token_type": "Bearer",
        "expires_at": _TIME,
        "resource": "partner",
        "id": _PARTNER_ID,
        "locale": "sv",
    },
    "list_changes": {
        "items": [
            {
                "cursor": "113-0c1f9e2a.0",
                "action": "upsert",
                "resource": "partner",
                "id": _PARTNER_ID,
                "locale": "sv",
                "time": _TIME,
                "tags": [_PARTNER_ID, "partners", "routes", _AGREEMENT_ID],
            }
        ],
        "next": "113-0c1f9e2a",
        "has_more": False,
    },
}


#: The one body that is sent to the API.
_BODIES: dict[str, Any] = {"exchange_preview_code": {"code": "Qk9vA2mJ8sYx3n1LrT5uWg"}}


def body_example(operation_id: str) -> Any:
    """An example of what is sent to an operation."""
    return _BODIES[operation_id]


def answer_example(operation_id: str) -> Any:
    """An example of an operation's answer; None for an operation that has none."""
    return _ANSWERS.get(operation_id)


def _problem(status: HTTPStatus, detail: str, kind: str = "about:blank", **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "title": title_of(status),
        "status": status.value,
        "detail": detail,
        "instance": "/delivery/v1/partners",
        **more,
    }


#: What the server in front of us says, without a body of ours.
TOO_LONG = "The address is longer than the server takes, about 8,000 characters."

#: What each error status means, and an example of it.
PROBLEMS: dict[int, tuple[str, dict[str, Any]]] = {
    400: (
        "A parameter is unknown or does not fit; `errors` names it.",
        _problem(
            HTTPStatus.BAD_REQUEST,
            "The request has parameters that do not fit.",
            errors=[{"parameter": "sort", "detail": "The names known here are: id, modified_at, title."}],
        ),
    ),
    401: (
        "The preview token is unknown or has expired.",
        _problem(HTTPStatus.UNAUTHORIZED, "The preview token is unknown or has expired: open the preview again."),
    ),
    403: (
        "Drafts stand in no search and in no feed.",
        _problem(HTTPStatus.FORBIDDEN, "A preview token reads drafts by their id alone."),
    ),
    404: (
        "Nothing public stands here.",
        _problem(HTTPStatus.NOT_FOUND, "No partner with this id is published in this language."),
    ),
    410: (
        "What stood here has been removed; in the feed: the cursor is older than what is kept.",
        _problem(HTTPStatus.GONE, "The partner with this id has been removed."),
    ),
    413: (
        "The body is too large.",
        _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than any that is right here."),
    ),
    415: (
        "The body is no JSON.",
        _problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON, and say so: Content-Type: application/json."),
    ),
}
