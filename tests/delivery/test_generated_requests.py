"""Requests by the thousand, right and wrong, made from the contract and sent to the production server."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.production_server import production_server
from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)

pytestmark = pytest.mark.slow

#: Fewer would prove little.
LEAST = 2000
CONFIGURATION = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "307", "404", "410", "414"]
[checks.negative_data_rejection]
expected-statuses = ["400", "404", "405", "414", "415"]
"""


@pytest.fixture
def site(committed_tree: SiteTree, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A small site of everything, served."""
    contact = ContactFactory(name="Kim Exempelsson", phone="021-10 19 93")
    strategy = StrategyFactory(name="Växa i Västmanland", document=DocumentFactory())
    partner = PartnerPageFactory(
        title="Länsstyrelsen Västmanland",
        region="SE-U",
        contacts=[contact],
        strategies=[strategy],
        logo=ImageFactory(),
        content=[("section", {"heading": "Mer", "content": [("rich_text", "<p>Text</p>")]})],
    )
    translated(partner, committed_tree.english.locale, title="County board")
    first = AgreementPageFactory(
        title="Äldre avtal", parties=[partner], signed="2010", end_kind="date", end_date="2014"
    )
    AgreementPageFactory(title="Avtal", parties=[partner, "Annan"], renews=first, contacts=[contact], signed="2014-01")
    with production_server(tmp_path) as served:
        yield served


def schemathesis(folder: Path, *arguments: str) -> str:
    """Run it; return what it says. Deterministic, so that a change alone makes it fail."""
    configuration = folder / "schemathesis.toml"
    configuration.write_text(CONFIGURATION)
    command = [
        *(str(Path(sys.executable).with_name("st")), "--config-file", str(configuration), "run", *arguments),
        *("--no-color", "--generation-deterministic", "--continue-on-failure", "--request-timeout", "60"),
    ]
    result = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert result.returncode == 0, result.stdout[-20_000:] + result.stderr[-4000:]
    return result.stdout


def number_of_cases(output: str) -> int:
    found = re.search(r"(\d+) generated", output)
    assert found, output
    return int(found[1])


def test_no_request_to_our_api_has_an_answer_outside_of_the_contract(site: tuple[str, Path], tmp_path: Path) -> None:
    address, log = site
    output = schemathesis(
        tmp_path,
        *(f"{address}/delivery/v1/openapi.json", "--origin", address),
        *("--checks", "all", "--max-examples", "12", "--phases", "examples,coverage,fuzzing,stateful"),
    )

    assert number_of_cases(output) >= LEAST
    assert "Traceback" not in log.read_text()
