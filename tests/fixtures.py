"""Fixtures that tests of every floor share; `tests/conftest.py` loads them."""

from typing import Any

from django.db import connection

from wagtail.models import Locale

import pytest

from .factories import SiteTree, clear_site
from .factories import site_tree as get_site_tree


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Begin with the site tree in place: planting it anew took half of all tests' time."""
    with django_db_blocker.unblock():
        get_site_tree()
        # What tests that commit are given back has to be this, or the first of them mixes it with what was before.
        if hasattr(connection, "_test_serialized_contents"):
            connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture
def site_tree(db: None) -> SiteTree:
    """The default site with its home page and both indexes, in Swedish and in English."""
    return get_site_tree()


@pytest.fixture
def bare_site(db: None) -> None:
    """The default site as a fresh Wagtail has it."""
    clear_site()


@pytest.fixture
def swedish(db: None) -> Locale:
    return Locale.objects.get_or_create(language_code="sv")[0]


@pytest.fixture
def english(db: None) -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]
