"""Fixtures of tests whose transactions really commit: the number, the feed and the cache live on commits."""

import pytest

from tests.factories import SiteTree
from tests.factories import site_tree as get_site_tree
from wagtail_partnerships.cms.delivery.feed import read_feed
from wagtail_partnerships.cms.delivery.midnight import start_day_if_due


@pytest.fixture
def committed_tree(transactional_db: None, django_db_serialized_rollback: None) -> SiteTree:
    """The site tree in a database whose transactions commit, its feed told up to here."""
    tree = get_site_tree()
    start_day_if_due()
    read_feed(tree.site, None)
    return tree
