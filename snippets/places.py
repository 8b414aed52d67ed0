"""Countries and regions by their ISO 3166 codes, named in the reader's language."""

from __future__ import annotations

import gettext
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

import pycountry

#: Countries whose regions editors can choose from, unless ``PARTNERSHIPS_REGION_COUNTRIES`` names others.
DEFAULT_REGION_COUNTRIES = ("SE",)

# Swedish readers know their counties without "län", and English readers by the same name.
_COUNTIES = {
    "SE-AB": "Stockholm",
    "SE-AC": "Västerbotten",
    "SE-BD": "Norrbotten",
    "SE-C": "Uppsala",
    "SE-D": "Södermanland",
    "SE-E": "Östergötland",
    "SE-F": "Jönköping",
    "SE-G": "Kronoberg",
    "SE-H": "Kalmar",
    "SE-I": "Gotland",
    "SE-K": "Blekinge",
    "SE-M": "Skåne",
    "SE-N": "Halland",
    "SE-O": "Västra Götaland",
    "SE-S": "Värmland",
    "SE-T": "Örebro",
    "SE-U": "Västmanland",
    "SE-W": "Dalarna",
    "SE-X": "Gävleborg",
    "SE-Y": "Västernorrland",
    "SE-Z": "Jämtland",
}


@cache
def _catalogue(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, pycountry.LOCALES_DIR, languages=[language], fallback=True)


def _translate(domain: str, name: str) -> str:
    language = (get_language() or "en").partition("-")[0]
    return _catalogue(domain, language).gettext(name)


def country_name(code: str) -> str:
    """Name an ISO 3166-1 alpha-2 country in the active language; an unknown code stands for itself."""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    return _translate("iso3166-1", getattr(country, "common_name", country.name))


def region_name(code: str) -> str:
    """Name an ISO 3166-2 region in the active language; an unknown code stands for itself."""
    if code in _COUNTIES:
        return _COUNTIES[code]
    region = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]  # pycountry types only its countries
    return code if region is None else _translate("iso3166-2", region.name)


def country_choices() -> list[tuple[str, str]]:
    """List every country as (code, name), Sweden first and the rest by name."""
    names = ((country.alpha_2, country_name(country.alpha_2)) for country in pycountry.countries)
    return sorted(names, key=lambda choice: (choice[0] != "SE", choice[1]))


def country_codes() -> list[str]:
    """Every ISO 3166-1 code, in order."""
    return sorted(country.alpha_2 for country in pycountry.countries)


def region_codes() -> list[str]:
    """The ISO 3166-2 codes of the countries in ``PARTNERSHIPS_REGION_COUNTRIES``, in order."""
    countries = getattr(settings, "PARTNERSHIPS_REGION_COUNTRIES", DEFAULT_REGION_COUNTRIES)
    return sorted(region.code for country in countries for region in _regions_of(country))


def region_choices() -> list[tuple[str, str]]:
    """List the same regions as (code, name), by name."""
    return sorted(((code, region_name(code)) for code in region_codes()), key=lambda choice: choice[1])


def _regions_of(country: str) -> list[Any]:
    # pycountry types only its countries
    return pycountry.subdivisions.get(country_code=country) or []  # type: ignore[no-untyped-call]
