"""What docs/api.md shows is true: every example is asked, and every parameter and status that there is stands in it."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.test import Client

import jsonschema_rs
import pytest

from tests.factories import PartnerPageFactory, SiteTree, StrategyFactory
from wagtail_partnerships.cms.delivery.views import openapi_document

MANUAL = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
#: What stands in the demo at the addresses of the examples.
SHOWN = {"translation_key": "13ffb8ff-24c8-54f4-99f6-a355abe5397b", "slug": "lansstyrelsen-vastmanland"}


def examples() -> Iterator[tuple[str, int]]:
    for status, code in re.findall(r"<!-- run(?:: (\d+))? -->\n```sh\n(.*?)```", MANUAL, re.DOTALL):
        for address in re.findall(r"'(http[^']+)'", code):
            yield urlsplit(address)._replace(scheme="", netloc="").geturl(), int(status or 200)


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), list(examples()))
def test_every_example_is_answered_as_the_manual_says(
    client: Client, site_tree: SiteTree, address: str, status: int
) -> None:
    site_tree.swedish.partners.slug = "samarbetspartner"
    site_tree.swedish.partners.save()
    PartnerPageFactory(title="Länsstyrelsen Västmanland", strategies=[StrategyFactory(name="Strategi")], **SHOWN)

    response = client.get(address)

    assert response.status_code == status
    if status == 200:
        path = re.sub(r"/[0-9a-f-]{36}$", "/{id}", urlsplit(address).path)
        contract = openapi_document()
        schema = contract["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = jsonschema_rs.validator_for(schema | {"components": contract["components"]}, validate_formats=True)
        assert [fault.message for fault in validator.iter_errors(response.json())] == []


def test_the_manual_names_every_parameter_and_status() -> None:
    operations = [operation for path in openapi_document()["paths"].values() for operation in path.values()]
    parameters = {parameter["name"] for operation in operations for parameter in operation["parameters"]}
    statuses = {status for operation in operations for status in operation["responses"]} - {"200"}

    assert {name for name in parameters if f"`{name}" not in MANUAL and f"?{name}=" not in MANUAL} == set()
    assert {status for status in statuses if f"| {status} |" not in MANUAL} == set()
