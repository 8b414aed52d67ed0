"""The contract as an OpenAPI 3.1 document: made from the operations and shapes, with nothing in it left untyped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from http import HTTPStatus
from typing import Any, Literal

from django.conf import settings
from django.utils.module_loading import import_string

from wagtail.coreutils import get_content_languages

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from pydantic import TypeAdapter

from ...snippets.places import country_codes, region_codes
from .about import ABOUT, TAGS
from .examples import PROBLEMS, TOO_LONG, answer_example, body_example
from .openapi import typed_dict
from .parameters import CODES_MARK, NAMES_MARK
from .problems import MEDIA_TYPE as PROBLEM_TYPE
from .schemas.blocks import BLOCK_MARK, BLOCK_SCHEMAS, BlockId

REF_TEMPLATE = "#/components/schemas/{model}"

#: What stands for the codes that only a running site knows, by the mark's value.
_CODES: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "language": ("LanguageCode", lambda: sorted(get_content_languages())),
    "country": ("CountryCode", country_codes),
    "region": ("RegionCode", region_codes),
}

_HEADERS: dict[str, tuple[str, dict[str, Any]]] = {
    "ETag": (
        "Confirms a copy by `If-None-Match`.",
        {"type": "string", "examples": ['"22117a7cc48a00d3fe816435518117ec"']},
    ),
    "Content-Version": (
        "The state of the content that was answered from; opaque. A cursor of `/changes`, and a value of `cv`.",
        {"type": "string", "examples": ["112-aabc619b"]},
    ),
    "Cache-Control": (
        "How long the answer holds without asking again.",
        {"type": "string", "examples": ["public, max-age=0, must-revalidate"]},
    ),
    "Content-Language": (
        "The document's language, or those of a list's items; of what says nothing of the content, English.",
        {"type": "string", "examples": ["sv"]},
    ),
    "Cache-Tag": (
        "What the answer was rendered from: ids, and a tag for each list, with commas between them.",
        {"type": "string", "examples": ["13ffb8ff-24c8-54f4-99f6-a355abe5397b,partners"]},
    ),
}


#: How a draft is read.
PREVIEW_ACCESS = "previewToken"
PREVIEW_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "Reads the draft that an editor previews, from the address of what is published.",
}

#: So many parameters can't make an address too long.
_FEW = 4


def host_block_schemas() -> dict[str, Any]:
    """The schemas of the blocks that the host added, from the ``api_schema`` of those that state one."""
    found = {}
    for name, path in getattr(settings, "PARTNERSHIPS_EXTRA_BLOCKS", {}).items():
        block = import_string(path)
        schema = getattr(block, "api_schema", None)
        if schema is not None:
            fields = {"type": Literal[name], "id": BlockId, "value": schema}
            title = "".join(part.title() for part in name.split("_"))
            found[name] = typed_dict(f"{title}Block", fields, "A block of this site's own.")
    return found


@cache
def make_openapi(api: NinjaAPI, path_prefix: str) -> dict[str, Any]:
    """Make the OpenAPI document of an API that is mounted at ``path_prefix``."""
    document: dict[str, Any] = dict(OpenAPISchema(api, path_prefix))
    document["info"] = {"title": api.title, "version": "1.0.0", "description": ABOUT.format(mount=f"/{path_prefix}")}
    document["tags"] = TAGS
    schemas = document["components"]["schemas"]
    schemas |= _block_components()
    for operations in document["paths"].values():
        for method, operation in operations.items():
            _finish_operation(operation)
            if method == "get":
                _finish_reading(operation)
            operation["responses"] = dict(sorted(operation["responses"].items()))
    finished: dict[str, Any] = _tidy(document)
    for name, codes in _CODES.values():
        finished["components"]["schemas"][name] = {"title": name, "type": "string", "enum": codes()}
    _drop_unused(finished)
    # Examples come last: what looks like a schema in them is none.
    for operations in finished["paths"].values():
        for operation in operations.values():
            _add_examples(operation)
    finished["components"]["securitySchemes"] = {PREVIEW_ACCESS: PREVIEW_SCHEME}
    finished["components"]["headers"] = {
        name: {"description": description, "schema": schema} for name, (description, schema) in _HEADERS.items()
    }
    return finished


def _block_components() -> dict[str, Any]:
    """The union of all blocks, discriminated on `type`, and the schemas that it names."""
    shapes = BLOCK_SCHEMAS | host_block_schemas()
    adapters = [(name, "serialization", TypeAdapter(shape)) for name, shape in shapes.items()]
    refs, definitions = TypeAdapter.json_schemas(adapters, ref_template=REF_TEMPLATE)  # type: ignore[arg-type]  # Literal mode
    components: dict[str, Any] = dict(definitions.get("$defs", {}))
    mapping = {}
    for (name, _mode), schema in refs.items():
        ref = schema.get("$ref")
        if ref is None:
            title = shapes[str(name)].__name__
            components[title] = schema
            ref = REF_TEMPLATE.format(model=title)
        mapping[str(name)] = ref
    components["Block"] = {
        "title": "Block",
        "description": "Any block of content. New types may come within v1: leave out what you do not know.",
        "oneOf": [{"$ref": ref} for ref in mapping.values()],
        "discriminator": {"propertyName": "type", "mapping": mapping},
    }
    return components


def _finish_operation(operation: dict[str, Any]) -> None:
    names = operation.pop(NAMES_MARK, {})
    for parameter in operation.get("parameters", ()):
        _finish_parameter(parameter, names)
    responses = {str(status): response for status, response in operation["responses"].items()}
    for status, response in responses.items():
        if int(status) >= HTTPStatus.BAD_REQUEST:
            [content] = response["content"].values()
            response["content"] = {PROBLEM_TYPE: content}
            response["description"] = PROBLEMS[int(status)][0]
        else:
            response["description"] = operation["summary"] + "."
    operation["responses"] = responses


def _finish_reading(operation: dict[str, Any]) -> None:
    """Add what is true of every answer that can be kept, and of those to a preview's token."""
    responses = operation["responses"]
    # A token is never needed, and one that has expired is refused wherever it is sent.
    operation["security"] = [{}, {PREVIEW_ACCESS: []}]
    responses["401"] = {
        "description": PROBLEMS[HTTPStatus.UNAUTHORIZED][0],
        "headers": {"WWW-Authenticate": {"schema": {"type": "string"}}},
        "content": {PROBLEM_TYPE: {"schema": {"$ref": REF_TEMPLATE.format(model="Problem")}}},
    }
    responses["200"]["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
    responses["304"] = {"description": "Your copy, named by `If-None-Match`, still holds."}
    responses["307"] = {
        "description": "The content has another version than `cv` says: ask again at `Location`.",
        "headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}},
    }
    if len(operation["parameters"]) > _FEW:
        responses["414"] = {"description": TOO_LONG}


def _finish_parameter(parameter: dict[str, Any], names: dict[str, list[str]]) -> None:
    """Leave out the null that stands for an absent parameter, and write lists of names out."""
    schema = parameter["schema"]
    if "anyOf" in schema:
        [kind] = [kind for kind in schema.pop("anyOf") if kind != {"type": "null"}]
        schema |= kind
    if schema.pop(NAMES_MARK, None):
        known = names[parameter["name"]]
        schema.pop("maxLength", None)
        schema |= {"type": "array", "items": {"type": "string", "enum": known}, "minItems": 1, "uniqueItems": True}
        if both_ways := [_contains(name, f"-{name}") for name in known if f"-{name}" in known]:
            schema["not"] = {"anyOf": both_ways}
        parameter |= {"style": "form", "explode": False}
    elif schema.get("type") == "array":
        parameter |= {"style": "form", "explode": True}
    if parameter["in"] == "path":
        parameter["description"] = "The document's id, the same in every language."
    schema.pop("title", None)
    # They stand on the parameter itself.
    schema.pop("description", None)
    examples = schema.pop("examples", None)
    parameter.pop("examples", None)
    if examples:
        value = examples[:1] if schema.get("type") == "array" else examples[0]
        parameter["example"] = value


def _contains(*values: str) -> dict[str, Any]:
    """The schema of a list that holds all of these."""
    return {"allOf": [{"contains": {"const": value}} for value in values]}


def _tidy(part: Any) -> Any:
    """Put references where marks stand, and leave out the titles that only repeat a property's name."""
    if isinstance(part, list):
        return [_tidy(value) for value in part]
    if not isinstance(part, dict):
        return part
    if BLOCK_MARK in part:
        return {"$ref": REF_TEMPLATE.format(model="Block")}
    if CODES_MARK in part:
        return {"$ref": REF_TEMPLATE.format(model=_CODES[part[CODES_MARK]][0])}
    tidied = {str(name): _tidy(value) for name, value in part.items()}
    for schema in tidied.get("properties", {}).values():
        schema.pop("title", None)
    return tidied


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value.rpartition("/")[2]
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)


def _drop_unused(document: dict[str, Any]) -> None:
    """Leave out the schemas that nothing refers to: parameters, whose fields stand in the operations."""
    schemas = document["components"]["schemas"]
    used: set[str] = set()
    waiting = set(_references(document["paths"]))
    while waiting:
        name = waiting.pop()
        if name in schemas and name not in used:
            used.add(name)
            waiting |= set(_references(schemas[name]))
    document["components"]["schemas"] = {name: schemas[name] for name in sorted(used)}


def _add_examples(operation: dict[str, Any]) -> None:
    for content in operation.get("requestBody", {}).get("content", {}).values():
        content["example"] = body_example(operation["operationId"])
    for status, response in operation["responses"].items():
        for content in response.get("content", {}).values():
            if int(status) >= HTTPStatus.BAD_REQUEST:
                content["example"] = PROBLEMS[int(status)][1]
            else:
                content["example"] = answer_example(operation["operationId"])
