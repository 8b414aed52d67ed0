"""What the codes are called: a code that several vocabularies have is called differently in each."""

from django.test import Client

import pytest

from tests.delivery.client import fetch
from tests.factories import AgreementPageFactory, PartnerPageFactory, SiteTree
from wagtail_partnerships.cms.delivery.rendering.context import label_in

OTHER = {
    "agreement_type": {"sv": "Annat avtal", "en": "Other agreement"},
    "list_preset": {"sv": "Annan lista", "en": "Other list"},
    "organisation_type": {"sv": "Annan organisation", "en": "Other organisation"},
}


@pytest.fixture(autouse=True)
def nothing_asked_before() -> None:
    label_in.cache_clear()


@pytest.mark.parametrize("resources", [["partners", "agreements"], ["agreements", "partners"]])
def test_documents_call_it_as_their_own_vocabulary_does(
    client: Client, site_tree: SiteTree, resources: list[str]
) -> None:
    PartnerPageFactory(organisation_type="other")
    AgreementPageFactory(agreement_types=["other"], parties=["Volvo"])

    found = {name: fetch(client, f"/{name}", locale="sv", view="full")["items"][0] for name in resources}
    assert found["partners"]["organisation_type"] == {"code": "other", "label": "Annan organisation"}
    assert found["agreements"]["types"] == [{"code": "other", "label": "Annat avtal"}]


def test_vocabularies_call_it_as_their_own(client: Client, site_tree: SiteTree) -> None:
    vocabularies = fetch(client, "/vocabularies")

    for name, expected in OTHER.items():
        (labels,) = [term["labels"] for term in vocabularies[name] if term["code"] == "other"]
        assert {label["locale"]: label["label"] for label in labels} == expected
