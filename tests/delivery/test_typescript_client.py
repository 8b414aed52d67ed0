"""A TypeScript client made from the contract: it compiles strictly, and knows every type of block."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest

from wagtail_partnerships.cms.delivery.contract import make_openapi
from wagtail_partnerships.cms.delivery.views import openapi_document

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "var" / "typescript"
PACKAGES = ["openapi-typescript@7.13.0", "typescript@5.9.3"]
PROGRAM = Path(__file__).parent / "typescript" / "partner_page.ts"
OPTIONS = [
    *("--strict", "--noEmit", "--exactOptionalPropertyTypes", "--noFallthroughCasesInSwitch"),
    *("--target", "ES2022", "--module", "ES2022", "--moduleResolution", "bundler", "--lib", "ES2022,DOM"),
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tools() -> Path:
    """The folder of the two programs, installed at first need and again when another version is wanted."""
    if not shutil.which("npm"):
        pytest.fail("This test makes a TypeScript client: install Node.js with npm.")
    stamp = TOOLS / "installed"
    if not stamp.exists() or stamp.read_text() != " ".join(PACKAGES):
        TOOLS.mkdir(parents=True, exist_ok=True)
        run("npm", "install", "--prefix", str(TOOLS), "--no-save", "--ignore-scripts", "--no-audit", *PACKAGES)
        stamp.write_text(" ".join(PACKAGES))
    return TOOLS / "node_modules" / ".bin"


def run(*command: str, fails: bool = False) -> str:
    environment = {**os.environ, "NO_COLOR": "1", "npm_config_update_notifier": "false"}
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240, env=environment)
    output = result.stdout + result.stderr
    assert (result.returncode != 0) == fails, output
    return output


def compile_program(tools: Path, folder: Path, program: str, *, fails: bool = False) -> str:
    contract = folder / "openapi.json"
    contract.write_bytes(orjson.dumps(openapi_document()))
    run(str(tools / "openapi-typescript"), str(contract), "--output", str(folder / "api.ts"))
    (folder / "partner_page.ts").write_text(program)
    return run(str(tools / "tsc"), *OPTIONS, str(folder / "partner_page.ts"), fails=fails)


def test_a_partner_page_compiles_from_the_generated_types(tools: Path, tmp_path: Path) -> None:
    compile_program(tools, tmp_path, PROGRAM.read_text())
    # Any response may have headers that no contract names.
    types = (tmp_path / "api.ts").read_text().replace("[name: string]: unknown;", "")

    assert re.findall(r"[:|<,] ?(?:unknown|any)\b[^\n]*", types) == []


def test_a_block_of_the_hosts_own_has_to_be_handled(tools: Path, tmp_path: Path, settings: Any) -> None:
    settings.PARTNERSHIPS_EXTRA_BLOCKS = {"map": "tests.delivery.host_blocks.MapBlock"}
    make_openapi.cache_clear()
    try:
        forgotten = compile_program(tools, tmp_path, PROGRAM.read_text(), fails=True)
        case = 'case "map":\n      return `${block.value.latitude.toFixed(2)} ${escape(block.value.label)}`;'
        compile_program(tools, tmp_path, PROGRAM.read_text().replace("//HOST", case))
    finally:
        make_openapi.cache_clear()

    assert "not assignable to parameter of type 'never'" in forgotten
