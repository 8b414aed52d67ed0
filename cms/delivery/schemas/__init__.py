"""The shapes of what the delivery API sends, as TypedDicts: mypy holds the code to them, pydantic makes them OpenAPI.

Responses are not validated a second time when they are sent; the tests do that against the published document.
"""
