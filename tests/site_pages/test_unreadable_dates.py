"""What validation says when code has assigned a text that is no date."""

from __future__ import annotations

from django.core.exceptions import ValidationError

import pytest

from wagtail_partnerships.site_pages.models import AgreementPage
from wagtail_partnerships.site_pages.models.partners import FormerName
from wagtail_partnerships.site_pages.status import end_of, start_of
from wagtail_partnerships.snippets.models import Strategy

pytestmark = pytest.mark.django_db


def test_a_strategy_names_the_date_that_can_not_be_read() -> None:
    with pytest.raises(ValidationError) as refused:
        Strategy(name="Växa", kind="regional", valid_from="2014", valid_to="soon").full_clean(
            exclude=["locale", "translation_key"], validate_unique=False
        )

    assert set(refused.value.message_dict) == {"valid_to"}


def test_a_former_name_names_the_date_that_can_not_be_read() -> None:
    with pytest.raises(ValidationError) as refused:
        FormerName(name="Landstinget", since="long ago", until="2019").full_clean(exclude=["page"])

    assert set(refused.value.message_dict) == {"since"}


def test_an_agreement_has_no_start_or_end_that_can_not_be_read() -> None:
    agreement = AgreementPage(valid_from="soon", since="2014", end_kind="date", end_date="later")

    start = start_of(agreement)

    assert start is not None
    assert start.isoformat() == "2014-01-01"
    assert end_of(agreement) is None
