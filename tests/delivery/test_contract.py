"""The OpenAPI document: the one that is committed, whole, and without a value left untyped."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest

from wagtail_partnerships.cms.delivery.contract import make_openapi
from wagtail_partnerships.cms.delivery.views import openapi_document

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
#: What says of a schema what a value is; an object and an array say more below.
TYPING = {"type", "$ref", "anyOf", "oneOf", "allOf", "const", "enum"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    make_openapi.cache_clear()
    return openapi_document()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def schemas(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every schema that a value is held to, with where it stands."""
    for name, schema in document["components"]["schemas"].items():
        yield from _within(name, schema)
    for name, header in document["components"]["headers"].items():
        yield from _within(name, header["schema"])
    for where, operation in operations(document):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            yield from _within(f"{where} body", content["schema"])
        for parameter in operation["parameters"]:
            yield from _within(f"{where} {parameter['name']}", parameter["schema"])
        for status, response in operation["responses"].items():
            for content in response.get("content", {}).values():
                yield from _within(f"{where} {status}", content["schema"])


def _within(where: str, schema: Any) -> Iterator[tuple[str, Any]]:
    yield where, schema
    for name, inner in schema.get("properties", {}).items():
        yield from _within(f"{where}.{name}", inner)
    for word in ("items", "additionalProperties"):
        # False stands for nothing further.
        if schema.get(word):
            yield from _within(f"{where}[]", schema[word])
    for word in ("anyOf", "oneOf", "allOf"):
        for inner in schema.get(word, ()):
            yield from _within(where, inner)


def is_typed(schema: Any) -> bool:
    if not isinstance(schema, dict) or not TYPING & schema.keys():
        return False
    if schema.get("type") == "object":
        return "properties" in schema or "additionalProperties" in schema
    return schema.get("type") != "array" or "items" in schema


def test_the_committed_document_is_the_one_that_is_served(document: dict[str, Any]) -> None:
    assert orjson.loads(COMMITTED.read_bytes()) == document, "run manage.py write_openapi and read the difference"


def test_no_value_is_untyped(document: dict[str, Any]) -> None:
    assert [where for where, schema in schemas(document) if not is_typed(schema)] == []


def test_every_reference_leads_somewhere_and_no_schema_is_idle(document: dict[str, Any]) -> None:
    text = orjson.dumps(document).decode()
    names = document["components"]["schemas"].keys()

    assert {name for name in names if f'"#/components/schemas/{name}"' not in text} == set()
    for _where, schema in schemas(document):
        if "$ref" in schema:
            assert schema["$ref"].rpartition("/")[2] in names


def test_every_operation_and_parameter_is_described(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        assert operation["summary"], where
        assert operation["description"], where
        for parameter in operation["parameters"]:
            assert parameter["description"], (where, parameter["name"])


def test_every_operation_states_its_errors_as_problems(document: dict[str, Any]) -> None:
    for where, operation in operations(document):
        always = {"201", "400"} if where.startswith("POST") else {"200", "304", "307", "400", "401"}
        assert always <= operation["responses"].keys(), where
        for status, response in operation["responses"].items():
            assert response["description"] != "", (where, status)
            # The server in front refuses an address that is too long, in words of its own.
            if status >= "400" and status != "414":
                assert list(response["content"]) == ["application/problem+json"], where


def test_every_example_fits_its_schema(document: dict[str, Any]) -> None:
    components = {"components": document["components"]}
    for where, operation in operations(document):
        for status, answer in [*operation["responses"].items(), ("body", operation.get("requestBody", {}))]:
            for content in answer.get("content", {}).values():
                validator = jsonschema_rs.validator_for(content["schema"] | components, validate_formats=True)
                faults = [
                    f"{fault.instance_path}: {fault.message}" for fault in validator.iter_errors(content["example"])
                ]
                assert faults == [], (where, status)


def test_blocks_are_one_union_told_apart_by_their_type(document: dict[str, Any]) -> None:
    union = document["components"]["schemas"]["Block"]

    for code, ref in union["discriminator"]["mapping"].items():
        block = document["components"]["schemas"][ref.rpartition("/")[2]]
        assert block["properties"]["type"]["const"] == code
        assert {"$ref": ref} in union["oneOf"]
